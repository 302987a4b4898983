"""The outbox worker: the only code that sends."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta
from functools import partial

import structlog

from core.clock import Clock, SteadyClock
from core.errors import Act, SendFailed
from core.message import Address, Outbound, Urgency
from core.platform import Limits, Platform
from records import outbox
from records.outbox import Claimed
from records.session import Begin
from scheduler import meter
from scheduler.attaching import Attach, with_files
from scheduler.lanes import Busy, Lanes
from scheduler.outcomes import Outcome, Outcomes
from scheduler.pace import Pace

_log = structlog.get_logger()

SEND_TIMEOUT = timedelta(seconds=20)
FILE_TIMEOUT = timedelta(seconds=160)  # services fetch or scale a picture before they answer
PATIENCE = timedelta(seconds=5)  # a longer wait for a chat's turn is spent in the outbox
LEASE = timedelta(seconds=30)  # longer than PATIENCE and SEND_TIMEOUT together
FILE_LEASE = timedelta(seconds=240)  # the same with FILE_TIMEOUT and FILES_TIMEOUT
MOST_AT_ONCE = 50  # messages claimed together
MOST_OF_ONE = 40  # messages under way to one service: one that hangs leaves the others their turn
AHEAD = 20  # of what goes one at a time: claimed, so that it need not wait for a claim each time
_LONGEST_REST = 30.0  # seconds
_SHORTEST_REST = 0.1  # seconds; another process may hold what seems ready


async def always(claimed: Claimed) -> bool:
    """Every message goes out as it was queued."""
    return True


class Deliverer:
    """Sends what waits in the outbox: chats in parallel, each chat in order, at the pace its service allows.

    `attach` finds the bytes and the public address of a kept file. It raises FileNotFoundError where they are gone,
    OSError where they cannot be had now. `drives`: whether this process may send for a service now.
    `jitter` gives 0 to 1, by chance, so that what failed together is not tried again together. `holds`: whether what
    nobody waits for may still go out as it is; where not, it has left it otherwise in the outbox.
    """

    def __init__(
        self,
        begin: Begin,
        platforms: Mapping[str, Platform],
        clock: Clock,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        attach: Attach | None = None,
        drives: Callable[[str], bool] = lambda platform: True,
        jitter: Callable[[], float] = lambda: 0.0,
        holds: Callable[[Claimed], Awaitable[bool]] = always,
    ) -> None:
        self._begin = begin
        self._platforms = platforms
        self._clock = clock
        self._sleep = sleep
        self._attach = attach
        self._drives = drives
        self._pace, self._lanes, self._steady = Pace(), Lanes(), SteadyClock(clock)
        self._holds = holds
        self._outcomes = Outcomes(begin, platforms, clock, sleep, jitter)
        self._work = asyncio.Event()
        self._under_way: dict[asyncio.Task[None], Outbound] = {}
        self._in_hand: set[int] = set()  # claimed and not ended, even where a clock set forward has ended the lease

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
                    now = self._clock()
                    claimed = await self._claim()
                    for one in claimed:
                        self._start(one)
                    rest = await self._time_to_next(now)  # sooner where one of these ends
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

    def _free(self) -> list[str]:
        """The services that are ours to send for and take messages now, with not too many under way."""
        busy, now = Counter(one.address.platform for one in self._under_way.values()), self._steady()
        return [
            name
            for name in self._platforms
            if busy[name] < MOST_OF_ONE and self._drives(name) and not self._pace.rests_for(name, now)
        ]

    async def _claim(self) -> list[Claimed]:
        free = self._free()
        if not free:
            return []
        async with self._begin() as session:
            claimed = await outbox.claim(
                session, free, self._clock(), LEASE, MOST_AT_ONCE, FILE_LEASE, unhurried=self._room()
            )
        taken = [one for one in claimed if one.id not in self._in_hand]
        self._in_hand |= {one.id for one in taken}
        return taken

    def _room(self) -> dict[str, int]:
        """How many of those that go one at a time to claim for each service: some together, when few are left."""
        unhurried = (one for one in self._under_way.values() if one.urgency is not Urgency.ANSWER)
        waiting = Counter(one.address.platform for one in unhurried)
        return {name: AHEAD - waiting[name] if waiting[name] <= AHEAD // 2 else 0 for name in self._platforms}

    def _start(self, claimed: Claimed) -> None:
        task = asyncio.create_task(self._deliver(claimed))
        self._under_way[task] = claimed.message
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        """Perhaps the chat's next message is ready; of what goes one at a time some are claimed together."""
        message = self._under_way.pop(task)
        if message.urgency is Urgency.ANSWER or self._room()[message.address.platform]:
            self.wake()

    async def _time_to_next(self, after: datetime) -> float:
        async with self._begin() as session:
            ready_at = await outbox.next_ready(session, self._free(), after)
        now = self._steady()
        rests = [self._pace.rests_for(name, now) for name in self._platforms]
        waits = [rest for rest in rests if rest] + ([ready_at - self._clock()] if ready_at else [])
        soonest = min(waits).total_seconds() if waits else _LONGEST_REST
        return min(max(soonest, _SHORTEST_REST), _LONGEST_REST)

    async def _deliver(self, claimed: Claimed) -> None:
        """Send one message and note what came of it; where that fails too, the lease ends and it is tried again."""
        try:
            if await self._fits_the_month(claimed):
                claimed = await self._with_files(claimed)
                await self._send_in_turn(claimed, self._steady() + PATIENCE)
        except Exception:
            _log.exception("deliver.broken", outbox=claimed.id)
        finally:
            self._in_hand.discard(claimed.id)

    async def _send_in_turn(self, claimed: Claimed, ends: datetime) -> None:
        """First the chat's turn, then the account's: a chat that has to wait holds up no other."""
        message = claimed.message
        if not await self._its_turn(claimed, ends, self._wait_for_chat):
            return
        try:
            async with self._lanes.alone(message, ends - self._steady(), partial(self._holds, claimed)) as goes:
                if goes and await self._is_next(claimed, ends):
                    self._pace.note(message.address, self._steady())
                    await self._outcomes.keep(await self._send(claimed))
        except Busy:
            await self._put_back(claimed, timedelta(0))

    async def _fits_the_month(self, claimed: Claimed) -> bool:
        """False: the plan has no more messages, this one waits for the next month."""
        limits = self._limits(claimed.message)
        if not limits.per_month:
            return True
        async with self._begin() as session:
            return await meter.let_through(session, claimed, limits, self._clock())

    async def _is_next(self, claimed: Claimed, ends: datetime) -> bool:
        """The same, where it can go as soon as the account may send at all: what is less urgent lets it pass."""
        message = claimed.message
        with self._pace.waiting(message.address, message.urgency):
            return await self._its_turn(claimed, ends, self._wait)

    async def _its_turn(self, claimed: Claimed, ends: datetime, needed: Callable[[Claimed], timedelta]) -> bool:
        """Wait for its turn; False: that is after `ends`, or another's by now; the message is back in the outbox."""
        while wait := needed(claimed):
            if self._steady() + wait > ends:
                return await self._put_back(claimed, wait)
            await self._sleep(wait.total_seconds())
        return self._drives(claimed.message.address.platform) or await self._put_back(claimed, timedelta(0))

    async def _put_back(self, claimed: Claimed, wait: timedelta) -> bool:
        async with self._begin() as session:
            await outbox.put_back(session, claimed.id, self._clock() + wait)
        return False

    def _wait(self, claimed: Claimed) -> timedelta:
        message, now = claimed.message, self._steady()
        for_all = self._pace.wait_for_all(message.address, self._limits(message), now, message.urgency)
        return max(for_all, self._wait_for_chat(claimed))

    def _wait_for_chat(self, claimed: Claimed) -> timedelta:
        """An answer to one person does not wait for its chat's own pace: who asks sets that."""
        message = claimed.message
        if claimed.is_reply and not message.group:
            return timedelta(0)
        return self._pace.wait_for_chat(message.address, self._limits(message), message.group, self._steady())

    async def _send(self, claimed: Claimed) -> Outcome:
        try:
            return Outcome(claimed, await self._hand_over(claimed))
        except SendFailed as failure:
            _log.warning("deliver.failed", outbox=claimed.id, reason=failure.reason, attempts=claimed.attempts)
            self._keep_away(claimed.message.address, failure)
            return Outcome(claimed, failure=failure)
        finally:
            self._pace.answered(claimed.message.address, self._steady())

    def _keep_away(self, address: Address, failure: SendFailed) -> None:
        """For as long as the service asked."""
        if not failure.retry_in or failure.unknown or failure.act is Act.OPERATOR:
            return
        now = self._steady()
        self._pace.block(address, now + failure.retry_in, now, everywhere=failure.everywhere)
        if failure.too_fast:
            self._pace.slow(address, now + failure.retry_in, now, everywhere=failure.everywhere)

    async def _hand_over(self, claimed: Claimed) -> str:
        platform = self._platforms[claimed.message.address.platform]
        try:
            longest = FILE_TIMEOUT if claimed.stored else SEND_TIMEOUT
            async with asyncio.timeout(longest.total_seconds()):
                service_id = await platform.send(claimed.message)
        except TimeoutError as error:
            raise SendFailed("timeout", unknown=True) from error
        except SendFailed:
            raise
        except Exception as error:  # a bug in a platform must not stop the others, nor repeat itself for ever
            _log.exception("deliver.bug", outbox=claimed.id)
            raise SendFailed(type(error).__name__, unknown=True) from error
        if not service_id:  # taken, it seems, and perhaps dropped
            raise SendFailed("no message id", unknown=True)
        return service_id

    async def _with_files(self, claimed: Claimed) -> Claimed:
        if self._attach is None or not claimed.stored:
            return claimed
        return await with_files(claimed, self._attach, self._limits(claimed.message).text)

    def _limits(self, message: Outbound) -> Limits:
        platform = self._platforms[message.address.platform]
        return platform.group_limits if message.group else platform.limits
