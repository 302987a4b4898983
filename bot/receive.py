"""One delivery, one transaction: what is it, who is it from, which handler; queue the reply."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from core.clock import Clock
from core.errors import Refused, Unreadable
from core.message import Inbound, InboundKind, Outbound, Reply
from core.people import Person, Unit
from core.platform import Delivery, Platform
from core.texts import chat as texts
from handlers import route
from handlers.context import Context, House
from handlers.route import Choose
from knowledge.fold import nfc
from knowledge.index import Index
from records import groups, inbox, outbox, people, talks
from records.inbox import Waiting
from records.session import Begin, Session

_log = structlog.get_logger()

MOST_ATTEMPTS = 5
_TYPING_TIMEOUT = 5  # seconds
_REST_AFTER_TROUBLE = 1.0  # seconds


class Receiver:
    """Stores deliveries and handles them, one after the other; `wake` is told when a reply is queued."""

    def __init__(
        self,
        begin: Begin,
        platforms: Mapping[str, Platform],
        current_index: Callable[[], Index],
        clock: Clock,
        wake: Callable[[], None],
        choose: Choose = route.choose,
        house: House = House(),  # noqa: B008 - frozen
    ) -> None:
        self._begin = begin
        self._platforms = platforms
        self._current_index = current_index
        self._clock = clock
        self._reply_queued = wake
        self._choose = choose
        self._house = house
        self._work = asyncio.Event()
        self._beside: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something may be waiting."""
        self._work.set()

    async def store(self, deliveries: Sequence[Delivery]) -> None:
        """Keep them, all or none; once this returns, the service may be told that they arrived."""
        async with self._begin() as session:
            for delivery in deliveries:
                await inbox.store(session, delivery, self._clock())
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
        """Handle the delivery whose turn it is; False: none is waiting.

        The attempt is counted in a transaction of its own, so that a delivery that kills the process is not
        taken up again for ever.
        """
        async with self._begin() as session:
            waiting = await inbox.next_waiting(session, self._platforms.keys(), self._clock())
        if waiting is None:
            return False
        if waiting.attempts > MOST_ATTEMPTS:
            await self._put_aside(waiting, "too many attempts")
            return True
        try:
            await self._handle(waiting)
        except Exception:
            _log.exception("receive.broken", delivery=waiting.id, attempts=waiting.attempts)
            await self._retry(waiting)
        return True

    async def _handle(self, waiting: Waiting) -> None:
        platform = self._platforms[waiting.platform]
        try:
            message = _tidy(platform.read(waiting.raw))
        except Unreadable:
            await self._put_aside(waiting, "unreadable")
            return
        except Exception:  # a bug of ours, but the next delivery shall be answered all the same
            _log.exception("receive.bug", delivery=waiting.id)
            await self._put_aside(waiting, "bug")
            return
        self._acknowledge(platform, waiting.raw)
        typing = asyncio.create_task(_show_typing(platform, message))
        try:
            mine = await self._answer(waiting, message)
        finally:
            typing.cancel()  # "is typing" after the answer would be untrue
        if mine:
            self._reply_queued()
            return
        async with self._begin() as session:
            await inbox.uncount(session, waiting.id)

    def _acknowledge(self, platform: Platform, raw: bytes) -> None:
        """Beside the answer, not before it; the service forgives its loss."""
        task = asyncio.create_task(platform.acknowledge(raw))
        self._beside.add(task)
        task.add_done_callback(self._beside.discard)

    async def _answer(self, waiting: Waiting, message: Inbound | None) -> bool:
        """The transaction: either all of it happened, or the delivery still waits. False: another process has it."""
        now = self._clock()
        async with self._begin() as session:
            if not await inbox.hold(session, waiting.id):
                return False
            if message is not None:
                await _note_event(session, message)
                ctx = await self._context(session, message, now)
                reply = await self._reply(message, ctx, waiting)
                if reply is not None:
                    await _queue(session, message, reply, waiting, now)
            await inbox.mark_handled(session, waiting.id)
        return True

    async def _context(self, session: Session, message: Inbound, now: datetime) -> Context:
        index = self._current_index()
        person = await people.find_person(session, message.address.platform, message.sender)
        unit = _reader(index, person, index.tree.get(await groups.unit_of(session, message.address) or ""))
        talk = await talks.recall(session, message.address, message.sender)
        platform = self._platforms[message.address.platform]
        limits = platform.group_limits if message.group else platform.limits
        return Context(person, unit, now, session, index, talk, limits, self._house)

    async def _reply(self, message: Inbound, ctx: Context, waiting: Waiting) -> Reply | None:
        """The handler's answer; what a handler that refuses or fails has written is undone."""
        try:
            async with ctx.session.begin_nested():
                return await self._choose(message, ctx)(message, ctx)
        except Refused as refused:
            return Reply(refused.text)
        except Exception:
            _log.exception("handler.failed", delivery=waiting.id, platform=waiting.platform)
            return Reply(texts.TROUBLE)

    async def _put_aside(self, waiting: Waiting, reason: str) -> None:
        _log.error("receive.aside", delivery=waiting.id, platform=waiting.platform, reason=reason)
        async with self._begin() as session:
            await inbox.put_aside(session, waiting.id)

    async def _retry(self, waiting: Waiting) -> None:
        pause = timedelta(seconds=2**waiting.attempts)
        async with self._begin() as session:
            await inbox.retry_later(session, waiting.id, self._clock() + pause)
        asyncio.get_running_loop().call_later(pause.total_seconds(), self.wake)


def _reader(index: Index, person: Person | None, group: Unit | None) -> Unit | None:
    """On whose behalf it is answered: the person's unit; in a group of another line, which reads along, the group's."""
    own = index.tree.get(person.unit) if person else None
    if own is None or group is None:
        return own or group
    return own if group in index.tree.above(own.code) else group


async def _note_event(session: Session, message: Inbound) -> None:
    """What happened to the chat itself."""
    address = message.address
    if message.kind is InboundKind.MOVED:
        await groups.move(session, address.platform, address.chat, message.moved_to)
        await talks.move(session, address.platform, address.chat, message.moved_to)
        await outbox.readdress(session, address.platform, address.chat, message.moved_to)
    elif message.kind is InboundKind.LEFT:
        await groups.deactivate(session, address)


async def _queue(session: Session, message: Inbound, reply: Reply, waiting: Waiting, now: datetime) -> None:
    quoted = message.message_id if message.group else ""
    outbound = Outbound(message.address, reply.text, reply.choices, reply.sources, quoted, message.group)
    key = f"{outbox.REPLY}{waiting.platform}:{waiting.delivery_id}"
    await outbox.put(session, outbound, key, now)
    if reply.talk is not None:
        await talks.remember(session, message.address, message.sender, reply.talk)


def _tidy(message: Inbound | None) -> Inbound | None:
    """Without characters that a database refuses, whatever the platform let through."""
    if message is None:
        return None
    return replace(message, text=nfc(message.text), sender_name=nfc(message.sender_name))


async def _show_typing(platform: Platform, message: Inbound | None) -> None:
    if message is None or message.kind is not InboundKind.TEXT:
        return
    if platform.limits.typing and message.addressed:
        with suppress(Exception):
            async with asyncio.timeout(_TYPING_TIMEOUT):
                await platform.typing(message.address)
