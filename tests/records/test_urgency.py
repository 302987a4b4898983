"""What is urgent goes first, whatever waits; finding it never means reading all that waits."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from core.message import Address, Outbound, Urgency
from records import outbox
from records.outbox import Claimed
from records.session import Begin
from records.tables import OutboxRow
from tests.fakes.clock import START

LEASE = timedelta(seconds=30)
ANSWER, REMINDER, BULK = Urgency
LONG = "Câu này dài. " * 200  # two parts
WAITING = 100_000


async def _put(begin: Begin, *messages: tuple[str, Urgency, str], words: str = "a") -> None:
    """Chat, urgency and key of each."""
    async with begin() as session:
        for chat, urgency, key in messages:
            await outbox.put(session, Outbound(Address("fake", chat), words, urgency=urgency), key, START)


async def _claim(begin: Begin, limit: int = 10, after: timedelta = timedelta(0)) -> list[Claimed]:
    async with begin() as session:
        return await outbox.claim(session, ["fake"], START + after, LEASE, limit)


async def _sent(begin: Begin, claimed: Sequence[Claimed]) -> None:
    async with begin() as session:
        await outbox.mark_sent(session, [(one.id, "m") for one in claimed], START)
        await outbox.go_on(session, [one.key for one in claimed])


def _keys(claimed: Sequence[Claimed]) -> list[str]:
    return [one.key for one in claimed]


async def test_answers_go_before_reminders_and_those_before_bulk(begin: Begin) -> None:
    await _put(begin, ("a", BULK, "bulk"), ("b", REMINDER, "reminder"), ("c", ANSWER, "answer"))
    claimed = await _claim(begin, limit=2)
    assert _keys(claimed) == ["answer#1", "reminder#1"]
    assert claimed[1].message.urgency is REMINDER


async def test_an_answer_overtakes_what_waits_in_its_own_chat_and_the_rest_keeps_its_order(begin: Begin) -> None:
    await _put(begin, ("lan", BULK, "1"), ("lan", BULK, "2"), ("lan", ANSWER, "3"), ("lan", ANSWER, "4"))
    found = []
    for _ in range(4):
        claimed = await _claim(begin)
        found += _keys(claimed)
        await _sent(begin, claimed)
    assert found == ["3#1", "4#1", "1#1", "2#1"]


async def test_an_answer_does_not_come_between_the_parts_of_a_message(begin: Begin) -> None:
    await _put(begin, ("lan", BULK, "long"), words=LONG)
    first = await _claim(begin)
    await _put(begin, ("lan", ANSWER, "answer"))
    assert await _claim(begin) == []  # while the first part is being sent
    await _sent(begin, first)
    second = await _claim(begin)
    await _sent(begin, second)
    assert _keys([*first, *second, *await _claim(begin)]) == ["long#1", "long#2", "answer#1"]


async def test_an_answer_overtakes_what_is_to_be_tried_again(begin: Begin) -> None:
    await _put(begin, ("lan", BULK, "bulk"))
    (claimed,) = await _claim(begin)
    async with begin() as session:
        await outbox.mark_failed(session, claimed.id, "busy", START + timedelta(hours=1))
    await _put(begin, ("lan", ANSWER, "answer"))
    assert _keys(await _claim(begin)) == ["answer#1"]


async def test_a_claim_does_not_read_all_that_waits(begin: Begin, engine: AsyncEngine) -> None:
    """A thousand chats with a hundred messages each, the front ones under way; nobody has measured the table since."""
    async with begin() as session:
        await session.execute(insert(OutboxRow), [_row(number) for number in range(WAITING)])
    for _ in range(4):
        assert len(await _claim(begin, limit=50)) == 50
    asked = await _asked_by_a_claim(begin, engine)
    async with engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            (plan,) = (await connection.exec_driver_sql(f"EXPLAIN (ANALYZE, FORMAT JSON) {asked[0]}", asked[1])).one()
            assert _read(plan[0]["Plan"]) < WAITING / 100
        else:
            steps = [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {asked[0]}", asked[1])]
            assert steps[0].startswith("SEARCH outbox USING INDEX ix_outbox_waiting (platform=? AND state=?")
            assert not any(step.startswith(("SCAN", "USE TEMP")) for step in steps), steps
    await _put(begin, ("a new one", ANSWER, "answer"))
    assert _keys(await _claim(begin, limit=1)) == ["answer#1"]


async def _asked_by_a_claim(begin: Begin, engine: AsyncEngine) -> tuple[str, tuple[Any, ...]]:
    """The query that finds what may be claimed, as the database gets it."""
    asked: list[tuple[str, tuple[Any, ...]]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: tuple[Any, ...], *rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", listen)
    await _claim(begin, limit=50)
    event.remove(engine.sync_engine, "before_cursor_execute", listen)
    return next(one for one in asked if one[0].startswith("SELECT"))


def _read(plan: dict[str, Any]) -> int:
    """Rows that this step of the plan and those under it have looked at."""
    removed = sum(value for name, value in plan.items() if name.startswith("Rows Removed"))
    below = sum(_read(step) for step in plan.get("Plans", ()))
    return int((plan["Actual Rows"] + removed) * plan["Actual Loops"]) + below


def _row(number: int) -> dict[str, Any]:
    return {
        **{"key": f"{number}#1", "platform": "fake", "chat": str(number % 1000), "text": "a", "urgency": BULK},
        **{"queued_at": START, "ready_at": START},
    }
