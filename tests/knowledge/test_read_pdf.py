"""PDF with a text layer: the founding papers printed, and what pages do to lines and tables."""

from pathlib import Path

import pytest

from core.work import Part
from knowledge.blocks import Row, Source
from knowledge.extract import extract
from knowledge.readers import read_file
from knowledge.readers.page import Grid, Page, Word
from knowledge.readers.pages import blocks_of
from tests.made_documents.agree import differences
from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.pdf import STYLE, browser, html, printed

pytestmark = pytest.mark.skipif(browser() is None, reason="no Chromium on the path; Debian: apt-get install chromium")

LONG = "Các cơ sở giáo dục mầm non trên địa bàn huyện báo cáo kết quả thực hiện nhiệm vụ về Phòng GDĐT đúng hạn"


def page(body: str, style: str = "") -> Source:
    return read_file("a.pdf", printed(body, STYLE + style))


def texts_of(source: Source) -> list[str]:
    return [block.text for block in source.blocks]


def rows_of(source: Source) -> list[tuple[str, ...]]:
    return [block.cells for block in source.blocks if isinstance(block, Row)]


@pytest.fixture(scope="module")
def founding() -> list[tuple[Path, Source]]:
    return [(path, read_file(f"{path.stem}.pdf", printed(html(paper(path))))) for path in PLANS]


def test_the_founding_papers_ask_for_the_same_as_their_texts(founding: list[tuple[Path, Source]]) -> None:
    asked = differing = 0
    for path, source in founding:
        lost, added, count = differences(extract(read_file(path.name, path.read_bytes())), extract(source))
        asked, differing = asked + count, differing + max(len(lost), len(added))
    assert asked == 145
    assert differing <= 0.02 * asked


def test_their_heads_say_the_same(founding: list[tuple[Path, Source]]) -> None:
    for path, source in founding:
        head, told = extract(read_file(path.name, path.read_bytes())).head, extract(source).head
        for name in ("doc_type", "number", "issuing_body", "place", "date_month", "title", "addressees", "signer"):
            assert getattr(told, name) == getattr(head, name), (path.name, name)


def test_each_passage_can_be_found_on_its_page(founding: list[tuple[Path, Source]]) -> None:
    source = next(source for path, source in founding if "seed-2" in path.name)
    row = next(p for p in extract(source).passages if p.part is Part.ROW and p.row == "12/2023/2")
    assert row.spot
    assert (row.spot.page, row.spot.table) == (5, 1)
    assert row.spot.row > 1
    assert not row.spot.scanned


def test_page_numbers_and_running_heads_are_no_text() -> None:
    style = (
        "@page { @top-left { content: 'Phòng GDĐT Vĩnh Bảo' } @bottom-right { content: 'Trang ' counter(page) '/9' } }"
    )
    source = page("".join(f"<p>{n}. {LONG}.</p>" for n in range(1, 61)), style)
    assert texts_of(source) == [f"{n}. {LONG}." for n in range(1, 61)]
    assert max(block.spot.page for block in source.blocks if block.spot) > 2


def test_a_line_that_wraps_is_one_paragraph_and_dates_stay_whole() -> None:
    dated = "trước ngày 05/12/2025 hoặc chậm nhất 10/12/2025 nếu nộp qua bưu điện"
    sentence = f"{LONG}, theo Quyết định số 2400/QĐ-UBND, {dated}."
    assert texts_of(page(f"<p>{sentence}</p><p>- {sentence}</p>")) == [sentence, f"- {sentence}"]


def test_two_columns_are_read_one_after_the_other() -> None:
    column = "".join(f"<p>{n}. {LONG}.</p>" for n in range(1, 9))
    source = page(f"<p class=title>KẾ HOẠCH</p><div style='columns:2;column-gap:9mm'>{column}</div>")
    assert texts_of(source) == ["KẾ HOẠCH", *(f"{n}. {LONG}." for n in range(1, 9))]


def test_a_letterhead_is_its_left_side_then_its_right() -> None:
    head = (
        "<table class=head><tr><td><p>UBND HUYỆN VĨNH BẢO<p>PHÒNG GIÁO DỤC VÀ ĐÀO TẠO<p>Số: 12/KH-PGDĐT"
        "<td><p>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<p>Độc lập - Tự do - Hạnh phúc<p>Vĩnh Bảo, ngày 05 tháng 9 năm 2025"
        "</table><p class=title>KẾ HOẠCH</p><p class=title>Trọng tâm tháng 9</p>"
    )
    told = extract(page(head + f"<p>{LONG}.</p>")).head
    assert (told.number, told.issuing_body) == ("12/KH-PGDĐT", "Phòng Giáo dục và Đào tạo huyện Vĩnh Bảo")
    assert str(told.date) == "2025-09-05"


def test_a_row_and_a_month_that_go_on_over_the_page_are_one() -> None:
    long = f"{LONG}. " * 9
    rows = "".join(f"<tr><td>{n}<td><p>{long}(gửi trước ngày {n}/9)" for n in range(2, 9))
    first = "<tr><td class=month rowspan=8>9/2025<td>1<td>Khai giảng"
    table = f"<table><thead><tr><th>Tháng<th>STT<th>Nội dung</thead>{first}{rows}</table>"
    source = page(f"<p>{LONG}:</p>{table}<p>Hết.</p>")
    made = rows_of(source)
    assert [row[:2] for row in made] == [("Tháng", "STT"), ("9/2025", "1"), *(("", str(n)) for n in range(2, 9))]
    assert all(" ".join(row[2].split()) == f"{long}(gửi trước ngày {row[1]}/9)" for row in made[2:])
    assert texts_of(source)[-1] == "Hết."


def test_a_table_without_numbers_goes_on_where_its_sentence_was_torn() -> None:
    long = " ".join([LONG] * 30)
    rows = f"<tr><td>{long}<td>05/12/2025<tr><td>{long} và {long}<td>10/12/2025"
    table = f"<table><tr><th>Nội dung<th>Thời gian{rows}</table>"
    assert [row[1] for row in rows_of(page(f"<p>{LONG}:</p>{table}"))] == ["Thời gian", "05/12/2025", "10/12/2025"]


def test_tables_stand_where_they_stand_among_the_text() -> None:
    table = "<table><tr><th>STT<th>Nội dung<tr><td>1<td>Họp</table>"
    source = page(f"<p>Trước.</p>{table}<p>Giữa.</p>{table}<p>Sau.</p>")
    assert texts_of(source) == [
        *("Trước.", "STT\tNội dung", "1\tHọp", "Giữa.", "STT\tNội dung", "1\tHọp", "Sau."),
    ]
    assert [block.table for block in source.blocks if isinstance(block, Row)] == [1, 1, 2, 2]
    assert [block.spot.table for block in source.blocks if block.spot] == [0, 1, 1, 0, 2, 2, 0]


def test_a_day_in_a_merged_cell_is_the_day_of_each_of_its_rows() -> None:
    table = (
        "<table><tr><th>STT<th>Nội dung<th>Hạn<th>Ghi chú"
        "<tr><td>1<td>Nộp báo cáo<td rowspan=2>05/12/2025<td rowspan=2>gấp"
        "<tr><td>2<td>Nộp biểu mẫu<tr><td>3<td>Họp giao ban<td>06/12/2025<td>không</table>"
    )
    assert rows_of(page(table))[1:] == [
        *(("1", "Nộp báo cáo", "05/12/2025", "gấp"), ("2", "Nộp biểu mẫu", "05/12/2025", "")),
        ("3", "Họp giao ban", "06/12/2025", "không"),
    ]


def test_a_frame_around_words_is_no_table() -> None:
    source = page(f"<table><tr><td>HỎA TỐC</table><p>{LONG}.</p>")
    assert texts_of(source) == ["HỎA TỐC", f"{LONG}."]


def test_lists_in_a_cell_stay_apart() -> None:
    table = "<table><tr><th>STT<th>Nội dung<tr><td>1<td><p>Kiểm tra:<p>- Hồ sơ của các lớp;<p>- Bếp ăn.</table>"
    assert rows_of(page(table))[1] == ("1", "Kiểm tra:\n- Hồ sơ của các lớp;\n- Bếp ăn.")


def test_words_in_no_cell_are_not_lost() -> None:
    grid = Grid((0, 0, 100, 40), (0, 50), (((0, 0, 50, 20), (50, 0, 100, 20)), ((0, 20, 50, 40), None)))
    words = [
        Word(text, x, x + 20, y, y + 10) for text, x, y in (("a", 5, 5), ("b", 55, 5), ("c", 5, 25), ("lạc", 60, 25))
    ]
    blocks = blocks_of([Page(1, 200, 400, tuple(words), (grid,))])
    assert [block.text for block in blocks] == ["a\tb", "c\t", "lạc"]
