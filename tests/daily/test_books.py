"""Books that a school keeps by the day: switched on, written into by photo, looked at; who hears of a missing day."""

from dataclasses import replace
from datetime import date, datetime, time
from pathlib import Path

import pytest

from core.clock import VIETNAM
from core.message import Address
from core.people import Role
from core.texts import daily as texts
from knowledge.workdays import Workdays
from records import daily as kept
from records import groups, memberships, people
from records.session import Begin
from scheduler.reminders import Reminders
from tests.evidence.stage import UNIT, District
from tests.fakes.clock import StillClock

GROUP = "nhom-hoa-phuong"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    """It is the morning of Friday, 1 December 2023."""
    clock.move(datetime(2023, 12, 1, 8, 0, tzinfo=VIETNAM) - clock())
    district = await District(begin, clock, tmp_path / "files").opens()
    async with begin() as session:
        await groups.bind(session, Address(district.name, GROUP), UNIT)
    return district


async def morning(here: District, day: date) -> dict[str, list[str]]:
    """What everybody reads when that morning's reminders have gone out."""
    here.clock.move(datetime.combine(day, time(7, 30), VIETNAM) - here.clock())
    before = len(here.school.platform.sent)
    await Reminders(here.begin, lambda: here.school.index, here.clock, here.school.deliverer.wake).work()
    await here.school.works()
    read: dict[str, list[str]] = {}
    for one in here.school.platform.sent[before:]:
        read.setdefault(one.address.chat, []).append(one.text)
    return read


def at(here: District, day: date, hour: int = 9) -> None:
    here.clock.move(datetime.combine(day, time(hour), VIETNAM) - here.clock())


async def test_the_principal_switches_a_book_on_and_reads_the_sentence_that_asks_for_it(here: District) -> None:
    said = await here.says("huong", "bật sổ kiểm thực ba bước")
    assert said.startswith("Đã bật sổ kiểm thực, lưu mẫu của MN Hoa Phượng, mỗi ngày làm việc, tính từ thứ Sáu 01/12.")
    assert "thực hiện chế độ kiểm thực ba bước và lưu mẫu thức ăn theo hướng dẫn của Bộ y tế.”" in said
    assert "mục II.4.2.b" in said
    assert (
        await here.says("huong", "bat so kiem thuc")
        == "Sổ kiểm thực, lưu mẫu đang bật rồi. Xem: sổ kiểm thực, lưu mẫu tháng này"
    )


async def test_neither_a_teacher_nor_an_office_switches(here: District) -> None:
    for who in ("lan", "hanh", "tuan"):
        for words in ("bật sổ kiểm thực", "tắt sổ kiểm thực", "/batso kiem-thuc", "/tatso kiem-thuc"):
            assert await here.says(who, words) == texts.ONLY_HEADS
    async with here.begin() as session:
        assert await kept.kept_by(session, UNIT) == set()


async def test_a_deputy_switches_in_the_principals_stead(here: District) -> None:
    await here.says("huong", "uỷ quyền cho cô Lan đến 10/12")
    assert "Đã bật sổ" in await here.says("lan", "bật sổ thực đơn")


async def test_a_photo_with_a_caption_is_entered_for_the_day_it_was_sent(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    said = await here.hands_in("lan", "a", "b", text="kiem thuc hom nay a")
    assert "Đã ghi vào sổ kiểm thực, lưu mẫu, thứ Sáu 01/12/2023: 2 ảnh.\nTháng 12: có 1/1 ngày." in said
    assert [row.state for row in await here.rows()] == ["kept"]


async def test_the_same_day_again_is_added_to_the_day(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    await here.hands_in("lan", "a", text="kiểm thực")
    said = await here.hands_in("huong", "b", "c", text="lưu mẫu")
    assert "thứ Sáu 01/12/2023: 2 ảnh (cả ngày: 3).\nTháng 12: có 1/1 ngày." in said


async def test_a_day_before_is_said_to_be_late_and_one_to_come_is_not_entered(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    at(here, date(2023, 12, 5))
    said = await here.hands_in("lan", "a", text="kiểm thực 1/12")
    assert "thứ Sáu 01/12/2023: 1 ảnh, ghi muộn 4 ngày.\nTháng 12: có 1/2 ngày." in said
    said = await here.hands_in("lan", "b", text="kiểm thực 7/12")
    assert "Ngày thứ Năm 07/12 chưa tới nên tôi chưa ghi vào sổ." in said
    assert "thứ Ba 05/12/2023: 1 ảnh." in await here.taps("lan", texts.TODAY)
    said = await here.hands_in("lan", "c", text="kiểm thực 31/11")
    assert texts.NO_SUCH_DAY in said
    assert [row.state for row in await here.rows()] == ["kept", "kept", "unplaced"]


async def test_a_photo_of_last_night_is_of_the_day_it_was_sent(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    here.clock.move(datetime(2023, 12, 1, 23, 59, 55, tzinfo=VIETNAM) - here.clock())
    assert "thứ Sáu 01/12/2023" in await here.hands_in("lan", "a", text="kiểm thực hôm nay")


async def test_where_the_book_is_not_kept_it_is_asked_for_which_task(here: District) -> None:
    said = await here.hands_in("lan", "a", text="kiểm thực hôm nay")
    assert "Đã ghi vào" not in said
    assert all("Sổ" not in one.label for one in here.last("lan").choices)


async def test_a_paper_about_the_same_is_asked_about(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    said = await here.hands_in("lan", "a", text="kế hoạch kiểm thực ba bước")
    assert "Đã ghi vào" not in said
    assert here.last("lan").choices[0].label == "Sổ kiểm thực, lưu mẫu"
    assert "Đã ghi vào sổ kiểm thực" in await here.says("lan", "1")


async def test_without_words_what_is_not_there_today_is_offered(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    await here.says("huong", "bật sổ thực đơn")
    await here.hands_in("lan", "a", text="thực đơn")
    await here.hands_in("lan", "b")
    labels = [one.label for one in here.last("lan").choices]
    assert labels[0] == "Sổ kiểm thực, lưu mẫu"
    assert sum(label.startswith("Sổ") for label in labels) == 1
    assert "1 ảnh" in await here.taps("lan", "Sổ kiểm thực")
    assert texts.ENTERED_BEFORE in await here.says("lan", f"/vaoso {(await here.submission(1)).code} thuc-don")


async def test_typed_first_and_sent_then(here: District) -> None:
    await here.says("huong", "bật sổ thực đơn")
    said = await here.says("lan", "thực đơn hôm qua")
    assert said.startswith("Thầy/cô gửi ảnh ngay tại đây, tôi ghi vào sổ thực đơn, tài chính, thứ Năm 30/11.")
    assert "thứ Năm 30/11/2023: 1 ảnh, ghi muộn 1 ngày." in await here.hands_in("lan", "a")


async def test_an_answer_to_the_receipt_adds_to_its_day(here: District) -> None:
    await here.says("huong", "bật sổ thực đơn")
    await here.hands_in("lan", "a", text="thực đơn 30/11")
    receipt = here.id_of_last("lan")
    said = await here.hands_in("lan", "b", reply_to=receipt)
    assert "thứ Năm 30/11/2023: 1 ảnh (cả ngày: 2), ghi muộn 1 ngày." in said


async def test_what_is_taken_back_is_there_no_more(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    await here.hands_in("lan", "a", text="kiểm thực")
    await here.says("lan", f"rút lại {(await here.submission(0)).code}")
    assert "Chưa có ngày nào\nHôm nay chưa có" in await here.says("lan", "sổ tháng này")


@pytest.mark.parametrize(
    "caption",
    ["giao nhận trẻ, danh sách lớp", "đón trả trẻ: Nguyễn Văn An, Trần Thị Bình", "giao nhận trẻ cháu Minh nghỉ"],
)
async def test_no_name_of_a_child_gets_into_the_spot_check(here: District, caption: str) -> None:
    await here.says("huong", "bật sổ giao nhận trẻ")
    said = await here.hands_in("lan", "a", text=caption)
    assert texts.WITH_NAMES in said
    [row] = await here.rows()
    assert (row.state, row.caption) == ("withdrawn", "")
    assert "Chưa có tuần nào\nTuần này chưa có" in await here.says("lan", "sổ tháng này")


async def test_a_spot_check_without_names_counts_for_its_week(here: District) -> None:
    await here.says("huong", "bật sổ giao nhận trẻ")
    at(here, date(2023, 12, 6))
    said = await here.hands_in("lan", "a", text="giao nhận trẻ lớp 5 tuổi A")
    assert "Đã ghi vào sổ ký giao nhận trẻ, thứ Tư 06/12/2023: 1 ảnh.\nTháng 12: có 1/1 tuần." in said


async def test_the_month_is_shown_as_wide_as_a_phone(here: District) -> None:
    for book in ("kiểm thực", "giao nhận thực phẩm", "thực đơn", "giao nhận trẻ"):
        await here.says("huong", f"bật sổ {book}")
    for day in (1, 4, 6, 7, 8, 11, 12, 13, 14, 15, 18, 19, 20, 21):
        at(here, date(2023, 12, day))
        await here.hands_in("lan", f"a{day}", text="kiểm thực")
    at(here, date(2023, 12, 22))
    said = await here.says("lan", "sổ tháng này")
    assert said.startswith(
        "Sổ theo ngày, tháng 12/2023\n\n• Kiểm thực, lưu mẫu\nCó 14/15 ngày:\n"
        "01 04 06 07 08 11 12 13 14 15\n18 19 20 21\nThiếu: 05\nHôm nay chưa có\n"
    )
    assert max(map(len, said.splitlines())) <= texts.WIDTH
    one = await here.says("lan", "so kiem thuc thang 12")
    assert one.count("•") == 1
    assert "14/15" in one
    assert await here.says("lan", "sổ kiểm thực tháng 11") == "Tháng 11/2023 trường chưa bật sổ này, chưa ghi gì."


async def test_a_week_that_ends_in_the_next_month_is_not_lacking_now(here: District) -> None:
    await here.says("huong", "bật sổ giao nhận trẻ")
    at(here, date(2024, 1, 30))  # its Friday is in February
    await here.hands_in("lan", "a", text="giao nhận trẻ")
    assert "Tuần này chưa có" not in await here.says("lan", "sổ tháng này")
    assert "chưa có" not in await here.says("lan", "sổ tháng 12")  # a month that is over lacks nothing now
    at(here, date(2024, 2, 1))
    assert "Có 1/1 tuần:\n30/01\n" in await here.says("lan", "sổ tháng này") + "\n"


async def test_photos_of_a_day_are_shown_to_the_school_alone(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    await here.hands_in("lan", "a", "b", text="kiểm thực")
    async with here.begin() as session:
        assert await kept.files_of(session, [1]) == []  # nobody has looked at them yet: they are shown to nobody
    assert texts.NOTHING_SHOWN in await here.says("huong", "xem sổ kiểm thực ngày 1/12")
    assert await here.says("hanh", "xem sổ kiểm thực ngày 1/12") == texts.ONLY_SCHOOLS
    assert texts.NOTHING_SHOWN in await here.says("mai", "xem sổ kiểm thực ngày 1/12")


async def test_an_office_reads_how_many_days_and_no_more(here: District) -> None:
    assert await here.says("hanh", "sổ tháng này") == texts.NOBODY_KEEPS
    await here.says("huong", "bật sổ kiểm thực")
    await here.hands_in("lan", "a", text="kiểm thực")
    said = await here.says("hanh", "sổ tháng này")
    assert said == "Sổ theo ngày, tháng 12/2023\n\nMN Hoa Phượng\n• kiểm thực: 1/1 ngày"
    above = await here.says("tuan", "sổ tháng này")
    assert above == "Sổ theo ngày, tháng 12/2023\n\nPhòng GDĐT huyện Vĩnh Bảo\n• kiểm thực: 1 trường, 1/1"
    code = (await here.submission(0)).code
    assert code not in said
    assert "1 ảnh" not in await here.says("hanh", f"nhật ký {code}")


async def test_a_missing_day_is_said_once_to_the_principal_alone(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    read = await morning(here, date(2023, 12, 4))
    line = (
        "Sổ theo ngày của MN Hoa Phượng còn thiếu:\n• Kiểm thực, lưu mẫu: ngày thứ Sáu 01/12\n"
        "Có rồi thì gửi ảnh kèm chữ, ví dụ: kiểm thực 01/12"
    )
    assert read["huong"][0].endswith(f"\n\n{line}")  # in her own digest
    assert len(read["huong"]) == 1
    assert all("Sổ theo ngày" not in text for who in read if who != "huong" for text in read[who])
    assert GROUP in read
    at(here, date(2023, 12, 4), 10)
    await here.hands_in("lan", "a", text="kiểm thực")
    again = await morning(here, date(2023, 12, 5))
    assert all("Sổ theo ngày" not in text for texts_ in again.values() for text in texts_)


async def test_the_digest_is_answered_with_the_missing_photo(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    await morning(here, date(2023, 12, 4))  # it names tasks too
    said = await here.hands_in("huong", "a", text="kiểm thực 01/12", reply_to=here.id_of_last("huong"))
    assert "Đã ghi vào sổ kiểm thực, lưu mẫu, thứ Sáu 01/12/2023: 1 ảnh, ghi muộn 3 ngày." in said


async def test_it_is_a_message_of_its_own_where_she_has_no_other(here: District) -> None:
    at(here, date(2023, 12, 12))
    await here.says("huong", "bật sổ kiểm thực")
    read = await morning(here, date(2023, 12, 13))
    assert [text.startswith("Sổ theo ngày của MN Hoa Phượng") for text in read["huong"]] == [True]


async def test_what_was_entered_by_the_morning_is_not_missed(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    at(here, date(2023, 12, 3))
    await here.hands_in("lan", "a", text="kiểm thực 1/12")
    read = await morning(here, date(2023, 12, 4))
    assert "Sổ theo ngày" not in read["huong"][0]


async def test_nothing_is_missed_before_it_was_on_or_after_it_was_off(here: District) -> None:
    at(here, date(2023, 12, 11), 14)
    assert "tính từ thứ Ba 12/12" in await here.says("huong", "bật sổ kiểm thực")  # the morning was over
    assert "huong" not in await morning(here, date(2023, 12, 12))
    at(here, date(2023, 12, 12))
    assert "Đã tắt sổ" in await here.says("huong", "tắt sổ kiểm thực")
    assert "huong" not in await morning(here, date(2023, 12, 13))
    assert await here.says("huong", "sổ tháng này") == texts.NONE_ON


async def test_days_off_and_moved_days_are_those_of_the_table(here: District) -> None:
    moved = {date(2023, 12, 15): False, date(2023, 12, 16): True}
    here.school.index = replace(here.school.index, workdays=Workdays(moved))
    at(here, date(2023, 12, 14))
    await here.says("huong", "bật sổ kiểm thực")
    await here.hands_in("lan", "a", text="kiểm thực")
    assert await morning(here, date(2023, 12, 15)) == {}
    read = await morning(here, date(2023, 12, 16))
    assert all("Sổ theo ngày" not in text for text in read["huong"])
    read = await morning(here, date(2023, 12, 18))
    assert "ngày thứ Bảy 16/12\n" in read["huong"][-1]
    assert "15/12" not in read["huong"][-1].partition("Sổ theo ngày")[2]


async def test_after_days_of_silence_all_that_was_missed_is_said_together(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    await morning(here, date(2023, 12, 4))
    read = await morning(here, date(2023, 12, 7))
    assert "ngày thứ Hai 04/12, thứ Ba 05/12, thứ Tư 06/12" in read["huong"][0]


async def test_a_week_is_missed_on_the_next_ones_first_morning(here: District) -> None:
    at(here, date(2023, 12, 4))
    await here.says("huong", "bật sổ giao nhận trẻ")
    for day in (5, 6, 7, 8):
        read = await morning(here, date(2023, 12, day))
        assert all("Sổ theo ngày" not in text for texts_ in read.values() for text in texts_)
    read = await morning(here, date(2023, 12, 11))
    assert "• Ký giao nhận trẻ: tuần thứ Sáu 08/12" in read["huong"][0]


async def test_no_deputy_and_no_teacher_hears_of_it(here: District) -> None:
    await here.says("huong", "uỷ quyền cho cô Lan đến 20/12")
    at(here, date(2023, 12, 12))
    await here.says("lan", "bật sổ kiểm thực")
    read = await morning(here, date(2023, 12, 13))
    assert "lan" not in read
    assert "Sổ theo ngày" in read["huong"][-1]


async def test_in_a_group_too(here: District) -> None:
    await here.says("huong", "bật sổ kiểm thực")
    await here.school.receives(
        "g1",
        sender="lan",
        chat=GROUP,
        group=True,
        kind="photo",
        text="kiểm thực",
        message_id="g1",
        files=[{"kind": "photo", "id": "a"}],
    )
    await here.school.works()
    await here.passes()
    assert "Đã ghi vào sổ kiểm thực" in here.read_by(GROUP)[-1]


async def test_who_leads_two_schools_reads_of_both_in_one_message(here: District) -> None:
    at(here, date(2023, 12, 12))
    await here.says("huong", "bật sổ kiểm thực")
    await here.says("mai", "bật sổ thực đơn")
    async with here.begin() as session:
        huong = await people.find_person(session, here.name, "huong")
        assert huong is not None
        await memberships.add(session, huong.id, "VB-ANHDUONG", Role.PRINCIPAL, here.clock())
    read = await morning(here, date(2023, 12, 13))
    assert [text.count("Sổ theo ngày của") for text in read["huong"]] == [2]
    assert [text.count("Sổ theo ngày của") for text in read["mai"]] == [1]
