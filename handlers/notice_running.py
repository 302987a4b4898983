"""A notice on its way: confirmed once, looked at, paused, gone on with, cancelled, reminded of, corrected."""

from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.notices import Kind, Notice, Stage
from core.texts import notice_reports as texts
from core.texts import notices as write_texts
from handlers.awaited import await_next
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.notice_approving import ask_second, first_again
from handlers.notices import NIGHT, checked, drop, head, mine, show_preview
from noticing import running
from noticing.preview import Preview, preview, starts
from noticing.report import without_word
from noticing.telling import CORRECT, EXCEL, PICTURE, SEE, WITHOUT, root_of, show_live, told
from records import notice_files, notice_recipients, notices


async def send(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE REVISION COUNT": what was shown so is confirmed. With "dem": also at night."""
    notice, said = await mine(ctx, rest)
    if notice.stage is not Stage.DRAFT and notice.confirmed_at is None:
        return Reply(write_texts.CANCELLED_DRAFT, private=True)
    if notice.stage is not Stage.DRAFT:
        return await _shown(ctx, notice, texts.confirmed_before(notice, texts.STAGES[notice.stage]))
    revision, count, night = (*said.split(" "), "", "", "")[:3]
    if night == NIGHT and revision == str(notice.revision):
        notice = await notices.change(ctx.session, notice, night=True)
        revision = str(notice.revision)
    shown = await preview(desk_of(ctx), notice, ctx.house.hours)
    if refused := await _why_not(ctx, notice, shown, revision, count):
        return refused
    reach = shown.reach
    at = starts(notice, ctx.house.hours, ctx.now)
    stage = Stage.ASKING if ctx.house.confirm_notices else Stage.GOING
    await running.confirm(ctx.session, notice, reach.all, at, ctx.now, stage, head(ctx).id)
    if stage is Stage.ASKING:
        return await ask_second(ctx, await notices.get(ctx.session, notice.id))
    picks = [Choice(texts.SEE, f"{SEE} {notice.code}")]
    _, choices = await told(desk_of(ctx), await notices.get(ctx.session, notice.id), ctx.house.hours)
    return Reply(
        texts.begun(notice.code, len(reach.ways), at, ctx.now), choices or tuple(picks), talk=Talk(), private=True
    )


async def _why_not(ctx: Context, notice: Notice, shown: Preview, revision: str, count: str) -> Reply | None:
    """What was confirmed is no longer what there is, or cannot go yet; None: it can."""
    if revision != str(notice.revision):
        return await show_preview(ctx, notice, write_texts.CHANGED_SINCE)
    if shown.files.coming:
        return Reply(write_texts.FILES_COMING, private=True)
    if shown.files.bad:
        return await show_preview(ctx, notice, write_texts.FILES_BAD)
    if str(len(shown.reach.ways)) != count or not shown.reach.ways:
        return await show_preview(ctx, notice, write_texts.OTHERS_NOW)
    return await _first_stands(ctx, notice) if notice.kind is Kind.CORRECTION else None


async def show_progress(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the last one that was confirmed."""
    me = head(ctx)
    if rest:
        notice, _ = await mine(ctx, rest)
        return await (show_preview(ctx, notice) if notice.stage is Stage.DRAFT else _shown(ctx, notice))
    recent = await notices.of_unit(ctx.session, me.unit, 1, confirmed=True)
    return await _shown(ctx, recent[0]) if recent else Reply(texts.NONE_YET, private=True)


async def pause(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the one that is going."""
    notice = await _one(ctx, rest, Stage.GOING)
    left = await running.pause(ctx.session, notice) if notice else None
    if notice is None or left is None:
        return Reply(texts.NOT_RUNNING, private=True)
    waiting = await notice_recipients.count(ctx.session, notice.id, "waiting", "held")
    return await _shown(ctx, notice, texts.paused(notice.code, waiting, left))


async def resume(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the one that is paused. With "thieutep": without the files that cannot be sent, and saying so."""
    notice = await _one(ctx, rest, Stage.PAUSED)
    if notice is None or notice.stage is not Stage.PAUSED:
        return Reply(texts.NOT_PAUSED, private=True)
    if correction := await notices.correction_of(ctx.session, notice):
        return Reply(texts.correction_waits(correction.code), private=True)
    bad = (await notice_files.attached(ctx.session, notice.files)).bad
    if bad and not rest.endswith(f" {WITHOUT}"):
        return await _shown(ctx, notice, texts.files_bad(bad))
    if bad:
        await running.leave_files_out(ctx.session, notice)
    await running.resume(ctx.session, notice)
    left = await notice_recipients.count(ctx.session, notice.id, "waiting")
    return await _shown(ctx, notice, texts.resumed(notice.code, left))


async def cancel(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the one that is going, paused or waits; a draft is thrown away."""
    notice = await _one(ctx, rest, Stage.GOING, Stage.PAUSED, Stage.ASKING)
    if notice is not None and notice.stage is Stage.DRAFT:
        return await drop(ctx, notice)
    done = await running.cancel(ctx.session, notice, ctx.now) if notice else None
    if notice is None or done is None:
        return Reply(texts.NOTHING_TO_CANCEL, private=True)
    return await _shown(ctx, notice, texts.cancelled(notice.code, *done) + await first_again(ctx.session, notice))


async def remind(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the last one: the draft of a reminder to those alone that have not acknowledged."""
    notice = await root_of(desk_of(ctx), await _sent(ctx, rest))
    if notice.deleted_at:
        return Reply(texts.TOO_OLD, private=True)
    got = await notice_recipients.all_of(ctx.session, notice.id)
    if not any(one.sent_at for one in got):
        return Reply(texts.NOBODY_GOT_IT, private=True)
    if not without_word(got, notice.audience):
        return Reply(texts.ALL_ACKED, private=True)
    return await show_preview(ctx, await _about(ctx, notice, Kind.REMINDER, notice.text))


async def correct(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what is right? "CODE words": the draft of a correction to exactly those who got it."""
    notice = await _sent(ctx, rest)
    _, _, words = rest.strip().partition(" ")
    root = await root_of(desk_of(ctx), notice)
    if refused := await _nobody_yet(ctx, root):
        return refused
    if not words.strip():
        return Reply(texts.WHAT_CORRECT, talk=await_next(CORRECT, root.code, ctx.now), private=True)
    return await show_preview(ctx, await _about(ctx, root, Kind.CORRECTION, checked(words)))


async def report(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE excel", "CODE anh": made beside the chat and sent there."""
    notice = await _sent(ctx, rest)
    what = rest.strip().rpartition(" ")[2]
    what = what if what in (EXCEL, PICTURE) else EXCEL
    await notices.want_report(ctx.session, notice.id, f"{what}:{head(ctx).id}", ctx.now)
    return Reply(texts.REPORT_COMING, private=True)


async def _shown(ctx: Context, notice: Notice, above: str = "") -> Reply:
    now = await notices.get(ctx.session, notice.id)
    if now.stage is not notice.stage:  # what is rewritten while it goes must not say otherwise
        await show_live(desk_of(ctx), now, ctx.house.hours)
    text, choices = await told(desk_of(ctx), now, ctx.house.hours)
    return Reply(f"{above}\n\n{text}" if above else text, choices, talk=Talk(), private=True)


async def _one(ctx: Context, rest: str, *stages: Stage) -> Notice | None:
    """The one that is named, else the newest at one of these stages, held."""
    if rest:
        return (await mine(ctx, rest))[0]
    found = await notices.of_unit(ctx.session, head(ctx).unit, 1, *stages, confirmed=True)
    return await notices.by_code(ctx.session, found[0].code) if found else None


async def _sent(ctx: Context, rest: str) -> Notice:
    """The one that is named, else the last that was confirmed. Raises Refused."""
    found = await _one(ctx, rest, *(one for one in Stage if one not in (Stage.DRAFT, Stage.REFUSED)))
    if found is None or found.stage is Stage.DRAFT:
        raise Refused(texts.NONE_YET)
    return found


async def _about(ctx: Context, first: Notice, kind: Kind, text: str) -> Notice:
    me = head(ctx)
    made = await notices.write(ctx.session, me.unit, me.id, text, first.audience, ctx.now, kind=kind, about=first.id)
    if kind is Kind.REMINDER and first.files:
        return await notices.change(ctx.session, made, files=[*first.files])
    return made


async def _nobody_yet(ctx: Context, first: Notice) -> Reply | None:
    """Why it cannot be corrected now; None: it can."""
    if first.deleted_at:
        return Reply(texts.TOO_OLD, private=True)
    if first.stage is Stage.GOING:
        return await _shown(ctx, first, texts.STILL_GOING)
    got = await notice_recipients.all_of(ctx.session, first.id)
    return None if any(one.sent_at for one in got) else Reply(texts.NOBODY_GOT_IT, private=True)


async def _first_stands(ctx: Context, correction: Notice) -> Reply | None:
    """A correction goes to exactly those who got the first: nothing of that may be on its way. None: nothing is."""
    assert correction.about is not None
    first = await notices.hold_id(ctx.session, correction.about)
    if first.stage is Stage.GOING:
        return await _shown(ctx, first, texts.STILL_GOING)
    left = await running.under_way(ctx.session, first)
    return Reply(texts.on_their_way(left), private=True) if left else None
