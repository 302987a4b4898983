"""A dossier as a ZIP: the files by document and task, and a table of contents in Excel and in Word."""

import hashlib
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

from core.clock import VIETNAM
from core.dossier import Dossier
from core.message import StoredFile
from core.texts import dossier as texts
from evidence.archive import Archive, Entry
from evidence.contents import places, rows
from evidence.contents_docx import contents_docx
from evidence.contents_xlsx import contents_xlsx

PathOf = Callable[[str], Path]  # where bytes with this SHA-256 lie


def pack(dossier: Dossier, path_of: PathOf) -> Archive:
    """The ZIP; files that are not whole on the disk are only named in the contents. Waits for the disk."""
    whole = {number for number, one in dossier.exhibits.items() if _is_whole(one.file, path_of)}
    here = {number: place for number, place in places(dossier).items() if number in whole}
    made = datetime.combine(dossier.day, datetime.min.time())
    contents = (texts.CONTENTS_XLSX, contents_xlsx(dossier, here)), (texts.CONTENTS_DOCX, contents_docx(dossier))
    indexes = [Entry(name, len(data), hashlib.sha256(data).hexdigest(), made, data) for name, data in contents]
    return Archive([*indexes, *_files(dossier, here, path_of)])


def _files(dossier: Dossier, here: Mapping[int, str], path_of: PathOf) -> Iterator[Entry]:
    for row in rows(dossier):
        if row.proof and row.exhibit and row.exhibit.number in here:
            file, at = row.exhibit.file, row.proof.at.astimezone(VIETNAM)
            yield Entry(here[row.exhibit.number], file.size, file.sha256, at, path_of(file.sha256))


def _is_whole(file: StoredFile, path_of: PathOf) -> bool:
    path = path_of(file.sha256)
    return path.is_file() and path.stat().st_size == file.size
