"""Updates waiting for the bot, and the long poll that fetches them."""

import asyncio
import copy
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from core.clock import Clock
from tests.fakes.telegram_params import ApiError, Json

FIRST_ID = 700_001
LIFETIME = timedelta(hours=24)
PRESS_LIFETIME = timedelta(seconds=150)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
TWO_POLLERS = "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
HASTY = timedelta(seconds=3)  # the same question again within this time waits as long
VERY_HASTY = timedelta(seconds=0.5)  # and within this time gets one update only
WEBHOOK_SET = "Conflict: terminated by setWebhook request"


@dataclass(frozen=True, slots=True)
class Waiting:
    """An update nobody has confirmed; the service keeps the order of each lane."""

    id: int
    body: Json
    lane: str
    dies: datetime


@dataclass(slots=True)
class _Poll:
    """One getUpdates call that waits; `ended` holds why it must give up."""

    woken: asyncio.Event = field(default_factory=asyncio.Event)
    ended: str = ""


class Updates:
    """The queue of one bot."""

    def __init__(self, clock: Clock, first: int = FIRST_ID) -> None:
        self.waiting: list[Waiting] = []
        self.listener: Callable[[Waiting], None] | None = None  # the webhook, while one is set
        self.polled = asyncio.Event()  # set while a poll is under way
        self.slows_hasty_polls = False  # as the service does; a clock that stands still would make every poll hasty
        self.sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
        self._clock = clock
        self._next = first
        self._allowed: frozenset[str] = frozenset()  # empty: the default set
        self._poll: _Poll | None = None
        self._last_poll: tuple[int, datetime] | None = None

    def add(self, kind: str, content: object, lane: str) -> int:
        """Queue an update and wake the poll; its id, or 0 where the bot did not ask for this kind."""
        if not self._wants(kind):
            return 0
        life = PRESS_LIFETIME if kind == "callback_query" else LIFETIME
        body = {"update_id": self._next, kind: copy.deepcopy(content)}  # later edits do not reach it
        update = Waiting(self._next, body, lane, self._clock() + life)
        self._next += 1
        self.waiting.append(update)
        if self.listener is not None:
            self.listener(update)
        elif self._poll is not None:
            self._poll.woken.set()
        return update.id

    def allow(self, kinds: list[str] | None) -> None:
        """None: as last time; empty: the default set. Acts on updates that are created from now on."""
        if kinds is not None:
            self._allowed = frozenset(kinds)

    def forget(self, update: Waiting) -> None:
        """It was delivered, or is too old."""
        with suppress(ValueError):
            self.waiting.remove(update)

    def alive(self) -> list[Waiting]:
        """What waits, without what has become too old."""
        now = self._clock()
        self.waiting = [update for update in self.waiting if update.dies > now]
        return self.waiting

    def end_poll(self, why: str) -> None:
        """Make a poll that waits answer 409."""
        if self._poll is not None:
            self._poll.ended = why
            self._poll.woken.set()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[Json]:
        """What waits, at once or as soon as something comes; waits `seconds`, real ones."""
        self.end_poll(TWO_POLLERS)
        mine = self._poll = _Poll()
        self.polled.set()
        try:
            limit = await self._slowed(offset, limit)
            self._confirm(offset)
            if not self.alive():
                await _wait(mine.woken, seconds)
            if mine.ended:
                raise ApiError(409, mine.ended)
            return [update.body for update in self.alive()[:limit]]
        finally:
            if self._poll is mine:
                self._poll = None
                self.polled.clear()

    async def _slowed(self, offset: int, limit: int) -> int:
        """How many updates a poll may have, after the wait that a hasty one is made to take."""
        before, now = self._last_poll, self._clock()
        self._last_poll = (offset, now)
        if not self.slows_hasty_polls or before is None or before[0] != offset or now - before[1] >= HASTY:
            return limit
        await self.sleep(HASTY.total_seconds())
        return 1 if now - before[1] < VERY_HASTY else limit

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            self.waiting = self.waiting[offset:]
        else:
            self.waiting = [update for update in self.waiting if update.id >= offset]

    def _wants(self, kind: str) -> bool:
        return kind in self._allowed if self._allowed else kind not in NOT_BY_DEFAULT


async def _wait(woken: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        await asyncio.wait_for(woken.wait(), seconds)
