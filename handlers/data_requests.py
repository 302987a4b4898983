"""Requests about data: written down, listed with their legal days, answered, done."""

import re
from collections.abc import Mapping

from core.clock import local_day
from core.codes import CODE
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.people import Person, Role
from core.privacy import Asked
from core.texts import data_requests as texts
from evidence.data_requests import answer_by, done_by, next_day
from handlers.context import Context, Does
from knowledge.fold import fold
from records import data_requests

NOTE, ANSWERED, DONE = "/ghiyeucau", "/traloiyeucau", "/xongyeucau"
SHOWN, PICKED = 10, 3  # requests of one message; those with buttons
LONGEST = 500  # characters of what is written down
_CODE = rf"(?P<rest>{CODE}(?:[ :,].*)?)"
_WORDS = tuple(
    (re.compile(pattern, re.DOTALL), command)
    for pattern, command in (
        (r"(?:xem )?(?:cac )?yeu cau ve du lieu", "yeucau"),
        (r"ghi (?:lai )?yeu cau(?::? (?P<rest>.+))?", "ghiyeucau"),
        (rf"da tra loi yeu cau(?: ma)? {_CODE}", "traloiyeucau"),
        (rf"xong yeu cau(?: ma)? {_CODE}", "xongyeucau"),
    )
)


_KINDS = {
    Asked.DELETE: "xoa",
    Asked.VIEW: "xem",
    Asked.CORRECT: "sua|chinh sua|dinh chinh",
    Asked.PROVIDE: "cung cap|ban sao|xin ban sao",
    Asked.RESTRICT: "han che|phan doi|rut dong y",
}


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = text.strip(" \n.!")
    for pattern, command in _WORDS:
        if (found := pattern.fullmatch(fold(said))) and not said.endswith("?"):
            start, end = found.span("rest") if "rest" in pattern.groupindex else (0, 0)
            return command, said[start:end]
    return None


async def show(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The unit's open ones, the nearest day first."""
    me, today = _head(ctx), local_day(ctx.now)
    workdays = ctx.index.workdays
    found = sorted(await data_requests.open_ones(ctx.session, me.unit), key=lambda one: next_day(one, workdays))
    if not found:
        return Reply(texts.NONE_OPEN, private=True)
    lines = [texts.line(one, answer_by(one, workdays), done_by(one), today) for one in found[:SHOWN]]
    picks = [
        Choice(texts.done_pick(one.code), f"{DONE} {one.code}")
        if one.answered_at
        else Choice(texts.answer_pick(one.code), f"{ANSWERED} {one.code}")
        for one in found[:PICKED]
    ]
    return Reply(texts.open_ones(lines, len(found)), tuple(picks), private=True)


async def note(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "WORDS": what is asked? "delete WORDS": written down, with the legal days."""
    me = _head(ctx)
    kind, _, words = rest.partition(" ")
    if not rest:
        return Reply(texts.HOW_TO, private=True)
    if said := _kind_in(rest):
        kind, words = said, rest
    if kind not in {one.value for one in Asked}:
        picks = (Choice(texts.KINDS[one], f"{NOTE} {one} {rest}") for one in Asked)
        return Reply(texts.WHICH_KIND, (*picks, Choice(texts.NOT_NOW, "/huy")), private=True)
    made = await data_requests.add(ctx.session, me, Asked(kind), words.strip()[:LONGEST], ctx.now)
    return Reply(texts.noted(made, answer_by(made, ctx.index.workdays), done_by(made)), private=True)


async def answered(message: Inbound, ctx: Context, rest: str) -> Reply:
    """Who asked was answered."""
    code = rest.split(maxsplit=1)[0] if rest else ""
    found = await data_requests.mark_answered(ctx.session, _head(ctx).unit, code, ctx.now)
    return Reply(texts.answered(found.code, done_by(found)) if found else texts.NOT_FOUND, private=True)


async def done(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "CODE words": it is done; the words say what came of it."""
    code, words = rest[:6], rest[6:].strip(" :,")
    found = await data_requests.close(ctx.session, _head(ctx).unit, code, words[:LONGEST], ctx.now)
    return Reply(texts.done(found.code) if found else texts.NOT_FOUND, private=True)


def _kind_in(words: str) -> Asked | None:
    """What is asked for, where the words begin with it and name nothing else."""
    said = fold(words)
    named = [kind for kind, pattern in _KINDS.items() if re.search(rf"\b(?:{pattern})\b", said)]
    return named[0] if len(named) == 1 and re.match(rf"(?:{_KINDS[named[0]]})\b", said) else None


def _head(ctx: Context) -> Person:
    """Who may speak for the unit. Raises Refused."""
    if ctx.person is None or ctx.person.role is Role.TEACHER:
        raise Refused(texts.ONLY_HEADS)
    return ctx.person


COMMANDS: Mapping[str, Does] = {
    "yeucau": show,
    "ghiyeucau": note,
    "traloiyeucau": answered,
    "xongyeucau": done,
}
