"""Documents are read in a process of their own: what it says comes through, what it does stays there."""

from pathlib import Path

import pytest

from core.errors import BadInput
from core.texts import reading as texts
from core.work import Spot
from knowledge.blocks import Paragraph, Row, Source
from knowledge.readers import passing
from scheduler.reading import read_document

SOURCE = Source(
    "kế hoạch.docx",
    (
        Paragraph(1, "Kính gửi: các trường", Spot(page=1)),
        Row(2, 1, ("1", "Họp"), "1\tHọp", Spot(table=1, row=1)),
        Paragraph(3, "hết"),
    ),
    ("một chỗ phải đoán",),
)


def test_what_was_read_comes_back_as_it_was(tmp_path: Path) -> None:
    passing.write(tmp_path, SOURCE)
    assert passing.read(tmp_path) == SOURCE


@pytest.mark.parametrize(
    "left", [None, b"", b"{}", b'{"name": 7, "blocks": []}', b'{"name": "a", "blocks": [{"line": "x"}]}']
)
def test_what_no_reader_leaves_is_nothing(tmp_path: Path, left: bytes | None) -> None:
    if left is not None:
        (tmp_path / "source.json").write_bytes(left)
    assert passing.read(tmp_path) is None


async def test_a_text_is_read_at_once(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_text("Kính gửi: các trường", "utf-8")
    assert (await read_document(path, "a.txt")).blocks == (Paragraph(1, "Kính gửi: các trường"),)


async def test_what_the_other_process_refuses_is_said_here(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_bytes(b"MZ" + bytes(100))
    with pytest.raises(BadInput, match="không phải văn bản chữ"):
        await read_document(path, "a.txt")


async def test_a_process_that_takes_too_long_is_ended(tmp_path: Path) -> None:
    path = tmp_path / "abc"
    path.write_bytes(b"MZ" + bytes(100))
    with pytest.raises(BadInput) as refused:
        await read_document(path, "a.txt", patience=0.01)
    assert refused.value.text == texts.too_heavy("a.txt")
