"""What people asked units about data; their words are never logged."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from core.people import Person
from core.privacy import Asked, DataRequest
from records.codes import unused
from records.privacy_tables import DataRequestRow
from records.session import Session


async def add(session: Session, me: Person, kind: Asked, words: str, now: datetime) -> DataRequest:
    """Written down by this person for her unit."""
    code = await unused(session, DataRequestRow.code)
    row = DataRequestRow(code=code, unit=me.unit, kind=kind, words=words, made_by=me.id, made_at=now)
    session.add(row)
    await session.flush()
    return _request(row)


async def open_ones(session: Session, unit: str | None = None) -> Sequence[DataRequest]:
    """Those of the unit, or of all, that are not done, oldest first."""
    rows = select(DataRequestRow).where(DataRequestRow.done_at.is_(None)).order_by(DataRequestRow.id)
    if unit is not None:
        rows = rows.where(DataRequestRow.unit == unit)
    return [_request(row) for row in await session.scalars(rows)]


async def mark_answered(session: Session, unit: str, code: str, now: datetime) -> DataRequest | None:
    """Who asked was answered; None: the unit has no open one with this code."""
    return await _change(session, unit, code, answered_at=now)


async def close(session: Session, unit: str, code: str, outcome: str, now: datetime) -> DataRequest | None:
    """It is done; None: the unit has no open one with this code."""
    return await _change(session, unit, code, done_at=now, outcome=outcome)


async def forget_words(session: Session, done_before: datetime) -> None:
    """What was written down of those done by then is not kept longer."""
    old = update(DataRequestRow).where(DataRequestRow.done_at <= done_before)
    await session.execute(old.values(words="", outcome=""))


async def _change(session: Session, unit: str, code: str, **values: Any) -> DataRequest | None:
    mine = DataRequestRow.unit == unit, DataRequestRow.code == code.upper(), DataRequestRow.done_at.is_(None)
    changed = update(DataRequestRow).where(*mine).values(**values).returning(DataRequestRow)
    row = await session.scalar(changed.execution_options(populate_existing=True))
    return None if row is None else _request(row)


def _request(row: DataRequestRow) -> DataRequest:
    return DataRequest(row.code, row.unit, Asked(row.kind), row.words, row.made_at, row.answered_at, row.done_at)
