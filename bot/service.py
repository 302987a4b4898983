"""The wiring: settings -> database -> index -> platforms -> receiver, deliverer, timetable, web; start and stop."""

import asyncio
import signal
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from errno import EADDRINUSE
from typing import Any

from aiohttp import web

from bot.receive import Receiver
from core.clock import Clock
from core.errors import BadInput
from core.platform import Platform
from core.texts import commands as texts
from knowledge.shelf import Shelf
from records.documents import revision
from records.session import Begin
from scheduler.deliver import Deliverer
from scheduler.jobs import timetable
from scheduler.reindex import keep_fresh, reindex
from web.app import build
from web.demo import DemoSite

Loop = Coroutine[Any, Any, None]
Wake = Callable[[], None]


@dataclass(frozen=True)
class Service:
    """Everything that runs together."""

    begin: Begin
    clock: Clock
    platforms: Mapping[str, Platform]
    demo: DemoSite | None = None
    shelf: Shelf = field(default_factory=Shelf)
    connected: dict[str, bool] = field(default_factory=dict)  # channels that have answered, by name

    async def run(
        self,
        listening: socket.socket,
        channels: Sequence[Callable[[Wake], Loop]],
        on_start: Callable[[], Awaitable[None]],
        stop: asyncio.Event,
    ) -> None:
        """Work until `stop` is set, then end in order. Each of `channels` is given the receiver's `wake`."""
        deliverer = Deliverer(self.begin, self.platforms, self.clock)
        receiver = Receiver(self.begin, self.platforms, self.shelf.current, self.clock, deliverer.wake)
        await reindex(self.begin, self.shelf)
        site = build(platforms=self.platforms, store=receiver.store, ready=self._ready, demo=self.demo)
        jobs = timetable(self.begin, self.clock, (receiver.wake, deliverer.wake))
        async with _serving(site, listening):
            jobs.start()
            try:
                await on_start()
                own = [receiver.run(), deliverer.run(), keep_fresh(self.begin, self.shelf)]
                await _until(stop, [*own, *(channel(receiver.wake) for channel in channels)])
            finally:
                jobs.shutdown(wait=False)

    def note(self, channel: str, works: bool) -> None:
        """What /readyz says of this channel from now on."""
        self.connected[channel] = works

    async def _ready(self) -> Mapping[str, bool]:
        """The parts of /readyz."""
        database = False
        with suppress(Exception):
            async with self.begin() as session:
                await revision(session)
                database = True
        return {"database": database, "index": self.shelf.revision >= 0, **self.connected}


def listen(host: str, port: int) -> socket.socket:
    """A socket that waits at this address. Raises BadInput where that cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        taken = error.errno == EADDRINUSE
        raise BadInput(texts.port_taken(port) if taken else texts.cannot_listen(host, port)) from None


def stop_on_signals() -> asyncio.Event:
    """Set by Ctrl+C or SIGTERM, where the system has such signals."""
    stop = asyncio.Event()
    for name in (signal.SIGINT, signal.SIGTERM):
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(name, stop.set)
    return stop


@asynccontextmanager
async def _serving(site: web.Application, listening: socket.socket) -> AsyncIterator[None]:
    runner = web.AppRunner(site, access_log=None, shutdown_timeout=5.0)  # seconds
    await runner.setup()
    try:
        await web.SockSite(runner, listening).start()
        yield
    finally:
        await runner.cleanup()


async def _until(stop: asyncio.Event, loops: Sequence[Loop]) -> None:
    """Run the loops until `stop`; one that fails ends them all and its error is raised."""
    tasks = [asyncio.create_task(loop) for loop in loops]
    waiting = asyncio.create_task(stop.wait())
    await asyncio.wait([waiting, *tasks], return_when=asyncio.FIRST_COMPLETED)
    for task in (waiting, *tasks):
        task.cancel()
    for ended in await asyncio.gather(waiting, *tasks, return_exceptions=True):
        if isinstance(ended, Exception):
            raise ended
