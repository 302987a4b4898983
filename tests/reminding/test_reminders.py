"""The morning's reminders in a district: who is written to, when, once, and no more once something is handed in."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.clock import VIETNAM
from core.hours import Hours
from core.message import Address
from core.texts import reminders as texts
from evidence.desk import Desk
from knowledge.workdays import Workdays
from records import groups
from records.session import Begin
from records.tables import OutboxRow
from reminding.days import Days
from reminding.known import known
from reminding.plan import plan
from scheduler.reminders import Reminders
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

GROUP = "nhom-hoa-phuong"
WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
SCHOOLS = (UNIT, "VB-ANHDUONG")
FIGURES = "Tổng hợp báo cáo kết quả và thống kê số liệu thực hiện nhiệm vụ học kỳ I năm…"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    district = await District(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await groups.bind(session, Address(district.name, GROUP), UNIT)
    return district


def reminders(here: District, hours: Hours = Hours()) -> Reminders:  # noqa: B008 - frozen
    return Reminders(here.begin, lambda: here.school.index, here.clock, here.school.deliverer.wake, hours)


async def morning(here: District, day: date, at: time = time(7, 30)) -> dict[str, list[str]]:
    """What everybody reads when that morning's reminders have gone out."""
    here.clock.move(datetime.combine(day, at, VIETNAM) - here.clock())
    before = len(here.school.platform.sent)
    await reminders(here).work()
    await here.school.works()
    read: dict[str, list[str]] = {}
    for one in here.school.platform.sent[before:]:
        read.setdefault(one.address.chat, []).append(one.text)
    return read


async def test_the_last_day_is_said_to_the_group_and_the_principal_once(here: District) -> None:
    monday = date(2023, 12, 4)
    read = await morning(here, monday, time(9))
    [said] = read[GROUP]
    assert said.startswith("Nhắc việc thứ Hai 04/12, MN Hoa Phượng:\n\nHôm nay nên xong:\n")
    assert f"• {WEIGHING} (trước 05/12)" in said
    assert read["huong"] == [said]
    assert "lan" not in read  # teachers read it in the group
    assert await morning(here, monday, time(10)) == {}


async def test_what_is_handed_in_is_not_reminded_of_and_comes_back_when_it_is_returned(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [said] = (await morning(here, date(2023, 12, 5)))[GROUP]
    assert WEIGHING not in said
    assert "Hôm nay là ngày chốt:" in said
    [row] = await here.rows()
    await here.says("hanh", f"/tralai {row.code} Ảnh mờ")
    [said] = (await morning(here, date(2023, 12, 6)))[GROUP]
    assert f"• {WEIGHING} (trước 05/12) – bị trả lại, cần nộp lại" in said
    assert "Quá hạn 1 ngày làm việc:" in said


async def test_what_waits_in_the_outbox_does_not_go_out_once_the_evidence_is_in(here: District) -> None:
    here.clock.move(datetime(2023, 12, 5, 12, 0, tzinfo=VIETNAM) - here.clock())
    await reminders(here).work()  # at lunch: it is to go out at one o'clock
    await here.school.works()
    assert here.read_by(GROUP) == []
    await here.hands_in("huong", "a", text="cân đo lần 2")
    here.clock.move(datetime(2023, 12, 5, 13, 0, tzinfo=VIETNAM) - here.clock())
    await reminders(here).work()
    await here.school.works()
    [said] = here.read_by(GROUP)
    assert WEIGHING not in said
    assert "Hôm nay là ngày chốt:" in said


async def test_the_office_hears_by_name_who_is_three_days_late(here: District) -> None:
    read = await morning(here, date(2023, 12, 8))
    [said] = read["hanh"]
    assert said.startswith("Trường chưa nộp, thứ Sáu 08/12, Phòng GDĐT huyện Vĩnh Bảo:\n\n")
    schools = "Lớp MN độc lập tư thục Ánh Dương, MN Hoa Phượng (2)"
    assert f"• {WEIGHING} (trước 05/12), quá hạn 3 ngày làm việc:\n{schools}" in said


async def test_an_officer_reads_of_the_own_tasks_and_of_late_schools_in_one_message(here: District) -> None:
    [said] = (await morning(here, date(2023, 12, 15)))["hanh"]
    assert said.startswith("Nhắc việc thứ Sáu 15/12, Phòng GDĐT huyện Vĩnh Bảo:\n\nHôm nay là ngày chốt:\n")
    assert "\n\nTrường chưa nộp, thứ Sáu 15/12" in said


async def test_nobody_is_reminded_on_a_day_off_or_late_in_the_day(here: District) -> None:
    assert await morning(here, date(2023, 12, 4), time(16, 30)) == {}
    assert await morning(here, date(2023, 12, 9)) == {}
    assert await morning(here, date(2023, 12, 10)) == {}


async def test_after_days_of_silence_there_is_one_message_for_all(here: District) -> None:
    await morning(here, date(2023, 12, 4), time(9))
    read = await morning(here, date(2023, 12, 7))  # down on the 5th and 6th; the 7th itself is no step
    [said] = read[GROUP]
    assert "Quá hạn 2 ngày làm việc:" in said
    assert await morning(here, date(2023, 12, 7), time(8)) == {}


async def test_a_moved_day_moves_the_reminders(here: District) -> None:
    ref = next(
        f"2.{number}"
        for number, task in enumerate(here.school.index.by_id[2].shelved.plan.obligations)
        if task.task.startswith(WEIGHING[:40]) and task.due == date(2023, 12, 5)
    )
    await here.says("hanh", f"/giahan {ref} {UNIT} 20/12")
    [said] = (await morning(here, date(2023, 12, 5)))[GROUP]
    assert WEIGHING not in said
    [said] = (await morning(here, date(2023, 12, 20)))[GROUP]
    assert f"Hôm nay nên xong:\n• {WEIGHING} (hạn 20/12)" in said


async def test_a_principal_stops_it_by_answering_and_a_teacher_cannot(here: District) -> None:
    await morning(here, date(2023, 12, 4), time(9))
    asked = await here.says("huong", "thôi nhắc việc này", reply_to=here.id_of_last("huong"))
    assert asked.startswith(texts.WHICH_TO_STOP)
    assert await here.taps("huong", WEIGHING) == texts.stopped(WEIGHING)
    [said] = (await morning(here, date(2023, 12, 5)))[GROUP]
    assert WEIGHING not in said
    assert await here.says("lan", "thôi nhắc") == texts.ONLY_PRINCIPALS
    assert await here.says("mai", "thôi nhắc") == texts.WHICH_TO_STOP
    assert await here.taps("mai", WEIGHING) == texts.stopped(WEIGHING)
    assert await here.says("mai", "thôi nhắc") == texts.WHICH_TO_STOP
    assert all(WEIGHING not in one.label for one in here.last("mai").choices)


async def test_who_was_reminded_of_a_task_is_told_to_its_unit_and_to_the_office(here: District) -> None:
    await morning(here, date(2023, 12, 4), time(9))
    await morning(here, date(2023, 12, 8), time(9))
    said = await here.says("huong", "đã nhắc ai việc này?", reply_to=here.id_of_last("huong"))
    told = said.split("\n\n")
    assert told[0] == f"Đã nhắc việc: {WEIGHING}\n• MN Hoa Phượng: 04/12, 08/12"
    assert [one.partition("\n")[2] for one in told] == ["• MN Hoa Phượng: 04/12, 08/12"] * 2  # both of the message
    ref = str((await outbox_tasks(here))[0])
    said = await here.says("hanh", f"/danhac {ref}")
    assert "• Lớp MN độc lập tư thục Ánh Dương: 04/12, 08/12\n• MN Hoa Phượng: 04/12, 08/12" in said
    assert "Hoa Phượng" not in await here.says("mai", f"/danhac {ref}")
    assert await here.says("huong", "đã nhắc ai") == texts.TOLD_OF_WHICH
    assert (await here.taps("huong", WEIGHING)).startswith(f"Đã nhắc việc: {WEIGHING}\n• MN Hoa Phượng: 04/12, 08/12")
    assert await here.says("hanh", "đã nhắc ai") == texts.TOLD_OF_WHICH
    assert "• MN Hoa Phượng: 04/12, 08/12" in await here.taps("hanh", WEIGHING)


async def outbox_tasks(here: District) -> list[str]:
    async with here.begin() as session:
        rows = await session.scalars(select(OutboxRow).where(OutboxRow.chat == GROUP).order_by(OutboxRow.id))
        return [ref for row in rows for ref in row.tasks]


async def test_a_school_sets_how_long_ahead_it_is_reminded(here: District) -> None:
    said = await here.says("huong", "Nhắc trước 5 ngày")
    assert said == "Vâng, từ mai tôi nhắc đơn vị trước 7, 5, 3, 1 ngày làm việc, và khi đến hạn."
    assert "trước 2 ngày làm việc" in await here.says("huong", "chi nhac truoc 2 ngay")
    assert await here.says("huong", "nhắc trước 99 ngày") == texts.how_far_ahead(20)
    assert await here.says("lan", "nhắc trước 5 ngày") == texts.ONLY_PRINCIPALS
    days = [date(2024, 4, 15) + timedelta(days=n) for n in range(20)]
    async with here.begin() as session:
        knows = await known(Desk(session, here.school.index, here.clock()), Days(days, Workdays()))
    told = {unit: [day for day in days if unit in plan(here.school.index, knows, day, Workdays())] for unit in SCHOOLS}
    assert told[UNIT] == [
        date(2024, 4, 26),
        date(2024, 5, 3),
    ]  # two working days before the 3rd, which is the last safe day
    assert told["VB-ANHDUONG"] == [date(2024, 4, 19), date(2024, 4, 25), date(2024, 5, 2), date(2024, 5, 3)]


async def test_the_schedule_is_told_beforehand(here: District) -> None:
    said = await here.says("huong", "lịch nhắc")
    days = "nhắc 04/12, 05/12; chưa nộp thì nhắc 06/12, 08/12, 15/12"
    assert said.startswith(f"Hai tuần tới tôi nhắc đơn vị của thầy/cô:\n\n• {WEIGHING} (trước 05/12):\n{days}\n\n• ")
    assert await here.says("huong", "/lich") == await here.says("huong", "đang nhắc gì?")


def test_quiet_hours_and_lunch_are_waited_for() -> None:
    def opens(hour: int, minute: int) -> datetime:
        return Hours().open_at(datetime(2023, 12, 4, hour, minute, tzinfo=VIETNAM))

    assert opens(7, 30) == datetime(2023, 12, 4, 7, 30, tzinfo=VIETNAM)
    assert opens(5, 0) == opens(0, 0) == datetime(2023, 12, 4, 6, 30, tzinfo=VIETNAM)
    assert opens(11, 30) == opens(12, 59) == datetime(2023, 12, 4, 13, tzinfo=VIETNAM)
    assert opens(21, 0) == opens(23, 59) == datetime(2023, 12, 5, 6, 30, tzinfo=VIETNAM)
    assert opens(13, 0) - opens(12, 0) == timedelta(0)
