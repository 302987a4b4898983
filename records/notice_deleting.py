"""Notices whose time is over: their words, files and chats go; what became of them stays as counts."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, and_, cast, exists, literal, or_, select, update
from sqlalchemy.orm import aliased

from core.notices import Stage
from records.deleting import forget_sent_for
from records.notice_recipients import ERASED
from records.notice_tables import NoticeRow, RecipientRow
from records.session import Session


async def forget_before(session: Session, at: datetime, limit: int, now: datetime) -> int:
    """Of up to `limit` that ended before then, or were never confirmed, nothing is left but the counts; how many.

    What is not over yet keeps its words, and that which it is about with it.
    """
    mine = select(NoticeRow).where(*_over(at)).order_by(NoticeRow.id).limit(limit)
    rows = (await session.scalars(mine.with_for_update(skip_locked=True))).all()
    for row in rows:
        await _forget(session, row, now)
    await session.flush()
    return len(rows)


async def _forget(session: Session, row: NoticeRow, now: datetime) -> None:
    await forget_sent_for(session, row.code, now)  # what goes with a reminder was sent for the first
    row.text, row.files, row.deleted_at = "", [], now
    row.wanted, row.wanted_at = [], None
    row.stage = Stage.CANCELLED if row.stage == Stage.DRAFT else row.stage
    mine = update(RecipientRow).where(RecipientRow.notice_id == row.id)
    blank = {"chat": literal(ERASED) + cast(RecipientRow.id, String), "acked_name": ""}
    await session.execute(mine.values(**blank).execution_options(synchronize_session=False))


def _over(at: datetime) -> tuple[ColumnElement[bool], ...]:
    later = aliased(NoticeRow)
    about = exists().where(later.about == NoticeRow.id, later.deleted_at.is_(None))
    draft = and_(NoticeRow.stage == Stage.DRAFT, NoticeRow.made_at < at)
    return NoticeRow.deleted_at.is_(None), or_(NoticeRow.ended_at < at, draft), ~about
