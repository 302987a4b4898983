"""Lists of criteria as people type and file them, with what is wrong said by line; points as people type them."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import Workbook

from core.criteria import CriteriaSet, Criterion
from core.errors import BadInput
from core.texts import criteria_lists as texts
from knowledge.criteria_lists import criteria_of, is_listed, typed
from knowledge.criteria_match import likely_criteria, named_sets, paired
from knowledge.criteria_scores import scores_in
from knowledge.criteria_sheets import read_sheet
from tests.knowledge.library import founding

TODAY = date(2023, 12, 4)
HEAD = "Số,Tiêu chí,Điểm tối đa,Gợi ý minh chứng\n"


def book(*rows: tuple[object, ...]) -> bytes:
    made = Workbook()
    assert made.active is not None
    for row in rows:
        made.active.append(row)
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def said_of(rows: str | bytes, name: str = "a.csv") -> str:
    """What is wrong."""
    data = rows.encode() if isinstance(rows, str) else rows
    with pytest.raises(BadInput) as bad:
        criteria_of(read_sheet(name, data))
    return bad.value.text


@pytest.mark.parametrize(
    ("line", "number", "title", "most", "hints"),
    [
        ("1.1 Môi trường an toàn (10 điểm)", "1.1", "Môi trường an toàn", "10", ""),
        ("1.1. Môi trường an toàn: 10đ", "1.1", "Môi trường an toàn", "10", ""),
        ("1.1Môi trường an toàn - 2,5 điểm", "1.1", "Môi trường an toàn", "2.5", ""),
        ("Tiêu chí 3: Có 5 điểm trường (0.5 diem)", "3", "Có 5 điểm trường", "0.5", ""),
        ("- 2.1.3) Bữa ăn (tối đa 5 điểm)", "2.1.3", "Bữa ăn", "5", ""),
        ("4 Bữa ăn - minh chứng: thực đơn; ảnh (5 điểm)", "4", "Bữa ăn", "5", "thực đơn; ảnh"),
        ("4 Bữa ăn (5 điểm). Gợi ý minh chứng: thực đơn", "4", "Bữa ăn", "5", "thực đơn"),
        ("5) 100% trẻ được cân đo", "5", "100% trẻ được cân đo", None, ""),
    ],
)
def test_a_typed_line(line: str, number: str, title: str, most: str | None, hints: str) -> None:
    [one] = criteria_of(typed(line))
    assert one == Criterion(number, title, "", Decimal(most) if most else None, hints)
    assert is_listed(line)


@pytest.mark.parametrize("said", ["tháng này nộp gì", "xong", "5/12 nộp gì", "20/11 làm gì", "8", "một hai ba"])
def test_other_words_are_no_list(said: str) -> None:
    assert not is_listed(said)


def test_headings_are_those_of_what_stands_below_them() -> None:
    found = criteria_of(
        typed("I. Môi trường\n1 Cơ sở vật chất (20 điểm)\n1.1 Sân (5đ)\n1.2 Lớp (5đ)\nII) Người\n2 Cô (5đ)")
    )
    assert [(one.number, one.heading) for one in found] == [
        ("1.1", "1. Cơ sở vật chất"),
        ("1.2", "1. Cơ sở vật chất"),
        ("2", "II. Người"),
    ]


def test_a_csv_with_lines_above_its_head_in_any_order_and_without_marks() -> None:
    head = "PHÒNG GD\n\nMinh chung;STT;NOI DUNG;Ghi chu;Diem\n"
    file = f"{head}ảnh;1;Sân;x;10\n;2;Lớp;;5,5\n;;Tổng cộng;;15,5\n;;Hiệu trưởng;;\n"
    found = criteria_of(read_sheet("BO.CSV", file.encode("utf-8-sig")))
    assert [(one.number, one.title, one.most, one.hints) for one in found] == [
        ("1", "Sân", Decimal(10), "ảnh"),
        ("2", "Lớp", Decimal("5.5"), ""),
    ]


def test_a_workbook_with_numbers_as_numbers() -> None:
    rows = (
        ("BỘ TIÊU CHÍ",),
        (),
        ("TT", "Tiêu chí", "Điểm tối đa"),
        ("I", "Nhóm", None),
        (1, "Sân", 10),
        (2.0, "Lớp", 5.0),
    )
    found = criteria_of(read_sheet("a.xlsx", book(*rows)))
    assert [(one.number, one.title, one.heading, one.most) for one in found] == [
        ("1", "Sân", "I. Nhóm", Decimal(10)),
        ("2", "Lớp", "I. Nhóm", Decimal(5)),
    ]


@pytest.mark.parametrize(
    ("rows", "fault"),
    [
        ("1,Sân,10\n1,Lớp,5", "dòng 3: số 1 đã có ở dòng 2"),
        ("1,,10", "dòng 2: chưa có tên tiêu chí"),
        (",Sân,10\n2,Lớp,5", "dòng 2: có điểm nhưng chưa có số"),
        ("1a!,Sân,10", "dòng 2: không hiểu số tiêu chí “1a!”"),
        ("1,Sân,mười", "dòng 2: không hiểu điểm tối đa “mười”"),
        ("1,Sân,0", "dòng 2: không hiểu điểm tối đa “0”"),
        ("1,Sân,10\n2,Lớp,", "dòng 3: chưa có điểm tối đa, trong khi"),
        (f"1,{'x' * 301},10", f"dòng 2: {texts.LONG_TITLE}"),
        (f"1,Sân,10,{'x' * 501}", f"dòng 2: {texts.LONG_HINTS}"),
        ("\n".join(f"{n},Sân {n},1" for n in range(1, 202)), "dòng 202: một bộ có nhiều nhất 200 tiêu chí"),
        ('1,"Sân,10', "dấu ngoặc kép"),
    ],
)
def test_what_is_wrong_is_said_by_line_and_nothing_is_taken(rows: str, fault: str) -> None:
    said = said_of(HEAD + rows)
    assert fault in said
    assert said.startswith("chưa nhập gì vì 1 lỗi.") or "ngoặc" in said


def test_every_bad_line_is_named_the_first_ten() -> None:
    said = said_of(HEAD + "\n".join(f"{n},Sân {n},x" for n in range(1, 14)))
    assert said.startswith("chưa nhập gì vì 13 lỗi. dòng 2:")
    assert said.count("dòng ") == 10
    assert "và 3 lỗi nữa" in said


def test_what_excel_made_a_day_of_is_said() -> None:
    rows = book(("Số", "Tiêu chí"), (datetime(2023, 2, 1), "Sân"), ("2", "Lớp"))  # noqa: DTZ001 - as openpyxl reads it
    assert f"dòng 2: {texts.A_DAY}" in said_of(rows, "a.xlsx")


@pytest.mark.parametrize(
    ("name", "data", "fault"),
    [
        ("a.xlsx", b"%PDF-1.4", texts.NOT_A_WORKBOOK),
        ("a.xlsx", b"PK\3\4" + b"x" * 50, texts.NOT_A_WORKBOOK),
        ("a.xls", b"", texts.OTHER_KIND),
        ("a.csv", b"", texts.NO_HEAD),
        ("a.csv", b"Ten,Lop\nLan,5A\n", texts.NO_HEAD),
        ("a.csv", HEAD.encode(), texts.NOTHING),
    ],
)
def test_what_is_no_list_is_refused(name: str, data: bytes, fault: str) -> None:
    assert said_of(data, name) == fault


@pytest.mark.parametrize(
    ("said", "given", "set"),
    [
        ("1.2: 8", [("1.2", "8")], ""),
        ("1.2 8", [("1.2", "8")], ""),
        ("1.1: 8 1.2: 9 tiêu chí 2 = 3", [("1.1", "8"), ("1.2", "9"), ("2", "3")], ""),
        ("1.1:8,1.2:9", [("1.1", "8"), ("1.2", "9")], ""),
        ("1.1: 8,5, 1.2 = 9/10 điểm; 3 - 7đ", [("1.1", "8.5"), ("1.2", "9"), ("3", "7")], ""),
        ("tiêu chí 1 đạt, 2 không đạt và 3 chua dat", [("1", "1"), ("2", "0"), ("3", "0")], ""),
        ("bộ hạnh phúc 1.2: 8", [("1.2", "8")], "hạnh phúc"),
        ("1.2: 8 (bộ tiêu chí Trường xanh)", [("1.2", "8")], "Trường xanh"),
        ("1: 8, 1: 9", [("1", "9")], ""),
    ],
)
def test_points_as_they_are_typed(said: str, given: list[tuple[str, str]], set: str) -> None:
    found = scores_in(said)
    assert found.unclear == ""
    assert [(one.number, str(one.value)) for one in found.given] == given
    assert found.set == set


@pytest.mark.parametrize(("said", "unclear"), [("1.28", "1.28"), ("1.1: bảy", "1.1: bảy"), ("1: 8, abc", "abc")])
def test_points_that_are_not_understood_are_named(said: str, unclear: str) -> None:
    assert (scores_in(said).given, scores_in(said).unclear) == ((), unclear)


def test_an_old_criterion_fits_by_number_and_title_but_for_a_slip() -> None:
    old = [Criterion("1", "Môi trường an toàn", id=7), Criterion("2", "Bữa ăn", id=8), Criterion("3", "Sân", id=9)]
    fresh = [Criterion("1", "Môi truờng an tòan"), Criterion("2", "Thư viện"), Criterion("4", "Sân")]
    assert [one.id for one in paired(fresh, old)] == [7, 0, 0]


def test_sets_are_named_by_their_name_or_a_part_of_it() -> None:
    sets = [
        CriteriaSet(name, "X", (), id) for id, name in enumerate(("Trường hạnh phúc", "Trường an toàn", "Hạnh phúc"))
    ]
    assert [one.id for one in named_sets(sets, "hanh phuc")] == [2]
    assert [one.id for one in named_sets(sets, "trường hạnh phúc")] == [0]
    assert [one.id for one in named_sets(sets, "TRƯỜNG")] == [0, 1]
    assert named_sets(sets, "xanh") == []


@pytest.mark.parametrize(
    ("said", "numbers"),
    [
        ("cân đo lần 2 xong", ["2.1"]),
        ("Biên bản họp phụ huynh.docx", ["3.1"]),  # a hint as it stands
        ("thuc_don_tuan_3.pdf", ["2.2"]),
        ("kế hoạch tháng 12", []),
        ("IMG_2034.jpg", []),
        ("ảnh các bé", []),
    ],
)
def test_criteria_are_found_by_what_was_said_and_none_by_words_of_every_paper(said: str, numbers: list[str]) -> None:
    lines = (
        "2.1 Cân đo, theo dõi biểu đồ tăng trưởng\n2.2 Bữa ăn - minh chứng: thực đơn tuần; thực đơn\n"
        "3.1 Kế hoạch và báo cáo của trường - minh chứng: biên bản họp phụ huynh"
    )
    set = CriteriaSet("Bộ", "X", criteria_of(typed(lines)), 1)
    found = likely_criteria([said], [set], TODAY, founding().words)
    assert [one.criterion.number for one in found] == numbers
