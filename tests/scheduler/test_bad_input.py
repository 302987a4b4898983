"""Clocks that jump, services that take and drop, groups that vanish midway, time zones: each ends in a true report."""

import time as system_time
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.clock import VIETNAM
from core.errors import SendFailed
from core.message import Address, Inbound, Outbound, Urgency
from core.people import Role
from core.texts.delivery import instead_of_group
from records import contacts, groups, letters, outbox, people
from records.letters import FAILED, UNKNOWN, Letter
from records.session import Begin
from records.tables import OutboxRow, UnitRow
from scheduler.deliver import Deliverer
from scheduler.reminders import Reminders
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform, TakesAndDrops

GROUP = Address("fake", "group")
LONG = "Câu này dài. " * 200  # two parts
MONDAY, TUESDAY = date(2023, 12, 4), date(2023, 12, 5)


async def _deliver(begin: Begin, clock: StillClock, platform: FakePlatform, hours: int = 0) -> None:
    deliverer = Deliverer(begin, {"fake": platform}, clock, clock.sleep)
    for _ in range(hours + 1):
        while await deliverer.deliver_ready():
            pass
        clock.move(timedelta(hours=1))


async def _lost(begin: Begin) -> list[Letter]:
    async with begin() as session:
        return [one async for one in letters.letters(session, (FAILED, UNKNOWN))]


@pytest.mark.parametrize(("key", "sends"), [("broadcast:1", 1), ("reply:1", 2)])
async def test_what_is_taken_under_no_id_is_never_said_to_be_sent(
    begin: Begin, clock: StillClock, key: str, sends: int
) -> None:
    platform = TakesAndDrops()
    async with begin() as session:
        await outbox.put(session, Outbound(Address("fake", "lan"), "a"), key, clock())
    await _deliver(begin, clock, platform, hours=3)
    [one] = await _lost(begin)
    assert (one.state, one.reason) == (UNKNOWN, "unknown: no message id")
    assert len(platform.sent) == sends  # what somebody waits for once more


async def _school(begin: Begin, clock: StillClock) -> None:
    async with begin() as session:
        session.add(UnitRow(code="A", name="MN A", level="school"))
        await session.flush()
        await groups.bind(session, GROUP, "A")
        huong = await people.add_person(session, "Hương", "A", Role.PRINCIPAL)
        await people.link(session, "fake", "huong", huong.id, clock())
        await contacts.note(session, [Inbound(Address("fake", "huong"), "huong")], clock())


async def test_a_group_deleted_between_the_parts_of_a_message_is_told_to_the_principal(
    begin: Begin, clock: StillClock
) -> None:
    await _school(begin, clock)
    platform = FakePlatform()
    async with begin() as session:
        message = Outbound(GROUP, LONG, group=True, urgency=Urgency.BULK)
        await outbox.put(session, message, "notice:1", clock())
    deliverer = Deliverer(begin, {"fake": platform}, clock, clock.sleep)
    await deliverer.deliver_ready()
    platform.shut.add("group")
    await _deliver(begin, clock, platform)
    [read_there], [read_here] = platform.read_by("group"), platform.read_by("huong")
    rest = read_here.removeprefix(instead_of_group("MN A", ""))
    assert rest != read_here
    assert f"{read_there} {rest}".split() == LONG.split()
    assert [(one.key, one.reason) for one in await _lost(begin)] == [("notice:1#2", "kicked")]


async def test_a_group_deleted_while_it_is_to_be_tried_again_is_told_to_the_principal(
    begin: Begin, clock: StillClock
) -> None:
    await _school(begin, clock)
    platform = FakePlatform(failures=[SendFailed("busy", timedelta(minutes=1))])
    async with begin() as session:
        await outbox.put(session, Outbound(GROUP, "Họp.", group=True, urgency=Urgency.BULK), "notice:1", clock())
    await _deliver(begin, clock, platform)
    platform.shut.add("group")
    await _deliver(begin, clock, platform, hours=1)
    assert platform.read_by("huong") == [instead_of_group("MN A", "Họp.")]
    assert [one.state for one in await _lost(begin)] == [FAILED]


@pytest.fixture(params=["America/Los_Angeles", "Pacific/Kiritimati", "Asia/Kathmandu"])
def zone(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The machine stands somewhere else, as it believes."""
    monkeypatch.setenv("TZ", request.param)
    system_time.tzset()
    yield
    monkeypatch.undo()
    system_time.tzset()


async def _reminded(here: District, at: datetime) -> None:
    here.clock.move(at - here.clock())
    await Reminders(here.begin, lambda: here.school.index, here.clock, lambda: None).work()


async def _days(here: District) -> list[tuple[str, datetime]]:
    """The day that each reminder to the group speaks of, and when it may go out in Vietnam."""
    async with here.begin() as session:
        rows = (
            await session.scalars(select(OutboxRow).where(OutboxRow.chat == GROUP.chat).order_by(OutboxRow.id))
        ).all()
    return [(row.text.partition(",")[0], row.ready_at.astimezone(VIETNAM)) for row in rows]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await groups.bind(session, Address(district.name, GROUP.chat), UNIT)
    return district


def _at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


@pytest.mark.usefixtures("zone")
async def test_wherever_the_machine_stands_it_is_morning_when_it_is_in_vietnam(here: District) -> None:
    await _reminded(here, _at(MONDAY, 7, 29))
    assert await _days(here) == []
    await _reminded(here, _at(MONDAY, 7, 30))
    await _reminded(here, _at(TUESDAY, 7, 30))
    assert await _days(here) == [
        ("Nhắc việc thứ Hai 04/12", _at(MONDAY, 7, 30)),
        ("Nhắc việc thứ Ba 05/12", _at(TUESDAY, 7, 30)),
    ]


async def test_a_clock_that_jumps_a_day_on_and_back_reminds_of_no_day_twice(here: District) -> None:
    for day in (MONDAY, TUESDAY, MONDAY, TUESDAY, MONDAY, TUESDAY):
        for hour in (8, 9):
            await _reminded(here, _at(day, hour))
    assert [said for said, _ in await _days(here)] == ["Nhắc việc thứ Hai 04/12", "Nhắc việc thứ Ba 05/12"]
