"""A base of revision 0004 with rows in every table: starting the program brings it up to date, and nothing is lost."""

from collections.abc import AsyncIterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, MetaData, Table, text
from sqlalchemy.ext.asyncio import AsyncEngine

import records.session
from core.media import bands
from core.reminding import Kind
from core.work import Due
from knowledge.fold import fold, words
from records import submissions
from records.reminders import key_of
from records.session import migrate, open_engine, opener
from records.tables import Base
from tests.records.rows_at_0004 import AFTER, DAY, DUE, LATER, OFFICE, ROWS, Rows

MIGRATIONS = Path(records.session.__file__).parent / "migrations"
EMPTY: Mapping[str, Mapping[str, object]] = {  # what a row that was there before has in columns that are new
    "submissions": {"shared_from": "", "expiry_told_at": None, "deleted_at": None},
    "file_facts": {"blurred": None, "faces": None, "scan": "", "malware": "", "inside": None},
    "received": {"part": ""},
    "dossier_links": {"blurred": False, "criteria_id": None},
    "people": {"noticed_at": None},
    "outbox": {"urgency": 0},
}
BANDS = ("band1", "band2", "band3", "band4", "band5")
EMPTY_BANDS = (None,) * len(BANDS)
GIVEN = "submissions"
SINCE = [LATER, LATER, LATER, LATER, DAY]  # from when it is kept: since its first file was safe
BEFORE = [True, False, False, False, False]  # as the paper says it, where its day holds for the unit


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    new = f"sqlite:///{tmp_path / 'old.db'}"
    return new if request.param == "sqlite" else str(request.getfixturevalue("empty_postgresql_url"))


@pytest.fixture
async def old(empty_url: str) -> AsyncIterator[AsyncEngine]:
    """A base of that time, filled."""
    engine = open_engine(empty_url)
    async with engine.begin() as connection:
        await connection.run_sync(_fill)
    yield engine
    await engine.dispose()


async def test_every_row_is_there_after_the_upgrade(old: AsyncEngine) -> None:
    before = await _content(old)
    assert {name: len(rows) for name, rows in before.items()} == {name: len(rows) for name, rows in ROWS.items()}
    await migrate(old)
    after = await _content(old)
    for name, rows in before.items():
        assert [_only(row, was) for row, was in zip(after[name], rows, strict=True)] == rows, name


async def test_what_is_new_has_its_right_value_in_rows_that_are_old(old: AsyncEngine) -> None:
    before = await _content(old)
    await migrate(old)
    after = await _content(old)
    for name, rows in before.items():
        new = [{key: row[key] for key in row.keys() - was.keys()} for row, was in zip(after[name], rows, strict=True)]
        assert new == _expected(name, len(rows)), name


async def test_keys_between_tables_hold_after_the_upgrade(old: AsyncEngine) -> None:
    await migrate(old)
    async with old.begin() as connection:
        if old.dialect.name == "sqlite":
            assert (await connection.execute(text("PRAGMA foreign_key_check"))).all() == []
            assert await connection.scalar(text("PRAGMA foreign_keys")) == 1
        assert await connection.run_sync(_pointing) == _wanted()


async def test_what_was_handed_in_then_is_read_by_the_program_of_today(old: AsyncEngine) -> None:
    await migrate(old)
    await migrate(old)  # the program is started again
    async with opener(old)() as session:
        found = [await submissions.by_code(session, code) for code in ("MC1", "MC3", "MC4")]
    assert [one.due for one in found if one] == [Due(DUE, before=True), Due(DUE), Due(AFTER)]


async def test_a_reminder_that_was_queued_before_the_upgrade_is_the_same_after_it(empty_url: str) -> None:
    engine = open_engine(empty_url)
    was = ["S1:2023-12-04:fake:-100#1", "S1:2023-12-04:fake:-100#2", "S1:2023-12-04:fake:-100#1~instead#1"]
    was += ["S1:2023-12-04:person:7#1", "S2:2023-12-04:person:7#1", "1#1"]
    async with engine.begin() as connection:
        await connection.run_sync(lambda one: command.upgrade(_config(one), "0015"))
        row: dict[str, object] = dict.fromkeys(
            ("platform", "chat", "thread", "text", "reply_to", "mention", "edits"), ""
        )
        row |= dict.fromkeys(("choices", "sources", "files", "tasks"), "[]") | {"state": "sent", "reason": ""}
        row |= {"service_id": "", "queued_at": LATER, "ready_at": LATER}
        numbers = dict.fromkeys(("urgency", "attempts"), 0) | dict.fromkeys(("group", "ask_phone"), False)
        table = await connection.run_sync(lambda one: _tables(one)["outbox"])
        rows = [row | numbers | {"id": n, "key": f"reminder:{key}"} for n, key in enumerate(was, start=1)]
        await connection.execute(table.insert(), rows)
    await migrate(engine)
    async with engine.begin() as connection:
        tables = await connection.run_sync(_tables)
        keys = [row.key for row in await connection.execute(tables["outbox"].select().order_by(tables["outbox"].c.id))]
        about = {(row.key, row.unit, row.day) for row in await connection.execute(tables["reminder_units"].select())}
    group, person = (key_of(Kind.MORNING, "2023-12-04", to) for to in ("fake:-100", "person:7"))
    assert keys == [f"{group}#1", f"{group}#2", f"{group}#1~instead#1", f"{person}#1", f"{person}@S2#1", "reminder:1#1"]
    day = date(2023, 12, 4)
    assert about == {(group, "S1", day), (person, "S1", day), (f"{person}@S2", "S2", day)}
    await engine.dispose()


async def test_shared_material_of_before_is_found_by_the_same_words(old: AsyncEngine) -> None:
    put = {"put_by": 1, "put_at": LATER, "out_at": None, "out_unit": None, "office": OFFICE}
    was = [
        {**put, "submission_id": 1, "title": "Đồ chơi 5 tuổi, ngày 05/12", "files": [1]},
        {**put, "submission_id": 2, "title": "", "files": [2, 3]},
    ]
    async with old.begin() as connection:
        await connection.run_sync(lambda one: command.upgrade(_config(one), "0017"))
        table = await connection.run_sync(lambda one: _tables(one)["library"])
        await connection.execute(table.insert(), was)
        before = await connection.run_sync(_rows)
    await migrate(old)
    async with old.begin() as connection:
        after = await connection.run_sync(_rows)
    called = [["Đồ chơi 5 tuổi, ngày 05/12", "Nộp báo cáo"], ["", "Gửi ảnh bữa ăn"]]
    school = "Mầm non Hoa Sen"
    assert [set(row["words"].split()) for row in after["library"]] == [
        set(words(fold("\n".join((*one, school))))) for one in called
    ]
    assert {(row["submission_id"], row["received_id"]) for row in after["library_files"]} == {(1, 1), (2, 2), (2, 3)}
    assert {row["words"] for row in after["library_files"]} == {f" {' '.join(sorted(words(fold('bữa ăn.jpg'))))} "}
    async with old.begin() as connection:
        await connection.run_sync(lambda one: command.downgrade(_config(one), "0017"))
        assert await connection.run_sync(_rows) == before


async def test_the_way_back_loses_no_row_either(old: AsyncEngine) -> None:
    before = await _content(old)
    await migrate(old)
    async with old.begin() as connection:
        await connection.run_sync(lambda one: command.downgrade(_config(one), "0004"))
    assert await _content(old) == before


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _tables(connection: Connection) -> dict[str, Table]:
    found = MetaData()
    found.reflect(connection)
    return {table.name: table for table in found.sorted_tables if table.name != "alembic_version"}


def _fill(connection: Connection) -> None:
    command.upgrade(_config(connection), "0004")
    for name, table in _tables(connection).items():
        for row in ROWS[name]:
            assert row.keys() == set(table.columns.keys()), name
            connection.execute(table.insert(), [row])


async def _content(engine: AsyncEngine) -> dict[str, Rows]:
    async with engine.begin() as connection:
        return await connection.run_sync(_rows)


def _rows(connection: Connection) -> dict[str, Rows]:
    ordered = ((name, table.select().order_by(*table.primary_key)) for name, table in _tables(connection).items())
    return {name: [_aware(row) for row in connection.execute(query).mappings()] for name, query in ordered}


def _aware(row: Mapping[Any, Any]) -> dict[str, Any]:
    """SQLite keeps no zone."""
    naive = {key for key, value in row.items() if isinstance(value, datetime) and value.tzinfo is None}
    return {key: value.replace(tzinfo=UTC) if key in naive else value for key, value in row.items()}


def _only(row: Mapping[str, Any], was: Mapping[str, Any]) -> dict[str, Any]:
    return {key: row[key] for key in was}


def _expected(name: str, count: int) -> list[dict[str, object]]:
    rows = [dict(EMPTY.get(name, {})) for _ in range(count)]
    if name == "file_facts":
        hashes = (str(row["phash"]) for row in ROWS[name])  # by SHA-256, as they are read
        return [
            row | dict(zip(BANDS, bands(one) or EMPTY_BANDS, strict=True))
            for row, one in zip(rows, hashes, strict=True)
        ]
    if name == GIVEN:
        told = zip(rows, BEFORE, SINCE, strict=True)
        return [row | {"before": before, "kept_since": since} for row, before, since in told]
    return rows


def _pointing(connection: Connection) -> set[tuple[str, str, str]]:
    return _keys(_tables(connection).values())


def _wanted() -> set[tuple[str, str, str]]:
    return _keys(Base.metadata.sorted_tables)


def _keys(tables: Any) -> set[tuple[str, str, str]]:
    return {(t.name, key.parent.name, key.target_fullname) for t in tables for key in t.foreign_keys}
