"""Messages that have gone out and are too old to be kept, or are about what was deleted; a few at a time."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, or_, select, update

from records.outbox import REPLY
from records.session import Session
from records.tables import OutboxRow

KEYS_KEPT = timedelta(days=400)  # a school year: nothing says the same again under a key that is older
SETTLED = ("sent", "failed", "unknown")
GONE = "gone"
_BLANK: dict[str, Any] = {
    **dict.fromkeys(("chat", "thread", "text", "reply_to", "mention", "edits", "service_id", "reason"), ""),
    **{"choices": [], "sources": [], "files": [], "tasks": [], "person_id": None, "state": GONE},
}


async def forget_before(session: Session, at: datetime, limit: int) -> bool:
    """Of up to `limit` that were queued before then the keys alone are kept, so that nothing is said twice; whether
    there may be more.

    An answer is kept from being given twice by the message that it answers: its key goes too.
    """
    for state in SETTLED:
        old = select(OutboxRow.id, OutboxRow.key).where(OutboxRow.state == state, OutboxRow.queued_at < at)
        rows = (await session.execute(old.order_by(OutboxRow.queued_at, OutboxRow.id).limit(limit))).all()
        replies = {row.id for row in rows if row.key.startswith(REPLY)}
        await _delete(session, replies)
        others = update(OutboxRow).where(OutboxRow.id.in_([row.id for row in rows if row.id not in replies]))
        await session.execute(others.values(_BLANK).execution_options(synchronize_session=False))
        if rows:
            return True
    return False


async def drop_keys_before(session: Session, at: datetime, limit: int) -> bool:
    """Keys of messages queued before then are dropped, up to `limit`; whether there may be more."""
    old = select(OutboxRow.id).where(OutboxRow.state == GONE, OutboxRow.queued_at < at)
    ids = (await session.scalars(old.order_by(OutboxRow.queued_at, OutboxRow.id).limit(limit))).all()
    await _delete(session, ids)
    return bool(ids)


async def forget_about(
    session: Session, codes: Collection[str], state: str, since: datetime, until: datetime, after: int, limit: int
) -> tuple[datetime, int] | None:
    """Of up to `limit` that stand so and were queued from `since` on, with an id above `after` in that very moment, and
    by `until`, those are gone that name one of these codes. Where to go on; None: that was all.
    """
    rows = select(OutboxRow.id, OutboxRow.queued_at, OutboxRow.text).where(OutboxRow.state == state)
    rows = rows.where(OutboxRow.queued_at >= since, OutboxRow.queued_at <= until)
    later = or_(OutboxRow.queued_at > since, OutboxRow.id > after)
    rows = rows.where(later).order_by(OutboxRow.queued_at, OutboxRow.id).limit(limit)
    found = (await session.execute(rows)).all()
    await _delete(session, [row.id for row in found if any(code in row.text for code in codes)])
    return (found[-1].queued_at, found[-1].id) if found else None


async def _delete(session: Session, ids: Collection[int]) -> None:
    gone = delete(OutboxRow).where(OutboxRow.id.in_(ids))
    await session.execute(gone.execution_options(synchronize_session=False))
