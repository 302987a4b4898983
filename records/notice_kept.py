"""Lists of recipients and texts that a unit keeps by name for its next notices."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select

from core.words import bare
from records.notice_tables import NoticeKeptRow
from records.session import Session, insert_into

LIST, TEMPLATE = "list", "template"
LONGEST_NAME = 40  # characters


async def keep(
    session: Session, unit: str, kind: str, name: str, value: dict[str, Any], by: int | None, now: datetime
) -> None:
    """From now on this is what the name means there."""
    fresh = {"name": name, "value": value, "by_person": by, "at": now}
    row = insert_into(session, NoticeKeptRow).values(unit=unit, kind=kind, key=bare(name), **fresh)
    keys = [NoticeKeptRow.unit, NoticeKeptRow.kind, NoticeKeptRow.key]
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_=fresh))


async def find(session: Session, unit: str, kind: str, name: str) -> dict[str, Any] | None:
    """What the name means; None: nothing."""
    value = select(NoticeKeptRow.value).where(*_called(unit, kind, name))
    found: dict[str, Any] | None = await session.scalar(value)
    return found


async def names(session: Session, unit: str, kind: str) -> Sequence[str]:
    """All names of this kind."""
    mine = select(NoticeKeptRow.name).where(NoticeKeptRow.unit == unit, NoticeKeptRow.kind == kind)
    return (await session.scalars(mine.order_by(NoticeKeptRow.key))).all()


async def drop(session: Session, unit: str, kind: str, name: str) -> bool:
    """The name means nothing any more; False: it meant nothing before."""
    gone = delete(NoticeKeptRow).where(*_called(unit, kind, name)).returning(NoticeKeptRow.key)
    return await session.scalar(gone) is not None


def _called(unit: str, kind: str, name: str) -> tuple[Any, ...]:
    return NoticeKeptRow.unit == unit, NoticeKeptRow.kind == kind, NoticeKeptRow.key == bare(name)
