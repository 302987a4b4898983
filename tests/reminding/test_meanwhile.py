"""What comes in between the planning of a reminder and its sending is not in it; with nothing left it does not go."""

from contextlib import AbstractAsyncContextManager, suppress
from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from core.clock import VIETNAM
from core.message import Address
from core.reminding import Message
from core.texts.delivery import instead_of_group
from records import groups
from records.session import Begin, Session
from records.tables import OutboxRow
from reminding import morning as mornings
from reminding.rounds import Round
from scheduler.afresh import Afresh
from scheduler.deliver import Deliverer
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock
from tests.reminding.test_reminders import GROUP, WEIGHING, reminders

MONDAY, TUESDAY = date(2023, 12, 4), date(2023, 12, 5)
FIGURES = "Tổng hợp báo cáo kết quả và thống kê số liệu thực hiện nhiệm vụ học kỳ I"


class Dies(BaseException):
    """As a process that is killed: nothing catches it."""


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await groups.bind(session, Address(district.name, GROUP), UNIT)
    return district


def at(here: District, day: date, hour: int, minute: int = 0) -> None:
    here.clock.move(datetime.combine(day, time(hour, minute), VIETNAM) - here.clock())


async def plans_at_lunch(here: District, day: date) -> None:
    """The morning's messages are queued, and are to go out at one o'clock."""
    at(here, day, 12)
    await reminders(here).work()
    await here.school.works()


async def reads_at(here: District, day: date, hour: int, who: str = GROUP) -> list[str]:
    """What goes out by then, with no further round."""
    at(here, day, hour)
    before = len(here.read_by(who))
    await here.school.works()
    return here.read_by(who)[before:]


async def waits(here: District) -> int:
    async with here.begin() as session:
        return await session.scalar(select(func.count()).where(OutboxRow.state == "waiting")) or 0


async def hands_in_both(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.hands_in("huong", "b", text=FIGURES)
    assert [state for _, state in await here.states()] == ["submitted", "submitted"]


async def test_a_digest_goes_without_what_came_in_though_no_round_follows(here: District) -> None:
    await plans_at_lunch(here, TUESDAY)
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [said] = await reads_at(here, TUESDAY, 13)
    assert WEIGHING not in said
    assert FIGURES in said
    assert here.read_by("huong")[-1] == said
    assert await waits(here) == 0


async def test_what_waits_over_a_night_keeps_its_day_and_loses_what_came_in(here: District) -> None:
    await plans_at_lunch(here, MONDAY)
    async with here.begin() as session:  # refused at one, to be tried again
        tomorrow = datetime.combine(TUESDAY, time(7), VIETNAM)
        refused = update(OutboxRow).where(OutboxRow.state == "waiting")
        await session.execute(refused.values(ready_at=tomorrow, attempts=1, reason="busy"))
    at(here, MONDAY, 18)
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [said] = await reads_at(here, TUESDAY, 7)
    assert said.startswith("Nhắc việc thứ Hai 04/12, MN Hoa Phượng:\n\nHôm nay nên xong:\n")
    assert WEIGHING not in said
    assert FIGURES in said


async def test_with_nothing_left_it_does_not_go_and_comes_once_what_was_returned(here: District) -> None:
    await plans_at_lunch(here, TUESDAY)
    await hands_in_both(here)
    assert await reads_at(here, TUESDAY, 13) == []
    [first, _] = await here.rows()
    await here.says("hanh", f"/tralai {first.code} Ảnh mờ")
    await reminders(here).work()
    [said] = await reads_at(here, TUESDAY, 14)
    assert f"• {WEIGHING} (trước 05/12) – bị trả lại, cần nộp lại" in said
    assert FIGURES not in said
    await here.says("huong", f"/rutlai {first.code}")
    await reminders(here).work()
    assert [one for one in await reads_at(here, TUESDAY, 15) if one.startswith("Nhắc việc")] == []  # one a day


async def test_what_is_returned_while_it_waits_is_in_it_again(here: District) -> None:
    await hands_in_both(here)
    at(here, TUESDAY, 11)
    [first, second] = await here.rows()
    await here.says("hanh", f"/tralai {second.code} Thiếu chữ ký")
    await plans_at_lunch(here, TUESDAY)
    await here.says("hanh", f"/tralai {first.code} Ảnh mờ")
    [said] = await reads_at(here, TUESDAY, 13)
    assert WEIGHING in said
    assert FIGURES in said


async def test_what_comes_in_between_planning_and_queuing_is_not_said(
    here: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = mornings.compose

    async def slow(at: Round, since: date | None = None) -> list[Message]:
        found = await plan(at, since)
        monkeypatch.setattr(mornings, "compose", plan)
        await here.hands_in("huong", "a", text="cân đo lần 2")
        return found

    monkeypatch.setattr(mornings, "compose", slow)
    at(here, TUESDAY, 9)
    await reminders(here).work()
    [said] = await reads_at(here, TUESDAY, 9)
    assert WEIGHING not in said
    assert FIGURES in said


@pytest.mark.parametrize("dies_at", range(1, 9))
async def test_killed_while_it_is_said_anew_it_is_said_once_and_rightly(here: District, dies_at: int) -> None:
    await plans_at_lunch(here, TUESDAY)
    await here.hands_in("huong", "a", text="cân đo lần 2")
    async with here.begin() as session:  # the group's alone
        await session.execute(update(OutboxRow).where(OutboxRow.chat != GROUP).values(state="gone"))
    at(here, TUESDAY, 13)
    transactions = 0

    def mortal() -> AbstractAsyncContextManager[Session]:
        nonlocal transactions
        transactions += 1
        if transactions >= dies_at:
            raise Dies
        return here.begin()

    platforms, afresh = {here.name: here.school.platform}, Afresh(mortal, lambda: here.school.index, here.clock)
    dying = Deliverer(mortal, platforms, here.clock, here.clock.sleep, holds=afresh.holds)
    read = len(here.read_by(GROUP))
    with suppress(Dies):
        while await dying.deliver_ready():
            pass
    here.clock.move(timedelta(seconds=31))
    taken = len(here.read_by(GROUP)) - read  # and perhaps not marked
    await here.school.works()
    said = here.read_by(GROUP)[read:]
    assert taken <= len(said) <= taken + 1
    assert (len(said), len(set(said))) == (1, 1) or taken
    assert WEIGHING not in said[0]
    assert FIGURES in said[0]
    assert await waits(here) == 0


async def test_what_waits_for_the_principals_word_is_not_asked_of_the_group(here: District) -> None:
    await plans_at_lunch(here, TUESDAY)
    await here.hands_in("lan", "a", text="cân đo lần 2")
    [said] = await reads_at(here, TUESDAY, 13)
    assert WEIGHING not in said
    [hers] = [one for one in here.read_by("huong") if one.startswith("Nhắc việc thứ Ba 05/12")]
    assert WEIGHING in hers


async def test_an_office_does_not_read_of_a_school_that_has_handed_in_meanwhile(here: District) -> None:
    friday = date(2023, 12, 8)
    await plans_at_lunch(here, friday)
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [said] = [one for one in await reads_at(here, friday, 13, "hanh") if one.startswith("Trường nộp trễ")]
    weighing = next(part for part in said.split("• ") if part.startswith(WEIGHING))
    assert "Ánh Dương" in weighing
    assert "Hoa Phượng" not in weighing


async def test_what_is_stopped_or_moved_while_it_waits_is_not_said(here: District) -> None:
    await plans_at_lunch(here, TUESDAY)
    refs = {ref: task for ref in await _tasks(here) if (task := await _title(here, ref))}
    stopped, moved = (ref for ref, title in sorted(refs.items(), key=lambda one: one[1] != WEIGHING))
    await here.says("huong", f"/thoinhac {stopped}")
    assert WEIGHING not in (await reads_at(here, TUESDAY, 12))
    await here.says("hanh", f"/giahan {moved} {UNIT} 20/12")
    assert await reads_at(here, TUESDAY, 13) == []


async def _tasks(here: District) -> list[str]:
    async with here.begin() as session:
        return list(await session.scalar(select(OutboxRow.tasks).where(OutboxRow.chat == GROUP)) or [])


async def _title(here: District, ref: str) -> str:
    document, number = map(int, ref.split("."))
    return here.school.index.by_id[document].shelved.plan.obligations[number].task


async def test_who_reads_it_in_the_groups_stead_does_not_read_of_it_either(here: District) -> None:
    await plans_at_lunch(here, TUESDAY)
    async with here.begin() as session:  # the group takes nothing, and nothing was to come to her by herself
        rows = {row.chat: row for row in await session.scalars(select(OutboxRow).where(OutboxRow.state == "waiting"))}
        group, hers = rows[GROUP], rows["huong"]
        group.state = "failed"
        hers.key, hers.text = f"{group.key}~instead#1", instead_of_group("MN Hoa Phượng", group.text)
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await reads_at(here, TUESDAY, 13)
    said = here.read_by("huong")[-1]
    assert said.startswith(instead_of_group("MN Hoa Phượng", "Nhắc việc"))
    assert WEIGHING not in said
    assert FIGURES in said
