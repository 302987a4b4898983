"""Whose acts on the staff site somebody may read: her own; a principal her school's; an office those below it."""

from datetime import date, datetime, time, timedelta

from core.clock import VIETNAM
from core.people import Person, Role
from core.site import Wanted
from evidence.desk import Desk
from evidence.staffing import units_of
from evidence.unit_tree import named
from knowledge.fold import fold
from records import site_sessions

_BELOW_ADMIN = tuple(role for role in Role if role is not Role.ADMIN)


async def wanted(desk: Desk, me: Person, who: str, unit: str, act: str, day: date | None, before: int | None) -> Wanted:
    """What these words of hers ask for; `who` and `unit` are names, whole or in part."""
    units = _units(desk, me)
    people = None
    if who:
        words = " ".join(fold(who).split())
        known = await site_sessions.known(desk.session, units, me.id)
        people = [id for id, name in known.items() if words in fold(name)]
    of_all, mine = units, me.id
    if unit:
        tree = desk.index.tree
        hers = [tree.units[code] for code in (tree.units if units is None else units) if code in tree.units]
        of_all = [one.code for one in named(hers, unit)]
        mine = me.id if named([tree.units[me.unit]], unit) else 0
    roles = tuple(Role) if me.role is Role.ADMIN else _BELOW_ADMIN
    first = datetime.combine(day, time(), VIETNAM) if day else None
    end = first + timedelta(days=1) if first else None
    return Wanted(mine, of_all, roles, people, act, first, end, before)


def _units(desk: Desk, me: Person) -> list[str] | None:
    """None: all of them; her own acts are hers to read wherever she is."""
    if me.role is Role.ADMIN:
        return None
    return [] if me.role is Role.TEACHER else units_of(desk.index.tree, me)
