"""A process with a receiver and a deliverer that is killed at a chosen moment, and the service that outlives it."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from sqlalchemy import func, select

from bot.receive import Receiver
from core.message import Inbound, Outbound, Reply
from core.people import UnitTree
from core.platform import Limits, Platform
from handlers.context import Context
from handlers.route import Choose
from knowledge.index import Index
from records.session import Begin, Session, open_engine, opener
from records.tables import DeliveryRow, OutboxRow
from scheduler.deliver import Deliverer
from tests.fakes.clock import START, StillClock
from tests.fakes.platform import FakePlatform

MOMENTS = ("before begin", "before commit", "after commit", "in the handler", "before the send", "after the send")


@dataclass
class Fuse:
    """Kills its own process, without any farewell, the `count`-th time that `moment` comes."""

    moment: str
    count: int

    def passes(self, moment: str) -> None:
        self.count -= moment == self.moment
        if self.count == 0:
            os.kill(os.getpid(), signal.SIGKILL)


@dataclass
class Book:
    """What the service remembers while processes die: a line for each update acknowledged and message accepted."""

    folder: Path

    def note(self, page: str, line: str) -> None:
        with (self.folder / page).open("a") as file:
            file.write(f"{line.replace(chr(10), ' ')}\n")

    def read(self, page: str) -> list[str]:
        path = self.folder / page
        return path.read_text().splitlines() if path.exists() else []


@dataclass
class OutlivingService(FakePlatform):
    """Accepts messages into the book. An update is given again until it is acknowledged."""

    book: Book = field(default_factory=lambda: Book(Path()))
    fuse: Fuse = field(default_factory=lambda: Fuse("", 0))

    async def send(self, message: Outbound) -> str:
        self.fuse.passes("before the send")
        self.book.note("accepted", message.text)
        self.fuse.passes("after the send")
        return "m"

    async def hand_over(self, receiver: Receiver, updates: Sequence[tuple[str, str]]) -> None:
        acknowledged = set(self.book.read("acknowledged"))
        for chat, text in updates:
            if text not in acknowledged:
                await receiver.store([self.delivery(text, chat=chat, sender=chat, text=text)])
                self.book.note("acknowledged", text)


def live(url: str, folder: Path, updates: Sequence[tuple[str, str]], moment: str, count: int, life: int) -> None:
    """Work until all is done, or until the moment has come `count` times. Every life begins a minute later."""
    asyncio.run(_live(url, Book(folder), updates, Fuse(moment, count), StillClock(START + life * timedelta(minutes=1))))


async def _live(url: str, book: Book, updates: Sequence[tuple[str, str]], fuse: Fuse, clock: StillClock) -> None:
    engine = open_engine(url)
    begin = mortal_begin(opener(engine), fuse)
    service = OutlivingService(limits=Limits(text=4096, per_second=1000.0), book=book, fuse=fuse)
    platforms: dict[str, Platform] = {service.name: service}
    index = Index.of((), UnitTree.of(()))
    deliverer = Deliverer(begin, platforms, clock, clock.sleep)
    receiver = Receiver(begin, platforms, lambda: index, clock, deliverer.wake, choose=_choosing(fuse))
    workers = [asyncio.create_task(receiver.run()), asyncio.create_task(deliverer.run())]
    await service.hand_over(receiver, updates)
    async with asyncio.timeout(20):
        while await _unfinished(opener(engine)):  # noqa: ASYNC110  # the end of all work is no event
            await asyncio.sleep(0.02)
    for worker in workers:
        worker.cancel()
    await asyncio.wait(workers)
    await engine.dispose()


def mortal_begin(begin: Begin, fuse: Fuse) -> Begin:
    @asynccontextmanager
    async def mortal() -> AsyncIterator[Session]:
        fuse.passes("before begin")
        async with begin() as session:
            yield session
            await session.flush()
            fuse.passes("before commit")
        fuse.passes("after commit")

    return mortal


def _choosing(fuse: Fuse) -> Choose:
    async def echo(message: Inbound, ctx: Context) -> Reply:
        fuse.passes("in the handler")
        return Reply(message.text)

    return lambda message, ctx: echo


async def _unfinished(begin: Begin) -> int:
    async with begin() as session:
        new = await session.scalar(select(func.count()).where(DeliveryRow.state == "new"))
        waiting = await session.scalar(select(func.count()).where(OutboxRow.state == "waiting"))
    return (new or 0) + (waiting or 0)
