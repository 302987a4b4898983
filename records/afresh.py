"""A reminder that waits, and whether anything has changed since it was thought of."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, or_, select, update

from core.evidence import State
from core.message import Outbound
from core.reminding import Kind
from core.work import TaskRef
from records.amendment_tables import AmendmentRow
from records.evidence_tables import ExtensionRow, ReminderStopRow, ReminderUnitRow, SubmissionEventRow, SubmissionRow
from records.outbox import Claimed
from records.queued import key_begins, not_begun, rows_of
from records.reminders import KEY
from records.session import Session, insert_into
from records.tables import OutboxRow, UnitRow

SKEW = timedelta(minutes=1)  # between the clocks of two processes, and while a transaction lasts


@dataclass(frozen=True, slots=True)
class Waiting:
    """What it is about. `key` without the number of the part; `another_way`: it stands in for one that was refused."""

    key: str
    kind: Kind
    day: date
    units: tuple[str, ...]
    tasks: tuple[TaskRef, ...]
    another_way: bool


def begins_one(claimed: Claimed) -> bool:
    """Whether it is the first part of a reminder, or goes another way in its place; the others follow as they are."""
    return claimed.key.startswith(KEY) and all(part.partition("~")[0] == "1" for part in claimed.key.split("#")[1:])


async def outdated(session: Session, claimed: Claimed) -> Waiting | None:
    """The reminder that begins with this message, where anything has changed for its units since; else None.

    What they or the units right below them have handed in or got back, days that were moved, what was stopped, what a
    later document changed.
    """
    whole = claimed.key.partition("#")[0]
    if not await _changed(session, whole, claimed.queued_at - SKEW):
        return None
    units = (await session.scalars(select(ReminderUnitRow.unit).where(ReminderUnitRow.key == whole))).all()
    said = await session.scalar(select(OutboxRow.tasks).where(OutboxRow.id == claimed.id)) or ()
    day, kind, _ = whole.removeprefix(KEY).split(":", 2)
    tasks = tuple(ref for words in said if (ref := TaskRef.parse(words)))
    another_way = claimed.key != f"{whole}#1"
    return Waiting(whole, Kind(kind), date.fromisoformat(day), tuple(units), tasks, another_way)


async def _changed(session: Session, whole: str, since: datetime) -> bool:
    """One question: it is asked before every reminder that goes out."""
    units = select(ReminderUnitRow.unit).where(ReminderUnitRow.key == whole)
    below = select(UnitRow.code).where(UnitRow.parent.in_(units))
    turned = select(SubmissionEventRow.id).join(SubmissionRow, SubmissionRow.id == SubmissionEventRow.submission_id)
    turned = turned.where(SubmissionEventRow.at >= since, SubmissionEventRow.state.in_([*State]))
    turned = turned.where(or_(SubmissionRow.unit.in_(units), SubmissionRow.unit.in_(below)))
    moved = select(ExtensionRow.unit).where(ExtensionRow.made_at >= since)
    moved = moved.where(or_(ExtensionRow.unit.in_(units), ExtensionRow.unit.in_(below)))
    amended = select(AmendmentRow.id).where(AmendmentRow.made_at >= since)
    stopped = select(ReminderStopRow.unit).where(ReminderStopRow.at >= since, ReminderStopRow.unit.in_(units))
    return bool(await session.scalar(select(or_(turned.exists(), moved.exists(), stopped.exists(), amended.exists()))))


async def amended_since(session: Session, instant: datetime) -> datetime | None:
    """When a later document last changed anything after this instant; None: it did not."""
    return await session.scalar(select(func.max(AmendmentRow.made_at)).where(AmendmentRow.made_at > instant))


async def put_off(session: Session, claimed: Claimed, until: datetime) -> None:
    """It is looked at again then."""
    mine = update(OutboxRow).where(OutboxRow.id == claimed.id, OutboxRow.state == "waiting")
    await session.execute(mine.values(ready_at=until, urgency=not_begun()))


async def say(session: Session, claimed: Claimed, whole: str, message: Outbound, now: datetime) -> bool:
    """Queue it in the place of all parts of the one that waits under this key; True: it says the same."""
    rows = rows_of(message, whole, (), claimed.person, now)
    before = await _parts(session, whole)
    if [(row.text, row.tasks) for row in before] == [(row["text"], row["tasks"]) for row in rows]:
        return True
    await session.execute(delete(OutboxRow).where(OutboxRow.id.in_([row.id for row in before])))
    await session.execute(insert_into(session, OutboxRow), rows)
    return False


async def say_another_way(session: Session, claimed: Claimed, message: Outbound, now: datetime) -> bool:
    """The same for one that stands in for another: its first line, which says why, stays."""
    why, _, _ = claimed.message.text.partition("\n")
    text = f"{why}\n{message.text}"
    if text == claimed.message.text:
        return True
    tasks = [str(ref) for ref in message.tasks]
    mine = update(OutboxRow).where(OutboxRow.id == claimed.id, OutboxRow.state == "waiting")
    await session.execute(mine.values(text=text, tasks=tasks, ready_at=now, urgency=not_begun()))
    return False


async def drop(session: Session, claimed: Claimed, waiting: Waiting) -> None:
    """Nothing is left of it; its key is free again, should something be returned."""
    parts = [claimed.id] if waiting.another_way else [row.id for row in await _parts(session, waiting.key)]
    await session.execute(delete(OutboxRow).where(OutboxRow.id.in_(parts), OutboxRow.state == "waiting"))


async def _parts(session: Session, whole: str) -> Sequence[OutboxRow]:
    rows = select(OutboxRow).where(key_begins(f"{whole}#"), OutboxRow.state == "waiting").order_by(OutboxRow.id)
    return [row for row in await session.scalars(rows) if row.key.removeprefix(f"{whole}#").isdigit()]
