"""Files that mean harm or came to harm: read for their words, or refused in one sentence; nothing stays behind."""

import tempfile
import time
from pathlib import Path

import pytest

from core.errors import BadInput
from knowledge.readers import office
from scheduler.reading import read_document
from tests.made_documents.hostile import KINDS, WORDS

_LONG = 20  # seconds


@pytest.mark.parametrize("kind", KINDS)
async def test_a_hostile_file_ends_in_words_or_in_one_sentence(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    name, data, says = KINDS[kind]()
    kept = tmp_path / "tmp"
    (tmp_path / "abc").write_bytes(data)
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    begun = time.monotonic()
    read, said = await _read(tmp_path / "abc", name)
    assert time.monotonic() - begun < _LONG
    if says is None or read:
        assert not says
        assert WORDS in read, said
        assert "xấu" not in read
        assert "root:" not in read
    else:
        assert says in said
        assert said.endswith(".")
        assert "\n" not in said
    assert [*_left(kept)] == []


async def _read(path: Path, name: str) -> tuple[str, str]:
    """(what was read, what was said instead)"""
    try:
        source = await read_document(path, name, patience=_LONG + 10)
    except BadInput as bad:
        return "", bad.text
    return "\n".join(block.text for block in source.blocks), ""


def _left(folder: Path) -> list[Path]:
    """Whatever was left in the folder for passing files, or written by an archive that climbs out of its own."""
    return [*folder.iterdir(), *folder.parent.rglob("nhacviec-evil.txt"), *Path("/").glob("nhacviec-evil.txt")]


@pytest.mark.skipif(office.program() is not None, reason="LibreOffice is installed")
@pytest.mark.parametrize(
    "kind", ["an old Word file of noise", "RTF that embeds and includes", "an OpenDocument of nothing"]
)
async def test_without_an_office_program_its_files_are_refused_with_what_to_do(kind: str, tmp_path: Path) -> None:
    name, data, _ = KINDS[kind]()
    (tmp_path / "abc").write_bytes(data)
    with pytest.raises(BadInput, match=r"lưu lại thành Word \(\.docx\)"):
        await read_document(tmp_path / "abc", name)
