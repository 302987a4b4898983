"""The demo's chat page as a chat service: messages come from the page's posts, answers go to its event stream."""

import asyncio
import json
import re
import shutil
import unicodedata
from collections.abc import AsyncGenerator, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO
from urllib.parse import urlsplit

from bot.platforms.web_hub import Event, Hub
from core.capabilities import WEB_CHAT, WEB_FILES
from core.errors import FetchFailed, Unreadable
from core.message import Address, FileOut, FileRef, Inbound, InboundKind, Outbound, SourceRef
from core.platform import Delivery, Limits

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_FILE_ID = re.compile(r"[0-9a-f]{32}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_KINDS = {  # by the ending of the name; the rest are documents
    **dict.fromkeys(("jpg", "jpeg", "png", "gif", "webp", "heic", "heif", "bmp"), "photo"),
    **dict.fromkeys(("mp4", "mov", "3gp", "webm", "mkv"), "video"),
}

# What the page posts; its files were put down before (web/chat_files.py):
# {"id": "0c2f…", "persona": "12", "room": "group", "unit": "VB-HOAPHUONG", "text": "2", "choice": "2",
#  "reply_to": "5be0…-m7", "files": [{"id": "9d41…", "name": "ảnh.jpg", "size": 81234}]}


@dataclass(frozen=True, slots=True)
class WebChat:
    """The chat page of the demo. A person's private chat has the persona's id, a unit's group is `g:<unit>`.

    In a group it listens to messages that begin with `@` and its name (marks and capitals do not matter), to
    commands, to tapped choices, and to answers to its own messages. `folder` holds the files that people send, each
    under its id; None: none can be sent.
    """

    bot_name: str
    name: str = "web"
    limits: Limits = WEB_CHAT
    group_limits: Limits = WEB_CHAT
    folder: Path | None = None
    hub: Hub = field(default_factory=Hub, repr=False)

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """The one message of a post; a message posted again has the same id. Raises Unreadable."""
        posted = _posted(body)
        return [Delivery(self.name, posted.id, body, lane=posted.chat)]

    def read(self, raw: bytes) -> Inbound | None:
        """The message; its text is the tapped choice's value where there is one. Raises Unreadable."""
        posted = _posted(raw)
        named, text = self._unnamed(posted.text)
        return Inbound(
            address=Address(self.name, posted.chat),
            sender=posted.persona,
            kind=_kind(posted.files),
            text=posted.choice or text,
            files=posted.files,
            group=posted.group,
            addressed=not posted.group or bool(posted.choice or posted.reply_to) or named or text.startswith("/"),
            message_id=posted.id,
            reply_to=posted.reply_to,
        )

    async def send(self, message: Outbound) -> str:
        """Shown to every page that looks on, and kept for those that come back."""
        key = self.hub.fresh_id()
        self.hub.keep(
            message.address.chat,
            key,
            {
                "kind": "reply",
                "text": message.text,
                "reply_to": message.reply_to,
                "choices": [{"label": choice.label, "value": choice.value} for choice in message.choices],
                "sources": [_source(source) for source in message.sources],
                "files": [_file(file) for file in message.files],
            },
        )
        return key

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """From the folder of what was sent from the page."""
        if self.folder is None or not _FILE_ID.fullmatch(file.id):
            raise FetchFailed("no such file", gone=True)
        try:
            await asyncio.to_thread(_copy, self.folder / file.id, into)
        except FileNotFoundError:
            raise FetchFailed("no such file", gone=True) from None

    async def acknowledge(self, raw: bytes) -> None:
        """Nothing: the page knows that its press arrived."""

    async def typing(self, address: Address) -> None:
        """Shown to the pages that look on."""
        self.hub.flash(address.chat, {"kind": "typing"})

    def show(self, delivery: Delivery) -> None:
        """A person's own message, to everybody in its chat; once, however often it was posted."""
        posted = _posted(delivery.raw)
        values = {
            "kind": "said",
            "sender": posted.persona,
            "text": posted.text,
            "choice": posted.choice,
            "reply_to": posted.reply_to,
            "files": [{"id": file.id, "name": file.name, "size": file.size} for file in posted.files],
        }
        self.hub.keep(posted.chat, posted.id, values)

    def announce(self, chats: Collection[str], day: date, words: str) -> None:
        """The demo's clock was moved to `day`."""
        for chat in chats:
            self.hub.keep(chat, self.hub.fresh_id(), {"kind": "day", "day": day.isoformat(), "text": words})

    def subscribe(
        self, chats: Collection[str], after: str = "", idle: float = 15.0
    ) -> AsyncGenerator[Event | None, None]:
        """See `Hub.listen`; close it with `contextlib.aclosing`."""
        return self.hub.listen(chats, after, idle)

    def close(self) -> None:
        """End every stream, so that the site can stop."""
        self.hub.close()

    def _unnamed(self, text: str) -> tuple[bool, str]:
        """Whether the text begins with the bot's name, and the text without it."""
        start = text.lstrip()
        for name in (f"@{self.bot_name}", f"@{self.bot_name}".replace(" ", "")):
            if _bare(start[: len(name)]) == _bare(name):
                return True, start[len(name) :].lstrip(" ,:;-–—").strip()
        return False, text.strip()


@dataclass(frozen=True, slots=True)
class _Posted:
    id: str
    persona: str
    text: str
    choice: str
    unit: str  # empty: the private chat
    reply_to: str
    files: tuple[FileRef, ...]

    @property
    def group(self) -> bool:
        return bool(self.unit)

    @property
    def chat(self) -> str:
        return f"g:{self.unit}" if self.unit else self.persona


def _posted(body: bytes) -> _Posted:
    try:
        values = json.loads(body)
    except (ValueError, RecursionError) as e:
        raise Unreadable("not JSON") from e
    if not isinstance(values, dict):
        raise Unreadable("not an object")
    group = values.get("room") == "group"
    posted = _Posted(
        id=_word(values, "id"),
        persona=_word(values, "persona"),
        text=_word(values, "text"),
        choice=_word(values, "choice"),
        unit=_word(values, "unit") if group else "",
        reply_to=_word(values, "reply_to"),
        files=_files(values.get("files", [])),
    )
    if not _ID.fullmatch(posted.id) or not posted.persona or (group and not posted.unit):
        raise Unreadable("no usable id, persona or unit")
    if posted.reply_to and not _ID.fullmatch(posted.reply_to):
        raise Unreadable("no usable id of what is answered")
    return posted


def _files(values: object) -> tuple[FileRef, ...]:
    if not isinstance(values, list) or len(values) > WEB_FILES:
        raise Unreadable("no list of files, or too long")
    return tuple(map(_ref, values))


def _ref(values: object) -> FileRef:
    if not isinstance(values, dict):
        raise Unreadable("a file is no object")
    id, name, size = _word(values, "id"), _word(values, "name"), values.get("size")
    if not _FILE_ID.fullmatch(id) or not name or type(size) is not int or not 0 < size <= WEB_CHAT.files_in:
        raise Unreadable("no usable id, name or size of a file")
    return FileRef(_KINDS.get(name.rpartition(".")[2].lower(), "document"), id, name, size)


def _kind(files: tuple[FileRef, ...]) -> InboundKind:
    if not files:
        return InboundKind.TEXT
    return InboundKind.PHOTO if all(file.kind == "photo" for file in files) else InboundKind.FILE


def _word(values: Mapping[str, Any], key: str) -> str:
    value = values.get(key, "")
    if not isinstance(value, str):
        raise Unreadable(f"{key} is not a text")
    return _clean(value)


def _clean(text: str) -> str:
    """NFC, without control characters and halves of characters, which no database takes."""
    whole = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return _CONTROL.sub("", unicodedata.normalize("NFC", whole))


def _bare(text: str) -> str:
    """Lower case, without marks."""
    split = unicodedata.normalize("NFD", text.lower().replace("đ", "d"))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


def _source(source: SourceRef) -> dict[str, Any]:
    return {
        "document": source.document_id,
        "passage": source.passage,
        "label": source.label,
        "quote": source.quote,
    }


def _file(file: FileOut) -> dict[str, Any]:
    """Its address without the host: the page may have been opened by another name of this machine."""
    address = urlsplit(file.url).path
    return {"name": file.name, "size": file.size, "picture": file.is_picture, "address": address}


def _copy(path: Path, into: BinaryIO) -> None:
    with path.open("rb") as file:
        shutil.copyfileobj(file, into)
