"""A dossier as a ZIP: the files by document and task, or by criterion, and a table of contents in Excel and in Word."""

import hashlib
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial

from core.clock import VIETNAM
from core.dossier import Dossier
from core.texts import dossier as texts
from evidence.archive import Archive, Entry
from evidence.contents import Place, places, rows
from evidence.contents_docx import contents_docx
from evidence.contents_xlsx import contents_xlsx
from records.files import FileStore

AT_ONCE = 8  # files asked about


def pack(dossier: Dossier, store: FileStore) -> Archive:
    """The ZIP; files that are not whole where they are kept are only named in the contents. Raises Unreachable.

    None is fetched before it is its turn.
    """
    whole = _whole(dossier, store)
    here = {place: path for place, path in places(dossier).items() if place[2] in whole}
    made = datetime.combine(dossier.day, datetime.min.time())
    contents = (texts.CONTENTS_XLSX, contents_xlsx(dossier, here)), (texts.CONTENTS_DOCX, contents_docx(dossier))
    indexes = [Entry(name, len(data), hashlib.sha256(data).hexdigest(), made, data) for name, data in contents]
    return Archive([*indexes, *_files(dossier, here, store)])


def _files(dossier: Dossier, here: Mapping[Place, str], store: FileStore) -> Iterator[Entry]:
    for row in rows(dossier):
        if row.proof and row.exhibit and row.place in here:
            file, at = row.exhibit.file, row.proof.at.astimezone(VIETNAM)
            yield Entry(here[row.place], file.size, file.sha256, at, partial(store.at_hand, file.sha256))


def _whole(dossier: Dossier, store: FileStore) -> set[int]:
    """The numbers of the files that are there."""
    found = dossier.exhibits

    def is_there(number: int) -> bool:
        return store.holds(found[number].file.sha256, found[number].file.size)

    with ThreadPoolExecutor(AT_ONCE) as asking:
        return {number for number, there in zip(found, asking.map(is_there, found), strict=True) if there}
