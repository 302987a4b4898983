"""Opening and migrating: the same on both databases, from any number of processes at once."""

import asyncio
import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, select
from sqlalchemy.ext.asyncio import AsyncEngine

from core.errors import BadInput
from records.session import Begin, migrate, open_engine, opener
from records.tables import Base, OffsetRow

MIGRATE = "import asyncio, sys; from records.session import *; asyncio.run(migrate(open_engine(sys.argv[1])))"


def _differences(connection: Connection) -> object:
    return compare_metadata(MigrationContext.configure(connection), Base.metadata)


async def test_the_migrations_give_the_tables_that_the_code_expects(engine: AsyncEngine) -> None:
    async with engine.connect() as connection:
        assert await connection.run_sync(_differences) == []


async def test_migrating_again_changes_nothing(engine: AsyncEngine, begin: Begin) -> None:
    async with begin() as session:
        session.add(OffsetRow(platform="fake", value="7"))
    await migrate(engine)
    async with begin() as session:
        assert await session.scalar(select(OffsetRow.value)) == "7"


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_three_processes_may_migrate_a_new_database_at_once(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    new = f"sqlite:///{tmp_path / 'new.db'}"
    url = new if kind == "sqlite" else request.getfixturevalue("empty_postgresql_url")
    command = [sys.executable, "-c", MIGRATE, url]
    started = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [(process.communicate()[1], process.returncode) for process in started] == [("", 0)] * 3


async def test_an_error_undoes_the_whole_transaction(begin: Begin) -> None:
    async def write_then_fail() -> None:
        async with begin() as session:
            session.add(OffsetRow(platform="fake", value="7"))
            await session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await write_then_fail()
    async with begin() as session:
        assert await session.scalar(select(OffsetRow.value)) is None


async def test_many_writers_of_two_engines_do_not_lock_each_other_out(database_url: str, begin: Begin) -> None:
    other = open_engine(database_url)

    async def read_then_write(begin: Begin, number: int) -> None:
        async with begin() as session:
            await session.scalars(select(OffsetRow.value))
            session.add(OffsetRow(platform=str(number), value=""))

    await asyncio.gather(*(read_then_write((begin, opener(other))[n % 2], n) for n in range(40)))
    await other.dispose()
    async with begin() as session:
        assert len((await session.scalars(select(OffsetRow.platform))).all()) == 40


@pytest.mark.parametrize("url", ["", "x", "mysql://a/b", "sqlite+pysqlcipher:///a"])
def test_another_kind_of_database_is_refused_in_one_sentence(url: str) -> None:
    with pytest.raises(BadInput, match="NHACVIEC_DATABASE_URL"):
        open_engine(url)
