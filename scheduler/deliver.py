"""The outbox worker: the only code that sends."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from core.clock import Clock
from core.errors import SendFailed
from core.message import Outbound
from core.platform import Limits, Platform
from records import groups, outbox, talks
from records.outbox import Claimed
from records.session import Begin, Session
from scheduler.pace import Pace

_log = structlog.get_logger()

SEND_TIMEOUT = timedelta(seconds=20)
PATIENCE = timedelta(seconds=5)  # a longer wait for a chat's turn is spent in the outbox
LEASE = timedelta(seconds=30)  # longer than PATIENCE and SEND_TIMEOUT together
MOST_AT_ONCE = 20  # messages under way
MOST_ATTEMPTS = 12
LONGEST_PAUSE = timedelta(hours=1)
_REPEAT_IN = timedelta(seconds=2)
_LONGEST_REST = 30.0  # seconds
_SHORTEST_REST = 0.1  # seconds; another process may hold what seems ready


class Deliverer:
    """Sends what waits in the outbox: chats in parallel, each chat in order, at the pace its service allows."""

    def __init__(
        self,
        begin: Begin,
        platforms: Mapping[str, Platform],
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._begin = begin
        self._platforms = platforms
        self._clock = clock
        self._sleep = sleep
        self._pace = Pace()
        self._work = asyncio.Event()
        self._under_way: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Something may be ready."""
        self._work.set()

    async def deliver_ready(self) -> int:
        """One round: the next message of every chat that has one ready; how many were tried."""
        claimed = await self._claim()
        await asyncio.gather(*(self._deliver(one) for one in claimed))
        return len(claimed)

    async def run(self) -> None:
        """Deliver until cancelled; what is then being sent is given time to end."""
        try:
            while True:
                self._work.clear()
                try:
                    for one in await self._claim():
                        self._start(one)
                    rest = await self._time_to_next()
                except Exception:
                    _log.exception("deliver.database")
                    rest = 1.0
                with suppress(TimeoutError):
                    async with asyncio.timeout(rest):
                        await self._work.wait()
        finally:
            await self._finish()

    async def _finish(self) -> None:
        if self._under_way:
            _, late = await asyncio.wait(self._under_way, timeout=SEND_TIMEOUT.total_seconds())
            for task in late:
                task.cancel()

    async def _claim(self) -> list[Claimed]:
        limit = MOST_AT_ONCE - len(self._under_way)
        if limit <= 0:
            return []
        async with self._begin() as session:
            return await outbox.claim(session, self._platforms.keys(), self._clock(), LEASE, limit)

    def _start(self, claimed: Claimed) -> None:
        task = asyncio.create_task(self._deliver(claimed))
        self._under_way.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self.wake()  # the chat's next message may be ready

    async def _time_to_next(self) -> float:
        async with self._begin() as session:
            ready_at = await outbox.next_ready(session, self._platforms.keys())
        if ready_at is None:
            return _LONGEST_REST
        return min(max((ready_at - self._clock()).total_seconds(), _SHORTEST_REST), _LONGEST_REST)

    async def _deliver(self, claimed: Claimed) -> None:
        """Send one message and note what came of it; where that fails too, the lease ends and it is tried again."""
        try:
            if await self._its_turn(claimed):
                await self._send(claimed)
        except Exception:
            _log.exception("deliver.broken", outbox=claimed.id)

    async def _its_turn(self, claimed: Claimed) -> bool:
        address, now = claimed.message.address, self._clock()
        wait = self._pace.wait(
            address, _limits(self._platforms[address.platform], claimed.message), claimed.message.group, now
        )
        if wait > PATIENCE:
            async with self._begin() as session:
                await outbox.put_back(session, claimed.id, now + wait)
            return False
        if wait:
            await self._sleep(wait.total_seconds())
        self._pace.note(address, self._clock())
        return True

    async def _send(self, claimed: Claimed) -> None:
        try:
            service_id = await self._hand_over(claimed)
        except SendFailed as failure:
            _log.warning("deliver.failed", outbox=claimed.id, reason=failure.reason, attempts=claimed.attempts)
            async with self._begin() as session:
                await _note_failure(session, claimed, failure, self._clock())
        else:
            async with self._begin() as session:
                await outbox.mark_sent(session, claimed.id, service_id, self._clock())

    async def _hand_over(self, claimed: Claimed) -> str:
        platform = self._platforms[claimed.message.address.platform]
        try:
            async with asyncio.timeout(SEND_TIMEOUT.total_seconds()):
                return await platform.send(claimed.message)
        except TimeoutError as error:
            raise SendFailed("timeout", unknown=True) from error
        except SendFailed:
            raise
        except Exception as error:  # a bug in a platform must not stop the others, nor repeat itself for ever
            _log.exception("deliver.bug", outbox=claimed.id)
            raise SendFailed(type(error).__name__, unknown=True) from error


def _limits(platform: Platform, message: Outbound) -> Limits:
    return platform.group_limits if message.group else platform.limits


async def _note_failure(session: Session, claimed: Claimed, failure: SendFailed, now: datetime) -> None:
    address = claimed.message.address
    if failure.moved_to and claimed.attempts < MOST_ATTEMPTS:
        await groups.move(session, address.platform, address.chat, failure.moved_to)
        await talks.move(session, address.platform, address.chat, failure.moved_to)
        await outbox.mark_failed(session, claimed.id, failure.reason, retry_at=now)
        await outbox.readdress(session, address.platform, address.chat, failure.moved_to)
    elif failure.unknown:
        await outbox.mark_unknown(session, claimed.id, failure.reason, _repeat_at(claimed, failure, now))
    else:
        await outbox.mark_failed(session, claimed.id, failure.reason, _retry_at(claimed, failure, now))


def _retry_at(claimed: Claimed, failure: SendFailed, now: datetime) -> datetime | None:
    """As the service says, longer with every attempt."""
    if failure.retry_in is None or claimed.attempts >= MOST_ATTEMPTS:
        return None
    times: int = 2 ** (claimed.attempts - 1)
    return now + max(min(failure.retry_in * times, LONGEST_PAUSE), failure.retry_in)


def _repeat_at(claimed: Claimed, failure: SendFailed, now: datetime) -> datetime | None:
    """Once, and only for an answer to one person: who asked minds silence more than reading it twice."""
    if claimed.message.group or claimed.doubtful or not claimed.is_reply:
        return None
    return now + (failure.retry_in or _REPEAT_IN)
