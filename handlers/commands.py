"""What is written after a stroke: each command and its handler."""

from collections.abc import Awaitable, Callable
from dataclasses import replace

from core.message import Choice, Inbound, Reply, Talk
from core.texts import chat as texts
from core.work import TaskRef
from handlers import (
    ahead,
    asking,
    board_files,
    calendars,
    certificates,
    criteria_words,
    criteria_writing,
    daily,
    data_requests,
    deleting,
    deputies,
    dossier,
    draft_words,
    extending,
    later,
    library,
    mistaken,
    notice_words,
    parts,
    progress,
    queue,
    registering,
    reminding,
    reviewing,
    sharing,
    site,
)
from handlers import evidence as handing_in
from handlers.ask import answer_question
from handlers.context import Context, Does
from handlers.files import link_for
from handlers.strangers import how_to_join
from records import groups

Handler = Callable[[Inbound, Context], Awaitable[Reply | None]]


def say(text: str) -> Handler:
    """Always this."""

    async def say(message: Inbound, ctx: Context) -> Reply:
        return Reply(text)

    return say


def known_only(handler: Handler) -> Handler:
    """Who is not known, and not in a known group, is told how to join."""

    async def guarded(message: Inbound, ctx: Context) -> Reply | None:
        if ctx.unit is None:  # without a unit a question would be asked of everything
            return await how_to_join(message, ctx)
        return await handler(message, ctx)

    return guarded


async def greet(message: Inbound, ctx: Context) -> Reply:
    """First contact. Whose a group is counts there, not where the sender belongs: the others would not be answered."""
    unbound = message.group and await groups.unit_of(ctx.session, message.address) is None
    if ctx.unit is None or unbound:
        return await how_to_join(message, ctx)
    return Reply(texts.welcome(ctx.unit.name), _suggestions())


async def _help(message: Inbound, ctx: Context) -> Reply:
    me = ctx.person
    deputy = me is not None and await handing_in.desk_of(ctx).stands_in(me.id, me.unit)
    return Reply(texts.help_for(me.role if me else None, deputy=deputy), _suggestions())


async def _cancel(message: Inbound, ctx: Context) -> Reply:
    await criteria_writing.cancelled(ctx)
    return Reply(texts.CANCELLED, talk=Talk())


def _question(begins: str, otherwise: str) -> Callable[[str], Handler]:
    """A command that is short for a question; what is written after it is asked, else `otherwise`."""

    def handler(rest: str) -> Handler:
        async def ask(message: Inbound, ctx: Context) -> Reply | None:
            return await answer_question(replace(message, text=f"{begins} {rest}" if rest else otherwise), ctx)

        return known_only(ask)

    return handler


def _offer(rest: str) -> Handler:
    async def offer(message: Inbound, ctx: Context) -> Reply:
        ref = TaskRef.parse(rest)
        return await handing_in.offer_tasks(message, ctx, rest, await link_for(message, ctx, ref))

    return offer


def _evidence(does: Does) -> Callable[[str], Handler]:
    def handler(rest: str) -> Handler:
        async def handed(message: Inbound, ctx: Context) -> Reply | None:
            return await does(message, ctx, rest)

        return known_only(handed)

    return handler


def _suggestions() -> tuple[Choice, ...]:
    return tuple(Choice(text, text) for text in texts.SUGGESTIONS)


_WITH_COMMANDS = (
    *(notice_words, criteria_words, library, daily, certificates, registering, data_requests),
    *(draft_words, calendars, site, board_files),
)

COMMANDS: dict[str, Callable[[str], Handler]] = {
    "start": lambda rest: greet,
    "trogiup": lambda rest: known_only(_help),
    "help": lambda rest: known_only(_help),
    "huy": lambda rest: _cancel,
    "nop": lambda rest: known_only(_offer(rest)),
    "minhchung": _evidence(handing_in.place_it),
    "dongynop": _evidence(handing_in.confirm),
    "vannop": _evidence(handing_in.hand_in_anyway),
    "guilai": _evidence(handing_in.send_again),
    "phan": _evidence(parts.which),
    "chuanop": _evidence(handing_in.not_yet),
    "rutlai": _evidence(handing_in.take_back),
    "guinham": _evidence(mistaken.what_to_do),
    "duyet": _evidence(queue.show_queue),
    "tiendo": _evidence(progress.show_progress),
    "xemnop": _evidence(reviewing.look),
    "nhan": _evidence(reviewing.accept),
    "tralai": _evidence(reviewing.send_back),
    "giahan": _evidence(extending.extend),
    "hoinop": _evidence(asking.ask),
    "traloi": _evidence(asking.answer),
    "nhatky": _evidence(asking.show_log),
    "dungchung": _evidence(sharing.share_it),
    "uyquyen": _evidence(deputies.appoint),
    "thoiuyquyen": _evidence(deputies.end),
    "lich": _evidence(reminding.show_ahead),
    "thoinhac": _evidence(reminding.stop),
    "danhac": _evidence(reminding.who_was_told),
    "nhactruoc": _evidence(ahead.set_own),
    "nhactruong": _evidence(ahead.set_below),
    "nhaclai": _evidence(later.remind_again),
    "maylan": _evidence(reminding.how_often),
    "hoso": _evidence(dossier.show),
    "thuhoihoso": _evidence(dossier.revoke),
    "xoaminhchung": _evidence(deleting.delete),
    "bienbanxoa": _evidence(deleting.certificates),
    **{name: _evidence(does) for one in _WITH_COMMANDS for name, does in one.COMMANDS.items()},
    "thangnay": _question(texts.THIS_MONTH, f"{texts.THIS_MONTH} {texts.WHAT_IS_DUE}"),
    "tuannay": _question(texts.THIS_WEEK, f"{texts.THIS_WEEK} {texts.WHAT_IS_DUE}"),
    "han": _question(texts.DEADLINE, texts.NEXT_DEADLINES),
}
