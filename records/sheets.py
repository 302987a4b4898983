"""Tables that somebody asked for as a file, until they are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from records.activity_tables import SheetWishRow
from records.session import Session


@dataclass(frozen=True, slots=True)
class Wish:
    """Of which unit a table of this kind is wanted, and by whom."""

    id: int
    kind: str
    unit: str
    person: int
    at: datetime


async def want(session: Session, kind: str, unit: str, person: int, now: datetime) -> None:
    """Once, however often it is asked for before it is made."""
    same = SheetWishRow.kind == kind, SheetWishRow.unit == unit, SheetWishRow.person_id == person
    if await session.scalar(select(SheetWishRow.id).where(*same)) is None:
        session.add(SheetWishRow(kind=kind, unit=unit, person_id=person, at=now))
        await session.flush()


async def wanted(session: Session) -> Sequence[Wish]:
    """All that is not made yet, the oldest first."""
    rows = await session.scalars(select(SheetWishRow).order_by(SheetWishRow.id))
    return [Wish(row.id, row.kind, row.unit, row.person_id, row.at) for row in rows]


async def done(session: Session, id: int) -> bool:
    """It is made; False: another process has made it."""
    gone = delete(SheetWishRow).where(SheetWishRow.id == id).returning(SheetWishRow.id)
    return await session.scalar(gone) is not None
