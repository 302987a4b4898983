"""One of several processes that could send; the service that outlives them notes who sent what."""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from core.clock import system_clock
from core.message import Outbound
from core.platform import Limits, Platform
from records.session import open_engine, opener
from scheduler.deliver import Deliverer
from scheduler.driving import Driver
from tests.fakes.mortal import Book
from tests.fakes.platform import FakePlatform

LIMITS = Limits(text=4096, per_second=1000.0, per_second_all=1000.0)


@dataclass
class NotedService(FakePlatform):
    """Writes a line "replica text" for each message before it answers."""

    limits: Limits = LIMITS
    replica: str = ""
    book: Book | None = None

    async def send(self, message: Outbound) -> str:
        assert self.book is not None
        self.book.note("accepted", f"{self.replica} {message.text}")
        await asyncio.sleep(0)
        return "m"


def live(url: str, folder: Path, replica: str, lease: timedelta) -> None:
    """Stand by, or send, until killed."""
    asyncio.run(_live(url, NotedService(replica=replica, book=Book(folder)), lease))


async def _live(url: str, service: NotedService, lease: timedelta) -> None:
    begin = opener(open_engine(url))
    platforms: dict[str, Platform] = {service.name: service}
    driver = Driver(begin, platforms, lease=lease, renewed=lease / 3)
    deliverer = Deliverer(begin, platforms, system_clock, drives=driver.drives)
    driver.on_more(deliverer.wake)

    async def look_now_and_then() -> None:
        """As the timetable does: what another process has stored."""
        while True:
            deliverer.wake()
            await asyncio.sleep(0.05)

    await asyncio.gather(driver.run(), deliverer.run(), look_now_and_then())
