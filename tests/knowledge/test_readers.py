"""Files of every kind: read, or refused with one clear sentence."""

import unicodedata

import pytest

from core.errors import BadInput
from knowledge.blocks import Paragraph, Row, readable
from knowledge.readers import read_file

WORDS = "Kính gửi: Hiệu trưởng các trường mầm non.\nCác đơn vị gửi báo cáo trước ngày 05/12/2025.\n" * 5


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("a.txt", b"", "trống"),
        ("a.txt", b" \n\t\n", "trống"),
        ("a.txt", "\ufeff\n".encode(), "trống"),
        ("a.txt", b"%PDF-1.7 ...", "bị hỏng"),
        ("a.txt", bytes(range(256)) * 40, "nhị phân"),
        ("a.docx", b"PK\x03\x04", "bị hỏng"),
        ("a.pdf", b"%PDF", "bị hỏng"),
        ("a.exe", b"hello", "Không biết loại tệp .exe"),
        ("a.txt", b"x" * 50_000_000, "quá lớn"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_sentence_that_names_the_file(name: str, data: bytes, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_file(name, data)
    assert says in refused.value.text
    assert name in refused.value.text
    assert "\n" not in refused.value.text


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-8-sig", "utf-8", "utf-32"])
def test_unicode_in_any_dress_is_read(encoding: str) -> None:
    source = read_file("a.txt", WORDS.encode(encoding))
    assert source.blocks[0].text == "Kính gửi: Hiệu trưởng các trường mầm non."


def test_an_encoding_that_was_guessed_is_named() -> None:
    source = read_file("cu.txt", b"".join(_cp1258(char) for char in WORDS))
    assert source.blocks[0].text == "Kính gửi: Hiệu trưởng các trường mầm non."
    assert "cp1258" in source.notes[0]


def _cp1258(char: str) -> bytes:
    """The old Windows code page writes a letter and its tone mark apart."""
    apart = unicodedata.normalize("NFD", char)
    tone = "".join(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
    letter = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tone))
    return (letter + tone).encode("cp1258")


def test_utf8_raises_no_note() -> None:
    assert read_file("a.txt", WORDS.encode()).notes == ()


def test_folders_are_no_part_of_the_name() -> None:
    assert read_file("C:\\van ban\\kế hoạch.txt", WORDS.encode()).name == "kế hoạch.txt"


def test_lines_with_tabs_are_rows_and_their_cells_keep_their_place() -> None:
    source = read_file("a.txt", "STT\tNội dung\n1\tHọp\n\n\t\ttiếp theo\nĐoạn văn".encode())
    rows = [block for block in source.blocks if isinstance(block, Row)]
    assert [row.cells for row in rows] == [("STT", "Nội dung"), ("1", "Họp"), ("", "", "tiếp theo")]
    assert len({row.table for row in rows}) == 1
    assert rows[1].text[rows[1].starts()[1] :] == "Họp"
    assert source.blocks[-1] == Paragraph(5, "Đoạn văn")


def test_markdown_tables_are_rows() -> None:
    source = read_file("a.md", "| Tháng | Việc |\n|---|---|\n| 9 | Khai giảng |".encode())
    assert [block.cells for block in source.blocks if isinstance(block, Row)] == [
        ("Tháng", "Việc"),
        ("9", "Khai giảng"),
    ]


def test_text_for_people_has_no_markup() -> None:
    assert readable("<p>Họp   (<i>trước 30/8</i>) **gấp**</p>") == "Họp ( trước 30/8 ) gấp"
