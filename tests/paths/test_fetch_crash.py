"""Killed while a file is fetched, kept or confirmed: once it is back, the file is there once, with one receipt."""

import asyncio
import multiprocessing
import signal
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import select

from bot.receive import Receiver
from core.message import FileRef
from core.people import UnitTree
from core.platform import Limits, Platform
from handlers.files import ALBUM_QUIET
from knowledge.index import Index
from records.file_tables import ReceivedRow
from records.files import FileStore
from records.session import Begin, open_engine, opener
from records.tables import OutboxRow
from scheduler.deliver import Deliverer
from scheduler.fetch import LEASE, Fetcher
from scheduler.receipts import Receipts
from tests.fakes.clock import START, StillClock
from tests.fakes.mortal import Book, Fuse, OutlivingService, mortal_begin
from tests.fakes.school import OFFICE, SCHOOL, School

PDF = b"%PDF-1.4\n" + bytes(range(256)) * 4000
KILLS = [
    ("half fetched", 1),
    ("half fetched", 1),
    ("fetched", 1),
    *(("before commit", count) for count in (1, 2, 3, 4)),  # stored, looked at, claimed, kept
    *(("after commit", count) for count in (3, 4)),
    ("before the send", 1),
]

_fork = multiprocessing.get_context("forkserver")


@dataclass
class Depot(OutlivingService):
    """Holds one file, and hands it out in two halves."""

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        into.write(PDF[: len(PDF) // 2])
        into.flush()
        self.fuse.passes("half fetched")
        into.write(PDF[len(PDF) // 2 :])
        self.fuse.passes("fetched")


def _live(url: str, folder: Path, moment: str, count: int, life: int) -> None:
    """Receive, fetch, confirm, until all is done or the moment comes; every life begins when the last one's lease ends.

    The service gives the message once more in every life, as one does whose acknowledgement was lost.
    """
    asyncio.run(_work(url, folder, Fuse(moment, count), StillClock(START + life * (LEASE + timedelta(minutes=1)))))


async def _work(url: str, folder: Path, fuse: Fuse, clock: StillClock) -> None:
    engine = open_engine(url)
    begin = mortal_begin(opener(engine), fuse)
    depot = Depot(limits=Limits(text=4096, files_in=20_000_000, per_second=1000.0), book=Book(folder), fuse=fuse)
    platforms: dict[str, Platform] = {depot.name: depot}
    index = Index.of((), UnitTree.of((OFFICE, SCHOOL)))
    deliverer = Deliverer(begin, platforms, clock, clock.sleep)
    receiver = Receiver(begin, platforms, lambda: index, clock, deliverer.wake)
    receipts = Receipts(begin, lambda: index, clock, deliverer.wake)
    fetcher = Fetcher(begin, platforms, FileStore(folder / "files"), clock, receipts)
    file = {"kind": "document", "id": "a", "name": "a.pdf", "size": len(PDF)}
    about: dict[str, Any] = {"chat": "lan", "sender": "lan", "kind": "file", "message_id": "1", "files": [file]}
    await receiver.store([depot.delivery("u1", **about)])
    while await receiver.handle_next():
        pass
    while await fetcher.fetch_ready():
        pass
    clock.move(ALBUM_QUIET)
    while await fetcher.fetch_ready():
        pass
    while await deliverer.deliver_ready():
        pass
    await engine.dispose()


def _ends(url: str, folder: Path, moment: str, count: int, life: int) -> int | None:
    """The exit code of a life in a process of its own, negative: the signal that killed it."""
    process = _fork.Process(target=_live, args=(url, folder, moment, count, life))
    process.start()
    process.join(30)
    code = process.exitcode
    process.kill()
    process.join()
    process.close()
    return code


async def test_a_file_is_received_once_with_one_receipt_however_often_its_fetcher_is_killed(
    database_url: str, begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    await School(begin, clock).opens()
    for life, (moment, count) in enumerate(KILLS):
        assert _ends(database_url, tmp_path, moment, count, life) == -signal.SIGKILL, (moment, count)
    assert _ends(database_url, tmp_path, "never", 1, len(KILLS)) == 0

    assert len(Book(tmp_path).read("accepted")) == 1
    async with begin() as session:
        [row] = (await session.scalars(select(ReceivedRow))).all()
        [receipt] = (await session.scalars(select(OutboxRow))).all()
    assert (row.name, row.state, receipt.state) == ("a.pdf", "stored", "sent")
    assert f"Mã: {row.code}" in receipt.text
    assert [path.read_bytes() for path in (tmp_path / "files").rglob("*") if path.is_file()] == [PDF]
