"""Which handler a message is for; the first match wins."""

from collections.abc import Callable, Sequence
from types import ModuleType
from unicodedata import category

from core.message import Inbound, InboundKind, Reply
from core.people import Role
from core.texts import chat as texts
from handlers import (
    ahead,
    asking,
    board_files,
    calendars,
    certificates,
    criteria_words,
    criteria_writing,
    daily_words,
    data_requests,
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
    queue_words,
    registering,
    reminding,
    reviewing,
    who,
)
from handlers.account import erase_now
from handlers.ask import answer_question
from handlers.commands import COMMANDS, Handler, greet, known_only, say
from handlers.context import Context
from handlers.files import SENT, explain_withheld, is_handed_in, links_in, take_files, take_links
from handlers.joining import join_by_phone

Choose = Callable[[Inbound, Context], Handler]

_NOBODY_SPEAKS = (InboundKind.LEFT, InboundKind.BACK, InboundKind.MOVED)


def choose(message: Inbound, ctx: Context) -> Handler:
    """The handler for this message; in a group one that says nothing, unless the bot was spoken to."""
    if message.kind is InboundKind.JOINED:
        return greet
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
        return known_only(take_links)
    if not name and not any(char.isalnum() for char in message.text):
        return known_only(say(texts.STICKER)) if _is_a_picture(message.text) else say(texts.EMPTY)
    return _for_command(name, rest) or _for_words(message, ctx)


def _is_a_picture(text: str) -> bool:
    """Thumbs and smiles, as a sticker would say it."""
    return any(category(char) == "So" for char in text)


def _for_kind(message: Inbound) -> Handler:
    """The handler of what is no text."""
    if message.kind in _ABOUT_THE_SENDER:
        return _ABOUT_THE_SENDER[message.kind]
    if message.kind in SENT and message.files:
        return known_only(take_files)
    if message.kind is InboundKind.WITHHELD or message.kind in SENT:
        return known_only(explain_withheld)
    return known_only(say(texts.STICKER if message.kind is InboundKind.STICKER else texts.OTHER))


def _for_command(name: str, rest: str) -> Handler | None:
    """The handler of a command; None: it is none."""
    if handler := who.command(name, rest):
        return handler
    if name and name not in COMMANDS:
        return say(texts.UNKNOWN_COMMAND)
    return COMMANDS[name](rest) if name else None


def _for_words(message: Inbound, ctx: Context) -> Handler:
    said = message.text
    if about := plain_words.about_a_code(said):
        return COMMANDS[about[0]](about[1])
    # else it would be sent to a school as why, or to its office; a school may answer "nhận hết"
    reviews = ctx.person is not None and ctx.person.role is Role.STAFF
    another = _in_words((deputy_words, extending, *(queue_words,) * reviews), said)
    for awaited, command in _AWAITED:
        if not another and (what := awaited(message, ctx)):
            return COMMANDS[command](f"{what} {said}")
    if (about_it := asking.question_for(message, ctx)) and not _in_words(_ORDERS, said):
        return COMMANDS["hoinop"](f"{about_it} {said}")
    command, about_what = notice_words.awaited(message, ctx)
    if notice_words.answers(command, said):
        return COMMANDS[command](f"{about_what} {said}")
    otherwise = _for_other_words(message, ctx)
    drafted = draft_words.in_words(said)
    return draft_words.where_open(drafted, otherwise) if drafted else otherwise


def _for_other_words(message: Inbound, ctx: Context) -> Handler:
    """The handler of words that nothing open waits for."""
    said = message.text
    if plain := _in_words((*_ORDERS, mistaken), said):
        return COMMANDS[plain[0]](plain[1])
    if plain_words.is_courtesy(said) and not message.reply_to:
        return known_only(say(texts.AT_YOUR_SERVICE))
    otherwise = who.words(message, ctx) or known_only(_part_or(answer_question))
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


async def _say_nothing(message: Inbound, ctx: Context) -> None:
    return None


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
    *(daily_words, registering, certificates, next_year, board_files),
)
