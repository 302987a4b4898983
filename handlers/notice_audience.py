"""Whom a notice is for, in somebody's words; lists that a unit keeps by name."""

from collections.abc import Sequence
from dataclasses import replace

from core.message import Choice, Inbound, Reply
from core.notices import Audience, Notice
from core.texts import notices as texts
from core.work import TaskRef
from evidence.desk import title_of
from handlers.awaited import await_next
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.notices import WHOM, WITHOUT, ask_whom, checked, draft, head, next_step, show_preview
from noticing.audience import meant, resembling
from noticing.audience_words import Understood
from noticing.tasks import tasks_named
from records import notice_kept, notices

MISSING = "/thieutb"


async def set_whom(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE": whom? "CODE words": those."""
    notice, words = await draft(ctx, rest)
    if not words:
        return ask_whom(ctx, notice)
    understood = meant(ctx.index.called, notice.unit, words)
    if understood.kept:
        return await _kept(ctx, notice, understood.kept)
    if understood.unclear:
        return ask_whom(ctx, notice, _unclear(ctx, notice, understood.unclear))
    return await _understood(ctx, notice, understood)


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
        said = _unclear(ctx, notice, found.unclear or (words,))
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


def _unclear(ctx: Context, notice: Notice, names: Sequence[str]) -> str:
    """What names nobody, with who is called almost so."""
    near = resembling(ctx.index.called, notice.unit, names)
    return texts.unclear(names, [one.name for one in near])


async def _kept(ctx: Context, notice: Notice, name: str) -> Reply:
    kept = await notice_kept.find(ctx.session, notice.unit, notice_kept.LIST, name)
    if kept is None:
        return ask_whom(ctx, notice, texts.no_list(name))
    audience = notices.from_json(kept)
    return await show_preview(ctx, await notices.change(ctx.session, notice, audience=audience))


async def _understood(ctx: Context, notice: Notice, found: Understood) -> Reply:
    changed = await notices.change(ctx.session, notice, audience=found.audience)
    if not found.task:
        return await next_step(ctx, changed)
    tasks = tasks_named(desk_of(ctx), notice.unit, found.task)
    if not tasks:
        return ask_whom(ctx, changed, texts.no_task(found.task))
    if len(tasks) == 1 or tasks[0].certain:
        audience = replace(found.audience, missing=tasks[0].ref)
        return await show_preview(ctx, await notices.change(ctx.session, changed, audience=audience))
    picks = tuple(Choice(title_of(one.task), f"{MISSING} {notice.code} {one.ref}") for one in tasks)
    return Reply(texts.WHICH_TASK, picks, talk=await_next(WHOM, notice.code, ctx.now), private=True)
