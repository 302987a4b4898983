"""Messages whose keys begin alike are found along the unique index, however many there are."""

from typing import Any

from sqlalchemy import event, insert
from sqlalchemy.ext.asyncio import AsyncEngine

from core.clock import local_day
from core.reminding import Kind, Message
from core.work import TaskRef
from records import afresh, outbox, reminders, usage
from records.session import Begin
from records.tables import OutboxRow
from tests.fakes.clock import START


async def test_what_begins_so_is_found_by_the_index(begin: Begin, engine: AsyncEngine) -> None:
    mine = [reminders.key(one) for one in (_message("a", 1), _message("a", 2))]
    keys = [*(f"{key}#1" for key in mine), *(f"{mine[0]}{more}#1" for more in "02:@"), f"{mine[0]};1", "reminder;1#1"]
    async with begin() as session:
        await reminders.note(session, [_message("a", 1), _message("a", 2), _message("A", 10), _message("ab", 12)])
        await session.execute(insert(OutboxRow), [_row(key) for key in keys])
        await session.execute(insert(OutboxRow), [_row(f"reply:{number}#1") for number in range(2000)])
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ANALYZE outbox")
    asked: list[tuple[str, Any]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        if statement.startswith("SELECT") and "FROM outbox" in statement:
            asked.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", listen)
    async with begin() as session:
        assert [row.key for row in await afresh._parts(session, mine[0])] == [f"{mine[0]}#1"]
        assert await usage.parts_waiting(session, "reply:7#1") == 1
        assert await reminders.told(session, TaskRef(1, 2), START) != []
    event.remove(engine.sync_engine, "before_cursor_execute", listen)
    assert len(asked) == 3
    for one in asked:
        steps = await _plan(engine, *one)
        assert any("uq_outbox_key" in step or "autoindex_outbox" in step for step in steps), steps


async def test_a_message_that_takes_the_place_of_another_finds_it_by_the_index(
    begin: Begin, engine: AsyncEngine
) -> None:
    async with begin() as session:
        await session.execute(insert(OutboxRow), [_row(f"reply:{number}#1", "sent") for number in range(2000)])
    async with engine.begin() as connection:
        await connection.exec_driver_sql("ANALYZE outbox")
    asked: list[tuple[str, Any]] = []

    def listen(connection: object, cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", listen)
    async with begin() as session:
        await outbox._service_ids(session, ["reply:7", "reply:8"])
    event.remove(engine.sync_engine, "before_cursor_execute", listen)
    [mine] = [one for one in asked if "service_id" in one[0]]
    steps = await _plan(engine, *mine)
    assert any("uq_outbox_key" in step or "autoindex_outbox" in step for step in steps), steps


def _message(unit: str, person: int) -> Message:
    return Message(Kind.MORNING, local_day(START), (unit,), "", (), person=person)


async def _plan(engine: AsyncEngine, statement: str, parameters: Any) -> list[str]:
    explain = "EXPLAIN" if engine.dialect.name == "postgresql" else "EXPLAIN QUERY PLAN"
    async with engine.begin() as connection:
        rows = await connection.exec_driver_sql(f"{explain} {statement}", parameters)
        return [str(row) for row in rows]


def _row(key: str, state: str = "waiting") -> dict[str, Any]:
    return {
        **{"key": key, "platform": "fake", "chat": "1", "text": "a", "tasks": ["1.2"], "state": state},
        **{"queued_at": START, "ready_at": START},
    }
