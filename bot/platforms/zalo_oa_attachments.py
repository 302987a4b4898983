"""What came with a message to an Official Account: files by address, and words that stand for the rest."""

from bot.platforms.zalo_oa_client import Json
from core.message import FileRef, InboundKind

KINDS = {
    "text": InboundKind.TEXT,
    "image": InboundKind.PHOTO,
    "gif": InboundKind.PHOTO,
    "link": InboundKind.LINK,
    "audio": InboundKind.VOICE,
    "video": InboundKind.FILE,
    "file": InboundKind.FILE,
    "sticker": InboundKind.STICKER,
    "location": InboundKind.OTHER,
    "business_card": InboundKind.OTHER,
}
_CALLED = {"image": "photo", "photo": "photo", "gif": "photo", "audio": "voice", "video": "video", "file": "document"}


def attached(message: Json, kind: InboundKind) -> tuple[tuple[FileRef, ...], str]:
    """The files, and the address where a link leads."""
    found = message.get("attachments")
    parts = [part for part in found if isinstance(part, dict)] if isinstance(found, list) else []
    files = tuple(file for part in parts if (file := _file(part)) is not None)
    words = " ".join(filter(None, map(_link, parts))) if kind is InboundKind.LINK else ""
    return files, words


def _file(part: Json) -> FileRef | None:
    """None: not a file, or without an address."""
    payload, called = _payload(part), _CALLED.get(str(part.get("type")))
    url = _said(payload, "url") or _said(payload, "href")
    if called is None or not url:
        return None
    return FileRef(called, "", _said(payload, "name"), _size(payload), url, _said(payload, "checksum").lower())


def _link(part: Json) -> str:
    payload = _payload(part)
    return _said(payload, "url") or _said(payload, "description")


def _size(payload: Json) -> int:
    """A number, mostly as text; 0: it does not say."""
    found = str(payload.get("size", ""))
    return int(found) if found.isascii() and found.isdecimal() and len(found) < 19 else 0


def _payload(part: Json) -> Json:
    found = part.get("payload")
    return found if isinstance(found, dict) else {}


def _said(payload: Json, key: str) -> str:
    found = payload.get(key)
    return found.replace("\0", "").encode("utf-8", "ignore").decode() if isinstance(found, str) else ""
