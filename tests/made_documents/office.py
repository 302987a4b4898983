"""Word and Excel files -> what offices kept them as before, by LibreOffice."""

import subprocess
from collections.abc import Mapping
from pathlib import Path

from knowledge.readers import office

_FORMS = {"doc": "MS Word 97", "odt": "writer8", "rtf": "Rich Text Format", "xls": "MS Excel 97"}
PATIENCE = 120  # seconds


def converted(made: Mapping[str, bytes], ending: str, folder: Path) -> dict[str, bytes]:
    """The files by the same names, each as `ending` says; `folder` is empty and may be filled."""
    came = "xlsx" if ending == "xls" else "docx"
    for name, data in made.items():
        (folder / f"{name}.{came}").write_bytes(data)
    profile = (folder / "profile").as_uri()
    subprocess.run(
        [str(office.program()), f"-env:UserInstallation={profile}", "--headless", "--convert-to",
         f"{ending}:{_FORMS[ending]}", "--outdir", str(folder), *(str(folder / f"{name}.{came}") for name in made)],
        check=True, capture_output=True, timeout=PATIENCE,
    )  # fmt: skip
    return {name: (folder / f"{name}.{ending}").read_bytes() for name in made}
