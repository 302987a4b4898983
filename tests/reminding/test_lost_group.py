"""A school's group takes nothing any more: its principal hears what the group would have, once each day."""

from datetime import date, datetime, time
from pathlib import Path

import pytest

from core.clock import VIETNAM
from core.message import Address, Inbound
from core.texts.delivery import instead_of_group
from records import contacts, groups, letters
from records.session import Begin
from scheduler.reminders import Reminders
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

GROUP = "nhom-hoa-phuong"
MONDAY, TUESDAY = date(2023, 12, 4), date(2023, 12, 5)
SOON, AHEAD = date(2023, 11, 23), date(2023, 11, 29)  # something is due in some days, nothing at once


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await groups.bind(session, Address(district.name, GROUP), UNIT)
    return district


async def morning(here: District, day: date, *at: time) -> dict[str, list[str]]:
    """What everybody reads when that day's reminders have been planned at each of these times."""
    before = len(here.school.platform.sent)
    reminders = Reminders(here.begin, lambda: here.school.index, here.clock, here.school.deliverer.wake)
    for one in at:
        here.clock.move(datetime.combine(day, one, VIETNAM) - here.clock())
        await reminders.work()
        await here.school.works()
    read: dict[str, list[str]] = {}
    for sent in here.school.platform.sent[before:]:
        read.setdefault(sent.address.chat, []).append(sent.text)
    return read


async def _planned(here: District, day: date, chat: Address | None) -> str:
    """The one message planned for the school that day: to its group, None: to its principal."""
    reminders = Reminders(here.begin, lambda: here.school.index, here.clock, here.school.deliverer.wake)
    here.clock.move(datetime.combine(day, time(7), VIETNAM) - here.clock())
    [found] = [one for one in await reminders.due() if UNIT in one.units]
    assert found.chat == chat
    return found.text


async def test_what_the_principal_reads_by_herself_she_does_not_read_twice(here: District) -> None:
    here.school.platform.shut = {GROUP}
    read = await morning(here, MONDAY, time(7, 30), time(8, 30), time(9, 30))
    [said] = read["huong"]
    assert said.startswith("Nhắc việc thứ Hai 04/12, MN Hoa Phượng:\n\nHôm nay nên xong:\n")


async def test_what_only_the_group_was_to_read_she_reads_in_its_stead_once(here: District) -> None:
    said = await _planned(here, AHEAD, Address(here.name, GROUP))
    here.school.platform.shut = {GROUP}
    read = await morning(here, AHEAD, time(7, 30), time(8, 30), time(9, 30))
    assert read["huong"] == [instead_of_group("MN Hoa Phượng", said)]


async def test_from_the_next_day_on_the_group_is_not_tried_and_she_is_reminded_of_all(here: District) -> None:
    here.school.platform.shut = {GROUP}
    await morning(here, SOON, time(7, 30))
    said = await _planned(here, AHEAD, None)
    read = await morning(here, AHEAD, time(7, 30), time(8, 30))
    assert read["huong"] == [said]
    async with here.begin() as session:
        failed = [one.key async for one in letters.letters(session, ["failed"])]
    assert not [key for key in failed if f"{AHEAD}:" in key]


async def test_a_group_that_is_heard_of_again_is_reminded_again(here: District) -> None:
    here.school.platform.shut = {GROUP}
    await morning(here, MONDAY, time(7, 30))
    here.school.platform.shut = set()
    async with here.begin() as session:
        await contacts.note(session, [Inbound(Address(here.name, GROUP), "lan", group=True)], here.clock())
    assert GROUP in await morning(here, TUESDAY, time(7, 30))


async def test_while_nobody_can_be_written_to_each_day_leaves_a_message_that_is_seen(here: District) -> None:
    here.school.platform.shut = {GROUP, "huong"}
    async with here.begin() as session:
        await contacts.lose(session, Address(here.name, "huong"))
    for day in (MONDAY, TUESDAY):
        assert GROUP not in await morning(here, day, time(7, 30), time(8, 30))
    async with here.begin() as session:
        keys = [one.key async for one in letters.letters(session, ["failed"]) if GROUP in one.key]
    assert len(keys) == len(set(keys)) == 2
