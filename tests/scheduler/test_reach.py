"""Who cannot be written to any more is told by units, never by names of people, and once a day."""

from datetime import timedelta

import pytest

from core.message import Address, Inbound, InboundKind
from core.people import Role
from records import alerts, contacts, groups, people
from records.alerts import Alert
from records.session import Begin
from records.tables import UnitRow
from scheduler.reach import tell_cut_off
from tests.fakes.clock import StillClock

DAY = timedelta(days=1)


@pytest.fixture
async def begin(begin: Begin, clock: StillClock) -> Begin:
    """Two schools with a group and a teacher each."""
    async with begin() as session:
        for code in ("A", "B"):
            session.add(UnitRow(code=code, name=f"MN {code}", level="school"))
            await session.flush()
            await groups.bind(session, Address("fake", f"group {code}"), code)
            teacher = await people.add_person(session, f"Lan {code}", code, Role.TEACHER)
            await people.link(session, "fake", f"lan {code}", teacher.id, clock())
            heard = [Inbound(Address("fake", f"group {code}"), "x", group=True), _from(f"lan {code}")]
            await contacts.note(session, heard, clock())
    return begin


def _from(chat: str, platform: str = "fake", kind: InboundKind = InboundKind.TEXT) -> Inbound:
    return Inbound(Address(platform, chat), chat, kind)


async def _told(begin: Begin, clock: StillClock) -> list[Alert]:
    await tell_cut_off(begin, clock)
    async with begin() as session:
        return list(await alerts.open_alerts(session))


async def _lose(begin: Begin, *chats: str) -> None:
    async with begin() as session:
        for chat in chats:
            await contacts.lose(session, Address("fake", chat))


async def test_nothing_is_said_while_everybody_can_be_written_to(begin: Begin, clock: StillClock) -> None:
    assert await _told(begin, clock) == []


async def test_a_lost_group_and_a_lost_teacher_are_told_by_their_units(begin: Begin, clock: StillClock) -> None:
    await _lose(begin, "group A", "lan B")
    (alert,) = await _told(begin, clock)
    assert alert.text == (
        "Không còn gửi tin tới được: nhóm của MN A; người ở MN B (1). Không có ai nhận thay nhóm của MN A. "
        "Nhờ nhà trường thêm lại bot vào nhóm hoặc mở lại chat với bot."
    )


async def test_a_group_that_the_bot_was_removed_from_counts_unless_there_is_another(
    begin: Begin, clock: StillClock
) -> None:
    async with begin() as session:
        for code in ("A", "B"):
            await groups.deactivate(session, Address("fake", f"group {code}"))
        await groups.bind(session, Address("fake", "new group B"), "B")
    (alert,) = await _told(begin, clock)
    assert "nhóm của MN A." in alert.text


async def test_a_teacher_with_another_account_can_be_written_to(begin: Begin, clock: StillClock) -> None:
    async with begin() as session:
        lan = await people.find_person(session, "fake", "lan A")
        assert lan is not None
        await people.link(session, "other", "lan", lan.id, clock())
        await contacts.note(session, [_from("lan", "other")], clock())
    await _lose(begin, "lan A")
    assert await _told(begin, clock) == []


async def test_what_changes_in_a_day_is_told_on_the_next(begin: Begin, clock: StillClock) -> None:
    await _lose(begin, "group A")
    (first,) = await _told(begin, clock)
    await _lose(begin, "group B")
    clock.move(timedelta(hours=3))
    assert await _told(begin, clock) == [first]
    clock.move(DAY)
    (second,) = await _told(begin, clock)
    assert "nhóm của MN A, MN B" in second.text
    async with begin() as session:
        await contacts.note(session, [_from("group A"), _from("group B")], clock())
    assert await _told(begin, clock) == []
