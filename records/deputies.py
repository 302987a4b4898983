"""Who speaks in the stead of a school's principal who is away, and until which day."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import and_, or_, select, update

from core.people import Role
from records.evidence_tables import DeputyRow
from records.session import Session
from records.tables import MembershipRow, PersonRow


@dataclass(frozen=True, slots=True)
class Deputy:
    """`person` is an id, `unit` a code; `until` is her last day."""

    id: int
    person: int
    name: str
    unit: str
    until: date


async def appoint(session: Session, unit: str, person: int, by: int, until: date, now: datetime) -> int:
    """From now on the person speaks there until that day; an earlier appointment of hers there ends. Its id."""
    same = update(DeputyRow).where(DeputyRow.unit == unit, DeputyRow.person_id == person, DeputyRow.ended_at.is_(None))
    await session.execute(same.values(ended_at=now))
    row = DeputyRow(unit=unit, person_id=person, by_person=by, since=now, until=until)
    session.add(row)
    await session.flush()
    return row.id


async def running(session: Session, units: Collection[str], day: date) -> tuple[Deputy, ...]:
    """Who speaks for these units on this day, by unit and name; not who has left the unit since, or leads it now."""
    belongs = and_(
        MembershipRow.person_id == DeputyRow.person_id,
        MembershipRow.unit == DeputyRow.unit,
        MembershipRow.state == "active",
        MembershipRow.role == Role.TEACHER,  # who has become the principal stands in for nobody
        or_(MembershipRow.since.is_(None), MembershipRow.since <= DeputyRow.since),
    )
    found = select(DeputyRow, PersonRow.name).join(PersonRow, PersonRow.id == DeputyRow.person_id)
    found = found.where(select(MembershipRow.id).where(belongs).exists())
    found = found.where(DeputyRow.unit.in_(units), DeputyRow.until >= day, DeputyRow.ended_at.is_(None))
    rows = await session.execute(found.order_by(DeputyRow.unit, PersonRow.name))
    return tuple(Deputy(row.id, row.person_id, name, row.unit, row.until) for row, name in rows)


async def ever(session: Session, unit: str, person: int) -> bool:
    """Whether the person speaks, or has spoken, for this unit."""
    found = select(DeputyRow.id).where(DeputyRow.unit == unit, DeputyRow.person_id == person)
    return await session.scalar(found.limit(1)) is not None


async def end(session: Session, id: int, now: datetime) -> None:
    """She speaks there no more."""
    await session.execute(update(DeputyRow).where(DeputyRow.id == id).values(ended_at=now))
