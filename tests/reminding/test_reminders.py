"""The morning's reminders in a district: who is written to, when, once, and no more once something is handed in."""

from datetime import date, datetime, time, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from core.clock import VIETNAM
from core.hours import Hours
from core.message import Address
from core.people import Role
from core.texts import reminders as texts
from evidence.desk import Desk
from knowledge.workdays import Workdays
from records import groups, memberships, people
from records.session import Begin
from records.tables import OutboxRow
from reminding.known import known_of
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
    assert said.startswith("Trường nộp trễ, tính đến thứ Sáu 08/12, thuộc Phòng GDĐT huyện Vĩnh Bảo:\n\n")
    schools = "Chưa nộp (2): Lớp MN độc lập tư thục Ánh Dương, MN Hoa Phượng"
    assert f"• {WEIGHING} (trước 05/12), quá hạn 3 ngày làm việc:\n{schools}" in said


async def test_an_officer_reads_of_the_own_tasks_and_of_late_schools_in_one_message(here: District) -> None:
    [said] = (await morning(here, date(2023, 12, 15)))["hanh"]
    assert said.startswith("Nhắc việc thứ Sáu 15/12, Phòng GDĐT huyện Vĩnh Bảo:\n\nHôm nay là ngày chốt:\n")
    assert "\n\nTrường nộp trễ, tính đến thứ Sáu 15/12" in said


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
        knows = await known_of(Desk(session, here.school.index, here.clock()), SCHOOLS)
    told = {unit: [day for day in days if unit in plan(here.school.index, knows, day, Workdays())] for unit in SCHOOLS}
    assert told[UNIT] == [
        date(2024, 4, 26),
        date(2024, 5, 3),
    ]  # two working days before the 3rd, which is the last safe day
    assert told["VB-ANHDUONG"] == [date(2024, 4, 19), date(2024, 4, 25), date(2024, 5, 2), date(2024, 5, 3)]


async def steps_told(here: District, unit: str) -> list[int]:
    """How many working days ahead a unit is reminded in the weeks before 5 May 2024, besides the last safe day."""
    async with here.begin() as session:
        knows = await known_of(Desk(session, here.school.index, here.clock()), SCHOOLS)
    days = [date(2024, 4, 3) + timedelta(days=n) for n in range(30)]
    return [
        one.stand.days
        for day in days
        for one in plan(here.school.index, knows, day, Workdays()).get(unit, [])
        if one.title.startswith("Tổ chức cân-đo")
    ]


async def test_an_office_sets_steps_for_its_documents_and_a_schools_own_go_before_them(here: District) -> None:
    assert await steps_told(here, UNIT) == [7, 3, 1]
    said = await here.says("hanh", "Chỉ nhắc các trường trước 5, 2 ngày")
    assert said.startswith(
        "Vâng, từ mai việc trong văn bản của Phòng GDĐT huyện Vĩnh Bảo tôi nhắc các đơn vị trước 5, 2 ngày"
    )
    assert await steps_told(here, UNIT) == [5, 2]
    assert await steps_told(here, "VB-ANHDUONG") == [5, 2]
    await here.says("tuan", "nhắc các trường trước 10 ngày")  # the Sở's documents, not this one
    assert await steps_told(here, UNIT) == [5, 2]
    await here.says("huong", "chỉ nhắc trước 4 ngày")
    assert await steps_told(here, UNIT) == [4]
    assert await steps_told(here, "VB-ANHDUONG") == [5, 2]
    assert await here.says("huong", "nhắc như mặc định") == texts.AHEAD_USUAL
    assert await steps_told(here, UNIT) == [5, 2]
    assert (await here.says("hanh", "nhắc các trường trước 9 ngày")).count("trước 9, 5, 2 ngày làm việc") == 1
    assert await here.says("hanh", "nhắc các trường như thường lệ") == texts.BELOW_USUAL
    assert await steps_told(here, UNIT) == [7, 3, 1]


async def test_a_school_sets_none_for_others_and_odd_numbers_are_asked_for_again(here: District) -> None:
    assert await here.says("huong", "nhắc các trường trước 5 ngày") == texts.ONLY_OFFICES
    assert await here.says("hanh", "nhắc các trường trước 0 ngày") == texts.how_far_below(20)
    assert await here.says("hanh", "/nhactruong") == texts.how_far_below(20)
    assert await here.says("hanh", "nhắc các trường trước 1, 2, 3, 4, 5, 6 ngày") == texts.how_far_below(20)


async def test_the_schedule_is_told_beforehand(here: District) -> None:
    said = await here.says("huong", "lịch nhắc")
    days = "nhắc 04/12, 05/12; chưa nộp thì nhắc 06/12, 08/12, 15/12"
    assert said.startswith(f"Hai tuần tới tôi nhắc đơn vị của thầy/cô:\n\n• {WEIGHING} (trước 05/12):\n{days}\n\n• ")
    assert await here.says("huong", "/lich") == await here.says("huong", "đang nhắc gì?")


async def test_a_month_opens_with_all_that_it_brings_in_the_one_message(here: District) -> None:
    [said] = (await morning(here, date(2024, 5, 2)))[GROUP]  # 29 April to 1 May are off
    head, _, rest = said.partition("\n\nTháng 5 còn 1 việc nữa:\n• ")
    assert head.startswith("Nhắc việc thứ Năm 02/05, MN Hoa Phượng:\n\nCòn 1 ngày làm việc:\n• ")
    assert "(trước 05/05)" in head
    assert "(trước 10/05)" in rest.splitlines()[0]
    assert "(trước 05/05)" not in rest  # said once
    assert await morning(here, date(2024, 5, 2), time(10)) == {}
    [said] = (await morning(here, date(2024, 6, 3)))[GROUP]
    assert "\n\nTháng 6 có 1 việc:\n• " in said or "\n\nTháng 6 còn 1 việc nữa:\n• " in said


async def test_a_month_that_nobody_was_told_of_opens_on_the_next_day(here: District) -> None:
    await morning(here, date(2024, 4, 26))
    [said] = (await morning(here, date(2024, 5, 3)))[GROUP]  # down on the 2nd
    assert "\n\nTháng 5 còn 1 việc nữa:\n• " in said
    assert "Tháng 5" not in (await morning(here, date(2024, 5, 6)))[GROUP][0]


async def test_a_week_opens_on_its_first_working_day(here: District) -> None:
    [said] = (await morning(here, date(2024, 6, 17)))[GROUP]
    assert said.startswith("Nhắc việc thứ Hai 17/06, MN Hoa Phượng:\n\nTuần này có 1 việc:\n• ")
    assert "(trước 20/06)" in said
    assert GROUP in await morning(here, date(2024, 6, 18))  # a step
    assert "Tuần này" not in here.read_by(GROUP)[-1]


async def test_what_is_handed_in_opens_no_month(here: District) -> None:
    here.clock.move(datetime(2024, 6, 1, 8, 0, tzinfo=VIETNAM) - here.clock())
    receipt = await here.hands_in("huong", "a", text="nộp học liệu vào kho học liệu dùng chung")
    assert receipt.startswith("Đã nhận")
    if (await here.rows())[0].state == "unplaced":
        await here.taps("huong", "Thu thập, thẩm định")
    assert (await here.rows())[0].state == "submitted"
    assert all("(trước 20/06)" not in one for one in (await morning(here, date(2024, 6, 3))).get(GROUP, []))


async def test_the_office_reads_how_the_month_was_by_name(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.says("huong", "thống kê số liệu")
    [said] = (await morning(here, date(2024, 1, 2)))["hanh"]
    _, _, counted = said.partition("Tháng trước các đơn vị thuộc Phòng GDĐT huyện Vĩnh Bảo nộp:\n\n")
    assert f"• {WEIGHING} (trước 05/12): 1/2 đã nộp, 1 đúng hạn\nChưa nộp: Lớp MN độc lập tư thục Ánh Dương" in counted
    assert "0/2 đã nộp, 0 đúng hạn\nChưa nộp: Lớp MN độc lập tư thục Ánh Dương, MN Hoa Phượng" in counted
    assert "Trường nộp trễ" not in said  # they are named once


async def test_in_the_afternoon_a_group_hears_once_of_what_is_due_and_not_in(here: District) -> None:
    monday = date(2023, 12, 4)
    await morning(here, monday, time(9))
    read = await morning(here, monday, time(14))
    assert list(read) == [GROUP]
    [said] = read[GROUP]
    assert said.startswith("Chiều nay MN Hoa Phượng còn 2 việc chưa nộp:\n\nHôm nay nên xong:\n")
    assert f"• {WEIGHING} (trước 05/12)" in said
    assert await morning(here, monday, time(15)) == {}
    often = await here.says("huong", "hôm nay đã nhắc mấy lần?")
    assert often.startswith(
        "Hôm nay tôi đã nhắc MN Hoa Phượng:\n• nhóm: 1 tin buổi sáng\n• riêng từng người: 1 tin buổi sáng\n"
        "• nhóm: 1 tin gấp buổi chiều\n\nMột ngày nhiều nhất: "
    )
    assert (await here.says("mai", "nhắc mấy lần rồi")).startswith(
        "Hôm nay tôi đã nhắc Lớp MN độc lập tư thục Ánh Dương:"
    )


async def test_what_is_in_by_noon_is_not_urgent(here: District) -> None:
    monday = date(2023, 12, 4)
    await morning(here, monday, time(9))
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [said] = (await morning(here, monday, time(14)))[GROUP]
    assert "còn 1 việc" in said
    assert WEIGHING not in said


async def test_who_reads_the_morning_only_in_the_afternoon_hears_nothing_more(here: District) -> None:
    monday = date(2023, 12, 4)
    read = await morning(here, monday, time(15))  # down until then
    assert [len(said) for said in read.values()] == [1] * len(read)
    assert read[GROUP][0].startswith("Nhắc việc")
    assert await morning(here, monday, time(16)) == {}


async def test_who_speaks_for_two_schools_reads_one_message(here: District) -> None:
    async with here.begin() as session:
        huong = await people.find_person(session, here.name, "huong")
        assert huong
        await memberships.add(session, huong.id, "VB-ANHDUONG", Role.PRINCIPAL, here.clock())
    [said] = (await morning(here, date(2023, 12, 4), time(9)))["huong"]
    assert said.count("Nhắc việc thứ Hai 04/12, ") == 2
    assert "Lớp MN độc lập tư thục Ánh Dương:" in said
    ref = (await outbox_tasks(here))[0]
    told = await here.says("hanh", f"/danhac {ref}")
    assert "• Lớp MN độc lập tư thục Ánh Dương: 04/12\n• MN Hoa Phượng: 04/12" in told


def test_quiet_hours_and_lunch_are_waited_for() -> None:
    def opens(hour: int, minute: int) -> datetime:
        return Hours().open_at(datetime(2023, 12, 4, hour, minute, tzinfo=VIETNAM))

    assert opens(7, 30) == datetime(2023, 12, 4, 7, 30, tzinfo=VIETNAM)
    assert opens(5, 0) == opens(0, 0) == datetime(2023, 12, 4, 6, 30, tzinfo=VIETNAM)
    assert opens(11, 30) == opens(12, 59) == datetime(2023, 12, 4, 13, tzinfo=VIETNAM)
    assert opens(21, 0) == opens(23, 59) == datetime(2023, 12, 5, 6, 30, tzinfo=VIETNAM)
    assert opens(13, 0) - opens(12, 0) == timedelta(0)
