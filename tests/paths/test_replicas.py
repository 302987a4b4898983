"""Three processes on one PostgreSQL: one sends; killed in the midst of it, another one goes on, and nothing is lost."""

import asyncio
import multiprocessing
from collections.abc import Callable, Iterator
from datetime import timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

import pytest
from sqlalchemy import select

from core.clock import ShiftedClock, system_clock
from core.message import Address, Outbound
from core.platform import Platform
from records import outbox
from records.session import Begin
from records.tables import OutboxRow
from scheduler.deliver import Deliverer
from tests.fakes.mortal import Book
from tests.fakes.replica import NotedService, live

LEASE = timedelta(seconds=1)  # a tenth of the real one
MESSAGES, BEFORE = 400, 100

pytestmark = pytest.mark.parametrize("database_url", ["postgresql"], indirect=True)
_fork = multiprocessing.get_context("forkserver")


@pytest.fixture
def replicas(database_url: str, tmp_path: Path) -> Iterator[dict[str, ForkServerProcess]]:
    _fork.set_forkserver_preload(["tests.fakes.replica"])
    found = {name: _fork.Process(target=live, args=(database_url, tmp_path, name, LEASE)) for name in ("a", "b", "c")}
    for process in found.values():
        process.start()
    yield found
    for process in found.values():
        process.kill()
        process.join()


async def test_another_one_takes_over_and_nothing_is_lost(
    begin: Begin, replicas: dict[str, ForkServerProcess], tmp_path: Path
) -> None:
    book = Book(tmp_path)
    await _put(begin, MESSAGES)
    await _until(lambda: len(book.read("accepted")) >= BEFORE)
    (driver,) = _senders(book.read("accepted"))
    replicas[driver].kill()
    replicas[driver].join()
    sent = len(book.read("accepted"))
    assert sent < MESSAGES, "it was too quick to be killed in the midst"
    await _until(lambda: len(book.read("accepted")) > sent)
    await _until_only_the_dead_ones_wait(begin)

    (heir,) = _senders(book.read("accepted")[sent:])
    assert heir != driver
    await _deliver_the_rest(begin, book)  # once the claims of the dead process have run out
    texts = [line.split()[1] for line in book.read("accepted")]
    assert set(texts) == {str(number) for number in range(MESSAGES)}
    assert len(texts) - MESSAGES <= 50  # those that it had in hand: accepted, or not; nobody knows


async def _put(begin: Begin, count: int) -> None:
    async with begin() as session:
        for number in range(count):
            message = Outbound(Address("fake", f"chat {number}"), str(number))
            await outbox.put(session, message, f"broadcast:{number}", system_clock())


def _senders(lines: list[str]) -> set[str]:
    return {line.split()[0] for line in lines}


async def _until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110  # other processes send no events
            await asyncio.sleep(0.01)


async def _until_only_the_dead_ones_wait(begin: Begin) -> None:
    async with asyncio.timeout(20):
        while True:
            async with begin() as session:
                ready = select(OutboxRow.id).where(OutboxRow.state == "waiting", OutboxRow.ready_at <= system_clock())
                if not (await session.scalars(ready)).all():
                    return
            await asyncio.sleep(0.05)


async def _deliver_the_rest(begin: Begin, book: Book) -> None:
    platforms: dict[str, Platform] = {"fake": NotedService(replica="later", book=book)}
    deliverer = Deliverer(begin, platforms, ShiftedClock(system_clock() + timedelta(minutes=1)))
    while await deliverer.deliver_ready():
        pass
