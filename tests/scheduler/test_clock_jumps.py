"""Somebody sets the clock: nothing is sent twice by that, and nothing waits for the time that was taken back."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import SendFailed
from core.message import Address, Outbound
from records import outbox
from records.session import Begin
from records.tables import OutboxRow
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform

HOUR = timedelta(hours=1)


@dataclass
class Slow(FakePlatform):
    """Answers when told to, for as long as it is not `quick`."""

    quick: bool = False
    asked: int = 0
    begun: asyncio.Event = field(default_factory=asyncio.Event)
    answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Outbound) -> str:
        self.asked += 1
        self.begun.set()
        if not self.quick:
            await self.answer.wait()
        return await super().send(message)


@pytest.fixture
def slow() -> Slow:
    return Slow()


@pytest.fixture
def deliverer(begin: Begin, clock: StillClock, slow: Slow) -> Deliverer:
    return Deliverer(begin, {"fake": slow}, clock, clock.sleep)


async def _put(begin: Begin, clock: StillClock, chat: str, text: str) -> None:
    async with begin() as session:
        await outbox.put(session, Outbound(Address("fake", chat), text), f"notice:{text}", clock())


async def _states(begin: Begin) -> list[str]:
    async with begin() as session:
        return list(await session.scalars(select(OutboxRow.state).order_by(OutboxRow.id)))


@pytest.mark.parametrize("jump", [HOUR, 24 * HOUR])
async def test_what_is_being_sent_while_the_clock_is_set_forward_is_sent_once(
    begin: Begin, clock: StillClock, slow: Slow, deliverer: Deliverer, jump: timedelta
) -> None:
    await _put(begin, clock, "lan", "a")
    sending = asyncio.create_task(deliverer.deliver_ready())
    await slow.begun.wait()
    clock.move(jump)  # its lease is over
    assert await deliverer.deliver_ready() == 0
    slow.answer.set()
    await sending
    assert (slow.asked, await _states(begin)) == (1, ["sent"])


async def test_after_the_clock_is_set_back_no_chat_waits_for_the_hour_to_come_again(
    begin: Begin, clock: StillClock, slow: Slow, deliverer: Deliverer
) -> None:
    slow.quick = True
    for number in range(40):  # more than a second's window
        await _put(begin, clock, f"chat {number}", str(number))
    while await deliverer.deliver_ready():
        pass
    clock.move(-HOUR)
    set_back = clock()
    await _put(begin, clock, "chat 1", "next")
    while await deliverer.deliver_ready():
        pass
    assert slow.read_by("chat 1") == ["1", "next"]
    assert clock() - set_back <= timedelta(seconds=1)


async def test_a_refusal_is_waited_for_as_long_as_it_says_though_the_clock_is_set_back(
    begin: Begin, clock: StillClock, slow: Slow, deliverer: Deliverer
) -> None:
    slow.quick, slow.failures = True, [SendFailed("429", timedelta(seconds=20), too_fast=True, everywhere=True)]
    await _put(begin, clock, "lan", "a")
    await deliverer.deliver_ready()
    clock.move(-HOUR)
    await _put(begin, clock, "mai", "b")
    assert await deliverer.deliver_ready() == 0
    clock.move(timedelta(seconds=21))
    await deliverer.deliver_ready()
    assert slow.read_by("mai") == ["b"]
    clock.move(HOUR)
    await deliverer.deliver_ready()
    assert slow.read_by("lan") == ["a"]  # late by what was set back, not lost
