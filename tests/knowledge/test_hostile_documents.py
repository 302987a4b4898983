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
    path, kept = tmp_path / "abc", tmp_path / "tmp"
    path.write_bytes(data)
    kept.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(kept))
    begun = time.monotonic()
    try:
        source = await read_document(path, name, patience=_LONG + 10)
    except BadInput as bad:
        assert says is not None, bad.text
        assert says in bad.text
        assert "\n" not in bad.text
        assert bad.text.endswith((".", "!"))
    else:
        assert not says
        told = "\n".join(block.text for block in source.blocks)
        assert WORDS in told
        assert "xấu" not in told
        assert "root:" not in told
    assert time.monotonic() - begun < _LONG
    assert not list(kept.iterdir())
    assert not Path("/tmp/nhacviec-evil.txt").exists()


@pytest.mark.skipif(office.program() is not None, reason="LibreOffice is installed")
@pytest.mark.parametrize("kind", ["an old Word file of noise", "RTF that embeds", "an OpenDocument of nothing"])
async def test_without_an_office_program_its_files_are_refused_with_what_to_do(kind: str, tmp_path: Path) -> None:
    name, data, _ = KINDS[kind]()
    (tmp_path / "abc").write_bytes(data)
    with pytest.raises(BadInput, match=r"lưu lại thành Word \(\.docx\)"):
        await read_document(tmp_path / "abc", name)
