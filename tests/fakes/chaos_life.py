"""A process that reminds and notices five hundred groups until it is killed; all it knows is in the database."""

import asyncio
import logging
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from pathlib import Path

import structlog

from bot.platforms.telegram import Telegram
from core.clock import VIETNAM, system_clock
from core.message import Address, Outbound, Urgency
from core.people import Level, Unit, UnitTree
from core.platform import Platform
from core.work import Head, Obligation, Passage, Plan, Rule, Shelved
from knowledge.index import Index
from records import known_keys, outbox
from records.outbox import Put
from records.session import Begin, open_engine, opener
from scheduler.afresh import Afresh
from scheduler.deliver import Deliverer
from scheduler.driving import Driver
from scheduler.reminders import Reminders

DAY = date(2023, 12, 5)
MORNING = datetime.combine(DAY, time(9), VIETNAM)
TASK = "Báo cáo số trẻ ăn bán trú"
LOOK_EVERY = 0.2  # seconds
_AT_ONCE = 50  # notices queued in one transaction


@dataclass(frozen=True, slots=True)
class Scene:
    """What outlives every process. `began`: when it was MORNING there; `lease` of who sends.

    All processes look into the folder for how many notices are to go to every group, and how far the clock was set on.
    """

    database: str
    service: str
    token: str
    groups: tuple[str, ...]
    folder: Path
    began: datetime
    lease: timedelta

    def orders(self, notices: int) -> None:
        _write(self.folder / "notices", notices)

    def sets_on(self, seconds: int) -> None:
        _write(self.folder / "set on", seconds)

    def ordered(self) -> int:
        return int((self.folder / "notices").read_text())

    def clock(self) -> datetime:
        """The same in all processes."""
        set_on = timedelta(seconds=int((self.folder / "set on").read_text()))
        return (MORNING + (system_clock() - self.began) + set_on).astimezone(UTC)


def _write(path: Path, number: int) -> None:
    """Whole, whenever somebody reads it."""
    fresh = path.with_suffix(".new")
    fresh.write_text(str(number))
    fresh.replace(path)


def units(schools: int) -> list[Unit]:
    """An office and so many schools."""
    office = Unit("PGD", "Phòng GDĐT huyện Thử", Level.DISTRICT)
    return [office, *(Unit(f"S{n}", f"MN Số {n}", Level.SCHOOL, "PGD") for n in range(schools))]


def notice(number: int, school: int) -> str:
    return f"Thông báo {number}, trường {school}"


def live(scene: Scene) -> None:
    """Stand by, or queue and send, until killed."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    asyncio.run(_live(scene))


async def _live(scene: Scene) -> None:
    begin = opener(open_engine(scene.database))
    telegram = Telegram.open(scene.token, scene.service)
    await telegram.connect()
    platforms: dict[str, Platform] = {telegram.name: telegram}
    driver = Driver(begin, platforms, lease=scene.lease, renewed=scene.lease / 3)
    index = _index(len(scene.groups))
    holds = Afresh(begin, lambda: index, scene.clock).holds
    deliverer = Deliverer(begin, platforms, scene.clock, drives=driver.drives, jitter=random.random, holds=holds)
    driver.on_more(deliverer.wake)
    reminders = Reminders(begin, lambda: index, scene.clock, deliverer.wake)

    async def queue_what_is_due() -> None:
        """As the timetable does, more often."""
        for notices in count():
            await reminders.work()
            while scene.ordered() <= notices:
                deliverer.wake()
                await asyncio.sleep(LOOK_EVERY)
            await _notice_all(begin, scene.groups, notices, scene.clock())

    await asyncio.gather(driver.run(), deliverer.run(), queue_what_is_due())


async def _notice_all(begin: Begin, groups: Sequence[str], number: int, now: datetime) -> None:
    """In some transactions; what a process that died had queued of it stays as it is."""
    for at in range(0, len(groups), _AT_ONCE):
        puts = [
            Put(
                Outbound(Address("telegram", groups[school]), notice(number, school), group=True, urgency=Urgency.BULK),
                f"notice:{number}:S{school}",
            )
            for school in range(at, min(at + _AT_ONCE, len(groups)))
        ]
        async with begin() as session:
            known = await known_keys.queued(session, [put.key for put in puts])
            await outbox.put_all(session, [put for put in puts if put.key not in known], now)


def _index(schools: int) -> Index:
    """Every school owes one thing by today."""
    head = Head(level=Level.DISTRICT, date=DAY - timedelta(days=30))
    passage = Passage(0, 1, TASK)
    task = Obligation(TASK, TASK, 1, 0, due=DAY, rule=Rule.BY, from_level=Level.SCHOOL)
    plan = Plan("kế hoạch.txt", head, (passage,), (task,))
    return Index.of([Shelved(1, "PGD", plan, DAY - timedelta(days=20))], UnitTree.of(units(schools)))
