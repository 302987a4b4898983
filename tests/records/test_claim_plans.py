"""However little a database knows of the table, what may go out is found along an index; the backlog is not sorted."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from core.message import Urgency
from records import outbox
from records.session import Begin
from records.tables import OutboxRow
from tests.fakes.clock import START

LEASE = timedelta(seconds=30)
Statement = tuple[str, tuple[Any, ...]]


@pytest.fixture(params=[(0, 0), (1000, 60)], ids=lambda known: "{} sent, {} wait".format(*known))
async def stale(request: pytest.FixtureRequest, begin: Begin, engine: AsyncEngine) -> AsyncIterator[AsyncEngine]:
    """The database has measured the table once, long before 10,000 more were queued."""
    sent, waiting = request.param
    async with begin() as session:
        for rows in ([_row(number, "sent") for number in range(sent)], _waiting(waiting)):
            if rows:
                await session.execute(insert(OutboxRow), rows)
    on_postgresql = engine.dialect.name == "postgresql"
    async with engine.begin() as connection:
        if on_postgresql:
            await connection.exec_driver_sql("ALTER TABLE outbox SET (autovacuum_enabled = off)")
        await connection.exec_driver_sql("ANALYZE outbox")
    async with begin() as session:
        await session.execute(insert(OutboxRow), _waiting(10_000))
    yield engine
    async with engine.begin() as connection:
        if on_postgresql:
            await connection.exec_driver_sql("ALTER TABLE outbox RESET (autovacuum_enabled)")


async def test_a_claim_reads_along_an_index_and_sorts_nothing(begin: Begin, stale: AsyncEngine) -> None:
    steps = await _plan_of_all(begin, stale, claiming=True)
    assert any("ix_outbox_waiting" in step for step in steps), steps
    assert any("ix_outbox_chat" in step for step in steps), steps
    assert not [step for step in steps if step.lstrip(" ->").startswith(("Sort", "Bitmap", "Seq", "SCAN", "USE TEMP"))]


async def test_when_the_next_is_ready_is_the_first_step_along_an_index(begin: Begin, stale: AsyncEngine) -> None:
    steps = await _plan_of_all(begin, stale, claiming=False)
    assert any("ix_outbox_ready" in step for step in steps), steps
    assert not [step for step in steps if step.lstrip(" ->").startswith(("Sort", "Bitmap", "Seq", "SCAN", "USE TEMP"))]


async def _plan_of_all(begin: Begin, engine: AsyncEngine, claiming: bool) -> list[str]:
    """How the database finds it, as it is asked: with all that was said to it in the transaction before."""
    asked: list[Statement] = []

    def listen(connection: object, cursor: object, statement: str, parameters: tuple[Any, ...], *rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", listen)
    async with begin() as session:
        if claiming:
            room = {"fake": 20}  # as the worker asks
            assert len(await outbox.claim(session, ["fake"], START, LEASE, 50, unhurried=room)) == 20
        else:
            assert await outbox.next_ready(session, ["fake"], START) is None
    event.remove(engine.sync_engine, "before_cursor_execute", listen)
    steps = []
    async with engine.begin() as connection:
        for statement, parameters in asked:
            if statement.startswith("SELECT") and "FROM outbox" in statement:
                steps += await _explain(connection, statement, parameters)
            elif not statement.startswith(("BEGIN", "UPDATE")):
                await connection.exec_driver_sql(statement, parameters)
    return steps


async def _explain(connection: AsyncConnection, statement: str, parameters: tuple[Any, ...]) -> list[str]:
    if connection.dialect.name == "postgresql":
        return [str(row[0]) for row in await connection.exec_driver_sql(f"EXPLAIN {statement}", parameters)]
    return [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)]


def _waiting(count: int) -> list[dict[str, Any]]:
    return [_row(number, f"waiting {count}") for number in range(count)]


def _row(number: int, what: str) -> dict[str, Any]:
    return {
        **{"key": f"{what} {number}#1", "platform": "fake", "chat": str(number % 1000), "text": "a"},
        **{"urgency": Urgency.BULK, "state": what.split()[0], "queued_at": START, "ready_at": START},
    }
