"""A notice on its way: confirmed once, looked at, paused, gone on with, cancelled, reminded of, corrected."""

from core.errors import Refused
from core.message import Choice, Inbound, Reply, Talk
from core.notices import Notice, Stage
from core.texts import notice_reports as texts
from core.texts import notices as write_texts
from handlers.awaited import await_next
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.notices import NIGHT, checked, drop, head, mine, show_preview
from noticing import steering
from noticing.confirming import confirm, why_not
from noticing.preview import preview
from noticing.telling import CORRECT, EXCEL, PICTURE, SEE, WITHOUT, root_of, told
from records import notice_files, notices

_ANEW = (write_texts.CHANGED_SINCE, write_texts.FILES_BAD, write_texts.OTHERS_NOW)


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
    desk, hours = desk_of(ctx), ctx.house.hours
    shown = await preview(desk, notice, hours)
    if refused := await why_not(ctx.session, notice, shown, revision, count):
        return await _refused(ctx, notice, refused)
    second = ctx.house.confirm_notices
    begun = await confirm(desk, notice, shown, head(ctx), hours, second=second)
    if second:
        return Reply(begun, talk=Talk(), private=True)
    picks = [Choice(texts.SEE, f"{SEE} {notice.code}")]
    _, choices = await told(desk, await notices.get(ctx.session, notice.id), hours)
    return Reply(begun, choices or tuple(picks), talk=Talk(), private=True)


async def _refused(ctx: Context, notice: Notice, why: str) -> Reply:
    """With what there is now, where that is another than was shown."""
    if why in _ANEW:
        return await show_preview(ctx, notice, why)
    if why == texts.STILL_GOING and notice.about is not None:
        return await _shown(ctx, await notices.get(ctx.session, notice.about), why)
    return Reply(why, private=True)


async def show_progress(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the last one that was confirmed."""
    me = head(ctx)
    if rest:
        notice, _ = await mine(ctx, rest)
        return await (show_preview(ctx, notice) if notice.stage is Stage.DRAFT else _shown(ctx, notice))
    recent = await notices.of_unit(ctx.session, me.unit, 1, confirmed=True)
    return await _shown(ctx, recent[0]) if recent else Reply(texts.NONE_YET, private=True)


async def pause(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the one that is going. Raises Refused."""
    notice = await _one(ctx, rest, Stage.GOING)
    if notice is None:
        return Reply(texts.NOT_RUNNING, private=True)
    return await _shown(ctx, notice, await steering.pause(desk_of(ctx), notice, ctx.house.hours))


async def resume(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the one that is paused. With "thieutep": without the files that cannot be sent, and saying so.

    Raises Refused.
    """
    notice = await _one(ctx, rest, Stage.PAUSED)
    if notice is None:
        return Reply(texts.NOT_PAUSED, private=True)
    without = rest.endswith(f" {WITHOUT}")
    bad = (await notice_files.attached(ctx.session, notice.files)).bad
    if bad and not without and notice.stage is Stage.PAUSED:
        if correction := await notices.correction_of(ctx.session, notice):
            return Reply(texts.correction_waits(correction.code), private=True)
        return await _shown(ctx, notice, texts.files_bad(bad))
    said = await steering.resume(desk_of(ctx), notice, ctx.house.hours, without_files=without)
    return await _shown(ctx, notice, said)


async def cancel(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the one that is going, paused or waits; a draft is thrown away. Raises Refused."""
    notice = await _one(ctx, rest, Stage.GOING, Stage.PAUSED, Stage.ASKING)
    if notice is None:
        return Reply(texts.NOTHING_TO_CANCEL, private=True)
    if notice.stage is Stage.DRAFT:
        return await drop(ctx, notice)
    return await _shown(ctx, notice, await steering.cancel(desk_of(ctx), notice, ctx.house.hours))


async def remind(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE", else the last one: the draft of a reminder to those alone that have not acknowledged. Raises Refused."""
    return await show_preview(ctx, await steering.reminder(desk_of(ctx), await _sent(ctx, rest), head(ctx)))


async def correct(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": what is right? "CODE words": the draft of a correction to exactly those who got it. Raises Refused."""
    notice = await _sent(ctx, rest)
    _, _, words = rest.strip().partition(" ")
    root = await root_of(desk_of(ctx), notice)
    refused = await steering.why_no_correction(desk_of(ctx), root)
    if refused == texts.STILL_GOING:
        return await _shown(ctx, root, refused)
    if refused:
        return Reply(refused, private=True)
    if not words.strip():
        return Reply(texts.WHAT_CORRECT, talk=await_next(CORRECT, root.code, ctx.now), private=True)
    return await show_preview(ctx, await steering.correction(desk_of(ctx), root, head(ctx), checked(words)))


async def report(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE excel", "CODE anh": made beside the chat and sent there."""
    notice = await _sent(ctx, rest)
    what = rest.strip().rpartition(" ")[2]
    what = what if what in (EXCEL, PICTURE) else EXCEL
    await notices.want_report(ctx.session, notice.id, f"{what}:{head(ctx).id}", ctx.now)
    return Reply(texts.REPORT_COMING, private=True)


async def _shown(ctx: Context, notice: Notice, above: str = "") -> Reply:
    now = await notices.get(ctx.session, notice.id)
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
