"""Sending: in order, at the pace allowed, and what is done when a service refuses or nobody knows."""

import asyncio
from collections.abc import Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from core.errors import SendFailed
from core.message import Address, FileOut, Outbound, StoredFile
from core.platform import Limits, Platform
from records import groups, outbox
from records.home import Unreachable
from records.session import Begin, Session
from records.tables import OutboxRow, UnitRow
from scheduler import deliver
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform, LosesTheAnswer

SECOND = timedelta(seconds=1)


def lying(file: StoredFile) -> FileOut:
    return FileOut(file.name, file.mime, file.size, Path(file.name), "")


class Post:
    """An outbox, its worker and the service it sends through."""

    def __init__(self, begin: Begin, clock: StillClock, platform: FakePlatform | None = None) -> None:
        self.begin = begin
        self.clock = clock
        self.platform = platform or FakePlatform()
        platforms: dict[str, Platform] = {"fake": self.platform}
        self.trouble: dict[str, Exception] = {}  # by the name of the file
        self.deliverer = Deliverer(begin, platforms, clock, clock.sleep, self._attach, jitter=lambda: self.jitter)
        self.jitter = 0.0
        self._number = 0

    async def _attach(self, file: StoredFile) -> FileOut:
        if file.name in self.trouble:
            raise self.trouble[file.name]
        return lying(file)

    async def put(
        self, chat: str, text: str, key: str = "broadcast", group: bool = False, files: Sequence[str] = ()
    ) -> None:
        self._number += 1
        async with self.begin() as session:
            message = Outbound(Address("fake", chat), text, group=group)
            stored = [StoredFile("a" * 64, name, "image/jpeg", 3) for name in files]
            await outbox.put(session, message, f"{key}:{self._number}", self.clock(), stored=stored)

    async def deliver(self) -> None:
        while await self.deliverer.deliver_ready():
            pass

    async def deliver_for(self, time: timedelta) -> None:
        """As if this time passed: what becomes ready in it is sent when it is."""
        end = self.clock() + time
        await self.deliver()
        while (ready_at := await self.next_ready()) is not None and ready_at <= end:
            self.clock.now = ready_at
            await self.deliver()
        self.clock.now = end

    async def next_ready(self) -> datetime | None:
        async with self.begin() as session:
            return await outbox.next_ready(session, ["fake"], self.clock())

    async def states(self) -> list[str]:
        async with self.begin() as session:
            return list(await session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))


@pytest.fixture
def post(begin: Begin, clock: StillClock) -> Post:
    return Post(begin, clock)


async def test_messages_arrive_in_order_and_are_marked_with_the_services_id(post: Post) -> None:
    for text in "abc":
        await post.put("lan", text)
    await post.deliver()
    assert post.platform.read_by("lan") == ["a", "b", "c"]
    async with post.begin() as session:
        rows = (await session.execute(select(OutboxRow.state, OutboxRow.service_id))).all()
    assert [tuple(row) for row in rows] == [("sent", "m1"), ("sent", "m2"), ("sent", "m3")]


async def test_one_round_sends_one_message_to_each_chat(post: Post) -> None:
    for chat, text in (("lan", "a"), ("mai", "b"), ("lan", "c")):
        await post.put(chat, text)
    assert [await post.deliverer.deliver_ready() for _ in range(3)] == [2, 1, 0]


async def test_a_chat_gets_one_message_a_second(post: Post) -> None:
    start = post.clock()
    for text in "abc":
        await post.put("lan", text)
    await post.deliver()
    assert post.clock() - start == 2 * SECOND


async def test_a_group_gets_eighteen_in_a_minute_and_the_rest_later(post: Post) -> None:
    for number in range(20):
        await post.put("group", str(number), group=True)
    await post.deliver_for(59 * SECOND)
    assert len(post.platform.read_by("group")) == 18
    await post.deliver_for(5 * SECOND)
    assert post.platform.read_by("group") == [str(number) for number in range(20)]


async def test_a_throttled_message_is_sent_when_the_service_says_and_not_overtaken(post: Post) -> None:
    post.platform.failures = [SendFailed("429", 37 * SECOND)]
    await post.put("lan", "a")
    await post.put("lan", "b")
    await post.deliver_for(36 * SECOND)
    assert post.platform.read_by("lan") == []
    await post.deliver_for(2 * SECOND)
    assert post.platform.read_by("lan") == ["a", "b"]


async def test_other_chats_go_on_while_one_waits(post: Post) -> None:
    post.platform.failures = [SendFailed("429", 37 * SECOND)]
    await post.put("lan", "a")
    await post.deliver()
    await post.put("mai", "b")
    await post.deliver()
    assert post.platform.read_by("mai") == ["b"]


async def test_where_the_service_wants_no_message_at_all_nothing_is_sent_until_then(post: Post) -> None:
    post.platform.failures = [SendFailed("-32", 37 * SECOND, too_fast=True, everywhere=True)]
    await post.put("lan", "a")
    await post.deliver()
    await post.put("mai", "b")
    await post.deliver_for(36 * SECOND)
    assert post.platform.sent == []
    await post.deliver_for(2 * SECOND)
    assert (post.platform.read_by("lan"), post.platform.read_by("mai")) == (["a"], ["b"])


async def test_repeated_failures_are_tried_ever_more_rarely_and_at_last_given_up(post: Post) -> None:
    post.platform.failures = [SendFailed("busy", SECOND) for _ in range(100)]
    await post.put("lan", "a")
    pauses = []
    while await post.states() == ["waiting"]:
        await post.deliver()
        start = post.clock()
        post.clock.now = await post.next_ready() or start
        pauses.append((post.clock() - start).total_seconds())
    assert pauses == [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 0]
    assert await post.states() == ["failed"]


async def test_processes_that_died_with_it_in_hand_do_not_use_up_its_attempts(post: Post) -> None:
    await post.put("lan", "a")
    for _ in range(20):
        async with post.begin() as session:
            assert await outbox.claim(session, ["fake"], post.clock(), 30 * SECOND, 10)
        post.clock.move(31 * SECOND)
    post.platform.failures = [SendFailed("busy", SECOND)]
    await post.deliver_for(5 * SECOND)
    assert await post.states() == ["sent"]


async def test_what_came_too_soon_waits_as_long_as_the_service_says_each_time(post: Post) -> None:
    await post.put("lan", "a")
    post.platform.failures = [SendFailed("429", 2 * SECOND, too_fast=True) for _ in range(6)]
    await post.deliver_for(13 * SECOND)
    assert post.platform.read_by("lan") == ["a"]


async def test_what_failed_together_is_not_tried_again_together(post: Post) -> None:
    post.jitter = 1.0
    post.platform.failures = [SendFailed("busy", 8 * SECOND)]
    await post.put("lan", "a")
    await post.deliver()
    assert await post.next_ready() == post.clock() + 10 * SECOND


async def test_a_refused_message_is_given_up_and_the_next_goes_out(post: Post) -> None:
    post.platform.failures = [SendFailed("blocked")]
    await post.put("lan", "a")
    await post.put("lan", "b")
    await post.deliver()
    assert post.platform.read_by("lan") == ["b"]
    assert await post.states() == ["failed", "sent"]


@pytest.mark.parametrize("key", ["reply", "receipt", "confirm", "settled"])
async def test_what_a_person_waits_for_is_repeated_once_where_nobody_knows_whether_it_arrived(
    begin: Begin, clock: StillClock, key: str
) -> None:
    post = Post(begin, clock, LosesTheAnswer(times=5))
    await post.put("lan", "a", key)
    await post.deliver_for(timedelta(minutes=5))
    assert post.platform.read_by("lan") == ["a", "a"]
    assert await post.states() == ["unknown"]


@pytest.mark.parametrize(
    ("key", "group"), [("reply", True), ("receipt", True), ("broadcast", True), ("broadcast", False)]
)
async def test_what_goes_to_a_group_or_was_not_asked_for_is_not_repeated(
    begin: Begin, clock: StillClock, key: str, group: bool
) -> None:
    post = Post(begin, clock, LosesTheAnswer(times=5))
    await post.put("lan", "a", key, group)
    await post.deliver_for(timedelta(minutes=5))
    assert post.platform.read_by("lan") == ["a"]
    assert await post.states() == ["unknown"]


async def test_a_bug_in_a_platform_stops_neither_the_worker_nor_the_others(post: Post) -> None:
    post.platform.failures = [KeyError("a bug")]
    await post.put("lan", "a")
    await post.put("mai", "b")
    with capture_logs() as logs:
        await post.deliver()
    assert sorted(await post.states()) == ["sent", "unknown"]
    assert "deliver.bug" in [entry["event"] for entry in logs]


async def test_a_send_that_never_ends_is_cut_off(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deliver, "SEND_TIMEOUT", timedelta(milliseconds=20))
    post.platform.hanging = {"lan"}
    await post.put("lan", "a")
    await post.deliver()
    assert await post.states() == ["unknown"]


async def test_a_group_that_moved_gets_it_in_its_new_chat_at_once(post: Post) -> None:
    post.platform.failures = [SendFailed("upgraded", moved_to="super")]
    async with post.begin() as session:
        session.add(UnitRow(code="MN1", name="MN1", level="school"))
        await session.flush()
        await groups.bind(session, Address("fake", "group"), "MN1")
    await post.put("group", "a", group=True)
    await post.put("group", "b", group=True)
    await post.deliver()
    assert post.platform.read_by("super") == ["a", "b"]
    async with post.begin() as session:
        assert await groups.unit_of(session, Address("fake", "super")) == "MN1"


async def test_a_chat_that_moves_for_ever_is_given_up(post: Post) -> None:
    post.platform.failures = [SendFailed("upgraded", moved_to="lan") for _ in range(100)]
    await post.put("lan", "a")
    await post.deliver()
    assert await post.states() == ["failed"]


async def test_a_slow_platform_takes_what_its_limits_say(begin: Begin, clock: StillClock) -> None:
    post = Post(begin, clock, FakePlatform(limits=Limits(text=100, per_second=0.1)))
    await post.put("lan", "a")
    await post.put("lan", "b")
    await post.deliver_for(9 * SECOND)
    assert post.platform.read_by("lan") == ["a"]
    await post.deliver_for(3 * SECOND)
    assert post.platform.read_by("lan") == ["a", "b"]


async def test_the_worker_sends_what_it_is_woken_for_while_another_chat_hangs(post: Post) -> None:
    post.platform.hanging = {"lan"}
    worker = asyncio.create_task(post.deliverer.run())
    await post.put("lan", "a")
    post.deliverer.wake()
    await asyncio.sleep(0)
    await post.put("mai", "b")
    await post.put("mai", "c")
    post.deliverer.wake()
    await post.platform.until_read("mai", ["b", "c"])
    assert post.platform.read_by("lan") == []
    next(iter(post.deliverer._under_way)).cancel()
    worker.cancel()
    await asyncio.wait([worker])


async def test_stopping_waits_for_what_is_being_sent(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    started, go_on = asyncio.Event(), asyncio.Event()

    async def slow(message: Outbound) -> str:
        started.set()
        await go_on.wait()
        return "m1"

    monkeypatch.setattr(post.platform, "send", slow)
    await post.put("lan", "a")
    worker = asyncio.create_task(post.deliverer.run())
    await started.wait()
    worker.cancel()
    await asyncio.sleep(0)
    go_on.set()
    await asyncio.wait([worker])
    assert await post.states() == ["sent"]


async def test_the_worker_survives_a_database_that_fails(begin: Begin, clock: StillClock) -> None:
    post = Post(begin, clock)
    failed = asyncio.Event()

    def begin_after_one_failure() -> AbstractAsyncContextManager[Session]:
        if not failed.is_set():
            failed.set()
            raise OSError("no database")
        return begin()

    deliverer = Deliverer(begin_after_one_failure, {"fake": post.platform}, clock)
    await post.put("lan", "a")
    with capture_logs() as logs:
        worker = asyncio.create_task(deliverer.run())
        await failed.wait()
        deliverer.wake()
        await post.platform.until_read("lan", ["a"])
    worker.cancel()
    await asyncio.wait([worker])
    assert "deliver.database" in [entry["event"] for entry in logs]


async def test_files_that_cannot_be_had_hold_up_nobody_and_are_named(begin: Begin, clock: StillClock) -> None:
    post = Post(begin, clock)
    post.trouble = {"b.jpg": FileNotFoundError(), "c.jpg": Unreachable("trouble"), "d.jpg": OSError(28, "full")}
    await post.put("lan", "Đây là minh chứng.", files=["a.jpg", "b.jpg", "c.jpg", "d.jpg"])
    await post.put("lan", "Còn gì nữa không?")
    await post.deliver_for(10 * SECOND)
    first, second = post.platform.sent
    assert first.text == (
        "Đây là minh chứng.\n\n"
        "Không còn trên máy chủ: b.jpg.\n"
        "Chưa mở được: c.jpg, d.jpg. Thầy/cô hỏi lại sau ít phút giúp tôi."
    )
    assert [file.name for file in first.files] == ["a.jpg"]
    assert second.text == "Còn gì nữa không?"
    assert await post.states() == ["sent", "sent"]
