"""What only an office program reads (.odt, .doc, .rtf, .xls): LibreOffice makes it new, where it is installed."""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.readers import kinds, word, xlsx
from knowledge.readers.package import Package
from knowledge.readers.reader import Reader

PATIENCE = 60.0  # seconds; less than whoever waits for this process has
_PLACES = (
    "/usr/bin/soffice",
    "/usr/local/bin/soffice",
    "/usr/lib/libreoffice/program/soffice",
    "/snap/bin/libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
)
_ENDINGS = {kinds.ODT: "odt", kinds.DOC: "doc", kinds.RTF: "rtf", kinds.XLS: "xls"}
_NEW: dict[str, tuple[str, str, Reader]] = {  # the ending it gets, LibreOffice's word for that, who reads it
    "xls": ("xlsx", "Calc MS Excel 2007 XML", xlsx.read)
}
_AS = {"xls": ["--infilter=MS Excel 97"]}  # else what is no workbook is taken for a table in plain text
_AS_WORD: tuple[str, str, Reader] = ("docx", "MS Word 2007 XML", word.read)
_MANIFEST = "META-INF/manifest.xml"
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse">
<value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks"
 oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""  # run no macro, fetch nothing that the document links to


def program() -> str | None:
    """Where LibreOffice is; None: not installed."""
    return shutil.which("soffice") or next((place for place in _PLACES if os.access(place, os.X_OK)), None)


def read(name: str, data: bytes) -> Source:
    """Raises BadInput: it is behind a password, LibreOffice is not here, or cannot read it in time."""
    found = program()
    ending = _ENDINGS[kinds.kind_of(data)]
    if ending == "odt" and b":encryption-data" in (Package(name, data).part(_MANIFEST) or b""):
        raise BadInput(texts.encrypted(name))
    if found is None:
        raise BadInput(texts.needs_office(name, ending))
    with TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as folder:
        made = _converted(found, Path(folder), ending, data)
        if made is None:
            raise BadInput(texts.broken(name))
        return _NEW.get(ending, _AS_WORD)[2](name, made)


def _converted(found: str, folder: Path, ending: str, data: bytes) -> bytes | None:
    new, form, _ = _NEW.get(ending, _AS_WORD)
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_SETTINGS, "utf-8")
    (folder / f"tep.{ending}").write_bytes(data)
    started = subprocess.Popen(
        [found, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nolockcheck",
         *_AS.get(ending, ()), "--convert-to", f"{new}:{form}", "--outdir", str(folder), str(folder / f"tep.{ending}")],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        cwd=folder,
        env={"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"},
        start_new_session=True,
    )  # fmt: skip
    try:
        started.wait(PATIENCE)
    except subprocess.TimeoutExpired:
        return None
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(started.pid, signal.SIGKILL)
        started.wait()
    made = folder / f"tep.{new}"
    return made.read_bytes() if made.is_file() else None
