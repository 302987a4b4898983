"""People, their accounts, the groups and what is open in a chat."""

import pytest

from core.message import Address, Talk
from core.people import Person, Role
from records import groups, people, talks
from records.session import Begin
from records.tables import UnitRow
from tests.fakes.clock import START

GROUP = Address("fake", "group")


@pytest.fixture(autouse=True)
async def _units(begin: Begin) -> None:
    async with begin() as session:
        session.add_all([UnitRow(code=code, name=code, level="school") for code in ("MN1", "MN2")])


async def test_a_linked_account_is_that_person_on_that_platform_alone(begin: Begin) -> None:
    async with begin() as session:
        lan = await people.add_person(session, "Lan", "MN1", Role.TEACHER)
        await people.link(session, "fake", "7", lan.id, START)
    async with begin() as session:
        assert await people.find_person(session, "fake", "7") == Person(lan.id, "Lan", "MN1", Role.TEACHER)
        assert await people.find_person(session, "other", "7") is None


async def test_linking_again_changes_whose_account_it_is(begin: Begin) -> None:
    async with begin() as session:
        for name in ("Lan", "Mai"):
            person = await people.add_person(session, name, "MN1", Role.TEACHER)
            await people.link(session, "fake", "7", person.id, START)
        found = await people.find_person(session, "fake", "7")
    assert found is not None
    assert found.name == "Mai"


async def test_namesakes_are_told_apart_by_a_number(begin: Begin) -> None:
    async with begin() as session:
        same = [await people.add_person(session, "Lan", "MN1", Role.TEACHER) for _ in range(3)]
        elsewhere = await people.add_person(session, "Lan", "MN2", Role.TEACHER)
    assert [person.name for person in same] == ["Lan", "Lan (2)", "Lan (3)"]
    assert elsewhere.name == "Lan"


async def test_a_group_is_a_units_until_the_bot_is_removed_and_again_when_it_joins(begin: Begin) -> None:
    async with begin() as session:
        assert await groups.unit_of(session, GROUP) is None
        await groups.bind(session, GROUP, "MN1")
        assert await groups.unit_of(session, GROUP) == "MN1"
        await groups.deactivate(session, GROUP)
        assert await groups.unit_of(session, GROUP) is None
        await groups.bind(session, GROUP, "MN2")
        assert await groups.unit_of(session, GROUP) == "MN2"


async def test_a_moved_group_replaces_what_was_known_of_its_new_id(begin: Begin) -> None:
    new = Address("fake", "super")
    async with begin() as session:
        await groups.bind(session, GROUP, "MN1")
        await groups.bind(session, new, "MN2")
    for _ in range(2):
        async with begin() as session:
            await groups.move(session, "fake", "group", "super")
    async with begin() as session:
        assert await groups.unit_of(session, GROUP) is None
        assert await groups.unit_of(session, new) == "MN1"


async def test_what_is_open_belongs_to_one_person_in_one_chat(begin: Begin) -> None:
    talk = Talk("câu", ("phần sau",))
    async with begin() as session:
        await talks.remember(session, GROUP, "7", Talk("câu cũ"))
        await talks.remember(session, GROUP, "7", talk)
    async with begin() as session:
        assert await talks.recall(session, GROUP, "7") == talk
        assert await talks.recall(session, GROUP, "8") == Talk()


async def test_what_is_open_follows_a_chat_that_moved(begin: Begin) -> None:
    async with begin() as session:
        await talks.remember(session, GROUP, "7", Talk("cũ"))
        await talks.remember(session, GROUP, "8", Talk("cũ"))
        await talks.remember(session, Address("fake", "super"), "8", Talk("mới"))
    async with begin() as session:
        await talks.move(session, "fake", "group", "super")
    async with begin() as session:
        new = Address("fake", "super")
        assert [(await talks.recall(session, new, who)).question for who in "78"] == ["cũ", "mới"]
