"""Opening the database; the differences of SQLite and PostgreSQL end here."""

from collections.abc import AsyncIterator, Callable, Iterable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from alembic import command
from alembic.config import Config
from sqlalchemy import URL, Connection, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import ArgumentError
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from core.errors import BadInput
from core.texts import chat as texts
from records.tables import Base

Session = AsyncSession
Begin = Callable[[], AbstractAsyncContextManager[Session]]

_DRIVERS = {
    "sqlite": "sqlite+aiosqlite",
    "sqlite+aiosqlite": "sqlite+aiosqlite",
    "postgres": "postgresql+asyncpg",
    "postgresql": "postgresql+asyncpg",
    "postgresql+asyncpg": "postgresql+asyncpg",
}
_One = TypeVar("_One")
_NAMED = 500  # values in a statement; SQLite and the driver of PostgreSQL take some ten thousand
_PATIENCE = 30  # seconds a writer waits for another
_MIGRATING = 7_205_759_403_792_793  # any number, the same for all processes
_SORTING = text("SELECT set_config('enable_sort', :on, true)")  # until the transaction ends
_MIGRATIONS = Path(__file__).parent / "migrations"


def open_engine(url: str) -> AsyncEngine:
    """The engine for an address of SQLite or PostgreSQL; nothing is connected yet, errors show no values.

    A SQLite file's folder is created. Raises BadInput for an address of another kind.
    """
    try:
        address = make_url(url)
    except ArgumentError as error:
        raise BadInput(texts.BAD_DATABASE_URL) from error
    if address.drivername not in _DRIVERS:
        raise BadInput(texts.BAD_DATABASE_URL)
    address = address.set(drivername=_DRIVERS[address.drivername])
    if address.get_backend_name() == "sqlite":
        return _open_sqlite(address)
    return create_async_engine(address, pool_pre_ping=True, hide_parameters=True)


def opener(engine: AsyncEngine) -> Begin:
    """`async with begin() as session`: committed on leaving, rolled back on an error."""
    return async_sessionmaker(engine, expire_on_commit=False).begin


async def migrate(engine: AsyncEngine) -> None:
    """Bring the tables up to date; several processes may do so at once."""
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade)


def insert_into(session: Session, rows: type[Base]) -> postgresql.Insert | sqlite.Insert:
    """An insert that knows `on_conflict_do_nothing` and `on_conflict_do_update`, for the session's database.

    Into the table, not by way of row objects: those would cost more than the writing.
    """
    if session.get_bind().dialect.name == "postgresql":
        return postgresql.insert(rows.__table__)  # type: ignore[arg-type]
    return sqlite.insert(rows.__table__)  # type: ignore[arg-type]


def in_pieces(values: Iterable[_One]) -> Iterator[list[_One]]:
    """So many at a time as a statement may name."""
    left = iter(values)
    while piece := list(islice(left, _NAMED)):
        yield piece


@asynccontextmanager
async def in_index_order(session: Session) -> AsyncIterator[None]:
    """Within it PostgreSQL takes the order that is asked for from an index, and sorts only what none has in order.

    What it believes to know of a table is from its last ANALYZE: a backlog queued since then seems so small that it
    would be read whole and sorted for the first few rows. SQLite always goes along the index.
    """
    if session.get_bind().dialect.name != "postgresql":
        yield
        return
    await session.execute(_SORTING, {"on": "off"})
    yield
    await session.execute(_SORTING, {"on": "on"})


def _open_sqlite(address: URL) -> AsyncEngine:
    """One connection: within a process writers queue up in order instead of trying again and again."""
    if address.database and address.database != ":memory:":
        Path(address.database).parent.mkdir(parents=True, exist_ok=True)
    patience = 2 * _PATIENCE
    engine = create_async_engine(address, pool_size=1, max_overflow=0, pool_timeout=patience, hide_parameters=True)
    event.listen(engine.sync_engine, "connect", _prepare_sqlite)
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def _prepare_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # the driver must not begin transactions by itself
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={_PATIENCE * 1000}")
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    """A transaction that begins by reading and then writes fails at once where another wrote in between."""
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _upgrade(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATING})
    config = Config()
    config.set_main_option("script_location", str(_MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
