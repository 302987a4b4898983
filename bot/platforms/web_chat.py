"""The demo's chat page as a chat service: messages come from the page's posts, answers go to its event stream."""

import asyncio
import json
import re
import unicodedata
from collections import deque
from collections.abc import AsyncGenerator, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, BinaryIO
from uuid import uuid4

from core.capabilities import WEB_CHAT
from core.errors import FetchFailed, Unreadable
from core.message import Address, FileRef, Inbound, Outbound, SourceRef
from core.platform import Delivery, Limits

KEPT = 200  # events of one chat that a page gets again after a reload
WAITING = 500  # events that a slow page may lag behind before its stream is closed; it then reconnects

_ID = re.compile(r"[A-Za-z0-9-]{8,64}")
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")

# What the page posts:
# {"id": "0c2f…", "persona": "12", "room": "group", "unit": "VB-HOAPHUONG", "text": "2", "choice": "2"}


@dataclass(frozen=True, slots=True)
class Event:
    """One thing for the page to show; `data` is JSON. `id` is empty for what is not repeated after a break."""

    id: str
    data: str


@dataclass(frozen=True, slots=True)
class _Kept:
    number: int
    key: str  # the message's own id; a second event with it is not shown
    event: Event


@dataclass(frozen=True, slots=True, eq=False)
class _Page:
    """One open stream; None in the queue ends it."""

    chats: frozenset[str]
    queue: asyncio.Queue[Event | None]


class Hub:
    """What happens in each chat: to every page that looks on now, and the last of it to those that come later."""

    def __init__(self) -> None:
        self._run = uuid4().hex[:8]  # tells the event numbers of this process from those before a restart
        self._number = 0
        self._kept: dict[str, deque[_Kept]] = {}
        self._pages: set[_Page] = set()

    def fresh_id(self) -> str:
        """An id that no other event has."""
        return f"{self._run}-m{self._number + 1}"

    def keep(self, chat: str, key: str, values: Mapping[str, Any]) -> None:
        """Show it now and to later pages; nothing where the chat holds `key` already."""
        kept = self._kept.setdefault(chat, deque(maxlen=KEPT))
        if any(one.key == key for one in kept):
            return
        self._number += 1
        event = Event(f"{self._run}-{self._number}", _json({**values, "chat": chat, "id": key}))
        kept.append(_Kept(self._number, key, event))
        self._show(chat, event)

    def flash(self, chat: str, values: Mapping[str, Any]) -> None:
        """Show it to the pages that are open, once."""
        self._show(chat, Event("", _json({**values, "chat": chat})))

    async def listen(self, chats: Collection[str], after: str, idle: float) -> AsyncGenerator[Event | None, None]:
        """What these chats hold after the event `after` ("": all that is kept), then what happens; None: `idle`
        seconds without any. Ends when the hub closes or the reader lags too far behind."""
        page = _Page(frozenset(chats), asyncio.Queue(WAITING))
        missed = self._missed(page.chats, after)
        self._pages.add(page)
        try:
            for event in missed:
                yield event
            while True:
                try:
                    async with asyncio.timeout(idle):
                        coming = await page.queue.get()
                except TimeoutError:
                    yield None
                    continue
                if coming is None:
                    return
                yield coming
        finally:
            self._pages.discard(page)

    def close(self) -> None:
        """End every stream."""
        for page in tuple(self._pages):
            self._end(page)

    def _missed(self, chats: frozenset[str], after: str) -> list[Event]:
        run, _, number = after.partition("-")
        seen = int(number) if run == self._run and number.isascii() and number.isdecimal() else 0
        kept = [one for chat in chats for one in self._kept.get(chat, ()) if one.number > seen]
        return [one.event for one in sorted(kept, key=lambda one: one.number)]

    def _show(self, chat: str, event: Event) -> None:
        for page in tuple(self._pages):
            if chat not in page.chats:
                continue
            try:
                page.queue.put_nowait(event)
            except asyncio.QueueFull:
                self._end(page)

    def _end(self, page: _Page) -> None:
        """What it has not had yet it gets when it comes back; part of it would leave a gap behind."""
        self._pages.discard(page)
        while not page.queue.empty():
            page.queue.get_nowait()
        page.queue.put_nowait(None)


@dataclass(frozen=True, slots=True)
class WebChat:
    """The chat page of the demo. A person's private chat is `p:<persona>`, a unit's group `g:<unit>`.

    In a group it listens to messages that begin with `@` and its name (marks and capitals do not matter), to
    commands, and to tapped choices.
    """

    bot_name: str
    name: str = "web"
    limits: Limits = WEB_CHAT
    group_limits: Limits = WEB_CHAT
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
            text=posted.choice or text,
            group=posted.group,
            addressed=not posted.group or bool(posted.choice) or named or text.startswith("/"),
            message_id=posted.id,
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
            },
        )
        return key

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """No files come in here: they go through the upload page."""
        raise FetchFailed("no files", gone=True)

    async def acknowledge(self, raw: bytes) -> None:
        """Nothing: the page knows that its press arrived."""

    async def typing(self, address: Address) -> None:
        """Shown to the pages that look on."""
        self.hub.flash(address.chat, {"kind": "typing"})

    def show(self, delivery: Delivery) -> None:
        """A person's own message, to everybody in its chat; once, however often it was posted."""
        posted = _posted(delivery.raw)
        self.hub.keep(posted.chat, posted.id, {"kind": "said", "sender": posted.persona, "text": posted.text})

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

    @property
    def group(self) -> bool:
        return bool(self.unit)

    @property
    def chat(self) -> str:
        return f"g:{self.unit}" if self.unit else f"p:{self.persona}"


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
    )
    if not _ID.fullmatch(posted.id) or not posted.persona or (group and not posted.unit):
        raise Unreadable("no usable id, persona or unit")
    return posted


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


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
