"""The demo's samples: who can be played, and that loading them twice changes nothing."""

from pathlib import Path

from bot.demo import SAMPLES, START, demo_site, personas, prepare, read_samples
from bot.platforms.web_chat import WebChat
from core.clock import ShiftedClock, local_day
from core.message import Address
from core.people import Level, Role, Unit, UnitTree
from core.registers import Staff
from core.work import Head, Passage, Plan
from records import documents, groups, people
from records.documents import PUBLISHED
from records.session import Begin
from records.units import all_units
from tests.fakes.clock import StillClock
from web.demo import Persona


async def nothing(path: Path) -> None:
    """Publishes nothing."""


def test_each_of_two_provinces_has_a_teacher_a_principal_and_an_officer() -> None:
    read = read_samples()
    roles: dict[str, set[Role]] = {}
    for persona in personas(read.tree, read.staff):
        roles.setdefault(persona.area, set()).add(persona.role)
    assert roles == dict.fromkeys(("Hải Phòng", "Quảng Ninh"), {Role.TEACHER, Role.PRINCIPAL, Role.STAFF})


def test_three_districts_can_be_played_and_each_account_is_one_person() -> None:
    read = read_samples()
    cast = personas(read.tree, read.staff)
    officers = [persona.unit for persona in cast if persona.role is Role.STAFF]
    schools = {read.tree.above(persona.unit)[1].code for persona in cast if persona.role is not Role.STAFF}
    assert schools == {"PGD-VB", "PGD-AL", "PGD-DH"}
    assert sorted(officers) == ["PGD-AL", "PGD-DH", "PGD-VB", "SO-HP"]  # who looks at what the Phòng hand in
    assert len({persona.id for persona in cast}) == len(cast)
    assert all(persona.questions for persona in cast)


def test_a_district_that_lacks_a_role_is_not_offered_and_namesakes_in_role_are_told_apart() -> None:
    tree = UnitTree.of(
        [
            Unit("S", "Sở X", Level.DEPARTMENT),
            Unit("A", "Phòng A, Tỉnh X", Level.DISTRICT, "S"),
            Unit("A1", "MN Một, Tỉnh X", Level.SCHOOL, "A"),
            Unit("B", "Phòng B", Level.DISTRICT),
        ]
    )
    staff = [
        Staff("Hai", "A1", Role.TEACHER),
        Staff("Một", "A1", Role.TEACHER),
        Staff("Ba", "A1", Role.PRINCIPAL),
        Staff("Bốn", "A", Role.STAFF),
        Staff("Năm", "B", Role.STAFF),
        Staff("Sáu", "S", Role.STAFF),
    ]
    assert [(p.id, p.name, p.unit_name, p.area) for p in personas(tree, staff)] == [
        ("a1-teacher", "Hai", "MN Một", "Tỉnh X"),
        ("a1-teacher-2", "Một", "MN Một", "Tỉnh X"),
        ("a1-principal", "Ba", "MN Một", "Tỉnh X"),
        ("a-staff", "Bốn", "Phòng A", "Tỉnh X"),
        ("s-staff", "Sáu", "Sở X", "Tỉnh X"),
    ]


async def test_everybody_is_known_and_can_be_written_to_and_every_group_is_bound(begin: Begin) -> None:
    cast = await prepare(begin, StillClock(), nothing)
    async with begin() as session:
        for persona in cast:
            person = await people.find_person(session, "web", persona.id)
            assert person is not None
            assert (person.name, person.unit, person.role) == (persona.name, persona.unit, persona.role)
            assert await people.ways_to(session, person.id) == (Address("web", persona.chats[0]),)
            assert await groups.unit_of(session, Address("web", persona.chats[1])) == persona.unit


async def test_loading_twice_changes_nothing(begin: Begin) -> None:
    clock = StillClock()
    cast = await prepare(begin, clock, nothing)
    before = await kept(begin, cast)
    assert await prepare(begin, clock, nothing) == cast
    assert await kept(begin, cast) == before


async def kept(begin: Begin, cast: tuple[Persona, ...]) -> tuple[object, ...]:
    """What stands in the database: units, people with their ids, the revision."""
    async with begin() as session:
        known = [await people.find_person(session, "web", persona.id) for persona in cast]
        return await all_units(session), known, await documents.revision(session)


async def test_every_sample_plan_is_published_once_the_units_are_there(begin: Begin) -> None:
    published: list[str] = []

    async def publish(path: Path) -> None:
        async with begin() as session:
            assert len(await all_units(session)) == 16
        published.append(path.name)

    await prepare(begin, StillClock(), publish)
    assert published == sorted(path.name for path in (SAMPLES / "plans").iterdir())
    assert len(published) == 5


async def not_wanted() -> None:
    raise AssertionError("nobody asked for it")


async def test_the_site_shows_published_plans_and_moves_the_clock(begin: Begin, tmp_path: Path) -> None:
    still = StillClock()
    cast = await prepare(begin, still, nothing)
    clock = ShiftedClock(START, still)
    site = demo_site(WebChat("Nhắc Việc"), cast, clock, begin, tmp_path, not_wanted)
    plan = Plan("a.txt", Head(), passages=(Passage(0, 1, "Nộp trước ngày 05/12"),))
    async with begin() as session:
        id = await documents.add(session, plan, "PGD-VB", "digest", PUBLISHED, still())
    assert await site.passages(id) == plan
    assert await site.passages(id + 1) is None
    site.move_clock(3)
    assert local_day(site.now()).isoformat() == "2023-12-04"
