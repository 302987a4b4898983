"""Fetching: what people send is kept once and confirmed once, whatever breaks on the way."""

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from errno import ENOSPC
from pathlib import Path
from typing import Any, BinaryIO

import pytest
from sqlalchemy import select

from bot.transactions import Transactions
from core.errors import FetchFailed
from core.evidence import Giver
from core.message import Address, FileRef
from core.people import UnitTree
from core.platform import Platform
from core.texts.files import empty
from core.texts.storage import FULL, waits
from handlers.files import QUIET
from knowledge.index import Index
from records import received, submissions
from records.alerts import open_alerts
from records.file_tables import FileRow, ReceivedRow
from records.files import FileStore
from records.home import Home
from records.session import Begin
from records.submissions import Part
from records.tables import OutboxRow
from scheduler.fetch import AGAIN as STORAGE_AGAIN
from scheduler.fetch import AT_ONCE, LEASE, MOST_ATTEMPTS, Fetcher
from scheduler.receipts import AGAIN, Receipts
from tests.fakes.bucket import Cloud
from tests.fakes.clock import START, StillClock
from tests.fakes.platform import FakePlatform

LAN = Giver(Address("fake", "lan"), "lan")
GROUP = Giver(Address("fake", "group", "7"), "lan", group=True)
PDF = b"%PDF-1.4 " + b"x" * 34_991


@dataclass
class Depot(FakePlatform):
    """A service that holds files; `faults` are raised by the next fetches, in order. A file cut short is torn."""

    held: dict[str, bytes] = field(default_factory=dict)
    faults: list[Exception] = field(default_factory=list)
    silent: asyncio.Event | None = None

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        if self.silent:
            await self.silent.wait()
        into.write(self.held[file.id][:10])
        if self.faults:
            raise self.faults.pop(0)
        into.write(self.held[file.id][10:])


class Desk:
    """What is wanted, who fetches it, and what people are told."""

    def __init__(
        self, begin: Begin, clock: StillClock, folder: Path, *others: FakePlatform, home: Home | None = None
    ) -> None:
        self.begin, self.clock, self.folder = begin, clock, folder
        self.depot = Depot(held={"p": PDF, "q": b"\xff\xd8\xff" + b"y" * 997, "empty": b""})
        platforms: dict[str, Platform] = {one.name: one for one in (self.depot, *others)}
        self.store = FileStore(folder, home)
        self.woken = 0
        self.faults: list[Exception] = []  # raised, in order, when a receipt asks for the index
        index = Index.of((), UnitTree.of(()))
        self.transactions = Transactions(begin)
        self.index = index
        self.receipts = Receipts(self.transactions, self._current_index, clock, self._told)
        self.fetcher = Fetcher(self.transactions, platforms, self.store, clock, self.receipts)

    def _current_index(self) -> Index:
        if self.faults:
            raise self.faults.pop(0)
        return self.index

    def _told(self) -> None:
        self.woken += 1

    async def wants(self, *sources: FileRef, giver: Giver = LAN, message: str = "1", album: str = "") -> None:
        async with self.begin() as session:
            if not await received.is_known(session, giver, message):
                part = Part(message_id=message, album=album, quiet=QUIET)
                submission = await submissions.join(session, giver, part, self.clock())
                await received.want(session, giver, sources, message, submission, self.clock())

    async def ends(self, worker: "asyncio.Task[None]") -> None:
        """Cancelled between two transactions, as the service does it."""
        self.transactions.close()
        await self.transactions.idle(timedelta(seconds=10))
        worker.cancel()
        with pytest.raises(asyncio.CancelledError):
            await worker

    async def passes(self, time: timedelta = QUIET) -> None:
        self.clock.move(time)
        while await self.fetcher.fetch_ready():
            pass

    async def said(self) -> list[str]:
        async with self.begin() as session:
            return list(await session.scalars(select(OutboxRow.text).order_by(OutboxRow.id)))

    async def rows(self) -> Sequence[ReceivedRow]:
        async with self.begin() as session:
            return (await session.scalars(select(ReceivedRow).order_by(ReceivedRow.id))).all()

    async def states(self) -> list[tuple[str, str]]:
        return [(row.name, row.state) for row in await self.rows()]

    def kept(self) -> list[bytes]:
        return sorted(path.read_bytes() for path in self.folder.rglob("*") if path.is_file())


def document(id: str = "p", name: str = "ke-hoach.pdf", **known: Any) -> FileRef:
    return FileRef("document", id, name, **known)


@pytest.fixture
def desk(begin: Begin, clock: StillClock, tmp_path: Path) -> Desk:
    return Desk(begin, clock, tmp_path / "files")


async def test_a_file_is_kept_and_then_confirmed(desk: Desk) -> None:
    await desk.wants(document(size=35_000, md5=hashlib.md5(PDF).hexdigest().upper()))
    assert await desk.said() == []
    await desk.passes()
    [row] = await desk.rows()
    assert await desk.said() == [f"Đã nhận ke-hoach.pdf (35 kB) lúc 08:00 ngày 04/12/2023. Mã: {row.code}."]
    assert (row.state, row.sha256, len(row.code)) == ("stored", hashlib.sha256(PDF).hexdigest(), 6)
    assert desk.kept() == [PDF]
    assert desk.woken == 1
    async with desk.begin() as session:
        assert [(one.size, one.mime) for one in await session.scalars(select(FileRow))] == [(35_000, "application/pdf")]


async def test_the_messages_of_an_album_get_one_receipt(desk: Desk) -> None:
    await desk.wants(document(), message="1")
    desk.clock.move(QUIET / 2)
    await desk.wants(FileRef("photo", "q"), message="2")
    await desk.passes(QUIET / 2)
    assert await desk.said() == []
    await desk.passes(QUIET / 2)
    [text] = await desk.said()
    assert text.startswith("Đã nhận 1 ảnh, ke-hoach.pdf (36 kB) lúc 08:00 ngày 04/12/2023. Mã: ")
    assert len({row.code for row in await desk.rows()}) == 1


async def test_a_picture_that_comes_long_after_its_album_gets_the_albums_code(desk: Desk) -> None:
    for message, source, album in (("1", "p", "A"), ("2", "q", "A"), ("3", "p", "B"), ("4", "q", "")):
        await desk.wants(FileRef("photo", source), message=message, album=album)
        await desk.passes(timedelta(seconds=9))
    codes = [row.code for row in await desk.rows()]
    assert (codes[0] == codes[1], len(set(codes))) == (True, 3)
    assert [text.rpartition(" ")[2] for text in await desk.said()] == [f"{code}." for code in codes]


async def test_a_message_that_comes_again_is_fetched_once(desk: Desk) -> None:
    for _ in range(2):
        await desk.wants(document())
        await desk.passes()
    assert await desk.states() == [("ke-hoach.pdf", "stored")]
    assert len(await desk.said()) == 1


async def test_the_same_bytes_sent_twice_are_kept_once_and_confirmed_twice(desk: Desk) -> None:
    for message in ("1", "2"):
        await desk.wants(document(), message=message)
        await desk.passes()
    assert desk.kept() == [PDF]
    assert len(await desk.said()) == 2


async def test_in_a_group_the_receipt_answers_the_message(desk: Desk) -> None:
    await desk.wants(document(), giver=GROUP, message="m9")
    await desk.passes()
    async with desk.begin() as session:
        [row] = await session.scalars(select(OutboxRow))
    assert (row.chat, row.thread, row.group, row.reply_to) == ("group", "7", True, "m9")


@pytest.mark.parametrize("fault", [FetchFailed("cut"), OSError("disk full"), KeyError("bug")], ids=repr)
async def test_a_broken_download_is_tried_again(desk: Desk, fault: Exception) -> None:
    desk.depot.faults = [fault]
    await desk.wants(document())
    await desk.passes()
    assert (await desk.states(), await desk.said(), desk.kept()) == ([("ke-hoach.pdf", "wanted")], [], [])
    await desk.passes(timedelta(seconds=5))
    assert (await desk.states(), len(await desk.said()), desk.kept()) == ([("ke-hoach.pdf", "stored")], 1, [PDF])


@pytest.mark.parametrize("wrong", [{"size": 34_999}, {"md5": "0" * 32}], ids=repr)
async def test_bytes_that_are_not_those_announced_are_not_kept(desk: Desk, wrong: dict[str, Any]) -> None:
    await desk.wants(document(**wrong))
    await desk.passes()
    [row] = await desk.rows()
    assert (row.state, row.reason, desk.kept(), await desk.said()) == ("wanted", "torn", [], [])


async def test_who_sent_a_file_that_stays_damaged_hears_of_it_within_a_minute(desk: Desk) -> None:
    await desk.wants(document(md5="0" * 32))
    for _ in range(6):
        await desk.passes(timedelta(seconds=10))
    assert await desk.states() == [("ke-hoach.pdf", "lost")]
    assert (await desk.said())[0].startswith("Tôi không lấy được ke-hoach.pdf, nên chưa lưu.")


async def test_a_file_that_is_whole_the_second_time_is_kept(desk: Desk) -> None:
    desk.depot.held["p"] = PDF[:-1]
    await desk.wants(document(size=len(PDF)))
    await desk.passes()
    desk.depot.held["p"] = PDF
    await desk.passes(timedelta(seconds=5))
    assert (await desk.states(), desk.kept()) == ([("ke-hoach.pdf", "stored")], [PDF])


async def test_an_empty_download_is_no_file(desk: Desk) -> None:
    await desk.wants(document("empty"))
    await desk.passes()
    assert (await desk.states(), await desk.said()) == ([("ke-hoach.pdf", "wanted")], [])
    for _ in range(3):
        await desk.passes(timedelta(seconds=20))  # within a minute
    assert await desk.said() == [empty(["ke-hoach.pdf"])]


@pytest.mark.parametrize("wrapped", [False, True])
async def test_while_the_disk_is_full_a_file_waits_and_operator_and_sender_know(desk: Desk, wrapped: bool) -> None:
    full: Exception = OSError(ENOSPC, "no room")
    if wrapped:
        full, cause = FetchFailed("OSError"), full
        full.__cause__ = cause
    desk.depot.faults = [full] * (MOST_ATTEMPTS + 1)
    await desk.wants(document())
    for _ in range(MOST_ATTEMPTS + 1):
        await desk.passes(STORAGE_AGAIN)
    [row] = await desk.rows()
    assert (row.state, row.attempts) == ("wanted", 0)
    async with desk.begin() as session:
        assert [alert.text for alert in await open_alerts(session)] == [FULL]
    assert await desk.said() == [waits(START)]
    await desk.passes(STORAGE_AGAIN)
    await desk.passes()
    [_, receipt] = await desk.said()
    assert receipt.startswith("Đã nhận ke-hoach.pdf")
    async with desk.begin() as session:
        assert await open_alerts(session) == []


async def test_what_is_gone_is_lost_and_said(desk: Desk) -> None:
    desk.depot.faults = [FetchFailed("expired", gone=True)]
    await desk.wants(document())
    await desk.passes()
    assert await desk.states() == [("ke-hoach.pdf", "lost")]
    assert await desk.said() == [
        "Tôi không lấy được ke-hoach.pdf, nên chưa lưu."
        " Thầy/cô gửi lại giúp tôi, hoặc nhắn /nop để lấy liên kết gửi tệp."
    ]


async def test_after_many_attempts_it_is_given_up(desk: Desk) -> None:
    desk.depot.faults = [FetchFailed("cut")] * MOST_ATTEMPTS
    await desk.wants(document())
    for _ in range(MOST_ATTEMPTS):
        await desk.passes(timedelta(hours=1))
    assert await desk.states() == [("ke-hoach.pdf", "lost")]
    assert len(await desk.said()) == 1


async def test_while_there_is_nowhere_to_keep_it_a_file_waits_however_long(
    begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud
) -> None:
    desk = Desk(begin, clock, tmp_path / "files", home=cloud.home())
    cloud.wire.cut()
    await desk.wants(document())
    for minute in range(MOST_ATTEMPTS + 1):
        assert len(await desk.said()) == (minute >= 10)
        await desk.passes(STORAGE_AGAIN)
    assert (await desk.states(), desk.kept()) == ([("ke-hoach.pdf", "wanted")], [])
    assert await desk.said() == [waits(START)]  # once
    [row] = await desk.rows()
    assert (row.attempts, row.reason) == (0, "storage")
    cloud.wire.mend()
    await desk.passes(STORAGE_AGAIN)
    await desk.passes()
    assert (await desk.states(), len(await desk.said())) == ([("ke-hoach.pdf", "stored")], 2)
    assert list(cloud.objects().values()) == [PDF]


async def test_while_there_is_nowhere_to_keep_it_no_more_is_fetched_than_shows_it(
    begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud
) -> None:
    desk = Desk(begin, clock, tmp_path / "files", home=cloud.home())
    cloud.wire.cut()
    await desk.wants(*(document("p", f"{number}.pdf") for number in range(3 * AT_ONCE)))
    desk.clock.move(QUIET)
    assert [await desk.fetcher.fetch_ready() for _ in range(3)] == [AT_ONCE, 0, 0]
    cloud.wire.mend()
    await desk.passes(STORAGE_AGAIN)
    await desk.passes(STORAGE_AGAIN)
    assert {state for _, state in await desk.states()} == {"stored"}


async def test_one_that_fails_does_not_hold_up_the_others_receipt(desk: Desk) -> None:
    desk.depot.faults = [FetchFailed("cut")]
    await desk.wants(document(), document("q", "b.jpg"))
    await desk.passes()
    [text] = await desk.said()
    assert "b.jpg" in text
    assert "ke-hoach.pdf" not in text
    await desk.passes(timedelta(seconds=5))
    assert "ke-hoach.pdf" in (await desk.said())[1]


async def test_a_lost_one_is_named_beside_those_that_were_kept(desk: Desk) -> None:
    desk.depot.faults = [FetchFailed("expired", gone=True)]
    await desk.wants(FileRef("photo", "p"), document("q", "b.jpg"))
    await desk.passes()
    [text] = await desk.said()
    received, lost = text.split("\n")
    assert received.startswith("Đã nhận b.jpg (1 kB)")
    assert lost.startswith("Tôi không lấy được ảnh, nên chưa lưu.")


async def test_files_of_others_are_told_to_the_others(desk: Desk) -> None:
    await desk.wants(document())
    await desk.wants(document("q", "b.jpg"), giver=Giver(Address("fake", "hoa"), "hoa"))
    await desk.passes()
    async with desk.begin() as session:
        rows = (await session.execute(select(OutboxRow.chat, OutboxRow.text))).all()
    assert sorted((chat, text.split()[2]) for chat, text in rows) == [("hoa", "b.jpg"), ("lan", "ke-hoach.pdf")]


async def test_a_claimed_file_is_left_to_its_process_until_the_lease_ends(desk: Desk) -> None:
    await desk.wants(document())
    desk.clock.move(QUIET)
    async with desk.begin() as session:
        assert len(await received.claim(session, "fake", desk.clock(), LEASE, 9)) == 1
    await desk.passes(LEASE - timedelta(seconds=1))
    assert await desk.states() == [("ke-hoach.pdf", "wanted")]
    await desk.passes(timedelta(seconds=1))
    assert await desk.states() == [("ke-hoach.pdf", "stored")]


async def test_two_that_settle_a_persons_last_files_at_once_give_one_receipt(desk: Desk) -> None:
    await desk.wants(*(document("p", f"{number}.pdf") for number in range(12)))
    desk.clock.move(QUIET)
    fetchers = [desk.fetcher, Fetcher(desk.begin, {"fake": desk.depot}, desk.store, desk.clock, desk.receipts)]
    while sum(await asyncio.gather(*(one.fetch_ready() for one in fetchers))):
        pass
    [text] = await desk.said()
    assert "7 tệp khác (420 kB)" in text


async def test_a_service_that_hangs_does_not_stop_the_others(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    hanging = Depot(name="hanging", silent=asyncio.Event(), held={"p": PDF})
    desk = Desk(begin, clock, tmp_path / "files", hanging)
    for number in range(10):
        await desk.wants(document(), giver=Giver(Address("hanging", "x"), "x"), message=str(number))
    await desk.wants(document())
    clock.move(QUIET)
    worker = asyncio.create_task(desk.fetcher.run())
    async with asyncio.timeout(10):
        while not desk.woken:  # noqa: ASYNC110  # another task's progress
            await asyncio.sleep(0.01)
    assert "ke-hoach.pdf" in (await desk.said())[0]
    await desk.ends(worker)
    assert desk.kept() == [PDF]


async def test_it_wakes_up_when_something_is_wanted(desk: Desk) -> None:
    worker = asyncio.create_task(desk.fetcher.run())
    await asyncio.sleep(0)
    await desk.wants(document())
    desk.clock.move(QUIET)
    desk.fetcher.wake()
    async with asyncio.timeout(10):
        while not desk.woken:  # noqa: ASYNC110  # another task's progress
            await asyncio.sleep(0.01)
    await desk.ends(worker)
    assert len(await desk.said()) == 1


async def test_a_receipt_that_cannot_be_given_holds_up_no_other_and_is_given_later(desk: Desk) -> None:
    desk.faults = [KeyError("bug")]
    await desk.wants(document())
    await desk.wants(document("q", "b.jpg"), giver=Giver(Address("fake", "hoa"), "hoa"))
    await desk.passes()
    [text] = await desk.said()
    assert "b.jpg" in text
    await desk.passes(AGAIN)
    assert "ke-hoach.pdf" in (await desk.said())[1]
