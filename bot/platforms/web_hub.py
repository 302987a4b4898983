"""What happens in the chats of the demo's page: shown to the pages that look on, kept for those that come later."""

import asyncio
import json
from collections import deque
from collections.abc import AsyncGenerator, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

KEPT = 200  # events of one chat that a page gets again after a reload
WAITING = 500  # events that a slow page may lag behind before its stream is closed; it then reconnects


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


def _json(values: Mapping[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False)
