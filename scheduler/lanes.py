"""What nobody waits for goes one at a time: the next once it is kept what became of the one before."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from core.message import Outbound, Urgency


class Busy(Exception):
    """The lane did not come free in time."""


@dataclass(frozen=True, slots=True)
class _Lane:
    door: asyncio.Lock = field(default_factory=asyncio.Lock)
    way: asyncio.Lock = field(default_factory=asyncio.Lock)


class Lanes:
    """One for each account: when a process dies, one such message at most was taken and is sent again."""

    def __init__(self) -> None:
        self._lanes: defaultdict[str, _Lane] = defaultdict(_Lane)

    @asynccontextmanager
    async def alone(
        self, message: Outbound, patience: timedelta, may_go: Callable[[], Awaitable[bool]]
    ) -> AsyncIterator[bool]:
        """Within it no other such message of its account is under way. Raises Busy.

        `may_go` is asked while the one before is under way; False: it said no. Answers go side by side, unasked.
        """
        if message.urgency is Urgency.ANSWER:
            yield True
            return
        lane, ends = self._lanes[message.address.platform], asyncio.get_running_loop().time() + patience.total_seconds()
        await _take(lane.door, ends)
        try:
            if goes := await may_go():
                await _take(lane.way, ends)
        finally:
            lane.door.release()
        try:
            yield goes
        finally:
            if goes:
                lane.way.release()


async def _take(lock: asyncio.Lock, ends: float) -> None:
    try:
        async with asyncio.timeout_at(ends):
            await lock.acquire()
    except TimeoutError as error:
        raise Busy from error
