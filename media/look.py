"""Looks at one file and says what it is; run in a process of its own, since the file may be made to harm."""

from pathlib import Path

from core.media import Looked
from core.mime import ZIP, sniff
from media.archives import look_at_archive
from media.documents import DOCUMENTS, look_at_document
from media.folder import forget
from media.length import LASTING, look_at_lasting
from media.picture import PICTURES, look_at_picture
from media.trouble import guarded


def look(path: Path, out: Path) -> Looked:
    """What the file is; of pictures `clean.*` and `thumb.jpg` lie in the folder `out` where the answer says so.

    Of films and sound that tell more than what is seen and heard, what `make_copy` of media.blanks needs lies there.
    Raises OSError where there is no such file or folder; what is wrong with the file itself is its `trouble`.
    """
    with path.open("rb") as file:
        mime = sniff(file)
        if not file.seek(0, 2):
            return Looked(mime, trouble="empty")
    out.mkdir(parents=True, exist_ok=True)
    forget(out)
    looked = guarded(Looked(mime), lambda: _look(path, out, mime))
    if looked.trouble:
        forget(out)
    return looked


def _look(path: Path, out: Path, mime: str) -> Looked:
    if mime in PICTURES:
        return look_at_picture(path, out, mime)
    if mime in DOCUMENTS:
        return look_at_document(path, mime)
    if mime in LASTING:
        return look_at_lasting(path, out, mime)
    if mime == ZIP:
        return look_at_archive(path, mime)
    return Looked(mime)
