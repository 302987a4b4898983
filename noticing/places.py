"""Where a notice goes: an audience as groups and people that can be written to now."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.clock import local_day
from core.notices import Audience, Fate, Kind, Notice, Place
from core.people import Level, Role, Unit
from evidence.desk import Desk
from evidence.progress import of_tasks
from noticing.audience import units_of
from noticing.report import without_word
from records import deputies, notice_recipients
from records.notice_places import groups_of, members_of, once_each, ways_to


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom a notice reaches as things stand: `ways` there, and the `lost`, to whom there is none."""

    ways: tuple[Place, ...]
    lost: tuple[Place, ...]

    @property
    def all(self) -> tuple[Place, ...]:
        return (*self.ways, *self.lost)


async def reach_of(desk: Desk, notice: Notice) -> Reach:
    """Whom it goes to if it is confirmed now; of a correction or reminder exactly those who are concerned."""
    if notice.kind is Kind.FIRST or notice.about is None:
        return await reach(desk, notice.unit, notice.audience)
    got = await notice_recipients.all_of(desk.session, notice.about)
    chosen = (
        without_word(got, notice.audience)
        if notice.kind is Kind.REMINDER
        else [one for one in got if one.sent_at and one.fate is not Fate.UNKNOWN]
    )
    return _parted([Place(one.place.unit, one.place.address, one.place.person, one.id) for one in chosen])


async def reach(desk: Desk, office: str, audience: Audience) -> Reach:
    """Whom this audience is as things stand."""
    return _parted(await _places(desk, office, audience))


async def units(desk: Desk, office: str, audience: Audience) -> Sequence[Unit]:
    """The units that the audience names, those that have handed in left out where it asks for the others."""
    found = units_of(audience, desk.index.tree, office, local_day(desk.now))
    if audience.missing is None:
        return found
    stands = await of_tasks(desk, [unit.code for unit in found], [audience.missing])
    missing = {one.unit for one in stands if not one.is_in}
    return [unit for unit in found if unit.code in missing]


async def _places(desk: Desk, office: str, audience: Audience) -> list[Place]:
    found = await units(desk, office, audience)
    codes = [unit.code for unit in found]
    if audience.roles:
        return await _people(desk, found, await members_of(desk.session, codes, audience.roles))
    groups = await groups_of(desk.session, codes)
    without = [unit for unit in found if unit.code not in groups]
    private: dict[str, list[Place]] = {}
    for place in await _people(desk, without, await _heads(desk, without), one_is_enough=True):
        private.setdefault(place.unit, []).append(place)
    return [
        place
        for unit in found
        for place in (private.get(unit.code) or [Place(unit.code, chat) for chat in groups[unit.code]])
    ]


async def _heads(desk: Desk, found: Sequence[Unit]) -> dict[str, list[int]]:
    """Who speaks for these units, as records.heads has it: principals and who stands in, officers of offices."""
    schools = [unit.code for unit in found if unit.level is Level.SCHOOL]
    offices = [unit.code for unit in found if unit.level is not Level.SCHOOL]
    heads = await members_of(desk.session, schools, [Role.PRINCIPAL])
    for one in await deputies.running(desk.session, schools, local_day(desk.now)):
        heads.setdefault(one.unit, []).append(one.person)
    return heads | await members_of(desk.session, offices, [Role.STAFF])


async def _people(
    desk: Desk, found: Sequence[Unit], members: dict[str, list[int]], *, one_is_enough: bool = False
) -> list[Place]:
    """Each in private; a unit of which nobody can be written to is a place without a way."""
    ways = await ways_to(desk.session, sorted({person for ones in members.values() for person in ones}))
    places: list[Place] = []
    for unit in found:
        people = members.get(unit.code, [])
        here = [Place(unit.code, ways.get(person), person) for person in people]
        reached = [one for one in here if one.address]
        if one_is_enough:
            here = reached or [Place(unit.code, None)]
        places += here or [Place(unit.code, None)]
    return places


def _parted(places: Sequence[Place]) -> Reach:
    kept = once_each(places)
    return Reach(tuple(one for one in kept if one.address), tuple(one for one in kept if not one.address))
