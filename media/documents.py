"""How many pages a document has, read from its head and not from its pages."""

import re
import zipfile
from pathlib import Path

from pypdf import PdfReader

from core.media import Looked
from core.mime import ENCRYPTED
from media.trouble import Bad

_OFFICE = "application/vnd.openxmlformats-officedocument."
_COUNTED = {
    _OFFICE + "wordprocessingml.document": b"Pages",
    _OFFICE + "presentationml.presentation": b"Slides",
    _OFFICE + "spreadsheetml.sheet": b"",
}
DOCUMENTS = {"application/pdf", ENCRYPTED, *_COUNTED}
_MOST_PAGES = 20_000
_MOST_MEMBERS = 20_000
_MOST_UNPACKED = 1 << 30  # bytes, of all members as the archive announces them
_MOST_TIMES, _HARMLESS = 200, 64 << 20  # larger than packed; what unpacks to less may be packed as well as it likes
_MOST_NOTES = 1 << 20


def look_at_document(path: Path, mime: str) -> Looked:
    """`pages` None where the document does not say. Raises Bad, and what pypdf and zipfile raise."""
    if mime == ENCRYPTED:
        raise Bad("encrypted")
    pages = _of_pdf(path) if mime == "application/pdf" else _of_archive(path, _COUNTED[mime])
    if pages is not None and pages > _MOST_PAGES:
        raise Bad("too_long")
    return Looked(mime, pages=pages)


def _of_pdf(path: Path) -> int:
    """A document that only forbids printing opens with an empty password, as it does for everybody."""
    with path.open("rb") as file:
        reader = PdfReader(file)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Bad("encrypted")
        return reader.get_num_pages()


def _of_archive(path: Path, counted: bytes) -> int | None:
    with zipfile.ZipFile(path) as archive:
        members = archive.infolist()
        unpacked, packed = sum(one.file_size for one in members), path.stat().st_size
        if len(members) > _MOST_MEMBERS or unpacked > _MOST_UNPACKED:
            raise Bad("bomb")
        if unpacked > _HARMLESS and unpacked > _MOST_TIMES * packed:
            raise Bad("bomb")
        if any(one.flag_bits & 1 for one in members):
            raise Bad("encrypted")
        if not counted or "docProps/app.xml" not in archive.NameToInfo:
            return None
        with archive.open("docProps/app.xml") as notes:
            found = re.search(rb"<(?:\w+:)?%s>\s*(\d{1,9})\s*<" % counted, notes.read(_MOST_NOTES))
    return int(found[1]) or None if found else None
