"""More time for one unit: the day to which an office has moved a task's due day for it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select

from core.work import TaskRef
from records.evidence_tables import ExtensionRow
from records.session import Session, insert_into


@dataclass(frozen=True, slots=True)
class Moved:
    """To which day, and when that was said."""

    due: date
    at: datetime


async def grant(session: Session, unit: str, ref: TaskRef, due: date, by: int, now: datetime) -> None:
    """From now on the unit's due day of this task is `due`; an earlier grant is replaced."""
    values = {"due": due, "made_by": by, "made_at": now}
    row = insert_into(session, ExtensionRow).values(unit=unit, document_id=ref.document, number=ref.number, **values)
    keys = [ExtensionRow.unit, ExtensionRow.document_id, ExtensionRow.number]
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_=values))


async def since(session: Session, day: date) -> dict[tuple[str, TaskRef], date]:
    """All days that were moved to this one or later, by unit and task."""
    return _days(await session.scalars(select(ExtensionRow).where(ExtensionRow.due >= day)))


async def of_units(session: Session, units: Collection[str]) -> dict[tuple[str, TaskRef], date]:
    """The days that were moved, by unit and task."""
    return _days(await session.scalars(select(ExtensionRow).where(ExtensionRow.unit.in_(units))))


async def moves(session: Session, units: Collection[str]) -> dict[tuple[str, TaskRef], Moved]:
    """The same, with when each was moved."""
    rows = await session.scalars(select(ExtensionRow).where(ExtensionRow.unit.in_(units)))
    return {(row.unit, TaskRef(row.document_id, row.number)): Moved(row.due, row.made_at) for row in rows}


def _days(rows: Iterable[ExtensionRow]) -> dict[tuple[str, TaskRef], date]:
    return {(row.unit, TaskRef(row.document_id, row.number)): row.due for row in rows}
