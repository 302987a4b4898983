"""What nobody waits for goes one at a time: the next once it is kept what became of the one before."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from core.errors import SendFailed
from core.message import Address, Outbound, Urgency
from records import outbox
from records.session import Begin, Session
from records.tables import OutboxRow
from scheduler import deliver
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform

MANY = 45  # more than are claimed together, and more than go in a second
FEW = 25  # fewer than that


@dataclass
class Watched(FakePlatform):
    """Remembers how many were on their way at a time, and how many of its messages were not marked when one came."""

    begin: Begin | None = None
    under_way: int = 0
    most: int = 0
    unmarked: list[int] = field(default_factory=list)

    async def send(self, message: Outbound) -> str:
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        try:
            self.unmarked.append(len(self.sent) - await self._marked())
            return await super().send(message)
        finally:
            self.under_way -= 1

    async def _marked(self) -> int:
        assert self.begin is not None
        marked = select(func.count()).where(OutboxRow.state == "sent", OutboxRow.platform == self.name)
        async with self.begin() as session:
            return await session.scalar(marked) or 0


async def put(begin: Begin, clock: StillClock, *chats: str, urgency: Urgency = Urgency.BULK, to: str = "fake") -> None:
    async with begin() as session:
        for chat in chats:
            message = Outbound(Address(to, chat), f"tới {chat}", group=True, urgency=urgency)
            await outbox.put(session, message, f"{urgency.name}:{to}:{chat}", clock())


async def deliver_all(deliverer: Deliverer) -> None:
    while await deliverer.deliver_ready():
        pass


def groups(count: int) -> list[str]:
    return [f"group {number}" for number in range(count)]


@pytest.mark.parametrize("urgency", [Urgency.REMINDER, Urgency.BULK])
async def test_the_next_is_handed_over_once_the_one_before_is_marked(
    begin: Begin, clock: StillClock, urgency: Urgency
) -> None:
    service = Watched(begin=begin)
    await put(begin, clock, *groups(MANY), urgency=urgency)
    await deliver_all(Deliverer(begin, {"fake": service}, clock, clock.sleep))
    assert service.read_by("group 44") == ["tới group 44"]
    assert (service.most, service.unmarked) == (1, [0] * MANY)


async def test_the_worker_that_runs_does_the_same(begin: Begin, clock: StillClock) -> None:
    service = Watched(begin=begin)
    await put(begin, clock, *groups(MANY))
    worker = asyncio.create_task(Deliverer(begin, {"fake": service}, clock, clock.sleep).run())
    await service.until_read("group 44", ["tới group 44"])
    worker.cancel()
    await asyncio.wait([worker])
    assert (service.most, service.unmarked) == (1, [0] * MANY)


@dataclass
class Gated(FakePlatform):
    """The first of the groups gets its answer once the gate is open."""

    gate: asyncio.Event = field(default_factory=asyncio.Event)

    async def send(self, message: Outbound) -> str:
        if message.address.chat == "group 0":
            await self.gate.wait()
        return await super().send(message)


async def test_answers_go_side_by_side_and_past_what_hangs(begin: Begin, clock: StillClock) -> None:
    service = Gated()
    await put(begin, clock, *groups(MANY))
    deliverer = Deliverer(begin, {"fake": service}, clock, clock.sleep)
    worker = asyncio.create_task(deliverer.run())
    await asyncio.sleep(0)
    await put(begin, clock, "lan", "mai", urgency=Urgency.ANSWER)
    deliverer.wake()
    await service.until_read("mai", ["tới mai"])
    await service.until_read("lan", ["tới lan"])
    assert {one.address.chat for one in service.sent} == {"lan", "mai"}
    service.gate.set()
    for group in groups(MANY):
        await service.until_read(group, [f"tới {group}"])
    worker.cancel()
    await asyncio.wait([worker])


async def test_accounts_do_not_wait_for_each_other(begin: Begin, clock: StillClock) -> None:
    hangs, other = FakePlatform(hanging={"group 0"}), FakePlatform(name="other")
    await put(begin, clock, "group 0")
    await put(begin, clock, *groups(3), to="other")
    rounds = asyncio.create_task(Deliverer(begin, {"fake": hangs, "other": other}, clock, clock.sleep).deliver_ready())
    await other.until_read("group 2", ["tới group 2"])
    rounds.cancel()
    await asyncio.wait([rounds])


async def test_a_chat_that_never_answers_holds_up_the_others_for_its_time_out_and_no_longer(
    begin: Begin, clock: StillClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deliver, "SEND_TIMEOUT", timedelta(milliseconds=50))
    monkeypatch.setattr(deliver, "PATIENCE", timedelta(milliseconds=20))
    service = FakePlatform(hanging={"group 0"})
    await put(begin, clock, *groups(FEW))
    await deliver_all(Deliverer(begin, {"fake": service}, clock, clock.sleep))
    assert {one.address.chat for one in service.sent} == set(groups(FEW)[1:])
    assert len(service.sent) == FEW - 1


async def test_a_chat_that_is_to_be_left_alone_holds_up_no_other(begin: Begin, clock: StillClock) -> None:
    service = FakePlatform(failures=[SendFailed("429", timedelta(minutes=5), too_fast=True)])
    began = clock()
    await put(begin, clock, *groups(MANY))
    await deliver_all(Deliverer(begin, {"fake": service}, clock, clock.sleep))
    assert len(service.sent) == MANY - 1
    assert clock() - began < timedelta(seconds=5)


async def test_what_became_of_it_is_kept_once_the_database_comes_back(begin: Begin, clock: StillClock) -> None:
    service, failures = Watched(begin=begin), [OSError("no database")] * 5

    @asynccontextmanager
    async def fails_after_a_send() -> AsyncIterator[Session]:
        if service.sent and failures:
            raise failures.pop()
        async with begin() as session:
            yield session

    await put(begin, clock, *groups(3))
    with capture_logs() as logs:
        await deliver_all(Deliverer(fails_after_a_send, {"fake": service}, clock, clock.sleep))
    assert "deliver.not_kept" in [entry["event"] for entry in logs]
    assert [one.address.chat for one in service.sent] == groups(3)
    assert service.unmarked == [0, 0, 0]
