"""What LibreOffice has to open first: what is done with the program, shown with a stand-in of a few lines."""

import os
import time
from pathlib import Path

import pytest

from core.errors import BadInput
from knowledge.readers import office, read_file
from tests.made_documents.raw_word import docx, p

RTF = b"{\\rtf1 N\\u7897?p}"


def stand_in(folder: Path, does: str) -> str:
    """A program that is called like LibreOffice; $OUT is where the result is wanted."""
    path = folder / "soffice"
    path.write_text(
        f'#!/bin/sh\nwhile [ "$1" != --outdir ]; do shift; done\nOUT="$2"; IN="$3"\n{does}\n', encoding="utf-8"
    )
    path.chmod(0o755)
    return str(path)


def test_what_the_program_makes_of_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "made.docx").write_bytes(docx(p("Nộp báo cáo")))
    does = f'test -f "$OUT/profile/user/registrymodifications.xcu" && cp {tmp_path}/made.docx "${{IN%.*}}.docx"'
    monkeypatch.setattr(office, "program", lambda: stand_in(tmp_path, does))
    assert [block.text for block in read_file("cũ.rtf", RTF).blocks] == ["Nộp báo cáo"]


def test_a_program_that_makes_nothing_or_takes_too_long_is_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "PATIENCE", 0.5)
    for does in ("true", f"sleep 60 & echo $! > {tmp_path}/pid; wait"):
        monkeypatch.setattr(office, "program", lambda does=does: stand_in(tmp_path, does))
        with pytest.raises(BadInput, match="bị hỏng"):
            read_file("cũ.rtf", RTF)
    assert _ends(int((tmp_path / "pid").read_text()))


def _ends(process: int) -> bool:
    """Whether it is gone, or waits only to be buried."""
    for _ in range(50):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        status = Path(f"/proc/{process}/stat")
        if status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False
