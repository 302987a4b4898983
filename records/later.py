"""Who asked to be reminded again, of what and when: one wish a chat, the last one counts."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select

from core.message import Address
from core.work import TaskRef
from records.evidence_tables import ReminderLaterRow
from records.session import Session, insert_into

KEPT = timedelta(hours=12)  # so long after its time it is still said, should the service have been down


@dataclass(frozen=True, slots=True)
class Wish:
    """`person`: whose private chat it is; None: a group's."""

    chat: Address
    unit: str
    tasks: tuple[TaskRef, ...]
    at: datetime
    person: int | None = None


async def wish(session: Session, one: Wish) -> None:
    """In place of an earlier one in this chat."""
    values = {
        "thread": one.chat.thread,
        "unit": one.unit,
        "tasks": [str(ref) for ref in one.tasks],
        "at": one.at,
        "person_id": one.person,
    }
    row = insert_into(session, ReminderLaterRow).values(platform=one.chat.platform, chat=one.chat.chat, **values)
    keys = [ReminderLaterRow.platform, ReminderLaterRow.chat]
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_=values))


async def due(session: Session, now: datetime) -> Sequence[Wish]:
    """Those whose time has come; also what was queued already: the key lets nothing through twice."""
    rows = select(ReminderLaterRow).where(ReminderLaterRow.at <= now, ReminderLaterRow.at > now - KEPT)
    return [_wish(row) for row in await session.scalars(rows.order_by(ReminderLaterRow.at, ReminderLaterRow.chat))]


async def wishing(session: Session, since: datetime, until: datetime) -> set[str]:
    """The chats that have chosen an hour of their own in this time (core.reminding.Message.to)."""
    rows = select(ReminderLaterRow).where(ReminderLaterRow.at >= since, ReminderLaterRow.at < until)
    return {f"{row.platform}:{row.chat}" for row in await session.scalars(rows)}


async def forget_before(session: Session, now: datetime) -> None:
    """What is said, or too old to be."""
    await session.execute(delete(ReminderLaterRow).where(ReminderLaterRow.at <= now - KEPT))


def _wish(row: ReminderLaterRow) -> Wish:
    tasks = tuple(ref for words in row.tasks if (ref := TaskRef.parse(words)))
    return Wish(Address(row.platform, row.chat, row.thread), row.unit, tasks, row.at, row.person_id)
