"""Polling: what came and how far we are is kept together; a service that fails is asked ever more rarely."""

import asyncio
from datetime import timedelta

import pytest

from bot.polling import pause, poll_forever, poll_once
from core.errors import Act, FetchFailed
from core.platform import Delivery
from records import alerts, inbox, offsets
from records.session import Begin
from tests.fakes.clock import StillClock


class FakeSource:
    """Gives its batches one by one; an exception among them is raised."""

    name = "fake"

    def __init__(self, *batches: list[str] | Exception) -> None:
        self.batches = list(batches)
        self.asked_for: list[str] = []
        self.empty = asyncio.Event()

    async def poll(self, offset: str) -> tuple[list[Delivery], str]:
        self.asked_for.append(offset)
        if not self.batches:
            self.empty.set()
            await asyncio.Event().wait()
        batch = self.batches.pop(0)
        if isinstance(batch, Exception):
            raise batch
        return [Delivery("fake", id, b"x") for id in batch], batch[-1] if batch else offset


async def _poll_all(source: FakeSource, begin: Begin, clock: StillClock) -> int:
    """Poll until the batches are used up; how often somebody was woken."""
    woken: list[None] = []
    poller = asyncio.create_task(
        poll_forever(source, begin, clock, lambda: woken.append(None), clock.sleep, lambda: 0.0)
    )
    await asyncio.wait_for(source.empty.wait(), 10)
    poller.cancel()
    await asyncio.wait([poller])
    return len(woken)


async def test_each_batch_is_asked_for_from_where_the_last_ended(begin: Begin, clock: StillClock) -> None:
    source = FakeSource(["1", "2"], [], ["3"])
    assert await _poll_all(source, begin, clock) == 2
    assert source.asked_for == ["", "2", "2", "3"]
    async with begin() as session:
        assert await offsets.read(session, "fake") == "3"
        assert not await inbox.store(session, Delivery("fake", "3", b"x"), clock())


async def test_only_the_process_that_drives_a_service_asks_it(begin: Begin, clock: StillClock) -> None:
    source, drives = FakeSource(["1"]), asyncio.Event()

    async def until_driving(platform: str) -> None:
        assert platform == "fake"
        waiting.set()
        await drives.wait()

    waiting = asyncio.Event()
    poller = asyncio.create_task(poll_forever(source, begin, clock, lambda: None, until_driving=until_driving))
    await waiting.wait()
    assert source.asked_for == []
    drives.set()
    await asyncio.wait_for(source.empty.wait(), 10)
    poller.cancel()
    await asyncio.wait([poller])
    assert source.asked_for == ["", "1"]


async def test_after_a_restart_polling_goes_on_where_it_was(begin: Begin, clock: StillClock) -> None:
    await _poll_all(FakeSource(["1"]), begin, clock)
    again = FakeSource()
    await _poll_all(again, begin, clock)
    assert again.asked_for == ["1"]


async def test_what_could_not_be_stored_is_not_confirmed(begin: Begin, clock: StillClock) -> None:
    class Broken(FakeSource):
        async def poll(self, offset: str) -> tuple[list[Delivery], str]:
            return [Delivery("fake", "1", b"x"), Delivery("fake", "2", None)], "2"  # type: ignore[arg-type]

    with pytest.raises(Exception, match="NULL|null"):
        await poll_once(Broken(), begin, clock, lambda: None)
    async with begin() as session:
        assert await offsets.read(session, "fake") == ""
        assert await inbox.store(session, Delivery("fake", "1", b"x"), clock())


async def test_a_failing_service_is_asked_again_and_later_each_time(begin: Begin, clock: StillClock) -> None:
    start = clock()
    source = FakeSource(FetchFailed("down"), FetchFailed("down"), ValueError("a bug"), ["1"], FetchFailed("down"))
    await _poll_all(source, begin, clock)
    assert source.asked_for == ["", "", "", "", "1", "1"]
    assert clock() - start == timedelta(seconds=1 + 2 + 4 + 1)


async def test_the_operator_hears_of_a_service_that_refuses_us_until_it_answers_again(
    begin: Begin, clock: StillClock
) -> None:
    refused = FetchFailed("the token was rejected", act=Act.OPERATOR)

    async def heard(*batches: list[str] | Exception) -> list[str]:
        await _poll_all(FakeSource(*batches), begin, clock)
        async with begin() as session:
            return [alert.key for alert in await alerts.open_alerts(session)]

    assert await heard(refused, refused, []) == []
    assert await heard(*[FetchFailed("down")] * 9) == []
    assert await heard(refused, refused, refused) == ["channel:fake"]
    assert await heard(refused, refused, refused, ["1"]) == []


def test_pauses_end_at_a_minute_and_a_half() -> None:
    assert [pause(n, 0.0).total_seconds() for n in (1, 2, 3, 7, 99)] == [1, 2, 4, 60, 60]
    assert pause(99, 1.0) == timedelta(seconds=90)
