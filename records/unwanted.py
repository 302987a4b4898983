"""Bytes that nothing names any more and that must leave their home: never while they are coming back.

Who removes them marks them first, and who brings the same bytes again looks at the mark before; both in transactions,
so one of the two sees the other. A mark holds no longer than LEASE: its process may have died.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, delete, exists, or_, select, update
from sqlalchemy.orm import InstrumentedAttribute

from core.scan import Scan
from records.file_tables import FactRow, FileRow, UnwantedRow
from records.home import Unreachable
from records.session import Session, insert_into

LEASE = timedelta(minutes=15)
_COMING_BACK = "leaving"  # Unreachable.code


async def add(session: Session, some: Collection[str], now: datetime) -> None:
    """From now on nothing names these."""
    rows = [{"sha256": one, "since": now} for one in some]
    if rows:
        insert = insert_into(session, UnwantedRow)
        again = insert.on_conflict_do_update(index_elements=[UnwantedRow.sha256], set_={"since": now})
        await session.execute(again, rows)


def is_infected(sha256: InstrumentedAttribute[str]) -> ColumnElement[bool]:
    """Whether there is malware in these bytes: their row stays, so that they are known when they come again."""
    return exists().where(FactRow.sha256 == sha256, FactRow.scan == Scan.FOUND)


async def mark(session: Session, since: datetime, now: datetime, limit: int) -> list[str]:
    """Of what nothing has named since then, up to `limit` that nobody else removes now: the caller may, within LEASE.

    What is named again is wanted from now on.
    """
    named = select(FileRow.sha256).where(~is_infected(FileRow.sha256))
    await session.execute(delete(UnwantedRow).where(UnwantedRow.sha256.in_(named)))
    free = or_(UnwantedRow.removing_at.is_(None), UnwantedRow.removing_at <= now - LEASE)
    rows = select(UnwantedRow.sha256).where(UnwantedRow.since <= since, free).order_by(UnwantedRow.since)
    some = list(await session.scalars(rows.limit(limit).with_for_update(skip_locked=True)))
    await session.execute(update(UnwantedRow).where(UnwantedRow.sha256.in_(some)).values(removing_at=now))
    return some


async def forget(session: Session, gone: Collection[str], marked_at: datetime) -> None:
    """These were removed by who marked them then."""
    mine = UnwantedRow.sha256.in_(gone), UnwantedRow.removing_at == marked_at
    await session.execute(delete(UnwantedRow).where(*mine))


async def leave(session: Session, some: Collection[str], marked_at: datetime) -> None:
    """These were not removed, and will not be by who marked them then."""
    mine = UnwantedRow.sha256.in_(some), UnwantedRow.removing_at == marked_at
    await session.execute(update(UnwantedRow).where(*mine).values(removing_at=None))


async def call_back(session: Session, sha256: str, now: datetime) -> None:
    """The same bytes are being brought again: they stay for now. Raises Unreachable while they are being removed."""
    held = select(UnwantedRow.removing_at).where(UnwantedRow.sha256 == sha256).with_for_update()
    _refuse(list(await session.scalars(held)), now)
    wanted = update(UnwantedRow).where(UnwantedRow.sha256 == sha256)
    await session.execute(wanted.values(since=now, removing_at=None))


async def take_off(session: Session, sha256: str, now: datetime) -> None:
    """A row names these bytes again. Raises Unreachable while they are being removed."""
    gone = delete(UnwantedRow).where(UnwantedRow.sha256 == sha256, ~is_infected(UnwantedRow.sha256))
    marks = await session.scalars(gone.returning(UnwantedRow.removing_at))
    _refuse(list(marks), now)


def _refuse(marks: list[datetime | None], now: datetime) -> None:
    if any(at and at > now - LEASE for at in marks):
        raise Unreachable("trouble", _COMING_BACK)
