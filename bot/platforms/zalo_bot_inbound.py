"""What an event of the Zalo Bot Platform means to us; pure functions over its JSON."""

import json
import unicodedata
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import dropwhile
from typing import Any

from core.errors import Unreadable
from core.message import Address, FileRef, Inbound, InboundKind

NAME = "zalo_bot"
LONGEST_ID = 100  # characters; real ones have about 20
_AFTER_A_NAME = " \n,:;"
_MILLISECONDS = 10**11  # a greater number cannot be seconds
_HIDDEN = frozenset(
    "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
)  # turn lines round
_KINDS = {
    "message.text.received": InboundKind.TEXT,
    "message.link.received": InboundKind.LINK,
    "message.image.received": InboundKind.PHOTO,
    "message.voice.received": InboundKind.VOICE,
    "message.sticker.received": InboundKind.STICKER,
    "message.unsupported.received": InboundKind.WITHHELD,
}
_FILES = {InboundKind.PHOTO: ("photo", ("photo_url", "photo")), InboundKind.VOICE: ("voice", ("voice_url",))}

Json = dict[str, Any]


def event_of(raw: bytes) -> Json:
    """The event, whether it lies flat or within `result`. Raises Unreadable for what is no JSON object."""
    try:
        body = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not isinstance(body, dict):
        raise Unreadable("no object")
    within = body.get("result")
    event: Json = within if isinstance(within, dict) else body
    return event


def message_of(event: Json) -> Json:
    """What was written; empty where the event is about no message."""
    message = event.get("message")
    return message if isinstance(message, dict) else {}


def inbound(event: Json, names: Sequence[str]) -> Inbound | None:
    """The event understood; None for reactions, other bots, unknown events, and content withheld without a trace.

    `names`: what the bot is called, taken out of the text; see `without_name`. Raises Unreadable.
    """
    name = event.get("event_name")
    if not isinstance(name, str):
        raise Unreadable("no event_name")
    kind = _KINDS.get(name)
    if kind is None:
        return _joined(event) if "join" in name or "add" in name else None
    message = message_of(event)
    if not message and kind is InboundKind.WITHHELD:
        return None
    sender = _part(message, "from")
    return None if sender.get("is_bot") is True else _message(kind, message, sender, names)


def _message(kind: InboundKind, message: Json, sender: Json, names: Sequence[str]) -> Inbound:
    files = _files(kind, message)
    if kind in _FILES and not files:
        kind = InboundKind.WITHHELD
    chat = _part(message, "chat")
    return Inbound(
        address=Address(NAME, _id(chat, "id")),
        sender=_id(sender, "id"),
        kind=kind,
        text=without_name(_words(kind, message), names),
        sender_name=" ".join(tidy(_text(sender, "display_name")).split()),
        files=files,
        group=chat.get("chat_type") == "GROUP",
        message_id=_id(message, "message_id"),
        sent_at=_instant(message.get("date")),
    )


def _words(kind: InboundKind, message: Json) -> str:
    """What was written, or the address of a link."""
    if kind is InboundKind.TEXT and not isinstance(message.get("text"), str):
        raise Unreadable("no text")
    keys = ("text", "link", "url") if kind is InboundKind.LINK else ("text", "caption")
    return tidy(next(filter(None, (_text(message, key) for key in keys)), ""))


def _files(kind: InboundKind, message: Json) -> tuple[FileRef, ...]:
    """The picture or the voice; the documentation and the live service spell its field differently."""
    what, keys = _FILES.get(kind, ("", ()))
    url = next(filter(None, (_text(message, key) for key in keys)), "")
    return (FileRef(what, "", url=url),) if url else ()


def _joined(event: Json) -> Inbound | None:
    """The bot was added to a group; None where nothing says to which."""
    message = message_of(event)
    chat = message.get("chat") or event.get("chat")
    by = message.get("from") or event.get("from")
    if not isinstance(chat, dict) or not chat.get("id"):
        return None
    sender = str(by.get("id") or "") if isinstance(by, dict) else ""
    return Inbound(Address(NAME, _id(chat, "id")), sender, InboundKind.JOINED, group=True)


def without_name(text: str, names: Sequence[str]) -> str:
    """The text without "@<name>", however name is written: marks, case and spaces do not count.

    The first is the name that is shown; empty where the service did not say it, then any bot's name is taken out.
    """
    if not names[0]:
        text = _without_any_bot(text)
    wanted = sorted({bare for name in names if (bare := _bare(name))}, key=len, reverse=True)
    at = text.find("@")
    while at >= 0:
        end = max((_end_of(text, at + 1, name) for name in wanted), default=0)
        if end:
            text = f"{text[:at].rstrip()} {text[end:].lstrip(_AFTER_A_NAME)}"
        at = text.find("@", at + 1 if not end else at)
    return text.strip()


def _without_any_bot(text: str) -> str:
    """Without "@Bot" and the capitalized words behind it: every bot's name has to begin so."""
    before, at, behind = text.partition("@Bot")
    if not at or behind[:1].isalnum():
        return text
    rest = dropwhile(lambda word: word[0].isupper(), behind.lstrip(_AFTER_A_NAME).split())
    return f"{before.rstrip()} {' '.join(rest)}"


def _end_of(text: str, start: int, name: str) -> int:
    """Where the name that begins at `start` ends; 0: another name stands there."""
    met = ""
    for place in range(start, len(text)):
        met += _bare(text[place])
        if not name.startswith(met):
            return 0
        if met == name:
            behind = text[place + 1 : place + 2]
            return 0 if behind.isalnum() else place + 1
    return 0


def _bare(text: str) -> str:
    """Small letters without marks and spaces."""
    plain = unicodedata.normalize("NFD", text.casefold()).replace("đ", "d")
    return "".join(char for char in plain if not unicodedata.combining(char) and not char.isspace())


def tidy(text: str) -> str:
    """NFC, trimmed, without control characters, half surrogate pairs and marks that turn a line round."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    kept = (char for char in whole if char in "\n\t" or not (unicodedata.category(char) == "Cc" or char in _HIDDEN))
    return unicodedata.normalize("NFC", "".join(kept)).strip()


def _part(message: Json, key: str) -> Json:
    found = message.get(key)
    if not isinstance(found, dict):
        raise Unreadable(f"no {key}")
    return found


def _id(part: Json, key: str) -> str:
    found = known_id(part.get(key))
    if not found:
        raise Unreadable(f"no {key}")
    return found


def known_id(found: object) -> str:
    """An id of the service, always as text, though a number is taken too; empty for what cannot be one."""
    if isinstance(found, bool) or not isinstance(found, str | int):
        return ""
    text = str(found)
    return text if len(text) <= LONGEST_ID and text.isprintable() else ""


def _text(part: Json, key: str) -> str:
    found = part.get(key)
    return found if isinstance(found, str) else ""


def _instant(date: object) -> datetime | None:
    """Milliseconds, or seconds as an older service wrote them; None: no date."""
    try:
        number = int(date) if isinstance(date, int | float | str) else 0
        return datetime.fromtimestamp(number / 1000 if number > _MILLISECONDS else number, UTC) if number else None
    except (ValueError, OverflowError, OSError):
        return None
