"""Which process sends for which chat service: a lease by the database's own clock, which all machines share."""

from collections.abc import Collection
from datetime import timedelta
from typing import Any

from sqlalchemy import Float, delete, or_, update
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.expression import ColumnElement

from records.driver_tables import DriverRow
from records.session import Session, insert_into


class _Now(ColumnElement[float]):
    """Seconds since 1970 by the database's clock."""

    type = Float()
    inherit_cache = True


@compiles(_Now, "sqlite")
def _on_sqlite(element: _Now, compiler: Any, **options: Any) -> str:
    return "(julianday('now') - 2440587.5) * 86400.0"


@compiles(_Now, "postgresql")
def _on_postgresql(element: _Now, compiler: Any, **options: Any) -> str:
    return "extract(epoch FROM now())"


async def hold(session: Session, platforms: Collection[str], holder: str, lease: timedelta) -> set[str]:
    """Take or renew these; those that are the holder's from now until the lease ends. Others are driven elsewhere."""
    until = _Now() + lease.total_seconds()
    held = set()
    for platform in sorted(platforms):  # in one order, so that two processes do not wait for each other
        insert = insert_into(session, DriverRow).values(platform=platform, holder=holder, until=until)
        free = or_(DriverRow.holder == holder, DriverRow.until <= _Now())
        taken = insert.on_conflict_do_update(
            index_elements=[DriverRow.platform], set_={"holder": holder, "until": until}, where=free
        )
        held |= set(await session.scalars(taken.returning(DriverRow.platform)))
    return held


async def give_back(session: Session, holder: str) -> None:
    """Others need not wait for the lease to end."""
    await session.execute(delete(DriverRow).where(DriverRow.holder == holder))


async def end_all(session: Session) -> None:
    """Every lease has run out, as if their holders had died."""
    await session.execute(update(DriverRow).values(until=0.0))
