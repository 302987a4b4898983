"""Times in documents: what counts as a day by which something is owed, how it binds, and what does not count."""

from datetime import date

import pytest

from core.work import Rule
from knowledge.dates import column, find
from knowledge.years import Calendar

AUTUMN = Calendar(issued=date(2025, 9, 10), school_year=2025)


def days(text: str, calendar: Calendar = AUTUMN) -> list[tuple[str, str]]:
    """(rule, first day/due day) of each time in the text."""
    return [(when.rule.value, "…".join(str(d) for d in (when.first, when.due) if d)) for when in find(text, calendar)]


@pytest.mark.parametrize(
    ("text", "rule", "due"),
    [
        ("gửi về Phòng trước ngày 05/12", "before", "2025-12-05"),
        ("nộp trước 15/5/2026.", "before", "2026-05-15"),
        ("Trước ngày 05 tháng 12 năm 2025, các trường gửi báo cáo", "before", "2025-12-05"),
        ("nộp kế hoạch chậm nhất 25/10/2025", "by", "2025-10-25"),
        ("chậm nhất là ngày 25/10", "by", "2025-10-25"),
        ("muộn nhất vào ngày 25/10/2025", "by", "2025-10-25"),
        ("hạn cuối: 20/11", "by", "2025-11-20"),
        ("Hạn nộp hồ sơ: 20/11/2025", "by", "2025-11-20"),
        ("thời hạn gửi báo cáo là ngày 20/11", "by", "2025-11-20"),
        ("đến hết ngày 15/10", "by", "2025-10-15"),
        ("xét thi đua (nộp hồ sơ: 10/5)", "by", "2026-05-10"),
        ("10/10: nộp sổ theo dõi trẻ", "on", "2025-10-10"),
        ("tập huấn 02 ngày 03-04/01/2026", "range", "2026-01-03…2026-01-04"),
        ("trước 13h30 hôm nay (12/11/2025)", "before", "2025-11-12"),
        ("Tổng kết: sáng 31/3/2026", "on", "2026-03-31"),
        ("gia hạn nộp đến ngày 15/12/2025", "by", "2025-12-15"),
        ("hoàn thành trong ngày 15/10", "by", "2025-10-15"),
        ("gửi hết ngày 15/10/2025", "by", "2025-10-15"),
        ("vào sáng thứ Sáu, ngày 21/11/2025 họp giao ban", "on", "2025-11-21"),
        ("Tổ chức hội thảo ngày 14/3/2026", "on", "2026-03-14"),
        ("từ ngày 12/11 đến ngày 20/11/2025", "range", "2025-11-12…2025-11-20"),
        ("từ 01 đến 05/12/2025", "range", "2025-12-01…2025-12-05"),
        ("ngày 05 và 06/12/2025", "range", "2025-12-05…2025-12-06"),
        ("Tuần 1 (01/12 - 05/12)", "range", "2025-12-01…2025-12-05"),
        ("từ 29/12 đến 03/01/2026", "range", "2025-12-29…2026-01-03"),
        ("trước ngày 30/6 hằng năm", "recurring-yearly", "2026-06-30"),
        ("Hằng năm, trước ngày 15 tháng 6, các trường báo cáo", "recurring-yearly", "2026-06-15"),
        ("Sinh hoạt cụm 1 tại Trường MN Sơn Ca (14/10)", "on", "2025-10-14"),
    ],
)
def test_a_day_binds_as_its_words_say(text: str, rule: str, due: str) -> None:
    assert days(text) == [(rule, due)]


@pytest.mark.parametrize(
    ("text", "time", "rule"),
    [
        ("chậm nhất 17h00 ngày 05/12", "17:00", Rule.BY),
        ("trước 17h00 ngày 05/12/2025", "17:00", Rule.BEFORE),
        ("trước 16 giờ 30 phút, thứ Sáu (05/12/2025)", "16:30", Rule.BEFORE),
        ("từ 8h00' ngày 14/3/2026 (thứ Bảy)", "08:00", Rule.ON),
        ("họp ngày 12/12/2025 lúc 14h", "14:00", Rule.ON),
        ("Thời gian: 7h30-11h00 ngày 12/12/2025", "07:30-11:00", Rule.ON),
    ],
)
def test_the_hour_is_kept(text: str, time: str, rule: Rule) -> None:
    (when,) = find(text, AUTUMN)
    assert (when.time, when.rule) == (time, rule)


@pytest.mark.parametrize(
    "text",
    [
        "Quyết định số 2400/QĐ-UBND ngày 10 tháng 8 năm 2025 của Ủy ban nhân dân",
        "Kế hoạch số 626/KH-BGDĐT ngày 30/6/2021 của Bộ Giáo dục và Đào tạo",
        "Thông tư 16/2018/TT-BGDĐT ngày 03/8/2018.",
        "theo Thông tư 02, 34 và Điều 4,5,6,7",
        "trường mầm non 1/6 quận A, mầm non 8/3 quận B",
        "Duy trì 15/15 đơn vị cấp huyện và 217/217 đơn vị cấp xã",
        "chào mừng ngày 20/11; Tết thiếu nhi 1-6; kỷ niệm ngày Quốc tế Phụ nữ 8/3",
        "Ngày 12/10/2025 Phòng Giáo dục ban hành Công văn số 666/PGDĐT",
        "Số liệu tính đến hết ngày 30/11/2025",
        "100% trẻ học 2 buổi/ngày, 2,5 giáo viên/lớp",
        "theo quy định; so với đầu năm học; hoạt động hàng ngày của trẻ",
        "trẻ từ 24 đến 36 tháng tuổi, trẻ 3-4 tuổi",
        "giai đoạn 2021-2025, năm học 2025-2026",
        "kế hoạch trọng tâm tháng 9",
        "Thống kê trẻ sinh từ 01/01/2021 đến 31/12/2021",
        "trẻ 5 tuổi sinh trước ngày 01/9/2023",
        "Số liệu chốt đến hết ngày 30/11/2025, gửi kèm biểu",
        "8h15 - 10h30 thi trình bày",
    ],
)
def test_what_only_looks_like_a_day_is_none(text: str) -> None:
    assert find(text, AUTUMN) == []


@pytest.mark.parametrize(
    ("text", "rule", "months"),
    [
        ("dự kiến tháng 10/2025", Rule.TENTATIVE_MONTH, ("2025-10",)),
        ("hoàn thành đến hết tháng 12/2025", Rule.IN_MONTH, ("2025-12",)),
        ("tổ chức trong tháng 3", Rule.IN_MONTH, ("2026-03",)),
        ("Tháng 12/2025: tổ chức triển lãm", Rule.IN_MONTH, ("2025-12",)),
        ("vào các tháng 10, 11/2025", Rule.IN_MONTH, ("2025-10", "2025-11")),
        ("từ tháng 11 đến tháng 1", Rule.IN_MONTH, ("2025-11", "2025-12", "2026-01")),
        ("trong quý I/2026", Rule.IN_QUARTER, ("2026-01", "2026-02", "2026-03")),
        ("Quý IV", Rule.IN_QUARTER, ("2025-10", "2025-11", "2025-12")),
        ("tuần 2 tháng 3", Rule.IN_WEEK, ("2026-03",)),
        ("tuần cuối của tháng 10", Rule.IN_WEEK, ("2025-10",)),
        ("tuần 2 và tuần 3 tháng 4", Rule.IN_WEEK, ("2026-04",)),
    ],
)
def test_months_quarters_and_weeks_name_no_day(text: str, rule: Rule, months: tuple[str, ...]) -> None:
    (when,) = find(text, AUTUMN)
    assert (when.rule, when.months, when.due) == (rule, months, None)


@pytest.mark.parametrize(
    ("text", "recurrence"),
    [
        ("vào ngày 25 hằng tháng", "monthly 25"),
        ("Hằng tháng, trước ngày 20, các trường gửi báo cáo", "monthly 20"),
        ("ngày làm việc cuối cùng của tháng", "monthly last"),
        ("thứ Sáu hằng tuần", "weekly FR"),
        ("Thứ Hai đầu tuần chào cờ", "weekly MO"),
        ("họp vào thứ Ba tuần đầu hằng tháng", "thứ Ba tuần đầu hằng tháng"),
        ("Sáng thứ Hai, thứ Năm hàng tuần", "weekly MO,TH"),
        ("hằng tuần vào chiều thứ 6", "weekly FR"),
        ("ngay từ đầu năm học", "đầu năm học"),
        ("ký xác nhận hàng ngày", "hàng ngày"),
        ("ít nhất 03 tin bài/học kỳ", "mỗi học kỳ"),
        ("xây dựng kế hoạch theo tháng", "theo tháng"),
        ("tổng kết vào năm 2026", "trong năm 2026"),
    ],
)
def test_what_comes_back_says_how(text: str, recurrence: str) -> None:
    assert [when.recurrence for when in find(text, AUTUMN)] == [recurrence]


@pytest.mark.parametrize(
    ("text", "rule", "due"),
    [
        ("Điều chỉnh thời hạn gửi báo cáo từ ngày 05/12/2025 sang ngày 10/12/2025", "by", "2025-12-10"),
        ("thời hạn là trước ngày 05/12 nay điều chỉnh thành trước ngày 10/12", "before", "2025-12-10"),
        ("Lùi thời gian tổ chức hội thi từ ngày 12/12 sang ngày 19/12/2025", "on", "2025-12-19"),
        ("gia hạn nộp hồ sơ từ ngày 05/12 đến hết ngày 10/12/2025", "by", "2025-12-10"),
        ("đến hết ngày 15/12/2025 (thay vì ngày 10/12/2025)", "by", "2025-12-15"),
    ],
)
def test_of_a_moved_date_only_the_new_one_counts(text: str, rule: str, due: str) -> None:
    assert days(text) == [(rule, due)]


def test_years_come_from_the_month_block_then_the_school_year_then_the_paper() -> None:
    assert days("trước 30/8", Calendar(date(2023, 9, 1), 2023, ("2023-08",))) == [("before", "2023-08-30")]
    assert days("trước 05/01", Calendar(date(2023, 9, 1), 2023, ("2023-12",))) == [("before", "2024-01-05")]
    assert days("trước 20/6", Calendar(date(2023, 9, 1), 2023)) == [("before", "2024-06-20")]
    assert days("trước 20/6", Calendar(date(2026, 1, 5))) == [("before", "2026-06-20")]
    assert days("trước 15/8", Calendar(date(2026, 6, 1), 2025)) == [("before", "2026-08-15")]


def test_without_any_year_no_day_is_made_up() -> None:
    assert days("trước 20/6", Calendar()) == []
    assert days("trước 20/6/2026", Calendar()) == [("before", "2026-06-20")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("trước ngày 31/6/2026", "không có trong lịch"),
        ("chậm nhất 29/02/2026", "không có trong lịch"),
        ("trước ngày 15/5/2025", "có lẽ là 15/05/2026"),
        ("họp ngày 14/3/2026 (thứ Sáu)", "thứ Bảy"),
    ],
)
def test_a_doubtful_day_says_why(text: str, words: str) -> None:
    (when,) = find(text, AUTUMN)
    assert words in (when.doubt or "")


def test_a_bare_day_in_a_column_binds_as_the_column_does() -> None:
    assert [w.rule for w in column("25/9/2025", AUTUMN, Rule.BY)] == [Rule.BY]
    assert [w.rule for w in column("Trước 25/9", AUTUMN, Rule.BY)] == [Rule.BEFORE]
    assert [w.rule for w in column("Ngày 25/9", AUTUMN, Rule.ON)] == [Rule.ON]
