"""What the operator sees of the outbox, without words: what waits, what did not go out; and sending that again."""

from collections.abc import AsyncIterator, Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, case, exists, func, or_, select, update
from sqlalchemy.orm import aliased

from core.message import Urgency
from records.outbox import INSTEAD, NOT_BY
from records.queued import BEGUN
from records.session import Session
from records.tables import OutboxRow

WAITING, FAILED, UNKNOWN = "waiting", "failed", "unknown"
_PAGE = 500


@dataclass(frozen=True, slots=True)
class Letter:
    """A message as the operator sees it; `state` UNKNOWN: nobody can know whether it arrived."""

    id: int
    key: str
    platform: str
    group: bool
    urgency: Urgency
    state: str
    reason: str
    attempts: int
    queued_at: datetime
    ready_at: datetime


async def letters(session: Session, states: Collection[str]) -> AsyncIterator[Letter]:
    """Those in these states, oldest first; however many, only some of them are in memory."""
    last = 0
    chosen = select(OutboxRow).where(OutboxRow.state.in_(states)).order_by(OutboxRow.id).limit(_PAGE)
    while rows := (await session.scalars(chosen.where(OutboxRow.id > last))).all():
        for row in rows:
            yield _letter(row)
        last = rows[-1].id
        session.expunge_all()


async def count(session: Session) -> dict[str, int]:
    """How many messages did not go out for sure: by FAILED and UNKNOWN. Those that went another way do not count."""
    lost = select(OutboxRow.state, func.count()).where(OutboxRow.state.in_((FAILED, UNKNOWN)), ~_went_another_way())
    return {row[0]: row[1] for row in await session.execute(lost.group_by(OutboxRow.state))}


@dataclass(frozen=True, slots=True)
class Backlog:
    """Of a service: how many messages wait, and since when the first of those that could go out now."""

    waiting: int
    oldest: datetime | None


async def backlog(session: Session, now: datetime) -> dict[str, Backlog]:
    """What waits, by service."""
    row = OutboxRow
    due = case((row.ready_at <= now, row.queued_at))
    counted = select(row.platform, func.count(), func.min(due, type_=row.queued_at.type)).where(row.state == WAITING)
    found = await session.execute(counted.group_by(row.platform))
    return {platform: Backlog(count, oldest) for platform, count, oldest in found}


async def reasons(session: Session, since: datetime) -> list[tuple[str, str, str, int]]:
    """What was queued since and did not go out for sure: service, state, why, how many; the most first."""
    row, number = OutboxRow, func.count()
    lost = row.state.in_((FAILED, UNKNOWN)), row.queued_at >= since, ~_went_another_way()
    shared = row.platform, row.state, row.reason
    found = await session.execute(select(*shared, number).where(*lost).group_by(*shared).order_by(number.desc()))
    return [(platform, state, reason, count) for platform, state, reason, count in found]


async def send_again(session: Session, now: datetime, message: int | None = None) -> int:
    """This one waits as if it were new, if it did not go out for sure; how many.

    None: all that was given up and did not go another way; not what may have arrived.
    """
    lost = select(OutboxRow.id).where(OutboxRow.state == FAILED, ~_went_another_way())
    if message is not None:
        lost = select(OutboxRow.id).where(OutboxRow.id == message, OutboxRow.state.in_((FAILED, UNKNOWN)))
    again = {"state": WAITING, "attempts": 0, "reason": "", "ready_at": now}
    urgency = case((OutboxRow.urgency < 0, OutboxRow.urgency + BEGUN), else_=OutboxRow.urgency)
    chosen = update(OutboxRow).where(OutboxRow.id.in_(lost.scalar_subquery())).values(urgency=urgency, **again)
    changed = await session.scalars(chosen.returning(OutboxRow.id).execution_options(synchronize_session=False))
    return len(changed.all())


def _went_another_way() -> ColumnElement[bool]:
    other = aliased(OutboxRow)
    ways = OutboxRow.key + NOT_BY + OutboxRow.platform + "#1", OutboxRow.key + INSTEAD + "#1"
    return or_(*(exists().where(other.key == way) for way in ways))


def _letter(row: OutboxRow) -> Letter:
    return Letter(
        id=row.id,
        key=row.key,
        platform=row.platform,
        group=row.group,
        urgency=Urgency(row.urgency % BEGUN),
        state=row.state,
        reason=row.reason,
        attempts=row.attempts,
        queued_at=row.queued_at,
        ready_at=row.ready_at,
    )
