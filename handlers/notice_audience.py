"""Whom a notice is for, in somebody's words; lists that a unit keeps by name."""

from dataclasses import replace

from core.message import Choice, Inbound, Reply
from core.notices import Audience
from core.texts import notices as texts
from core.work import TaskRef
from handlers.awaited import await_next
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.notices import WHOM, WITHOUT, ask_whom, checked, draft, head, next_step, show_preview
from noticing.audience import meant
from noticing.composing import audience_in, unclear
from records import notice_kept, notices

MISSING = "/thieutb"


async def set_whom(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": whom? "CODE words": those."""
    notice, words = await draft(ctx, rest)
    if not words:
        return ask_whom(ctx, notice)
    found = await audience_in(desk_of(ctx), notice.unit, words)
    if found.audience is None:
        return ask_whom(ctx, notice, found.trouble)
    changed = await notices.change(ctx.session, notice, audience=found.audience)
    if found.tasks:
        picks = tuple(Choice(title, f"{MISSING} {notice.code} {ref}") for ref, title in found.tasks)
        return Reply(found.trouble, picks, talk=await_next(WHOM, notice.code, ctx.now), private=True)
    return ask_whom(ctx, changed, found.trouble) if found.trouble else await next_step(ctx, changed)


async def write_to(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "WHOM: WORDS": a draft at once."""
    me = head(ctx)
    if message.group:
        return Reply(texts.IN_PRIVATE)
    whom, _, words = rest.partition(":")
    notice = await notices.write(ctx.session, me.unit, me.id, checked(words), Audience(), ctx.now)
    return await set_whom(message, ctx, f"{notice.code} {whom.strip()}")


async def set_missing(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE 3.12": only those that have not handed this in."""
    notice, words = await draft(ctx, rest)
    ref = TaskRef.parse(words)
    if ref is None or desk_of(ctx).task(ref) is None:
        return ask_whom(ctx, notice)
    audience = replace(notice.audience, missing=ref)
    return await show_preview(ctx, await notices.change(ctx.session, notice, audience=audience))


async def leave_out(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": whom not? "CODE names": not those, nor whom was left out before."""
    notice, words = await draft(ctx, rest)
    ask = await_next(WITHOUT, notice.code, ctx.now)
    if not words:
        return Reply(texts.WITHOUT_WHOM, talk=ask, private=True)
    found = meant(ctx.index.called, notice.unit, words)
    if found.unclear or not found.audience.units:
        said = unclear(desk_of(ctx), notice.unit, found.unclear or (words,))
        return Reply(f"{said}\n{texts.WITHOUT_WHOM}", talk=ask, private=True)
    without = tuple(dict.fromkeys((*notice.audience.without, *found.audience.units)))
    audience = replace(notice.audience, without=without)
    return await show_preview(ctx, await notices.change(ctx.session, notice, audience=audience))


async def keep(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "list NAME", "template NAME": the last draft's, or notice's, under this name."""
    me = head(ctx)
    kind, _, name = rest.partition(" ")
    name = " ".join(name.split())[: notice_kept.LONGEST_NAME]
    last = [one for one in await notices.of_unit(ctx.session, me.unit, 1) if one.text]
    if not last or not name or (kind == notice_kept.LIST and last[0].audience == Audience()):
        return Reply(texts.KEEP_HOW, private=True)
    value = notices.to_json(last[0].audience) if kind == notice_kept.LIST else {"text": last[0].text}
    await notice_kept.keep(ctx.session, me.unit, kind, name, value, me.id, ctx.now)
    return Reply(texts.kept(texts.KEEP_WHAT[kind], name), private=True)


async def throw_away(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "list NAME", "template NAME": it is kept no more."""
    kind, _, name = rest.partition(" ")
    gone = await notice_kept.drop(ctx.session, head(ctx).unit, kind, name)
    return Reply((texts.dropped if gone else texts.nothing_kept)(texts.KEEP_WHAT[kind], name), private=True)


async def show_kept(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The names of what the unit keeps."""
    unit = head(ctx).unit
    lists, templates = [
        await notice_kept.names(ctx.session, unit, kind) for kind in (notice_kept.LIST, notice_kept.TEMPLATE)
    ]
    return Reply(texts.kept_ones(lists, templates), private=True)
