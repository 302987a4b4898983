"""Papers of other layouts, short: what is read does not depend on how a table or list is set."""

from datetime import date

import pytest

from core.people import Level, Ownership
from core.work import Obligation, Part, Plan, Rule
from knowledge.extract import extract
from knowledge.readers import read_file

DISTRICT = "PHÒNG GIÁO DỤC VÀ ĐÀO TẠO HUYỆN SÔNG TRÀ\nSố: 7/KH-PGDĐT\nSông Trà, ngày 05 tháng 9 năm 2024\nKẾ HOẠCH\n"
TITLE = "Nhiệm vụ năm học 2024-2025\nKính gửi: Các trường mầm non.\n\n"
COMMUNE = (
    "UBND XÃ TÂN HÒA\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
    "PHÒNG VĂN HÓA - XÃ HỘI\tĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 45/VHXH-GD\tTân Hòa, ngày 03 tháng 11 năm 2025\n"
    "V/v báo cáo sơ kết học kỳ I\t\nnăm học 2025-2026\t\n\n"
    "Kính gửi:\n- Các trường mầm non công lập;\n- Các nhóm trẻ độc lập tư thục trên địa bàn xã.\n\n"
)


def plan(text: str) -> Plan:
    return extract(read_file("plan.txt", text.encode()))


def owed(text: str, head: str = DISTRICT + TITLE) -> list[Obligation]:
    return list(plan(head + text).obligations)


def lines(tasks: list[Obligation]) -> list[tuple[str, str, str]]:
    """(task, rule, day or months) of each."""
    return [(t.task, t.rule.value if t.rule else "", str(t.due) if t.due else ",".join(t.months)) for t in tasks]


def test_a_commune_paper_speaks_for_the_commune() -> None:
    head = plan(COMMUNE + "1. Nộp báo cáo.").head
    assert head.issuing_body == "Phòng Văn hóa - Xã hội xã Tân Hòa"
    assert (head.level, head.district, head.number, head.date) == (
        Level.COMMUNE,
        "Tân Hòa",
        "45/VHXH-GD",
        date(2025, 11, 3),
    )
    assert head.title == "V/v báo cáo sơ kết học kỳ I năm học 2025-2026"
    assert head.addressees == ("Các trường mầm non công lập", "Các nhóm trẻ độc lập tư thục trên địa bàn xã")


def test_a_bare_sentence_of_a_commune_is_owed_by_its_schools() -> None:
    (task,) = owed("1. Báo cáo học kỳ I gửi về Phòng Văn hóa - Xã hội chậm nhất 17h00 ngày 05/12/2025.", COMMUNE)
    assert (task.due, task.rule, task.time) == (date(2025, 12, 5), Rule.BY, "17:00")
    assert (task.from_level, task.to_level) == (Level.SCHOOL, Level.COMMUNE)


def test_what_the_commune_hands_on_to_the_department_is_its_own() -> None:
    (task,) = owed("Phòng Văn hóa - Xã hội tổng hợp, gửi Sở Giáo dục và Đào tạo trước ngày 20/12/2025.", COMMUNE)
    assert (task.from_level, task.to_level) == (Level.COMMUNE, Level.DEPARTMENT)


def test_a_duty_of_independent_groups_says_so() -> None:
    (task,) = owed("Đối với nhóm trẻ độc lập: nộp hồ sơ công khai về UBND xã trước ngày 10/12.", COMMUNE)
    assert task.ownership == (Ownership.INDEPENDENT,)


def test_a_deadline_column_binds_bare_dates_and_names_who() -> None:
    tasks = owed(
        "STT\tNội dung\tĐơn vị thực hiện\tThời hạn hoàn thành\n"
        "1\tXây dựng kế hoạch, gửi Phòng GD&ĐT phê duyệt\tCác trường MN\t20/9/2024\n"
        "2\tTổng hợp báo cáo gửi Sở GD&ĐT\tPhòng GD&ĐT\tTrước ngày 30/9\n"
        "3\tKiểm tra nhóm lớp\tPhòng GD&ĐT\tQuý IV/2024\n"
        "4\tVệ sinh lớp học\tCác trường MN\tThứ Sáu hằng tuần\n"
        "5\tTuyên truyền\tCác trường MN\tThường xuyên\n"
    )
    assert [(t.rule, t.due and t.due.day, t.from_level, t.to_level) for t in tasks] == [
        (Rule.BY, 20, Level.SCHOOL, Level.DISTRICT),
        (Rule.BEFORE, 30, Level.DISTRICT, Level.DEPARTMENT),
        (Rule.IN_QUARTER, None, Level.DISTRICT, None),
        (Rule.WEEKLY, None, Level.SCHOOL, None),
        (Rule.PERIOD, None, Level.SCHOOL, None),
    ]
    assert tasks[3].recurrence == "weekly FR"
    assert tasks[0].snippet.endswith("20/9/2024")


def test_two_deadline_columns_are_two_tiers() -> None:
    tasks = owed("TT\tTên báo cáo\tHạn trường nộp Phòng GD\tHạn Phòng nộp Sở GD\n1\tBáo cáo phổ cập\t15/3\t20/3\n")
    assert [(t.due, t.from_level, t.to_level) for t in tasks] == [
        (date(2025, 3, 15), Level.SCHOOL, Level.DISTRICT),
        (date(2025, 3, 20), Level.DISTRICT, Level.DEPARTMENT),
    ]
    assert {t.task for t in tasks} == {"Báo cáo phổ cập"}


def test_a_week_table_gives_its_weeks_and_the_days_inside_them() -> None:
    tasks = owed(
        "Thời gian\tNội dung công tác\tThực hiện\n"
        "Tuần 1 (02/12 - 06/12)\tTổng vệ sinh trường lớp\tCác trường\n"
        "\tBáo cáo số trẻ về Phòng GDĐT trước ngày 05/12\tCác trường\n"
        "Tuần 2 (09/12 - 13/12)\tHọp giao ban, 14h00 ngày 12/12\tPhòng GDĐT\n"
    )
    assert [(t.row, t.rule, t.start and t.start.day, t.due and t.due.day) for t in tasks] == [
        ("Tuần 1/1", Rule.IN_WEEK, 2, 6),
        ("Tuần 1/2", Rule.BEFORE, None, 5),
        ("Tuần 2/1", Rule.ON, None, 12),
    ]


def test_a_matrix_of_tasks_by_months() -> None:
    tasks = owed(
        "STT\tNội dung\tT9\tT10\tT12\tT3\n"
        "1\tCân đo, khám sức khỏe cho trẻ\tx\t\tx\tx\n"
        "2\tNộp báo cáo thống kê về Phòng GD&ĐT\t25/9\t\t\t15\n"
        "3\tHội thi giáo viên giỏi\t-\tVòng trường\t\t\n"
    )
    assert lines(tasks) == [
        ("Cân đo, khám sức khỏe cho trẻ", "in-month", "2024-09,2024-12,2025-03"),
        ("Nộp báo cáo thống kê về Phòng GD&ĐT", "by", "2024-09-25"),
        ("Nộp báo cáo thống kê về Phòng GD&ĐT", "by", "2025-03-15"),
        ("Hội thi giáo viên giỏi: Vòng trường", "in-month", "2024-10"),
    ]


def test_a_matrix_of_months_by_fields() -> None:
    tasks = owed(
        "Tháng\tNuôi dưỡng\tGiáo dục\tThi đua\n"
        "9/2024\tCân đo lần 1\tKhảo sát trẻ\tCác trường gửi số liệu về Phòng GD&ĐT trước ngày 18/9\n"
        "10/2024\tTập huấn nhân viên\tDự giờ\t-\n"
    )
    assert lines(tasks) == [
        ("Cân đo lần 1", "in-month", "2024-09"),
        ("Khảo sát trẻ", "in-month", "2024-09"),
        ("Các trường gửi số liệu về Phòng GD&ĐT", "before", "2024-09-18"),
        ("Tập huấn nhân viên", "in-month", "2024-10"),
        ("Dự giờ", "in-month", "2024-10"),
    ]


def test_months_as_headings() -> None:
    tasks = owed(
        "Tháng 9/2024\n1. Khai giảng năm học mới ngày 05/9.\n2. Cân đo trẻ.\n* Tháng 10, 11/2024:\n- Thi cấp trường;\n"
    )
    assert lines(tasks) == [
        ("Khai giảng năm học mới", "on", "2024-09-05"),
        ("Cân đo trẻ", "in-month", "2024-09"),
        ("Thi cấp trường", "in-month", "2024-10,2024-11"),
    ]


def test_what_a_plan_says_of_the_month_before_is_not_owed() -> None:
    text = "I. ĐÁNH GIÁ CÔNG TÁC THÁNG 8\n- Đã tổ chức họp ngày 20/8/2024.\nII. KẾ HOẠCH THÁNG 9\n- Tổ chức cân đo.\n"
    assert lines(owed(text)) == [("Tổ chức cân đo", "in-month", "2024-09")]


def test_a_school_paper_asks_its_teachers() -> None:
    head = "TRƯỜNG MẦM NON HOA SEN\nSố: 12/KH-MNHS\nSông Trà, ngày 28 tháng 11 năm 2024\nKẾ HOẠCH\nTháng 12\n\n"
    (task,) = owed("I. NHIỆM VỤ\n1. Nộp giáo án về Ban giám hiệu trước ngày 05/12.", head)
    assert (task.from_level, task.to_level, task.from_explicit) == (Level.TEACHER, Level.SCHOOL, False)


def test_a_correction_gives_the_new_day_and_names_what_it_replaces() -> None:
    found = plan(
        DISTRICT + TITLE + "1. Điều chỉnh thời hạn nộp báo cáo từ ngày 05/12/2024 sang ngày 10/12/2024.\n"
        "STT\tNội dung\tThời hạn cũ\tThời hạn mới\n1\tNộp báo cáo CNTT\t01/12/2024\t08/12/2024\n"
        "Công văn này thay thế Công văn số 15/PGDĐT ngày 20/11/2024./.\n"
    )
    assert [t.due for t in found.obligations] == [date(2024, 12, 10), date(2024, 12, 8)]
    assert found.head.replaces == ("15/PGDĐT",)


def test_time_and_place_under_a_list_lead() -> None:
    tasks = owed(
        "1. Hồ sơ dự thi:\n- Thời hạn nộp: 11/11/2024.\n- Nơi nhận: Bộ phận mầm non Phòng GD&ĐT.\n"
        "2. Tổ chức hội thi cấp huyện:\n+ Thời gian: từ ngày 04/12 đến ngày 06/12/2024.\n"
    )
    assert [(t.task, t.rule, t.due, t.to_level) for t in tasks] == [
        ("Hồ sơ dự thi", Rule.BY, date(2024, 11, 11), Level.DISTRICT),
        ("Tổ chức hội thi cấp huyện", Rule.RANGE, date(2024, 12, 6), None),
    ]


def test_lines_broken_by_the_page_are_one_sentence() -> None:
    text = (
        "Sở Giáo dục và Đào tạo yêu cầu các phòng giáo dục chỉ đạo các trường mầm non rà soát,\n"
        "thống kê số liệu đầu năm và gửi về Phòng\nGiáo dục và Đào tạo trước ngày 20/9/2024.\n"
    )
    (task,) = owed(text)
    assert (task.from_level, task.to_level) == (Level.SCHOOL, Level.DISTRICT)


@pytest.mark.parametrize(
    "text",
    [
        "- Nâng cao chất lượng giáo dục, phát huy vai trò của ban chất lượng.\n",
        "- Chú trọng việc giám sát hàng ngày tại bếp ăn.\n",
        "- 100% trẻ 5 tuổi học 2 buổi/ngày; giảm 1,2% so với đầu năm học.\n",
        "- Thực hiện Thông tư số 47/2020/TT-BGDĐT ngày 31/12/2020 của Bộ.\n",
        "- Thực hiện đầy đủ chế độ, chính sách theo quy định.\n",
    ],
)
def test_guidance_without_a_time_is_no_obligation(text: str) -> None:
    assert owed("II. NHIỆM VỤ\n" + text) == []


def test_a_day_that_does_not_exist_is_kept_as_a_doubt() -> None:
    found = plan(DISTRICT + TITLE + "1. Các trường nộp báo cáo về Phòng GD&ĐT trước ngày 31/6/2025.\n")
    (task,) = found.obligations
    assert (task.due, task.months) == (None, ("2025-06",))
    assert [doubt.line for doubt in found.doubts] == [8]


def test_tags_inside_cells_do_not_disturb() -> None:
    (task,) = owed(
        'Tháng\tNội dung\n9/2024\t<p>Cân đo trẻ</p> <ul style="x"> - (<i>hoàn thành trước ngày <b>25/9</b></i>)</ul>\n'
    )[-1:]
    assert (task.due, task.rule) == (date(2024, 9, 25), Rule.BEFORE)
    assert "25/9" in task.snippet


def test_rows_outside_month_tables_are_passages_that_keep_their_cells() -> None:
    found = plan(DISTRICT + TITLE + "STT\tNội dung\tGhi chú\n1\tKhai mạc\tLãnh đạo Phòng\n")
    assert [(p.row, p.text) for p in found.passages if p.part is Part.ROW] == [("1", "Khai mạc\tLãnh đạo Phòng")]


def test_a_cell_with_line_breaks_is_one_cell() -> None:
    tasks = owed(
        "Thời gian\tCông tác trọng tâm\tGhi chú\n"
        "Tháng 9\t- Tổ chức cân đo trẻ.\n- Báo cáo: trường nộp PGD ngày 15/9, PGD nộp SGD ngày 22/9.\t\n"
        "Tháng 10\t- Kiểm tra nội bộ.\t\n"
    )
    assert [(t.row, t.from_level, t.due) for t in tasks] == [
        ("9/2024/1", Level.SCHOOL, None),
        ("9/2024/1", Level.SCHOOL, date(2024, 9, 15)),
        ("9/2024/1", Level.DISTRICT, date(2024, 9, 22)),
        ("10/2024/1", Level.DISTRICT, None),
    ]


def test_a_week_calendar_by_half_days() -> None:
    tasks = owed("Thứ/Ngày\tSáng\tChiều\nThứ Hai 02/12\tGiao ban\tHọp hội đồng thi\n")
    assert [(t.task, t.due) for t in tasks] == [
        ("Giao ban", date(2024, 12, 2)),
        ("Họp hội đồng thi", date(2024, 12, 2)),
    ]


def test_a_plan_for_a_calendar_year_stays_in_that_year() -> None:
    head = (
        "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA\nSố: 45/LCT-UBND\nTân Hòa, ngày 26 tháng 12 năm 2025\n"
        "LỊCH CÔNG TÁC NĂM 2026\nLĩnh vực mầm non\n\n"
    )
    text = "10. Tháng 10\na) Các trường hoàn thiện hồ sơ phổ cập trước ngày 10/10.\n"
    assert [t.due for t in owed(text, head)] == [date(2026, 10, 10)]


def test_a_paper_dated_above_its_signature_has_that_date() -> None:
    head = plan(
        "SỞ GIÁO DỤC VÀ ĐÀO TẠO\nSố: 7/TB-SGDĐT\nTHÔNG BÁO\nLịch thi\n\n1. Nộp hồ sơ.\n"
        "Lâm Đồng, ngày 05 tháng 01 năm 2026\nGIÁM ĐỐC\nTrần Đức Lợi\n"
    ).head
    assert (head.date, head.place, head.signer) == (date(2026, 1, 5), "Lâm Đồng", "Trần Đức Lợi")


@pytest.mark.parametrize(
    ("sentence", "thing"),
    [
        ("Các trường gửi báo cáo quý về Phòng GDĐT trước ngày 23/12, Phòng GDĐT gửi Sở GDĐT trước ngày 30/12.", "Báo cáo quý"),  # noqa: E501
        ("Các trường gửi Phòng GDĐT số liệu bán trú trước ngày 23/12, Phòng GDĐT gửi Sở GDĐT trước ngày 30/12.", "Số liệu bán trú"),  # noqa: E501
        ("Đánh giá ngoài: các trường gửi Phòng GDĐT trước ngày 23/12; Phòng GDĐT gửi Sở GDĐT trước ngày 30/12.", "Đánh giá ngoài"),  # noqa: E501
    ],
)  # fmt: skip
def test_who_hands_on_is_told_what(sentence: str, thing: str) -> None:
    school, office = owed(f"1. {sentence}")
    assert office.task == f"{thing}: Phòng GDĐT gửi Sở GDĐT"
    assert (school.due, office.due) == (date(2024, 12, 23), date(2024, 12, 30))


def test_next_years_name_in_the_text_does_not_move_this_years_months() -> None:
    spring = DISTRICT.replace("05 tháng 9 năm 2024", "29 tháng 3 năm 2025") + "Công tác tháng 4\n\n"
    read = plan(spring + "1. Duyệt kế hoạch tuyển sinh năm học 2025-2026 trước ngày 20/4.")
    assert read.head.school_year == "2024-2025"
    assert [task.due for task in read.obligations] == [date(2025, 4, 20)]
