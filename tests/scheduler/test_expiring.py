"""Deleting in a large base: what is asked of the database goes by an index, and a little at a time."""

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import create_engine, event, insert, inspect
from sqlalchemy.ext.asyncio import AsyncEngine

from records.privacy_tables import ErasedRow
from records.session import Begin, open_engine, opener
from records.tables import OutboxRow
from tests.evidence.privacy_stage import KEPT, PrivacyStage
from tests.fakes.clock import StillClock

LARGE = ("submissions", "submission_events", "received", "files", "file_facts", "uploads", "upload_parts", "outbox")
Asked = list[tuple[str, Any]]


@pytest.fixture
async def large(sqlite_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(sqlite_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def here(large: AsyncEngine, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(opener(large), clock, tmp_path / "files").opens()


async def test_what_is_over_is_found_told_and_deleted_by_an_index(here: PrivacyStage, large: AsyncEngine) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    await here.hands_in("lan", "a", "c", text="cân đo lần 2")
    await here.says("lan", "/xoadulieu dong y")
    here.clock.move(timedelta(days=KEPT - 30))
    with listening(large) as asked:
        await here.expiring().work()
    assert await scans(large, asked) == []
    here.clock.move(timedelta(days=30))
    here.ages()
    with listening(large) as asked:
        await here.expiring().work()
    assert all(row.deleted_at for row in await here.rows())
    assert await scans(large, asked) == []


async def test_what_is_deleted_on_request_is_found_by_an_index(here: PrivacyStage, large: AsyncEngine) -> None:
    await here.hands_in("huong", "a", "b", text="cân đo lần 2")
    code = (await here.rows())[0].code
    with listening(large) as asked:
        said = await here.says("huong", f"/xoaminhchung {code} het dong y")
        await here.expiring().finish()
    assert said.startswith("Đã xoá 2 tệp")
    mine = [one for one in asked if "platform" not in one[0] or "queued_at" in one[0]]  # not how the answer goes out
    assert await scans(large, mine) == []


async def test_progress_of_an_office_reads_only_what_its_tasks_are_about(
    here: PrivacyStage, large: AsyncEngine
) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    with listening(large) as asked:
        await here.says("hanh", "/tiendo")
    found = [one for one in asked if one[0].startswith("SELECT submissions.")]
    assert found
    assert await scans(large, found) == []
    assert [
        step for one in found for step in await plan(large, *one) if "ix_submissions_owed (unit=? AND document" in step
    ]


def test_whatever_points_to_files_and_submissions_is_found_by_an_index(sqlite_url: str) -> None:
    """When a row is deleted the database looks for those that point to it."""
    engine = create_engine(sqlite_url.replace("+aiosqlite", ""))
    there = inspect(engine)
    missing = [
        (table, column)
        for table in there.get_table_names()
        for key in there.get_foreign_keys(table)
        if key["referred_table"] == "files"
        for column in key["constrained_columns"]
        if column not in _first_columns(there, table)
    ]
    engine.dispose()
    assert missing == []


async def test_each_transaction_forgets_a_little(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = await PrivacyStage(begin, clock, tmp_path / "files").opens()
    before = len(await here.all(OutboxRow))
    async with begin() as session:
        await session.execute(insert(OutboxRow), [_row(number, clock) for number in range(2500)])
    counted: list[int] = []

    async with begin() as session:
        engine = session.get_bind()
    here.clock.move(timedelta(days=KEPT + 1))

    def listen(connection: Any, cursor: Any, statement: str, *rest: Any) -> None:
        if statement.startswith(("DELETE FROM outbox", "UPDATE outbox")):
            counted.append(cursor.rowcount)

    event.listen(engine, "after_cursor_execute", listen)
    await here.expiring().work()
    event.remove(engine, "after_cursor_execute", listen)
    assert max(counted) <= 1000
    assert sum(counted) >= 2500 + before
    assert [row for row in await here.all(OutboxRow) if row.text == "a"] == []


async def test_an_account_that_waits_to_be_forgotten_is_remembered_until_then(here: PrivacyStage) -> None:
    await here.sends("lan", "a", text="cân đo lần 2")
    await here.says("lan", "/xoadulieu dong y")
    assert [row.sender for row in await here.all(ErasedRow)] == ["lan"]
    await here.passes()
    await here.expiring().work()
    assert await here.all(ErasedRow) == []


async def test_two_units_are_told_each_of_its_own_and_once(here: PrivacyStage) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.hands_in("mai", "b", text="cân đo lần 2")
    before = {who: len(here.read_by(who)) for who in ("huong", "mai")}
    for days in (KEPT - 30, 1):
        await here.after(days)
    told = {who: here.read_by(who)[count:] for who, count in before.items()}
    assert [len(said) for said in told.values()] == [1, 1]
    assert all("1 lần nộp" in said[0] for said in told.values())


@contextmanager
def listening(engine: AsyncEngine) -> Iterator[Asked]:
    """What is asked of the database meanwhile."""
    asked: Asked = []

    def listen(connection: object, cursor: object, statement: str, parameters: Any, *rest: object) -> None:
        asked.append((statement, parameters))

    event.listen(engine.sync_engine, "before_cursor_execute", listen)
    yield asked
    event.remove(engine.sync_engine, "before_cursor_execute", listen)


async def scans(engine: AsyncEngine, asked: Asked) -> list[tuple[str, str]]:
    """Where a large table is read whole."""
    found = []
    for statement, parameters in asked:
        if statement.startswith(("SELECT", "UPDATE", "DELETE")):
            steps = await plan(engine, statement, parameters)
            found += [(step, statement) for step in steps if re.match(rf"SCAN ({'|'.join(LARGE)})\b", step)]
    return found


async def plan(engine: AsyncEngine, statement: str, parameters: Any) -> list[str]:
    one = parameters[0] if isinstance(parameters, list) else parameters
    async with engine.connect() as connection:
        return [row.detail for row in await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", one)]


def _first_columns(there: Any, table: str) -> set[str]:
    columns = {index["column_names"][0] for index in there.get_indexes(table)}
    return columns | set(there.get_pk_constraint(table)["constrained_columns"][:1])


def _row(number: int, clock: StillClock) -> dict[str, Any]:
    return {
        **{"key": f"x{number}#1", "platform": "fake", "chat": str(number % 10), "text": "a", "state": "sent"},
        **{"queued_at": clock(), "ready_at": clock()},
    }
