"""The receiver's own loop: it works when woken, and goes on after trouble."""

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select
from structlog.testing import capture_logs

from core.message import Inbound, Reply
from core.platform import Delivery
from handlers.commands import Handler
from handlers.context import Context
from records.session import Begin
from records.tables import DeliveryRow, OutboxRow
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform
from tests.fakes.school import School


def echo(message: Inbound, ctx: Context) -> Handler:
    async def answer(message: Inbound, ctx: Context) -> Reply:
        return Reply(message.text)

    return answer


@pytest.fixture
async def school(begin: Begin, clock: StillClock) -> School:
    return await School(begin, clock, choose=echo).opens()


async def test_what_is_stored_is_handled_and_sent_without_another_word(school: School) -> None:
    workers = [asyncio.create_task(school.receiver.run()), asyncio.create_task(school.deliverer.run())]
    await school.receives(sender="lan", text="a")
    await school.platform.until_read("lan", ["a"])
    await school.receives(sender="lan", text="b")
    await school.platform.until_read("lan", ["a", "b"])
    for worker in workers:
        worker.cancel()
    await asyncio.wait(workers)


@pytest.mark.parametrize(
    ("update", "times"),
    [
        ({"text": "tháng này nộp gì?"}, 0),
        ({"kind": "photo", "files": [{"kind": "photo", "id": "a"}]}, 1),
        ({"text": "https://drive.google.com/file/d/1AbC"}, 1),
    ],
)
async def test_what_is_to_be_kept_is_gone_after_at_once(school: School, update: dict[str, Any], times: int) -> None:
    await school.receives(sender="lan", **update)
    await school.works()
    assert len(school.came) == times


async def test_what_was_stored_before_the_start_is_handled(school: School) -> None:
    await school.receives(sender="lan", text="a")
    again = School(school.begin, school.clock, school.platform, echo)
    await again.works()
    assert school.read_by("lan") == ["a"]


async def test_a_batch_is_kept_whole_or_not_at_all(school: School, begin: Begin) -> None:
    good = school.platform.delivery("1", sender="lan", text="a")
    with pytest.raises(Exception, match="NULL|null"):
        await school.receiver.store([good, Delivery("fake", "2", None)])  # type: ignore[arg-type]
    async with begin() as session:
        assert await session.scalar(select(func.count()).select_from(DeliveryRow)) == 0


async def test_storing_a_message_sends_and_queues_nothing(school: School, begin: Begin) -> None:
    await school.receives(sender="lan", text="a")
    async with begin() as session:
        assert await session.scalar(select(func.count()).select_from(OutboxRow)) == 0


async def test_two_receivers_answer_each_message_once(school: School, begin: Begin, clock: StillClock) -> None:
    other = School(begin, clock, school.platform, echo)
    for number in range(12):
        await school.receives(sender=f"s{number % 4}", text=str(number))
    await asyncio.gather(school.works(), other.works())
    await school.works()
    assert sorted(message.text for message in school.platform.sent) == sorted(str(number) for number in range(12))


async def test_a_bug_in_reading_puts_the_delivery_aside(school: School, monkeypatch: pytest.MonkeyPatch) -> None:
    class Buggy(FakePlatform):
        def read(self, raw: bytes) -> Inbound | None:
            return None if b"fine" in raw else Inbound(**{"no": "such field"})  # type: ignore[arg-type]

    monkeypatch.setattr(school.platform, "read", Buggy().read)
    with capture_logs() as logs:
        await school.says("lan", "a")
    assert not await school.receiver.handle_next()
    assert "receive.bug" in [entry["event"] for entry in logs]
