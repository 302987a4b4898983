"""Files that somebody asked for in chat, until they are made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from records.session import Session
from records.sheet_tables import SheetWishRow


@dataclass(frozen=True, slots=True)
class Wish:
    """Of which unit a file of this kind is wanted, and by whom; `about`: of what, where the kind has several."""

    id: int
    kind: str
    about: str
    unit: str
    person: int
    at: datetime


async def want(session: Session, kind: str, unit: str, person: int, now: datetime, about: str = "") -> None:
    """Once, however often it is asked for before it is made."""
    same = {"kind": kind, "about": about, "unit": unit, "person_id": person}
    if await session.scalar(select(SheetWishRow.id).filter_by(**same)) is None:
        session.add(SheetWishRow(**same, at=now))
        await session.flush()


async def wanted(session: Session) -> Sequence[Wish]:
    """All that is not made yet, the oldest first."""
    rows = await session.scalars(select(SheetWishRow).order_by(SheetWishRow.id))
    return [Wish(row.id, row.kind, row.about, row.unit, row.person_id, row.at) for row in rows]


async def done(session: Session, id: int) -> bool:
    """It is made; False: another process has made it."""
    gone = delete(SheetWishRow).where(SheetWishRow.id == id).returning(SheetWishRow.id)
    return await session.scalar(gone) is not None
