"""The files that a local Bot API server keeps: by id, as they came, and behind links that end."""

import hashlib
import itertools
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePath

from core.clock import Clock
from tests.fakes.telegram_params import ApiError, Json, Params, Upload, bad
from tests.fakes.telegram_pictures import dimensions

MAX_DOWNLOAD = 20 * 1024**2  # bytes
MAX_UPLOAD = 50 * 1024**2
MAX_PHOTO = 10 * 1024**2
LINK_LIFETIME = timedelta(hours=1)
BOXES = (90, 320, 800)  # a photo is kept in these sizes too, as far as it is larger
FOLDERS = {"photo": "photos", "document": "documents", "voice": "voice", "video": "videos", "audio": "music"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A file; `content` None: only its size matters, and it is read as zeros."""

    id: str
    unique: str
    kind: str
    name: str
    mime: str
    size: int
    content: bytes | None
    path: str
    width: int = 0
    height: int = 0

    def public(self, **more: object) -> Json:
        """As messages show it."""
        return {"file_id": self.id, "file_unique_id": self.unique, "file_size": self.size} | more


class Files:
    """All files of one bot. The same bytes have the same unique id, and a new id with every upload."""

    def __init__(self, clock: Clock, first: int) -> None:
        self._clock = clock
        self._numbers = itertools.count(first)
        self._kept: dict[str, Kept] = {}
        self._links: dict[str, datetime] = {}

    def keep(
        self, kind: str, upload: Upload, size: int | None = None, box: tuple[int, int] = (0, 0), part: int = 0
    ) -> Kept:
        """`size` where there are no bytes; `part`: which of several sizes of one picture."""
        number, content = next(self._numbers), upload.content if size is None else None
        known = hashlib.sha256(upload.content or f"{kind} {number}".encode()).hexdigest()[:14]
        path = f"{FOLDERS[kind]}/file_{number}{PurePath(upload.name).suffix or '.jpg'}"
        length = len(upload.content) if size is None else size
        names = (f"{kind}-{number}-{known}", f"{known}{part or ''}", kind, upload.name, upload.mime)
        kept = Kept(*names, length, content, path, *box)
        self._kept[kept.id] = kept
        return kept

    def keep_photo(self, upload: Upload) -> list[Kept]:
        """In several sizes, small ones first, each with its true width and height; the last is what was uploaded."""
        found = dimensions(upload.content)
        if found is None:
            raise bad("IMAGE_PROCESS_FAILED")
        width, height = found
        if width + height > 10_000 or max(found) > 20 * min(found):
            raise bad("PHOTO_INVALID_DIMENSIONS")
        shares = [box / max(found) for box in BOXES if box < max(found)]
        boxes = [(max(round(width * share), 1), max(round(height * share), 1)) for share in shares]
        nameless = Upload("photo.jpg", "image/jpeg", upload.content)
        return [self.keep("photo", nameless, box=box, part=part) for part, box in enumerate([*boxes, found], 1)]

    def photo_again(self, largest: Kept) -> list[Kept]:
        """All sizes of a photo that was sent before."""
        if largest.content is None:
            return [largest]
        return [kept for kept in self._kept.values() if kept.kind == "photo" and kept.content == largest.content]

    def given(self, params: Params, name: str, kind: str) -> Upload | Kept:
        """What a call sends: an upload, under this name or attached, or the id of something kept."""
        value = params.get(name)
        if isinstance(value, str) and value.startswith("attach://"):
            value = params.get(value.removeprefix("attach://"))
        if isinstance(value, Upload):
            return _checked(value, kind)
        if not value:
            raise bad(f"there is no {kind} in the request")
        kept = self._kept.get(str(value))
        if kept is None:
            raise bad("wrong file identifier/HTTP URL specified")
        if kept.kind != kind:
            raise bad(f"can't use file of type {kept.kind.title()} as {kind.title()}")
        return kept

    def link(self, file_id: str) -> Kept:
        """getFile: from now on, for an hour, the file can be downloaded."""
        kept = self._kept.get(file_id)
        if kept is None:
            raise bad("invalid file_id")
        if kept.size > MAX_DOWNLOAD:
            raise bad("file is too big")
        self._links[kept.path] = self._clock() + LINK_LIFETIME
        return kept

    def download(self, path: str) -> bytes | None:
        """None: there is no such link, or not any more."""
        if self._clock() >= self._links.get(path, self._clock()):
            return None
        kept = next(kept for kept in self._kept.values() if kept.path == path)
        return bytes(kept.size) if kept.content is None else kept.content


def _checked(upload: Upload, kind: str) -> Upload:
    size = len(upload.content)
    if size > MAX_UPLOAD:
        raise ApiError(413, "Request Entity Too Large")
    if not size:
        raise bad("file must be non-empty")
    if kind == "photo" and size > MAX_PHOTO:
        raise bad(f"file of size {size} bytes is too big for a photo; the maximum size is {MAX_PHOTO} bytes")
    return upload
