"""A web page reads as it is shown."""

import pytest

from knowledge.blocks import Row
from knowledge.readers import read_file


def lines(inside: str) -> list[str]:
    return [block.text for block in read_file("a.html", f"<html><body>{inside}</body></html>".encode()).blocks]


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        ("<p>Nộp <b>báo cáo</b>\n trước&#160;05/12</p>", ["Nộp báo cáo trước 05/12"]),
        ("một<br>hai<div>ba<div>bốn</div></div>năm", ["một", "hai", "ba", "bốn", "năm"]),
        ("<ul><li>a<li>b<ul><li>c</ul></ul>", ["- a", "- b", "- c"]),
        ("<ol start=3><li>a<li>b<li value=9>c</ol><ol type=a><li><p>d</p></ol>", ["3. a", "4. b", "9. c", "a. d"]),
        ("<p style='display:none'>ẩn</p><p hidden>ẩn</p><style>p {}</style><p>thấy</p>", ["thấy"]),
        ("<table><tr><td><p>trong khung</p><p>hai</p></td></tr></table>", ["trong khung", "hai"]),
        ("<h1>KẾ HOẠCH</h1><!-- ghi chú --><p>K\u1ebf hoa\u0323ch</p>", ["KẾ HOẠCH", "Kế hoạch"]),
    ],
)
def test_paragraphs_and_lists(inside: str, shown: list[str]) -> None:
    assert lines(inside) == shown


def test_cells_that_reach_down_and_across_hold_their_words_once() -> None:
    page = (
        "<table><thead><tr><th>Tháng<th colspan=2>Nội dung</tr></thead><tr><td rowspan=2>9<td>1<td>Họp</tr>"
        "<tr><td>2<td>Nộp<br>báo cáo</tr></table>"
    )
    source = read_file("a.html", f"<!DOCTYPE html><html>{page}".encode())
    assert [block.cells for block in source.blocks if isinstance(block, Row)] == [
        ("Tháng", "Nội dung", ""),
        ("9", "1", "Họp"),
        ("", "2", "Nộp\nbáo cáo"),
    ]


def test_what_it_is_called_does_not_matter() -> None:
    for name in ("a.doc", "a.txt", "a.xls"):
        assert read_file(name, b"<html><body><p>abc</p></body></html>").blocks[0].text == "abc"
