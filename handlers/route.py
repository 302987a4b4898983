"""Which handler a message is for; the first match wins."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from types import ModuleType
from unicodedata import category

from core.message import Choice, Inbound, InboundKind, Reply, Talk
from core.people import Role
from core.texts import chat as texts
from core.work import TaskRef
from handlers import (
    ahead,
    asking,
    calendars,
    certificates,
    criteria_words,
    criteria_writing,
    daily,
    daily_words,
    data_requests,
    deleting,
    deputies,
    deputy_words,
    dossier,
    draft_words,
    extending,
    later,
    library,
    mistaken,
    next_year,
    notice_taking,
    notice_words,
    parts,
    plain_words,
    progress,
    queue,
    queue_words,
    registering,
    reminding,
    reviewing,
    sharing,
    site,
    who,
)
from handlers import evidence as handing_in
from handlers.account import erase_now
from handlers.ask import answer_question
from handlers.context import Context, Does
from handlers.files import SENT, explain_withheld, is_handed_in, link_for, links_in, take_files, take_links
from handlers.joining import join_by_phone
from handlers.strangers import how_to_join
from records import groups

Handler = Callable[[Inbound, Context], Awaitable[Reply | None]]
Choose = Callable[[Inbound, Context], Handler]

_NOBODY_SPEAKS = (InboundKind.LEFT, InboundKind.BACK, InboundKind.MOVED)


def choose(message: Inbound, ctx: Context) -> Handler:
    """The handler for this message; in a group one that says nothing, unless the bot was spoken to."""
    if message.kind is InboundKind.JOINED:
        return _greet
    if is_handed_in(message, ctx):
        return take_files
    if message.kind in _NOBODY_SPEAKS or (message.group and not message.addressed):
        return _say_nothing
    if notice_taking.is_wanted(message, ctx):
        return notice_taking.take
    if message.kind not in (InboundKind.TEXT, InboundKind.LINK):
        return _for_kind(message)
    name, rest = plain_words.command(message.text)
    if not name and links_in(message) and not notice_words.awaited(message, ctx)[0]:
        return _known_only(take_links)
    if not name and not any(char.isalnum() for char in message.text):
        return _known_only(_say(texts.STICKER)) if _is_a_picture(message.text) else _say(texts.EMPTY)
    return _for_command(name, rest) or _for_words(message, ctx)


def _is_a_picture(text: str) -> bool:
    """Thumbs and smiles, as a sticker would say it."""
    return any(category(char) == "So" for char in text)


def _for_kind(message: Inbound) -> Handler:
    """The handler of what is no text."""
    if message.kind in _ABOUT_THE_SENDER:
        return _ABOUT_THE_SENDER[message.kind]
    if message.kind in SENT and message.files:
        return _known_only(take_files)
    if message.kind is InboundKind.WITHHELD or message.kind in SENT:
        return _known_only(explain_withheld)
    return _known_only(_say(texts.STICKER if message.kind is InboundKind.STICKER else texts.OTHER))


def _for_command(name: str, rest: str) -> Handler | None:
    """The handler of a command; None: it is none."""
    if handler := who.command(name, rest):
        return handler
    if name and name not in _COMMANDS:
        return _say(texts.UNKNOWN_COMMAND)
    return _COMMANDS[name](rest) if name else None


def _for_words(message: Inbound, ctx: Context) -> Handler:
    said = message.text
    if about := plain_words.about_a_code(said):
        return _COMMANDS[about[0]](about[1])
    # else it would be sent to a school as why, or to its office; a school may answer "nhận hết"
    reviews = ctx.person is not None and ctx.person.role is Role.STAFF
    another = _in_words((deputy_words, extending, *(queue_words,) * reviews), said)
    for awaited, command in _AWAITED:
        if not another and (what := awaited(message, ctx)):
            return _COMMANDS[command](f"{what} {said}")
    if (about_it := asking.question_for(message, ctx)) and not _in_words(_ORDERS, said):
        return _COMMANDS["hoinop"](f"{about_it} {said}")
    command, about_what = notice_words.awaited(message, ctx)
    if notice_words.answers(command, said):
        return _COMMANDS[command](f"{about_what} {said}")
    otherwise = _for_other_words(message, ctx)
    drafted = draft_words.in_words(said)
    return draft_words.where_open(drafted, otherwise) if drafted else otherwise


def _for_other_words(message: Inbound, ctx: Context) -> Handler:
    """The handler of words that nothing open waits for."""
    said = message.text
    if plain := _in_words((*_ORDERS, mistaken), said):
        return _COMMANDS[plain[0]](plain[1])
    if plain_words.is_courtesy(said) and not message.reply_to:
        return _known_only(_say(texts.AT_YOUR_SERVICE))
    otherwise = who.words(message, ctx) or _known_only(_part_or(answer_question))
    return _in_thread(otherwise) if message.reply_to else otherwise


def _in_words(about: Sequence[ModuleType], said: str) -> tuple[str, str] | None:
    """The command that the words stand for, and what follows it; None: they stand for none of these."""
    return next(filter(None, (one.in_words(said) for one in about)), None)


def _part_or(otherwise: Handler) -> Handler:
    """What says which part of a dossier a file is, where that was asked."""

    async def handler(message: Inbound, ctx: Context) -> Reply | None:
        return await parts.in_words(message, ctx) or await otherwise(message, ctx)

    return handler


def _in_thread(otherwise: Handler) -> Handler:
    """What answers a message of ours: an office's question, or any other."""

    async def handler(message: Inbound, ctx: Context) -> Reply | None:
        code = await asking.asked_in_thread(message, ctx)
        return await (asking.answer(message, ctx, f"{code} {message.text}") if code else otherwise(message, ctx))

    return handler


def _say(text: str) -> Handler:
    async def say(message: Inbound, ctx: Context) -> Reply:
        return Reply(text)

    return say


async def _say_nothing(message: Inbound, ctx: Context) -> None:
    return None


async def _greet(message: Inbound, ctx: Context) -> Reply:
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

        return _known_only(ask)

    return handler


def _known_only(handler: Handler) -> Handler:
    """Who is not known, and not in a known group, is told how to join."""

    async def guarded(message: Inbound, ctx: Context) -> Reply | None:
        if ctx.unit is None:  # without a unit a question would be asked of everything
            return await how_to_join(message, ctx)
        return await handler(message, ctx)

    return guarded


def _offer(rest: str) -> Handler:
    async def offer(message: Inbound, ctx: Context) -> Reply:
        ref = TaskRef.parse(rest)
        return await handing_in.offer_tasks(message, ctx, rest, await link_for(message, ctx, ref))

    return offer


def _evidence(does: Does) -> Callable[[str], Handler]:
    def handler(rest: str) -> Handler:
        async def handed(message: Inbound, ctx: Context) -> Reply | None:
            return await does(message, ctx, rest)

        return _known_only(handed)

    return handler


def _suggestions() -> tuple[Choice, ...]:
    return tuple(Choice(text, text) for text in texts.SUGGESTIONS)


_ABOUT_THE_SENDER: dict[InboundKind, Handler] = {InboundKind.CONTACT: join_by_phone, InboundKind.ERASE: erase_now}

_AWAITED: tuple[tuple[Callable[[Inbound, Context], str], str], ...] = (  # what the next words are for
    (reviewing.reason_for, "tralai"),
    (extending.wanted, "giahan"),
    (deputies.wanted, "uyquyen"),
    (criteria_writing.wanted, "thembo"),
    (asking.answer_for, "traloi"),
    (registering.wanted, "dangky"),
    (draft_words.awaited, "suavb"),
)

_ORDERS = (  # never what a school is asked
    *(dossier, deputy_words, data_requests, extending, notice_words),
    *(reminding, ahead, calendars, later, queue_words, library, criteria_words),
    *(daily_words, registering, certificates, next_year),
)

_WITH_COMMANDS = (
    *(notice_words, criteria_words, library, daily, certificates, registering, data_requests),
    *(draft_words, calendars, site),
)

_COMMANDS: dict[str, Callable[[str], Handler]] = {
    "start": lambda rest: _greet,
    "trogiup": lambda rest: _known_only(_help),
    "help": lambda rest: _known_only(_help),
    "huy": lambda rest: _cancel,
    "nop": lambda rest: _known_only(_offer(rest)),
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
