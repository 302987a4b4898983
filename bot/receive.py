"""What comes in: stored before it is acknowledged, handed out in order, answered, and tried again after trouble."""

import asyncio
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import structlog

from bot.answering import Answering, Read
from core.clock import Clock
from core.errors import Unreadable
from core.message import Inbound, InboundKind
from core.platform import Delivery, Platform
from handlers import route
from handlers.context import House
from handlers.files import links_in
from handlers.route import Choose
from knowledge.fold import nfc
from knowledge.index import Index
from records import inbox
from records.batches import Batch
from records.inbox import Waiting
from records.session import Begin, Session

_log = structlog.get_logger()

MOST_ATTEMPTS = 10  # one is not at fault because the process was killed while it was its turn
MOST_TOGETHER = 50  # deliveries of one transaction
TYPING_AFTER = timedelta(seconds=0.4)  # an answer that comes sooner needs no sign
_TYPING_TIMEOUT = 5  # seconds
_REST_AFTER_TROUBLE = 1.0  # seconds


@dataclass(frozen=True, slots=True)
class _Came:
    delivery: Delivery
    at: datetime


class Receiver:
    """Stores deliveries and handles them, those of different chats together.

    `wake` is told when a reply is queued, `files_came` when one with files or web addresses was handled.
    """

    def __init__(
        self,
        begin: Begin,
        platforms: Mapping[str, Platform],
        current_index: Callable[[], Index],
        clock: Clock,
        wake: Callable[[], None],
        choose: Choose = route.choose,
        house: House = House(),  # noqa: B008 - frozen
        typing_after: timedelta = TYPING_AFTER,
        files_came: Callable[[], None] = lambda: None,
    ) -> None:
        self._begin = begin
        self._platforms = platforms
        self._clock = clock
        self._reply_queued = wake
        self._typing_after = typing_after
        self._files_came = files_came
        self._answering = Answering(begin, platforms, current_index, clock, choose, house)
        self._incoming = Batch(begin, _store)
        self._work = asyncio.Event()
        self._beside: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something may be waiting."""
        self._work.set()

    async def store(self, deliveries: Sequence[Delivery]) -> None:
        """Keep them, all or none; once this returns, the service may be told that they arrived."""
        if deliveries:
            await self._incoming.add([_Came(delivery, self._clock()) for delivery in deliveries])
            self.wake()

    async def run(self) -> None:
        """Handle what is stored, until cancelled."""
        while True:
            self._work.clear()
            try:
                while await self.handle_next():
                    pass
                await self._work.wait()
            except Exception:
                _log.exception("receive.database")
                await asyncio.sleep(_REST_AFTER_TROUBLE)

    async def handle_next(self) -> bool:
        """Handle those whose turn it is; False: none is waiting.

        Attempts are counted in a transaction of their own, so that a delivery that kills the process is not
        taken up again for ever.
        """
        async with self._begin() as session:
            waiting = await inbox.take(session, self._platforms.keys(), self._clock(), MOST_TOGETHER)
        readable = [read for one in waiting if (read := await self._read(one)) is not None]
        if readable:
            await self._handle(readable)
        return bool(waiting)

    async def _read(self, waiting: Waiting) -> Read | None:
        """The delivery understood; None: it was put aside."""
        if waiting.attempts > MOST_ATTEMPTS:
            await self._put_aside(waiting, "too many attempts")
            return None
        try:
            return Read(waiting, _tidy(self._platforms[waiting.platform].read(waiting.raw)))
        except Unreadable:
            await self._put_aside(waiting, "unreadable")
        except Exception:  # a bug of ours, but the next delivery shall be answered all the same
            _log.exception("receive.bug", delivery=waiting.id)
            await self._put_aside(waiting, "bug")
        return None

    async def _handle(self, together: Sequence[Read]) -> None:
        """All in one transaction; where that fails, each in its own."""
        signs = [self._start(self._show_typing(read.message)) for read in together if read.message]
        for read in together:
            if read.message and read.message.pressed:
                self._start(self._platforms[read.waiting.platform].acknowledge(read.waiting.raw))
        try:
            mine = await self._answering.answer(together)
        except Exception:
            if len(together) == 1:
                _log.exception("receive.broken", delivery=together[0].waiting.id)
                await self._retry(together[0].waiting)
            else:
                for one in together:
                    await self._handle([one])
            return
        finally:
            for sign in signs:
                sign.cancel()  # "is typing" after the answer would be untrue
        await self._leave([read.waiting.id for read in together if read.waiting.id not in mine])
        self._reply_queued()
        if any(read.message and (read.message.files or links_in(read.message)) for read in together):
            self._files_came()

    async def _leave(self, others: Sequence[int]) -> None:
        if others:
            async with self._begin() as session:
                await inbox.uncount(session, others)

    def _start(self, work: Coroutine[Any, Any, None]) -> "asyncio.Task[None]":
        """Beside the answer, not before it; the service forgives its loss."""
        task = asyncio.create_task(_harmless(work))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)
        return task

    async def _show_typing(self, message: Inbound) -> None:
        platform = self._platforms[message.address.platform]
        limits = platform.group_limits if message.group else platform.limits
        if message.kind is InboundKind.TEXT and limits.typing and message.addressed:
            await asyncio.sleep(self._typing_after.total_seconds())
            async with asyncio.timeout(_TYPING_TIMEOUT):
                await platform.typing(message.address)

    async def _put_aside(self, waiting: Waiting, reason: str) -> None:
        _log.error("receive.aside", delivery=waiting.id, platform=waiting.platform, reason=reason)
        async with self._begin() as session:
            await inbox.put_aside(session, waiting.id)

    async def _retry(self, waiting: Waiting) -> None:
        pause = timedelta(seconds=2**waiting.attempts)
        async with self._begin() as session:
            await inbox.retry_later(session, waiting.id, self._clock() + pause)
        asyncio.get_running_loop().call_later(pause.total_seconds(), self.wake)


async def _store(session: Session, came: Sequence[_Came]) -> None:
    if came:
        await inbox.store_all(session, [one.delivery for one in came], came[-1].at)


async def _harmless(work: Coroutine[Any, Any, None]) -> None:
    try:
        await work
    except Exception as error:
        _log.debug("receive.beside", reason=type(error).__name__)


def _tidy(message: Inbound | None) -> Inbound | None:
    """Without characters that a database refuses, whatever the platform let through."""
    if message is None:
        return None
    return replace(message, text=nfc(message.text), sender_name=nfc(message.sender_name))
