"""Old Excel files (.xls), by way of LibreOffice where it is installed."""

import os
import shutil
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.readers import xlsx

_PLACES = "/usr/local/bin:/usr/bin:/bin:/usr/lib/libreoffice/program:/Applications/LibreOffice.app/Contents/MacOS"
_SECONDS = 60.0


def program() -> str | None:
    """Where LibreOffice is; None: not installed."""
    return shutil.which("soffice") or shutil.which("soffice", path=_PLACES)


def read(name: str, data: bytes) -> Source:
    """The sheets of an old workbook. Raises BadInput, also where LibreOffice is not installed."""
    path = program()
    if not path:
        raise BadInput(texts.no_office(name))
    with TemporaryDirectory(prefix="office-", ignore_cleanup_errors=True) as folder:
        made = _converted(path, Path(folder), data)
    if made is None:
        raise BadInput(texts.broken(name))
    return xlsx.read(name, made)


def _converted(path: str, folder: Path, data: bytes) -> bytes | None:
    (folder / "tep.xls").write_bytes(data)
    command = [path, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--norestore"]
    command += ["--convert-to", "xlsx", "--outdir", str(folder), str(folder / "tep.xls")]
    home = {"HOME": str(folder), "TMPDIR": str(folder), "PATH": os.defpath, "LANG": "C.UTF-8"}
    try:
        subprocess.run(command, capture_output=True, timeout=_SECONDS, check=False, stdin=subprocess.DEVNULL, env=home)
        return (folder / "tep.xlsx").read_bytes()
    except (OSError, subprocess.TimeoutExpired):
        return None
