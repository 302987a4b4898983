"""What is kept of reminders: up to which day they were planned, which were stopped. The messages are in the outbox."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, delete, func, select

from core.message import Address
from core.reminding import Kind, Message, Said, Steps, Told
from core.work import TaskRef
from records.evidence_tables import IssuerStepsRow, ReminderDayRow, ReminderStepsRow, ReminderStopRow, ReminderUnitRow
from records.outbox import INSTEAD
from records.queued import key_begins
from records.session import Session, in_pieces, insert_into
from records.tables import OutboxRow

KEY = "reminder:"
_WAITING = timedelta(days=7)  # longer no reminder waits


async def begin_day(session: Session, day: date, now: datetime) -> date:
    """The last day before this one on which people were reminded, the same however often it is asked for this day.

    The first day ever has the day itself: there is no yesterday to make up for.
    """
    last = await last_day(session, day)
    values = {"day": day, "since": last or day, "begun_at": now}
    await session.execute(insert_into(session, ReminderDayRow).values(**values).on_conflict_do_nothing())
    return (await session.scalars(select(ReminderDayRow.since).where(ReminderDayRow.day == day))).one()


async def last_day(session: Session, day: date) -> date | None:
    """The last day before this one on which people were reminded; None: there was none."""
    return await session.scalar(select(func.max(ReminderDayRow.day)).where(ReminderDayRow.day < day))


async def said_since(session: Session, day: date, now: datetime) -> date | None:
    """Up to which day it was said already when this day begins; None: there is nothing to make up for."""
    since = await begin_day(session, day, now)
    return None if since == day else since


async def stop(session: Session, unit: str, ref: TaskRef, by: int | None, now: datetime) -> None:
    """The unit is reminded of this task no more."""
    values = {"unit": unit, "document_id": ref.document, "number": ref.number, "by_person": by, "at": now}
    await session.execute(insert_into(session, ReminderStopRow).values(**values).on_conflict_do_nothing())


async def stopped(session: Session) -> set[tuple[str, TaskRef]]:
    """The units and the tasks of which they are reminded no more."""
    rows = await session.scalars(select(ReminderStopRow))
    return {(row.unit, TaskRef(row.document_id, row.number)) for row in rows}


async def set_ahead(session: Session, unit: str, ahead: Sequence[int], by: int | None, now: datetime) -> None:
    """So many working days ahead the unit is reminded from now on; none: as others are."""
    await _set(session, ReminderStepsRow, unit, ahead, by, now)


async def set_issued(session: Session, unit: str, ahead: Sequence[int], by: int | None, now: datetime) -> None:
    """So many working days ahead units are reminded of what this office's documents ask; none: as of others."""
    await _set(session, IssuerStepsRow, unit, ahead, by, now)


async def steps(session: Session) -> dict[str, Steps]:
    """Of the units that have steps of their own."""
    rows = await session.scalars(select(ReminderStepsRow))
    return {row.unit: Steps(ahead=tuple(row.ahead)) for row in rows if row.ahead}


async def issued_steps(session: Session) -> dict[str, Steps]:
    """Of the offices that have set some for their documents."""
    rows = await session.scalars(select(IssuerStepsRow))
    return {row.unit: Steps(ahead=tuple(row.ahead)) for row in rows if row.ahead}


def key_of(kind: Kind, day: str, to: str) -> str:
    """Of a message of this kind and day to this chat or person (core.reminding.Message.to)."""
    return f"{KEY}{day}:{kind}:{to}"


def key(message: Message) -> str:
    """The key under which this message is queued: one for each kind, day and receiver."""
    return key_of(message.kind, str(message.day), f"{message.to}{message.mark}")


async def note(session: Session, messages: Iterable[Message]) -> None:
    """Whose tasks these are about, as they are queued."""
    rows = [{"key": key(one), "unit": unit, "day": one.day} for one in messages for unit in one.units]
    if rows:
        await session.execute(insert_into(session, ReminderUnitRow).on_conflict_do_nothing(), rows)


async def last_told(session: Session, chat: Address, now: datetime) -> tuple[TaskRef, ...]:
    """The tasks of the last reminder that went to this chat; empty: there was none lately."""
    rows = select(OutboxRow).where(OutboxRow.platform == chat.platform, OutboxRow.chat == chat.chat)
    rows = rows.where(OutboxRow.state == "sent", OutboxRow.key.startswith(KEY, autoescape=True))
    lately = rows.where(OutboxRow.queued_at >= now - _WAITING).order_by(OutboxRow.id.desc())
    last = await session.scalar(lately.limit(1))
    return tuple(ref for words in last.tasks if (ref := TaskRef.parse(words))) if last else ()


async def read_before(session: Session, day: date, instant: datetime, to: Iterable[str]) -> set[str]:
    """To whom of these (core.reminding.Message.to) the morning's message of this day went, and before the instant.

    Also in whose stead it went to somebody else.
    """
    first = {f"{key_of(Kind.MORNING, str(day), one)}#1": one for one in to}
    keys = first | {f"{part}{INSTEAD}#1": one for part, one in first.items()}
    found: set[str] = set()
    for some in in_pieces(keys):
        rows = select(OutboxRow.key).where(OutboxRow.key.in_(some), OutboxRow.state == "sent")
        found |= {keys[part] for part in await session.scalars(rows.where(OutboxRow.queued_at < instant))}
    return found


async def told_themselves(session: Session, key: str, people: Collection[int]) -> set[int]:
    """Those of these people to whom all that this message says to a group is said by one of their own that day."""
    if not key.startswith(KEY):
        return set()
    day, _ = key.removeprefix(KEY).split(":", 1)
    own = {f"{key_of(Kind.MORNING, day, f'person:{person}')}#1": person for person in people}
    said = await session.scalar(select(OutboxRow.tasks).where(OutboxRow.key == key)) or ()
    rows = select(OutboxRow.key, OutboxRow.tasks).where(OutboxRow.key.in_(own), OutboxRow.state != "failed")
    return {own[row.key] for row in await session.execute(rows) if set(row.tasks) >= set(said)}


async def told(session: Session, ref: TaskRef, since: datetime) -> list[Told]:
    """Who was reminded of this task since then, by unit and day."""
    columns = OutboxRow.key, OutboxRow.group, OutboxRow.state, OutboxRow.tasks
    rows = select(*columns).where(key_begins(KEY), OutboxRow.queued_at >= since)
    sent = [row for row in await session.execute(rows) if str(ref) in row.tasks]
    about = await _about(session, [_whole(row.key) for row in sent])
    found = {
        Told(unit, day, row.group, row.state == "sent") for row in sent for unit, day in about.get(_whole(row.key), ())
    }
    return sorted(found, key=lambda one: (one.unit, one.day, not one.group))


async def said(session: Session, unit: str, day: date) -> list[Said]:
    """What was written unasked of this unit's tasks on this day, in the order it was queued."""
    keys = (await session.scalars(select(ReminderUnitRow.key).where(*_of(unit, day)))).all()
    rows = select(OutboxRow).where(OutboxRow.key.in_([f"{key}#1" for key in keys])).order_by(OutboxRow.id)
    return [
        Said(Kind(row.key.removeprefix(KEY).split(":")[1]), row.group, row.person_id, row.state == "sent")
        for row in await session.scalars(rows)
    ]


async def forget_before(session: Session, day: date) -> None:
    """Whose tasks the messages of earlier days were about is known no more."""
    await session.execute(delete(ReminderUnitRow).where(ReminderUnitRow.day < day))


async def _about(session: Session, keys: Sequence[str]) -> dict[str, list[tuple[str, date]]]:
    """The units and the day of each of these messages."""
    found: dict[str, list[tuple[str, date]]] = {}
    for some in in_pieces(keys):
        rows = select(ReminderUnitRow).where(ReminderUnitRow.key.in_(some))
        for row in await session.scalars(rows):
            found.setdefault(row.key, []).append((row.unit, row.day))
    return found


async def _set(
    session: Session,
    table: type[ReminderStepsRow] | type[IssuerStepsRow],
    unit: str,
    ahead: Sequence[int],
    by: int | None,
    now: datetime,
) -> None:
    values = {"ahead": list(ahead), "by_person": by, "at": now}
    row = insert_into(session, table).values(unit=unit, **values)
    await session.execute(row.on_conflict_do_update(index_elements=[table.unit], set_=values))


def _of(unit: str, day: date) -> tuple[ColumnElement[bool], ...]:
    return ReminderUnitRow.unit == unit, ReminderUnitRow.day == day


def _whole(key: str) -> str:
    """Without the number of the part, and how else it went."""
    return key.partition("#")[0]
