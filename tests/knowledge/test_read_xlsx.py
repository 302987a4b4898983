"""Excel workbooks: the founding papers as sheets, and what sheets do to days, months and numbers."""

import re
from collections.abc import Callable
from datetime import date, datetime, time
from io import BytesIO
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from core.errors import BadInput
from core.work import Rule
from knowledge.blocks import Row, Source
from knowledge.extract import extract
from knowledge.readers import office, read_file
from tests.made_documents.agree import differences
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.xlsx import book, by_month

HEAD: list[list[Any]] = [["PHÒNG GD&ĐT VĨNH BẢO", None, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
        ["Số: 12/KH-PGDĐT", None, "Vĩnh Bảo, ngày 05 tháng 9 năm 2025"],
        ["KẾ HOẠCH"], ["Công tác trọng tâm năm học 2025-2026"], []]  # fmt: skip


def saved(made: Workbook) -> bytes:
    out = BytesIO()
    made.save(out)
    return out.getvalue()


def sheet(rows: list[list[Any]], name: str = "Sheet1") -> Workbook:
    made = Workbook()
    made.worksheets[0].title = name
    for row in rows:
        made.worksheets[0].append(row)
    return made


def with_part(data: bytes, name: str, change: Callable[[bytes], bytes]) -> bytes:
    """The workbook with one of its parts changed."""
    out = BytesIO()
    with ZipFile(BytesIO(data)) as old, ZipFile(out, "w", ZIP_DEFLATED) as new:
        for part in old.namelist():
            new.writestr(part, change(old.read(part)) if part == name else old.read(part))
    return out.getvalue()


def raw(sheet: str, strings: str, space: str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main") -> bytes:
    """A workbook of these rows and shared strings as Excel itself writes them, its days counted from 1904."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="r{at}" Type="{kind}/{of}" Target="{target}"/>'
        for at, (of, target) in enumerate(
            [("worksheet", "/xl/a.xml"), ("sharedStrings", "s.xml"), ("styles", "../xl/f.xml")]
        )
    )
    parts = {
        "[Content_Types].xml": "<Types/>",
        "xl/workbook.xml": f'<workbook xmlns="{space}" xmlns:r="{kind}"><workbookPr date1904="1"/>'
                           '<sheets><sheet name="Bảng" sheetId="1" r:id="r0"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f"<Relationships>{links}</Relationships>",
        "xl/s.xml": f'<sst xmlns="{space}">{strings}</sst>',
        "xl/f.xml": f'<styleSheet xmlns="{space}"><numFmts><numFmt numFmtId="170" formatCode="[h]:mm"/></numFmts>'
                    '<cellXfs><xf/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="20"/></cellXfs></styleSheet>',
        "xl/a.xml": f'<worksheet xmlns="{space}"><sheetData>{sheet}</sheetData></worksheet>',
    }  # fmt: skip
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        for name, part in parts.items():
            made.writestr(name, part)
    return out.getvalue()


def read(made: Workbook) -> Source:
    return read_file("a.xlsx", saved(made))


def rows_of(source: Source) -> list[tuple[str, ...]]:
    return [block.cells for block in source.blocks if isinstance(block, Row)]


def test_the_founding_papers_ask_for_the_same_as_their_texts() -> None:
    asked = differing = 0
    for path in PLANS:
        source = read_file(f"{path.stem}.xlsx", book(paper(path)))
        lost, added, count = differences(extract(read_file(path.name, path.read_bytes())), extract(source))
        asked, differing = asked + count, differing + max(len(lost), len(added))
    assert asked == 145
    assert differing <= 0.02 * asked


def test_a_sheet_for_each_month_asks_for_the_same() -> None:
    path = next(path for path in PLANS if "seed-2" in path.name)
    source = read_file("a.xlsx", by_month(paper(path)))
    lost, added, count = differences(extract(read_file(path.name, path.read_bytes())), extract(source))
    assert max(len(lost), len(added)) <= 0.02 * count


@pytest.mark.parametrize(
    ("name", "heading"),
    [
        ("Tháng 9", "Tháng 9"), ("T10", "Tháng 10"), ("thang 9.2025", "Tháng 9/2025"),
        ("KH tháng 12-25", "Tháng 12/2025"),
        ("6+7-2024", "Tháng 6+7/2024"), ("Tuần 2", "Tuần 2"), ("Phụ lục", ""), ("Sheet1", ""), ("T13", ""),
    ],
)  # fmt: skip
def test_a_sheet_that_is_called_by_a_month_stands_under_it(name: str, heading: str) -> None:
    source = read(sheet([["STT", "Nội dung"], [1, "Khai giảng"]], name))
    assert [block.text for block in source.blocks if not isinstance(block, Row)] == ([heading] if heading else [])


def test_days_are_days_months_are_months_and_numbers_are_whole() -> None:
    made = sheet([["STT", "Nội dung", "Hạn", "Tháng", "Tỷ lệ", "Số"],
                  [1, "Nộp", date(2025, 12, 5), date(2025, 9, 1), 0.85, 2.5],
                  [2, "Họp", datetime.combine(date(2025, 12, 6), time(7, 30)), "10/2025", 1, True]])  # fmt: skip
    made.worksheets[0]["D2"].number_format = "mm/yyyy"
    made.worksheets[0]["E2"].number_format = made.worksheets[0]["E3"].number_format = "0%"
    assert rows_of(read(made))[1:] == [
        ("1", "Nộp", "05/12/2025", "09/2025", "85%", "2,5"),
        ("2", "Họp", "07h30 ngày 06/12/2025", "10/2025", "100%", "x"),
    ]


STRINGS = """<si><t>Nội dung</t></si>
<si><r><t xml:space="preserve">Nộp </t></r><r><rPr><b/></rPr><t>báo
 cáo _x000D_
</t></r><rPh sb="0" eb="1"><t>nop</t></rPh></si>"""
ROWS = """<row><c t="s"><v>0</v></c><c t="inlineStr"><is><t>Hạn</t></is></c>
<c r="D1" t="str"><f>A1</f><v>Số</v></c></row>
<row r="4"><c r="A4" t="s"><v>1</v></c><c s="1"><v>44170</v></c><c t="b"><v>1</v></c><c t="e"><v>#N/A</v></c></row>
<row><c s="2"><v>1.25</v></c><c t="d"><v>2025-12-05</v></c><c t="str"><f>""</f><v></v></c>
<c s="3"><v>0.3125</v></c></row>
<row><c s="1"><v>9e99</v></c><c/><c><v>0.1</v></c><c><v>3.0</v></c></row>"""


@pytest.mark.parametrize("space", ["http://schemas.openxmlformats.org/spreadsheetml/2006/main",
                                   "http://purl.oclc.org/ooxml/spreadsheetml/main"])  # fmt: skip
def test_what_excel_itself_writes(space: str) -> None:
    source = read_file("a.xlsx", raw(ROWS, STRINGS, space))
    assert rows_of(source) == [
        ("Nội dung", "Hạn", "", "Số"),
        ("Nộp báo\ncáo", "06/12/2024", "x", ""),
        ("30h00", "05/12/2025", "", "07h30"),
        ("", "", "0,1", "3"),
    ]
    assert [block.spot.cell for block in source.blocks if block.spot] == ["A1", "A4", "A5", "C6"]
    assert source.notes == ()


def test_words_of_old_fonts_are_made_new() -> None:
    source = read(
        sheet([["STT", "Néi dung", "H¹n"], [1, "C¸c tr\u00adêng nép b¸o c¸o; tæng hîp sè liÖu", "Tr\u00adíc 05/12"]])
    )
    assert rows_of(source)[1] == ("1", "Các trường nộp báo cáo; tổng hợp số liệu", "Trước 05/12")


def test_a_merged_cell_speaks_once_and_its_place_is_known() -> None:
    made = sheet([*HEAD, ["Tháng", "STT", "Nội dung", "Hạn"], ["9/2025", 1, "Khai giảng", date(2025, 9, 5)],
                  ["9/2025", 2, "Nộp báo cáo đầu năm về Phòng GDĐT", date(2025, 9, 25)]])  # fmt: skip
    made.worksheets[0].merge_cells("A7:A8")
    source = read(made)
    assert [row[0] for row in rows_of(source)] == ["Tháng", "9/2025", ""]
    assert [(b.spot.sheet, b.spot.cell) for b in source.blocks if b.spot][-2:] == [("Sheet1", "A7"), ("Sheet1", "B8")]
    plan = extract(source)
    assert (plan.head.number, str(plan.head.date)) == ("12/KH-PGDĐT", "2025-09-05")
    last = plan.obligations[-1]
    assert (last.due, last.rule, last.row) == (date(2025, 9, 25), Rule.BY, "9/2025/2")


def test_a_day_in_a_merged_cell_is_the_day_of_each_of_its_rows() -> None:
    made = sheet(
        [["STT", "Nội dung", "Hạn", "Ghi chú"], [1, "Nộp báo cáo", date(2025, 12, 5), "gấp lắm"], [2, "Nộp biểu mẫu"]]
    )
    made.worksheets[0].merge_cells("C2:C3")
    made.worksheets[0].merge_cells("D2:D3")
    assert rows_of(read(made))[1:] == [
        ("1", "Nộp báo cáo", "05/12/2025", "gấp lắm"),
        ("2", "Nộp biểu mẫu", "05/12/2025", ""),
    ]


def test_a_matrix_of_months() -> None:
    made = sheet([*HEAD, ["STT", "Nội dung", "Tháng 9", "Tháng 10", "Tháng 11"], [1, "Kiểm tra bếp ăn", "x", None, "x"],
                  [2, "Gửi báo cáo về Phòng GDĐT", None, date(2025, 10, 20), None]])  # fmt: skip
    tasks = extract(read(made)).obligations
    assert [(o.months, o.due) for o in tasks] == [
        (("2025-09", "2025-11"), None),
        (("2025-10",), date(2025, 10, 20)),
    ]


def test_hidden_parts_are_read_and_that_is_said() -> None:
    made = sheet([["STT", "Nội dung", "Hạn"], [1, "Nộp", "05/12"], [2, "Họp", "06/12"]], "Chính")
    made.worksheets[0].row_dimensions[3].hidden = True
    made.worksheets[0].column_dimensions["C"].hidden = True
    made.create_sheet("Cũ").append(["Nội dung cũ"])
    made.worksheets[1].sheet_state = "hidden"
    source = read(made)
    assert rows_of(source)[2] == ("2", "Họp", "06/12")
    assert "“Cũ”" in source.notes[0]
    assert "1 dòng, 1 cột của “Chính”" in source.notes[0]


def test_a_formula_says_what_it_came_to_and_a_missing_value_is_told() -> None:
    made = sheet([["STT", "Nội dung", "Hạn"], [1, "Nộp", "=B1"]])
    source = read(made)
    assert rows_of(source)[1] == ("1", "Nộp", "")
    assert source.notes[0].startswith("1 ô công thức")
    kept = with_part(
        saved(made), "xl/worksheets/sheet1.xml", lambda xml: re.sub(rb"</f><v ?/?>(</v>)?", b"</f><v>46000</v>", xml)
    )
    assert rows_of(read_file("a.xlsx", kept))[1] == ("1", "Nộp", "46000")
    assert read_file("a.xlsx", kept).notes == ()


def test_what_stands_below_the_table_is_no_row() -> None:
    made = sheet(
        [
            ["STT", "Nội dung"],
            [1, "Họp"],
            [],
            ["Các trường thực hiện nghiêm túc."],
            ["Nơi nhận:", "TRƯỞNG PHÒNG"],
            ["- Lưu VT.", "Nguyễn Văn A"],
        ]
    )
    source = read(made)
    assert len(rows_of(source)) == 2
    assert [b.text for b in source.blocks[2:]] == [
        *("Các trường thực hiện nghiêm túc.", "Nơi nhận:", "- Lưu VT.", "TRƯỞNG PHÒNG", "Nguyễn Văn A"),
    ]


def test_a_table_that_begins_further_right_has_no_empty_column() -> None:
    made = Workbook()
    for at, row in enumerate([("STT", "Nội dung"), (1, "Họp")], 4):
        made.worksheets[0].cell(at, 3, row[0])
        made.worksheets[0].cell(at, 5, row[1])
    assert rows_of(read(made)) == [("STT", "Nội dung"), ("1", "Họp")]


def test_an_old_workbook_without_libreoffice_is_refused_with_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(office, "program", lambda: None)
    sector = bytes(64) + "Workbook".encode("utf-16-le")
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(22) + b"\x09\0" + bytes(480) + sector
    with pytest.raises(BadInput, match="lưu lại thành Excel"):
        read_file("a.xls", data)
