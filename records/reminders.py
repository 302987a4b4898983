"""What is kept of reminders: up to which day they were planned, which were stopped. The messages are in the outbox."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import delete, func, select

from core.clock import local_day
from core.reminding import Steps, Told
from core.work import TaskRef
from records.evidence_tables import ReminderDayRow, ReminderStepsRow, ReminderStopRow
from records.queued import key_begins
from records.session import Session, insert_into
from records.tables import OutboxRow

KEY = "reminder:"
_UNTOUCHED = OutboxRow.attempts == 0, OutboxRow.urgency >= 0  # one that is being sent may have arrived


async def begin_day(session: Session, day: date, now: datetime) -> date:
    """The last day before this one on which people were reminded, the same however often it is asked for this day.

    The first day ever has the day itself: there is no yesterday to make up for.
    """
    last = await session.scalar(select(func.max(ReminderDayRow.day)).where(ReminderDayRow.day < day))
    values = {"day": day, "since": last or day, "begun_at": now}
    await session.execute(insert_into(session, ReminderDayRow).values(**values).on_conflict_do_nothing())
    return (await session.scalars(select(ReminderDayRow.since).where(ReminderDayRow.day == day))).one()


async def stop(session: Session, unit: str, ref: TaskRef, by: int | None, now: datetime) -> None:
    """The unit is reminded of this task no more."""
    values = {"unit": unit, "document_id": ref.document, "number": ref.number, "by_person": by, "at": now}
    await session.execute(insert_into(session, ReminderStopRow).values(**values).on_conflict_do_nothing())


async def stopped(session: Session) -> set[tuple[str, TaskRef]]:
    """The units and the tasks of which they are reminded no more."""
    rows = await session.scalars(select(ReminderStopRow))
    return {(row.unit, TaskRef(row.document_id, row.number)) for row in rows}


async def set_ahead(session: Session, unit: str, ahead: Sequence[int], by: int | None, now: datetime) -> None:
    """So many working days ahead the unit is reminded from now on."""
    values = {"ahead": list(ahead), "by_person": by, "at": now}
    row = insert_into(session, ReminderStepsRow).values(unit=unit, **values)
    await session.execute(row.on_conflict_do_update(index_elements=[ReminderStepsRow.unit], set_=values))


async def steps(session: Session) -> dict[str, Steps]:
    """Of the units that have steps of their own."""
    return {row.unit: Steps(ahead=tuple(row.ahead)) for row in await session.scalars(select(ReminderStepsRow))}


async def take_back(session: Session, unit: str, ref: TaskRef) -> None:
    """What waits to remind the unit of this task does not go out; the next round says the rest anew."""
    waiting = select(OutboxRow.id, OutboxRow.tasks).where(
        key_begins(f"{KEY}{unit}:"),
        OutboxRow.state == "waiting",
        *_UNTOUCHED,
    )
    ids = [row.id for row in await session.execute(waiting) if str(ref) in row.tasks]
    if ids:
        await session.execute(delete(OutboxRow).where(OutboxRow.id.in_(ids), *_UNTOUCHED))


async def told_themselves(session: Session, key: str, people: Collection[int]) -> set[int]:
    """Those of these people to whom all that this message says to a group is said by one of their own that day."""
    begins, _, rest = key.partition(":")
    if f"{begins}:" != KEY:
        return set()
    unit, day, _ = rest.split(":", 2)
    own = {f"{KEY}{unit}:{day}:person:{person}#1": person for person in people}
    said = await session.scalar(select(OutboxRow.tasks).where(OutboxRow.key == key)) or ()
    rows = select(OutboxRow.key, OutboxRow.tasks).where(OutboxRow.key.in_(own), OutboxRow.state != "failed")
    return {own[row.key] for row in await session.execute(rows) if set(row.tasks) >= set(said)}


async def told(session: Session, ref: TaskRef, since: datetime) -> list[Told]:
    """Who was reminded of this task since then, by unit and day."""
    columns = OutboxRow.key, OutboxRow.group, OutboxRow.state, OutboxRow.tasks, OutboxRow.queued_at
    rows = select(*columns).where(key_begins(KEY), OutboxRow.queued_at >= since)
    found = {
        Told(row.key.split(":")[1], local_day(row.queued_at), row.group, row.state == "sent")
        for row in await session.execute(rows)
        if str(ref) in row.tasks
    }
    return sorted(found, key=lambda one: (one.unit, one.day, not one.group))
