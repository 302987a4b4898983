"""Confirming a notice, once; pausing, going on, cancelling: each says how much is on its way already."""

from collections.abc import Sequence
from datetime import datetime

from core.notices import Kind, Notice, Place, Stage
from core.texts import notices as texts
from records import notice_files, notice_recipients, notices
from records.session import Session

_OPEN = (Stage.ASKING, Stage.GOING, Stage.PAUSED)


async def confirm(
    session: Session,
    notice: Notice,
    places: Sequence[Place],
    at: datetime | None,
    now: datetime,
    stage: Stage,
    by: int | None = None,
) -> bool:
    """From now on it goes to exactly these, and is `by`'s, who had the last word; False: it was confirmed before."""
    if not await notices.turn(session, notice, stage, Stage.DRAFT, starts_at=at, confirmed_at=now, author=by):
        return False
    await notice_recipients.freeze(session, notice.id, places)
    return True


async def drop(session: Session, notice: Notice, now: datetime) -> bool:
    """A draft is thrown away: nobody has got it; False: it is none."""
    return await notices.turn(session, notice, Stage.CANCELLED, Stage.DRAFT, ended_at=now)


async def begins(session: Session, notice: Notice, now: datetime) -> None:
    """The first of its messages is on the way: of what a correction is about nothing more goes out."""
    if notice.kind is Kind.CORRECTION and notice.about:
        await cancel(session, await notices.get(session, notice.about), now)


async def pause(session: Session, notice: Notice, why: str = "") -> int | None:
    """How many messages are on their way and will still arrive; None: it is not going."""
    if not await notices.turn(session, notice, Stage.PAUSED, Stage.GOING, why=why):
        return None
    return (await notice_recipients.take_back(session, notice.id)).total()


async def resume(session: Session, notice: Notice) -> bool:
    """What waited goes; False: it is not paused."""
    if not await notices.turn(session, notice, Stage.GOING, Stage.PAUSED):
        return False
    await notice_recipients.release(session, notice.id)
    return True


async def leave_files_out(session: Session, notice: Notice) -> None:
    """It goes on without the files that cannot be sent, and says which those are."""
    files = await notice_files.attached(session, notice.files)
    good = [id for id in notice.files if id not in files.bad_ids]
    await notices.change(session, notice, files=good, text=texts.without_files(notice.text, files.bad))


async def cancel(session: Session, notice: Notice, now: datetime) -> tuple[int, int] | None:
    """How many will not get it, and how many messages are on their way; None: there is nothing left to cancel."""
    if not await notices.turn(session, notice, Stage.CANCELLED, *_OPEN, ended_at=now):
        return None
    under_way = (await notice_recipients.take_back(session, notice.id)).total()
    return await notice_recipients.cancel(session, notice.id), under_way


async def under_way(session: Session, notice: Notice) -> int:
    """How many messages the outbox still has of one that does not go any more."""
    left = (await notice_recipients.take_back(session, notice.id)).total()
    if notice.stage is Stage.CANCELLED:
        await notice_recipients.cancel(session, notice.id)
    return left
