""" "Nhắc lại chiều nay": the tasks of the last reminder once more, at an hour that somebody names."""

import re

from core.clock import local_day
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.texts import reminders as texts
from core.work import TaskRef
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.later_words import FURTHEST, meant
from knowledge.fold import fold
from records import later, reminders
from records.later import Wish
from records.named import named_in
from reminding.again import allowed, open_now

COMMAND = "/nhaclai"
_WORDS = re.compile(
    r"(?:(?:(?:em|toi|bot|nho|hay|xin|giup) )*)nhac lai(?: (?:toi|em|minh|giup(?: toi| em)?|viec nay|truong|nhom))*"
    r"(?:(?: vao)? (?P<when>.+))?"
)
_ASKED = re.compile(r"\b(?:gi|nao|sao|may|ai|khong|chua|bao gio|the nao)\b")
_POLITE = re.compile(r"(?: (?:nhe|nha|a|voi|di|giup|em|toi))+$")


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    said = fold(text.strip(" \n.!"))
    found = _WORDS.fullmatch(_POLITE.sub("", said))
    if found is None or "?" in said or _ASKED.search(found["when"] or ""):
        return None
    return COMMAND[1:], found["when"] or ""


async def remind_again(message: Inbound, ctx: Context, rest: str) -> Reply:
    """When it will come; a question where no time is named. In a group by who speaks for the unit alone."""
    assert ctx.unit is not None
    desk = desk_of(ctx)
    if message.group and not await desk.speaks_alone(ctx.person, ctx.unit.code):
        raise Refused(texts.AGAIN_IN_PRIVATE)
    refs = await _which(message, ctx)
    if not refs:
        return Reply(texts.AGAIN_WHICH)
    ones = await open_now(desk, ctx.unit.code, refs)
    if not ones:
        return Reply(texts.AGAIN_DONE)
    wanted = meant(fold(rest), ctx.now)
    if wanted is None:
        picks = tuple(Choice(label, f"{COMMAND} {said}") for label, said in texts.AGAIN_WHEN)
        return Reply(texts.again_when(FURTHEST.days, asked=bool(rest)), picks, tasks=refs)
    at = allowed(wanted, ctx.house.hours, ctx.index.workdays)
    person = ctx.person.id if ctx.person and not message.group else None
    left = tuple(dict.fromkeys(one.ref for one in ones))
    await later.wish(ctx.session, Wish(message.address, ctx.unit.code, left, at, person))
    return Reply(texts.again_at(at, ones, local_day(ctx.now), moved=at != wanted), tasks=left)


async def _which(message: Inbound, ctx: Context) -> tuple[TaskRef, ...]:
    """The tasks of the message that is answered, else those of the last reminder in this chat."""
    if message.reply_to:
        return (await named_in(ctx.session, message.address, message.reply_to)).tasks
    return await reminders.last_told(ctx.session, message.address, ctx.now)
