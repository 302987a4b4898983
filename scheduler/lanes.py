"""What nobody waits for goes one at a time: the next once it is kept what became of the one before."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from core.message import Outbound, Urgency


class Lanes:
    """One for each account: when a process dies, one such message at most was taken and is sent again."""

    def __init__(self) -> None:
        self._lanes: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def alone(self, message: Outbound, patience: timedelta) -> AsyncIterator[bool]:
        """Within it no other such message of its account is under way; False: the lane did not come free in time.

        Answers go side by side.
        """
        if message.urgency is Urgency.ANSWER:
            yield True
            return
        lane = self._lanes[message.address.platform]
        try:
            async with asyncio.timeout(patience.total_seconds()):
                await lane.acquire()
        except TimeoutError:
            yield False
            return
        try:
            yield True
        finally:
            lane.release()
