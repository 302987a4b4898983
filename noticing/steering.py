"""What is done with a notice that was confirmed: paused, gone on with, cancelled, reminded of, corrected."""

from core.errors import Refused
from core.hours import Hours
from core.notices import Kind, Notice, Stage
from core.people import Person
from core.texts import notice_reports as texts
from evidence.desk import Desk
from noticing import running
from noticing.approving import first_again
from noticing.report import without_word
from noticing.telling import root_of, show_live
from records import notice_files, notice_recipients, notices


async def pause(desk: Desk, notice: Notice, hours: Hours) -> str:
    """What waits stays here; what is said then. Raises Refused."""
    left = await running.pause(desk.session, notice)
    if left is None:
        raise Refused(texts.NOT_RUNNING)
    waiting = await notice_recipients.count(desk.session, notice.id, "waiting", "held")
    await _rewritten(desk, notice, hours)
    return texts.paused(notice.code, waiting, left)


async def resume(desk: Desk, notice: Notice, hours: Hours, *, without_files: bool = False) -> str:
    """It goes on; what is said then. Raises Refused, also for files that cannot be sent, where it must have them."""
    if notice.stage is not Stage.PAUSED:
        raise Refused(texts.NOT_PAUSED)
    if correction := await notices.correction_of(desk.session, notice):
        raise Refused(texts.correction_waits(correction.code))
    bad = (await notice_files.attached(desk.session, notice.files)).bad
    if bad and not without_files:
        raise Refused(texts.files_bad(bad))
    if bad:
        await running.leave_files_out(desk.session, notice)
    await running.resume(desk.session, notice)
    left = await notice_recipients.count(desk.session, notice.id, "waiting")
    await _rewritten(desk, notice, hours)
    return texts.resumed(notice.code, left)


async def cancel(desk: Desk, notice: Notice, hours: Hours) -> str:
    """What has not gone out stays here for good; what is said then. Raises Refused."""
    done = await running.cancel(desk.session, notice, desk.now)
    if done is None:
        raise Refused(texts.NOTHING_TO_CANCEL)
    await _rewritten(desk, notice, hours)
    return texts.cancelled(notice.code, *done) + await first_again(desk.session, notice)


async def reminder(desk: Desk, notice: Notice, me: Person) -> Notice:
    """The draft of a reminder to those alone that have not acknowledged. Raises Refused."""
    first = await root_of(desk, notice)
    if first.deleted_at:
        raise Refused(texts.TOO_OLD)
    if not first.asks:
        raise Refused(texts.NO_WORD_ASKED)
    got = await notice_recipients.all_of(desk.session, first.id)
    if not any(one.sent_at for one in got):
        raise Refused(texts.NOBODY_GOT_IT)
    if not without_word(got, first.audience):
        raise Refused(texts.ALL_ACKED)
    return await _about(desk, first, me, Kind.REMINDER, first.text)


async def correction(desk: Desk, notice: Notice, me: Person, words: str) -> Notice:
    """The draft of a correction to exactly those who got it. Raises Refused."""
    first = await root_of(desk, notice)
    if refused := await why_no_correction(desk, first):
        raise Refused(refused)
    return await _about(desk, first, me, Kind.CORRECTION, words)


async def why_no_correction(desk: Desk, first: Notice) -> str:
    """Why it cannot be corrected now; empty: it can."""
    if first.deleted_at:
        return texts.TOO_OLD
    if first.stage is Stage.GOING:
        return texts.STILL_GOING
    got = await notice_recipients.all_of(desk.session, first.id)
    return "" if any(one.sent_at for one in got) else texts.NOBODY_GOT_IT


async def _about(desk: Desk, first: Notice, me: Person, kind: Kind, text: str) -> Notice:
    made = await notices.write(
        desk.session, me.unit, me.id, text, first.audience, desk.now, kind=kind, about=first.id, asks=first.asks
    )
    if kind is Kind.REMINDER and first.files:
        return await notices.change(desk.session, made, files=[*first.files])
    return made


async def _rewritten(desk: Desk, notice: Notice, hours: Hours) -> None:
    """What is rewritten in chat while it goes must not say otherwise."""
    await show_live(desk, await notices.get(desk.session, notice.id), hours)
