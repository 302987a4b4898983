"""One process sends for a service; when it falls silent another one does, and never both."""

import asyncio
from datetime import timedelta

import pytest

from core.message import Address, Outbound
from core.platform import Platform
from records import drivers, outbox
from records.session import Begin
from scheduler.deliver import Deliverer
from scheduler.driving import LEASE, Driver
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform


class Seconds:
    """A clock that nobody sets but the test."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


def _driver(begin: Begin, seconds: Seconds, *platforms: str) -> Driver:
    return Driver(begin, platforms or ("fake",), seconds)


async def _all_run_out(begin: Begin) -> None:
    """By the database's clock, which no test can set."""
    async with begin() as session:
        await drivers.end_all(session)


async def test_the_first_to_come_drives_and_the_second_stands_by(begin: Begin, seconds: Seconds) -> None:
    first, second = _driver(begin, seconds), _driver(begin, seconds)
    for _ in range(3):
        await first.hold()
        await second.hold()
        assert (first.drives("fake"), second.drives("fake")) == (True, False)


async def test_whoever_stands_by_takes_over_once_the_lease_has_run_out(begin: Begin, seconds: Seconds) -> None:
    first, second = _driver(begin, seconds), _driver(begin, seconds)
    await first.hold()
    await _all_run_out(begin)
    await second.hold()
    await first.hold()
    assert (first.drives("fake"), second.drives("fake")) == (False, True)


async def test_a_process_that_cannot_renew_stops_by_itself(begin: Begin, seconds: Seconds) -> None:
    driver = _driver(begin, seconds)
    await driver.hold()
    seconds.now += LEASE.total_seconds() - 0.1
    assert driver.drives("fake")
    seconds.now += 0.1
    assert not driver.drives("fake")
    await driver.hold()
    assert driver.drives("fake")


async def test_services_are_held_one_by_one(begin: Begin, seconds: Seconds) -> None:
    telegram, both = _driver(begin, seconds, "telegram"), _driver(begin, seconds, "telegram", "zalo_bot")
    await telegram.hold()
    await both.hold()
    assert [both.drives(name) for name in ("telegram", "zalo_bot", "other")] == [False, True, False]


async def test_two_that_come_at_once_are_not_both_let_in(begin: Begin, seconds: Seconds) -> None:
    drivers = [_driver(begin, seconds, "a", "b", "c") for _ in range(5)]
    await asyncio.gather(*(driver.hold() for driver in drivers))
    assert all(sum(driver.drives(name) for driver in drivers) == 1 for name in "abc")


async def test_who_is_stopped_gives_back_and_another_begins_at_once(begin: Begin, seconds: Seconds) -> None:
    first, second = _driver(begin, seconds), _driver(begin, seconds)
    begun = asyncio.Event()
    first.on_more(begun.set)
    running = asyncio.create_task(first.run())
    await asyncio.wait_for(begun.wait(), 10)
    running.cancel()
    await asyncio.wait([running])
    await second.hold()
    assert (first.drives("fake"), second.drives("fake")) == (False, True)
    await asyncio.wait_for(second.until_driving("fake"), 1)


async def test_only_the_one_that_drives_sends(begin: Begin, clock: StillClock, seconds: Seconds) -> None:
    platform = FakePlatform()
    platforms: dict[str, Platform] = {"fake": platform}
    first, second = _driver(begin, seconds), _driver(begin, seconds)
    await first.hold()
    await second.hold()
    async with begin() as session:
        await outbox.put(session, Outbound(Address("fake", "lan"), "a"), "reply:1", clock())
    assert await Deliverer(begin, platforms, clock, clock.sleep, drives=second.drives).deliver_ready() == 0
    assert await Deliverer(begin, platforms, clock, clock.sleep, drives=first.drives).deliver_ready() == 1
    assert platform.read_by("lan") == ["a"]


async def test_a_message_that_waits_for_its_turn_is_left_to_the_next_driver(
    begin: Begin, clock: StillClock, seconds: Seconds
) -> None:
    platform = FakePlatform()
    platforms: dict[str, Platform] = {"fake": platform}
    driver = _driver(begin, seconds)
    await driver.hold()

    async def loses_the_lease(time: float) -> None:
        await clock.sleep(time)
        seconds.now += LEASE.total_seconds()

    async with begin() as session:
        for key in "ab":
            message = Outbound(Address("fake", "lan"), key, group=True)
            await outbox.put(session, message, key, clock())
    deliverer = Deliverer(begin, platforms, clock, loses_the_lease, drives=driver.drives)
    while await deliverer.deliver_ready():
        pass
    assert platform.read_by("lan") == ["a"]
    async with begin() as session:
        (again,) = await outbox.claim(session, ["fake"], clock(), timedelta(seconds=30), 9)
    assert (again.message.text, again.attempts) == ("b", 1)
