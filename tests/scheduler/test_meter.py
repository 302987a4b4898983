"""A plan's messages of the month: counted in the transaction that marks them sent, held back when they are used up."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from core.errors import SendFailed
from core.message import Address, Inbound, Outbound
from core.platform import Limits
from records import alerts, contacts, outbox, usage
from records.session import Begin
from records.tables import OutboxRow
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform

PLAN = Limits(text=4096, per_month=5, users=2, groups=1, per_second=1000.0, repeats=False)


class Post:
    """An outbox whose service counts what it takes."""

    def __init__(self, begin: Begin, clock: StillClock) -> None:
        self.begin = begin
        self.clock = clock
        self.platform = FakePlatform(limits=PLAN)
        self.deliverer = Deliverer(begin, {"fake": self.platform}, clock, clock.sleep)

    async def send(self, *texts: str, chat: str = "lan", key: str = "x") -> None:
        for number, text in enumerate(texts):
            async with self.begin() as session:
                await outbox.put(session, Outbound(Address("fake", chat), text), f"{key}:{chat}:{number}", self.clock())
        while await self.deliverer.deliver_ready():
            pass

    async def alerts(self) -> list[str]:
        async with self.begin() as session:
            return sorted(alert.key.rpartition(":")[2] for alert in await alerts.open_alerts(session))

    async def waiting(self) -> list[str]:
        async with self.begin() as session:
            waits = select(OutboxRow.reason).where(OutboxRow.state == "waiting")
            return list(await session.scalars(waits.order_by(OutboxRow.id)))

    async def sent_in(self, period: str) -> int:
        async with self.begin() as session:
            return await usage.sent_in(session, "fake", period)


@pytest.fixture
def post(begin: Begin, clock: StillClock) -> Post:
    return Post(begin, clock)


async def test_what_goes_out_is_counted_by_day_and_month(post: Post) -> None:
    await post.send("a", "b")
    post.clock.move(timedelta(days=1))
    await post.send("c", chat="mai")
    counts = [await post.sent_in(period) for period in ("2023-12", "2023-12-04", "2023-12-05", "2023-11")]
    assert counts == [3, 2, 1, 0]


async def test_what_is_refused_is_not_counted(post: Post) -> None:
    post.platform.failures = [SendFailed("refused")]
    await post.send("a")
    assert await post.sent_in("2023-12") == 0


@pytest.mark.covers("E1.9")
async def test_the_operator_hears_and_the_rest_waits_for_the_next_month(post: Post) -> None:
    await post.send(*"abc")
    assert await post.alerts() == []
    await post.send("d", chat="mai")
    assert await post.alerts() == ["nearly"]
    await post.send("e", "f", "g", chat="hoa")
    assert (await post.alerts(), len(post.platform.sent)) == (["full", "held"], 5)
    assert (await post.waiting())[0] == "quota"
    post.clock.move(timedelta(days=27))  # 31 December
    await post.send()
    assert len(post.platform.sent) == 5
    post.clock.move(timedelta(hours=17))
    await post.send()
    assert post.platform.read_by("hoa") == ["e", "f", "g"]
    assert (await post.alerts(), await post.sent_in("2024-01")) == ([], 2)


async def test_what_cannot_be_finished_is_not_begun(post: Post) -> None:
    await post.send(*"abc")
    await post.send("Dài. " * 1000, chat="mai")  # three parts, and there is room for two
    assert post.platform.read_by("mai") == []
    assert await post.alerts() == ["held"]
    await post.send("ngắn", chat="hoa")
    assert post.platform.read_by("hoa") == ["ngắn"]


async def test_people_and_groups_beyond_the_plan_raise_an_alert(post: Post) -> None:
    async with post.begin() as session:
        for chat, group in (("lan", False), ("mai", False), ("tổ lá", True)):
            heard = Inbound(Address("fake", chat), "lan", group=group)
            await contacts.note(session, [heard], post.clock())
    await post.send("a")
    assert await post.alerts() == ["groups", "people"]
    async with post.begin() as session:
        await contacts.lose(session, Address("fake", "tổ lá"))
    await post.send("b", chat="mai")
    assert await post.alerts() == ["people"]


async def test_an_answer_that_counts_is_not_repeated_where_nobody_knows(post: Post) -> None:
    post.platform.failures = [SendFailed("unknown", timedelta(seconds=30), unknown=True)]
    await post.send("a", key="reply")
    post.clock.move(timedelta(minutes=5))
    await post.send()
    assert (post.platform.sent, await post.waiting()) == ([], [])
