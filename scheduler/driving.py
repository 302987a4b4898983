"""One process at a time sends for a chat service, and polls it; others stand by and take over when it falls silent."""

import asyncio
import time
import uuid
from collections.abc import Callable, Collection
from datetime import timedelta

import structlog

from records import drivers
from records.session import Begin

_log = structlog.get_logger()

LEASE = timedelta(seconds=10)
RENEWED = timedelta(seconds=3)  # so that two renewals may fail before it is lost


class Driver:
    """What this process holds.

    How long a lease lasts is counted here from before it was asked for, so it ends here before it ends for others.
    `seconds` is any clock that nobody sets.
    """

    def __init__(
        self,
        begin: Begin,
        platforms: Collection[str],
        seconds: Callable[[], float] = time.monotonic,
        lease: timedelta = LEASE,
        renewed: timedelta = RENEWED,
    ) -> None:
        self._begin = begin
        self._platforms = platforms
        self._seconds = seconds
        self._lease, self._renewed = lease, renewed
        self._holder = uuid.uuid4().hex
        self._held: set[str] = set()
        self._until = 0.0
        self._more = asyncio.Event()
        self._tell: Callable[[], None] = lambda: None

    def on_more(self, tell: Callable[[], None]) -> None:
        """Call this whenever there is a service more to send for."""
        self._tell = tell

    def drives(self, platform: str) -> bool:
        """Whether this process may send there now."""
        return platform in self._held and self._seconds() < self._until

    async def until_driving(self, platform: str) -> None:
        """Return once this process drives it."""
        while not self.drives(platform):
            self._more.clear()
            await self._more.wait()

    async def hold(self) -> None:
        """Take what is free and renew what is held. Raises what the database raises: what was held lasts on."""
        asked = self._seconds()
        async with self._begin() as session:
            held = await drivers.hold(session, self._platforms, self._holder, self._lease)
        before = {platform for platform in self._held if self.drives(platform)}
        self._held, self._until = held, asked + self._lease.total_seconds()
        if gained := held - before:
            _log.info("driving", platforms=sorted(gained))
            self._more.set()
            self._tell()
        if lost := before - held:
            _log.warning("driving.lost", platforms=sorted(lost))

    async def run(self) -> None:
        """Hold until cancelled, then give back; what is still being sent must have ended by then."""
        try:
            while True:
                try:
                    await self.hold()
                except Exception:
                    _log.exception("driving.database")
                await asyncio.sleep(self._renewed.total_seconds())
        finally:
            self._held = set()
            await self._give_back()

    async def _give_back(self) -> None:
        """Where that fails the others wait for the lease to end."""
        try:
            async with self._begin() as session:
                await drivers.give_back(session, self._holder)
        except Exception:
            _log.exception("driving.database")
