"""Who gives a unit's word: a school's principal and those who stand in, an office's officers."""

from datetime import date

from sqlalchemy import select

from core.message import Address
from core.people import Level, Role
from records import deputies, memberships
from records.session import Session
from records.tables import GroupRow, UnitRow


async def of_unit(session: Session, unit: str, level: Level, day: date) -> tuple[int, ...]:
    """Ids of people: the unit's own heads, then who stands in for them."""
    stand_in = await deputies_of(session, unit, day) if level is Level.SCHOOL else ()
    return tuple(dict.fromkeys([*await own_heads(session, unit, level), *stand_in]))


async def own_heads(session: Session, unit: str, level: Level) -> tuple[int, ...]:
    """The school's principals, or the office's officers, who have an account; nobody in their stead."""
    role = Role.PRINCIPAL if level is Level.SCHOOL else Role.STAFF
    return await memberships.in_role(session, [unit], role)


async def deputies_of(session: Session, unit: str, day: date) -> tuple[int, ...]:
    """Who stands in for the school's principal on this day."""
    return tuple(one.person for one in await deputies.running(session, [unit], day))


async def of_group(session: Session, group: Address, day: date) -> tuple[str, tuple[int, ...]]:
    """The name of the unit whose group this is or was, and who gives its word; ("", ()): it was never bound."""
    bound = select(UnitRow).join(GroupRow, GroupRow.unit == UnitRow.code)
    unit = await session.scalar(bound.where(GroupRow.platform == group.platform, GroupRow.chat == group.chat))
    return ("", ()) if unit is None else (unit.name, await of_unit(session, unit.code, Level(unit.level), day))
