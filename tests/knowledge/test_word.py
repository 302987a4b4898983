"""What a Word document shows on paper is what is read of it."""

import pytest

from core.work import Spot
from knowledge.blocks import Row
from knowledge.readers import read_file
from tests.made_documents.raw_word import STRICT, docx, p, r, tbl, tc

BOX = "<w:txbxContent><w:p><w:r><w:t>Trong khung</w:t></w:r></w:p></w:txbxContent>"


def lines(body: str, **parts: str) -> list[str]:
    return [block.text for block in read_file("a.docx", docx(body, **parts)).blocks]


def cells(body: str) -> list[tuple[str, ...]]:
    return [block.cells for block in read_file("a.docx", docx(body)).blocks if isinstance(block, Row)]


def field(instruction: str, result: str) -> str:
    kinds = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end")]
    return f"{kinds[0]}<w:r><w:instrText>{instruction}</w:instrText></w:r>{kinds[1]}{result}{kinds[2]}"


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (f'{r("Nộp ")}<w:ins w:id="1">{r("trước 10/12")}</w:ins>', "Nộp trước 10/12"),
        (f'{r("Nộp 10/12")}<w:del w:id="1"><w:r><w:delText> 05/12</w:delText></w:r></w:del>', "Nộp 10/12"),
        (f'<w:moveFrom w:id="1">{r("cũ ")}</w:moveFrom><w:moveTo w:id="2">{r("mới")}</w:moveTo>', "mới"),
        (f'<w:hyperlink>{r("Nộp ")}</w:hyperlink><w:smartTag>{r("05/12")}</w:smartTag>', "Nộp 05/12"),
        (f'<w:sdt><w:sdtContent>{r("Nộp bài")}</w:sdtContent></w:sdt>', "Nộp bài"),
        (f'{r("Hạn ")}{field("DATE", r("05/12"))}{r(" nhé")}', "Hạn 05/12 nhé"),
        (f'<w:fldSimple w:instr="DATE">{r("05/12")}</w:fldSimple>', "05/12"),
        (f'{r("Hạn")}{field("IF " + field("X", r("a")), r(" 05/12"))}', "Hạn 05/12"),
        (f'{r("Thấy")}{r(" không thấy", "<w:vanish/>")}', "Thấy"),
        (r("Thấy cả", '<w:vanish w:val="0"/>'), "Thấy cả"),
        (f'{r("trường mầm non", "<w:caps/>")}', "TRƯỜNG MẦM NON"),
        ('<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>B</w:t><w:softHyphen/><w:t>C</w:t></w:r>', "A-BC"),
        ('<w:r><w:sym w:font="Symbol" w:char="F0B7"/><w:t> Nộp</w:t></w:r>', "• Nộp"),
        (r("Kê\u0301 hoa\u0323ch"), "Kế hoạch"),
        ("<w:r><w:t>-</w:t><w:tab/><w:t>Nộp báo cáo</w:t></w:r>", "- Nộp báo cáo"),
    ],
)  # fmt: skip
def test_a_paragraph_reads_as_it_is_shown(inside: str, shown: str) -> None:
    assert lines(f"<w:p>{inside}</w:p>") == [shown]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next() -> None:
    assert lines(p("Nộp trước ", '<w:rPr><w:del w:id="1"/></w:rPr>') + p("05/12")) == ["Nộp trước 05/12"]


def test_a_table_row_that_was_deleted_is_gone() -> None:
    gone = '<w:trPr><w:del w:id="1"/></w:trPr>'
    assert cells(tbl(tc("1") + tc("Họp"), gone + tc("2") + tc("Bỏ"))) == [("1", "Họp")]


def test_a_text_box_is_read_once_after_its_paragraph() -> None:
    drawn = (
        f"<w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{BOX}</wps:txbx></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert lines(f"<w:p>{drawn}{r('Ngoài khung')}</w:p>") == ["Ngoài khung", "Trong khung"]
    assert lines(f"<w:p><w:r><w:pict><v:textbox>{BOX}</v:textbox></w:pict></w:r></w:p>") == ["Trong khung"]


def test_a_footnote_follows_its_paragraph() -> None:
    note = (
        '<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">'
        + p("Hạn 05/12")
        + "</w:footnote>"
    )
    body = f'<w:p>{r("Nộp báo cáo")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Hết")
    assert lines(body, footnotes=note) == ["Nộp báo cáo", "Hạn 05/12", "Hết"]


def test_a_page_header_is_dropped_unless_only_it_holds_the_number() -> None:
    assert lines(p("KẾ HOẠCH"), header=p("Trang 1")) == ["KẾ HOẠCH"]
    assert lines(p("KẾ HOẠCH"), header=p("Số: 12/KH-PGDĐT")) == ["Số: 12/KH-PGDĐT", "KẾ HOẠCH"]
    assert lines(p("Số: 12/KH-PGDĐT"), header=p("Số: 12/KH-PGDĐT")) == ["Số: 12/KH-PGDĐT"]


def level(at: int, form: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


NUMBERING = (
    f'<w:abstractNum w:abstractNumId="1">{level(0, "upperRoman", "%1.")}{level(1, "decimal", "%2.", "<w:isLgl/>")}'
    f'{level(2, "decimal", "%2.%3.")}{level(3, "lowerLetter", "%4)")}{level(4, "bullet", "&#xF0B7;")}</w:abstractNum>'
    f'<w:abstractNum w:abstractNumId="2">{level(0, "bullet", "-")}{level(1, "decimalZero", "Điều %2.")}</w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num>'
    '<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="4"/>'
    "</w:lvlOverride></w:num>"
)  # fmt: skip


def item(text: str, at: int, of: int = 1) -> str:
    return p(text, f'<w:numPr><w:ilvl w:val="{at}"/><w:numId w:val="{of}"/></w:numPr>')


def test_numbers_that_word_counts_are_written_out() -> None:
    body = "".join(
        [
            item("Mục đích", 0), item("Nội dung", 0), item("một", 1), item("hai", 1), item("hai một", 2),
            item("hai hai", 2), item("chữ a", 3), item("chữ b", 3), item("chấm", 4), item("ba", 1), item("ba một", 2),
            item("Tổ chức", 0), item("lại một", 1), item("gạch", 0, 2), item("điều", 1, 2), item("Bốn", 0, 3),
            item("không", 0, 0), item("lạ", 0, 99),
        ]
    )  # fmt: skip
    assert lines(body, numbering=NUMBERING) == [
        "I. Mục đích", "II. Nội dung", "1. một", "2. hai", "2.1. hai một", "2.2. hai hai", "a) chữ a", "b) chữ b",
        "• chấm", "3. ba", "3.1. ba một", "III. Tổ chức", "1. lại một", "- gạch", "Điều 01. điều", "IV. Bốn", "không",
        "lạ",
    ]  # fmt: skip


def test_a_style_brings_its_list_and_what_it_hides() -> None:
    styles = (
        '<w:style w:type="paragraph" w:styleId="Goc"><w:name w:val="Goc"/><w:pPr><w:numPr><w:numId w:val="2"/>'
        '</w:numPr></w:pPr></w:style><w:style w:type="paragraph" w:styleId="Con"><w:name w:val="Con"/>'
        '<w:basedOn w:val="Goc"/>'
        '</w:style><w:style w:type="character" w:styleId="An"><w:name w:val="An"/><w:rPr><w:vanish/></w:rPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="TOC1"><w:name w:val="toc 1"/></w:style>'
    )
    body = (
        p("một", '<w:pStyle w:val="Con"/>')
        + p("ẩn", run='<w:rStyle w:val="An"/>')
        + p("mục lục 3", '<w:pStyle w:val="TOC1"/>')
    )
    assert lines(body, styles=styles, numbering=NUMBERING) == ["- một"]


def test_merged_cells_hold_their_words_once() -> None:
    span, start, rest = '<w:gridSpan w:val="2"/>', '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("Tháng") + tc("Nội dung", span),
        tc("9/2025", start) + tc("1") + tc("Họp"),
        tc("9/2025", rest) + tc("2") + tc("Nộp"),
        '<w:trPr><w:gridBefore w:val="1"/></w:trPr>' + tc("3") + tc("Gửi"),
    )
    assert cells(body) == [("Tháng", "Nội dung", ""), ("9/2025", "1", "Họp"), ("", "2", "Nộp"), ("", "3", "Gửi")]


def test_a_day_in_a_merged_cell_stands_in_each_of_its_rows_and_a_month_once() -> None:
    start, rest = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("1") + tc("9/2025", start) + tc("05/9", start) + tc("Họp giao ban") + tc("Trước 15/9", start),
        tc("2") + tc("", rest) + tc("", rest) + tc("Nộp báo cáo") + tc("", rest),
        tc("3") + tc("", rest) + tc("", rest) + tc("") + tc("", rest),
    )
    assert cells(body)[1:] == [("2", "", "05/9", "Nộp báo cáo", "Trước 15/9"), ("3", "", "", "", "")]


def test_a_header_in_two_lines_is_one() -> None:
    start, rest = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"
    body = tbl(
        tc("TT", start) + tc("Thời hạn", '<w:gridSpan w:val="2"/>'),
        tc("", rest) + tc("Trường nộp") + tc("Phòng nộp"),
        tc("1") + tc("5/9") + tc("9/9"),
    )
    assert cells(body)[0] == ("TT", "Thời hạn Trường nộp", "Thời hạn Phòng nộp")


def test_lines_and_lists_in_a_cell_are_its_lines_and_tabs_its_blanks() -> None:
    inside = "<w:p><w:r><w:t>Họp</w:t><w:br/><w:t>tổ</w:t><w:tab/><w:t>A</w:t></w:r></w:p>" + p("- Nộp")
    assert cells(tbl(tc("1") + tc(inside))) == [("1", "Họp\ntổ A\n- Nộp")]


def test_a_table_in_a_cell_beside_others_is_lines_of_it_and_in_a_frame_a_table_of_its_own() -> None:
    inner = tbl(tc("Lớp A") + tc("20"), tc("Lớp B") + tc("25"))
    assert cells(tbl(tc("1") + tc(p("Số trẻ:") + inner + p("")))) == [("1", "Số trẻ:\nLớp A – 20\nLớp B – 25")]
    framed = tbl(tc(p("Phụ lục") + inner + p("")))
    assert lines(framed) == ["Phụ lục", "Lớp A\t20", "Lớp B\t25"]
    spots = [block.spot for block in read_file("a.docx", docx(framed)).blocks]
    assert spots == [Spot(), Spot(table=1, row=1), Spot(table=1, row=2)]


def test_a_row_that_word_numbers_has_its_number() -> None:
    number = p("", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    source = read_file(
        "a.docx", docx(tbl(tc(number) + tc("Họp"), tc(number) + tc("Nộp")) + number, numbering=NUMBERING)
    )
    assert [block.text for block in source.blocks] == ["I.\tHọp", "II.\tNộp"]


def test_a_table_that_goes_on_after_a_page_break_is_the_same_table() -> None:
    header = tc("Tháng") + tc("Nội dung")
    long = "Tổ chức ngày hội đến trường của bé năm học mới"
    body = tbl(header, tc("9/2025") + tc("Họp")) + p("") + tbl(header, tc("") + tc("Nộp")) + tbl(tc("") + tc(long))
    other = p("II. KHÁC") + tbl(header, tc("1") + tc("Gửi"))
    rows = [block for block in read_file("a.docx", docx(body + other)).blocks if isinstance(block, Row)]
    assert [row.table for row in rows] == [1, 1, 1, 1, 1, 2, 2]
    assert [row.spot.table for row in rows if row.spot] == [1, 1, 2, 2, 3, 4, 4]


def test_signatures_beside_each_other_are_paragraphs() -> None:
    signed = tbl(tc("NGƯỜI LẬP") + tc(p("KT. TRƯỞNG PHÒNG") + p("PHÓ TRƯỞNG PHÒNG") + p("Vũ Thị Hà")))
    assert lines(signed) == ["NGƯỜI LẬP", "KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG", "Vũ Thị Hà"]


def test_a_strict_document_is_read_as_the_usual_one() -> None:
    assert [b.text for b in read_file("a.docx", docx(p("Họp") + tbl(tc("1") + tc("Nộp")), space=STRICT)).blocks] == [
        "Họp",
        "1\tNộp",
    ]


def test_letters_of_an_old_font_are_made_unicode_where_that_font_is_set() -> None:
    body = (
        p("KÕ ho¹ch th¸ng 9", run='<w:rFonts w:ascii=".VnTime"/>')
        + p("phßng gi¸o dôc", run='<w:rFonts w:ascii=".VnTimeH"/>')
        + p("tr\u00adêng", run='<w:rFonts w:ascii=".VnTime"/>')
        + p("Keá hoaïch", run='<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>')
        + p("Kế hoạch năm học à")
    )
    assert lines(body) == ["Kế hoạch tháng 9", "PHÒNG GIÁO DỤC", "trường", "Kế hoạch", "Kế hoạch năm học à"]
