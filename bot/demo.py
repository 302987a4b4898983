"""The demo: sample units, people, groups and plans, and what its chat page needs to know of them."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from core.clock import VIETNAM, Clock, ShiftedClock, local_day
from core.csv_lines import decode
from core.message import Address, Inbound, InboundKind
from core.people import Level, Role, Unit, UnitTree
from core.registers import Staff, read_people, read_units
from core.texts import demo as texts
from core.work import Plan
from evidence.criteria import give
from evidence.desk import Desk
from knowledge.criteria_lists import criteria_of
from knowledge.criteria_sheets import read_sheet
from knowledge.index import Index
from records import contacts, daily, documents, groups, people, site_sessions
from records.session import Begin, Session
from records.units import import_units
from web.demo import DemoSite, Persona, Talks
from web.sent_files import SentFiles

SAMPLES = Path(__file__).parents[1] / "samples"
START = datetime(2023, 12, 1, 8, 0, tzinfo=VIETNAM)  # a day on which the sample monthly plan has work due
PLATFORM = "web"
BOOK = "kiem-thuc"  # core.daily: it is kept by the first school from the start

_ORDER = (Role.TEACHER, Role.PRINCIPAL, Role.STAFF)

Publish = Callable[[Path], Awaitable[None]]  # reads a plan's file into the knowledge base, for all to see


@dataclass(frozen=True, slots=True)
class Samples:
    """The sample lists, read."""

    tree: UnitTree
    staff: tuple[Staff, ...]
    plans: tuple[Path, ...]
    criteria: tuple[Path, ...]


def read_samples(folder: Path = SAMPLES) -> Samples:
    """The lists and the plans' files in this folder. Raises BadInput for a list that is wrong."""
    tree = UnitTree.of(read_units(decode((folder / "units.csv").read_bytes())))
    staff = read_people(decode((folder / "people.csv").read_bytes()), unit_code=str)
    return Samples(
        tree, staff, tuple(sorted((folder / "plans").iterdir())), tuple(sorted((folder / "criteria").iterdir()))
    )


async def prepare(begin: Begin, clock: Clock, publish: Publish, folder: Path = SAMPLES) -> tuple[Persona, ...]:
    """Load the samples into the database and say who can be played; doing it again changes nothing."""
    samples = read_samples(folder)
    cast = personas(samples.tree, samples.staff)
    async with begin() as session:
        await import_units(session, tuple(samples.tree.units.values()))
        for persona in cast:
            await settle(session, persona, clock())
    for plan in samples.plans:
        await publish(plan)
    await _give_criteria(begin, clock, samples)
    async with begin() as session:  # so that a stranger finds one at work; its head may switch it off
        school = next(one.unit for one in cast if one.role is Role.TEACHER)
        await daily.open_from(session, school, BOOK, local_day(clock()), None, clock())
    return cast


async def _give_criteria(begin: Begin, clock: Clock, samples: Samples) -> None:
    """Each sample set is given by every district."""
    async with begin() as session:
        desk = Desk(session, Index.of((), samples.tree), clock())
        for path in samples.criteria:
            listed = criteria_of(read_sheet(path.name, path.read_bytes()))
            for unit in samples.tree.units.values():
                if unit.level is Level.DISTRICT:
                    await give(desk, unit.code, texts.CRITERIA_SET, listed, None)


def demo_site(
    talks: Talks,
    cast: tuple[Persona, ...],
    clock: ShiftedClock,
    begin: Begin,
    folder: Path,
    december: Callable[[], Awaitable[object]],
) -> DemoSite:
    """What the site is handed to show the chat page; what people send there lies in `folder`.

    `december` fills the month that the staff site shows.
    """

    async def passages(document: int) -> Plan | None:
        async with begin() as session:
            return next((one.plan for one in await documents.shelved(session) if one.id == document), None)

    async def way_in(account: str) -> str:
        async with begin() as session:
            person = await people.find_person(session, PLATFORM, account)
            return await site_sessions.make_link(session, person.id, clock()) if person else ""

    return DemoSite(
        talks=talks,
        personas=cast,
        now=clock,
        move_clock=lambda days: clock.move(timedelta(days=days)),
        passages=passages,
        sent=SentFiles(folder),
        way_in=way_in,
        december=december,
    )


def personas(tree: UnitTree, staff: Sequence[Staff]) -> tuple[Persona, ...]:
    """The people of every district that has a teacher, a principal and an officer, district by district.

    After those of a province its own officers, who look at what the districts hand in.
    """
    numbers: Counter[str] = Counter()
    cast: list[Persona] = []
    offices: dict[str, str] = {}  # above the districts, each with its area
    for district in (unit for unit in tree.units.values() if unit.level is Level.DISTRICT):
        codes = {district.code, *(unit.code for unit in tree.below(district.code))}
        here = [person for person in staff if person.unit in codes and person.role in _ORDER]
        if {person.role for person in here} == set(_ORDER):
            here.sort(key=lambda person: (_ORDER.index(person.role), person.unit))
            cast += [_persona(person, tree.units[person.unit], numbers) for person in here]
            offices[district.parent] = cast[-1].area
    for person in staff:
        if person.unit in offices and person.role is Role.STAFF:
            one = replace(_persona(person, tree.units[person.unit], numbers), area=offices[person.unit])
            cast.insert(1 + max(at for at, other in enumerate(cast) if other.area == one.area), one)
    return tuple(cast)


def _persona(person: Staff, unit: Unit, numbers: Counter[str]) -> Persona:
    """`numbers` counts those with the same role in the unit; the account stays the same from run to run."""
    account = f"{unit.code}-{person.role.value}".lower()
    numbers[account] += 1
    name, _, area = unit.name.rpartition(", ")
    return Persona(
        id=account if numbers[account] == 1 else f"{account}-{numbers[account]}",
        name=person.name,
        role=person.role,
        unit=unit.code,
        unit_name=name or unit.name,
        area=area,
        questions=texts.questions(person.role),
    )


async def settle(session: Session, persona: Persona, now: datetime) -> None:
    """Known by the account, with a group, and to be written to from the first minute: the page is open to everybody."""
    if await people.find_person(session, PLATFORM, persona.id) is None:
        person = await people.add_person(session, persona.name, persona.unit, persona.role)
        await people.link(session, PLATFORM, persona.id, person.id, now)
        opened = Inbound(Address(PLATFORM, persona.chats[0]), persona.id, InboundKind.JOINED)
        await contacts.note(session, [opened], now)
    await groups.bind(session, Address(PLATFORM, persona.chats[1]), persona.unit)
