"""The units of somebody's line, and how each stands: who is there, who can be written to, who waits to be let in."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from core.clock import local_day
from core.people import Member, Person, Role, State, Unit, UnitTree, manages
from evidence.desk import Desk
from evidence.staffing import looks_after, units_of
from knowledge.fold import fold
from knowledge.unit_names import canonical, folded
from records import groups, memberships, reach
from records.session import Session

MOST_PEOPLE = 50  # of a search


@dataclass(frozen=True, slots=True)
class Count:
    """Of a role: how many there are, and how many of them have an account with a chat service."""

    linked: int = 0
    all: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """How a unit stands. `cut_off`: it has bound groups and none takes messages; `lost`: people with an account and
    none that can be written to; `below`: how many units stand right below it; `closed`: it is no more.
    """

    unit: Unit
    people: Mapping[Role, Count]
    waiting: int
    groups: int
    cut_off: bool
    lost: int
    below: int
    closed: bool

    @property
    def counts(self) -> Mapping[Role, tuple[int, int]]:
        """By role how many have an account, of how many; roles in their order."""
        return {role: (self.people[role].linked, self.people[role].all) for role in Role if role in self.people}

    @property
    def unlinked(self) -> int:
        return sum(one.all - one.linked for one in self.people.values())


def may_see(tree: UnitTree, me: Person, code: str) -> bool:
    """Whether this unit is of her line: her own, and for an officer those below."""
    if code not in tree.units:
        return False
    if code == me.unit or me.role is Role.ADMIN:
        return True
    return me.role is Role.STAFF and tree.is_below(code, me.unit)


def right_below(desk: Desk, code: str) -> list[Unit]:
    """The units whose office this one is today, also those that are closed."""
    return [desk.index.tree.units[one] for one in desk.below(code)]


def tops(desk: Desk) -> list[Unit]:
    """The units above which there is none: where an administrator begins."""
    return [unit for unit in desk.index.tree.units.values() if desk.above(unit.code) is None]


def line(tree: UnitTree, me: Person) -> list[Unit]:
    """All the units in which she looks after people."""
    return [tree.units[code] for code in units_of(tree, me)]


def path_to(desk: Desk, me: Person, code: str) -> list[Unit]:
    """From her own unit (an administrator's: the top) down to the one right above this."""
    found: list[Unit] = []
    here: str | None = code
    while here and (here != me.unit or me.role is Role.ADMIN):
        above = desk.above(here)
        if above is None or above in found:
            break
        found.append(above)
        here = above.code
    return found[::-1]


def named(units: Iterable[Unit], words: str) -> list[Unit]:
    """Those that are called so, or so in part; short forms and marks as in chat."""
    wanted, short = folded(words), canonical(words)
    return [unit for unit in units if _is_named(unit, wanted, short)]


def _is_named(unit: Unit, wanted: str, short: str) -> bool:
    names = (unit.code, unit.name, *unit.aliases)
    return any(wanted in folded(one) or (short and short in canonical(one)) for one in names)


async def rows(desk: Desk, me: Person, units: Sequence[Unit]) -> list[Row]:
    """How these units stand, in their order; of people only those whom she looks after count."""
    today, codes = local_day(desk.now), [unit.code for unit in units]
    people, waiting = await _people(desk, me, codes)
    bound = await groups.of_units(desk.session, codes)
    cut_off, lost = await reach.groups_cut_off(desk.session), await reach.people_cut_off(desk.session)
    below = Counter(above.code for one in desk.index.tree.units if (above := desk.above(one)))
    return [
        Row(
            unit,
            people.get(unit.code, {}),
            waiting[unit.code],
            len(bound.get(unit.code, ())),
            unit.code in cut_off,
            lost[unit.code],
            below[unit.code],
            not unit.exists_on(today),
        )
        for unit in units
    ]


async def _people(desk: Desk, me: Person, codes: Sequence[str]) -> tuple[dict[str, dict[Role, Count]], Counter[str]]:
    """By unit: who is there, by role, and how many wait."""
    people: dict[str, dict[Role, Count]] = {}
    waiting: Counter[str] = Counter()
    for unit, role, state, linked, number in await memberships.counts(desk.session, codes):
        if not manages(desk.index.tree, me.role, me.unit, unit, role):
            continue
        if state is State.PENDING:
            waiting[unit] += number
        else:
            so_far = people.setdefault(unit, {}).get(role, Count())
            people[unit][role] = Count(so_far.linked + number * linked, so_far.all + number)
    return people, waiting


_FILTERS: Mapping[str, Callable[[Row], bool]] = {
    "cho": lambda row: row.waiting > 0,
    "matlienlac": lambda row: row.cut_off or row.lost > 0,
    "chuanoi": lambda row: row.unlinked > 0,
    "khongnhom": lambda row: row.groups == 0 and not row.closed,
}
_ORDERS: Mapping[str, Callable[[Row], int]] = {
    "chuanoi": lambda row: -row.unlinked,
    "nhom": lambda row: row.groups,
    "cho": lambda row: -row.waiting,
}


def chosen(found: Iterable[Row], only: str) -> list[Row]:
    """Those of a filter; a word that names none chooses all."""
    keeps = _FILTERS.get(only)
    return [row for row in found if keeps is None or keeps(row)]


def in_order(found: Iterable[Row], by: str) -> list[Row]:
    """Those that are closed last; by what is asked for, then by name."""
    first = _ORDERS.get(by)
    return sorted(found, key=lambda row: (row.closed, first(row) if first else 0, folded(row.unit.name)))


async def people_of(session: Session, tree: UnitTree, me: Person, unit: str) -> list[Member]:
    """Those of this unit whom she looks after, by name."""
    found = await memberships.members(session, [unit], list(Role))
    return [one for one in found if looks_after(tree, me, one.membership)]


async def waiting_at(session: Session, tree: UnitTree, me: Person, unit: str) -> list[Member]:
    """Those who wait to be let in there, of whom she decides."""
    found = await memberships.waiting_in(session, unit)
    return [one for one in found if looks_after(tree, me, one.membership)]


async def people_called(session: Session, tree: UnitTree, me: Person, words: str) -> list[Member]:
    """Those of her line who are called so, or so in part; at most MOST_PEOPLE."""
    wanted = " ".join(fold(words).split())
    found = await memberships.members(session, units_of(tree, me), list(Role))
    hers = (one for one in found if wanted in fold(one.name) and looks_after(tree, me, one.membership))
    return list(islice(hers, MOST_PEOPLE))
