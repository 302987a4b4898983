"""What the unit will be reminded of, and stopping that for a task."""

import re
from datetime import date, timedelta
from itertools import groupby

from core.clock import local_day
from core.message import Choice, Inbound, Reply
from core.people import Role
from core.reminding import Reminder
from core.texts import calendar
from core.texts import reminders as texts
from core.texts.evidence import label
from core.work import TaskRef
from evidence import progress
from evidence.desk import title_of
from handlers.calendars import COMMAND as LINK
from handlers.context import Context
from handlers.evidence import desk_of
from handlers.speaking import refused
from knowledge.fold import fold
from records import reminders
from records.named import named_in
from reminding.ahead import ahead, by_task

STOP, TOLD = "/thoinhac", "/danhac"
AHEAD = 14  # days
MEMORY = timedelta(days=60)
_OFTEN_WORDS = re.compile(
    r"(?:hom nay )?(?:da )?nhac (?:toi |truong |nhom )?(?:may|bao nhieu) (?:lan|tin)(?: roi)?(?: hom nay)?"
)
MOST_TOLD = 4  # of one answer
MOST = 8  # tasks that one message tells of


async def show_ahead(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The next two weeks, as things stand."""
    found = await _ahead(ctx)
    if not found:
        return Reply(texts.NOTHING_AHEAD)
    tasks = tuple(dict.fromkeys(ref for _, ref in found))
    offered = ctx.house.public_url and ctx.person and not message.group
    picks = (Choice(calendar.OFFER, LINK),) if offered else ()
    return Reply(texts.ahead([*found.values()][:MOST]), picks, tasks=tasks)


async def _ahead(ctx: Context) -> dict[tuple[date, TaskRef], list[tuple[date, Reminder]]]:
    """By due day and task: on which of the next days the unit will be reminded of it."""
    assert ctx.unit is not None
    today = local_day(ctx.now)
    return by_task(await ahead(desk_of(ctx), ctx.unit.code, today, today + timedelta(days=AHEAD)))


def in_words(text: str) -> tuple[str, str] | None:
    """The command that plain words stand for, and what follows it; None: they are about something else."""
    return ("maylan", "") if _OFTEN_WORDS.fullmatch(fold(text.strip(" \n.!?"))) else None


async def who_was_told(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "3.12", or the tasks of the message that is answered: which units were reminded, when, whether it arrived.

    Neither: of which task is asked.
    """
    named = (await named_in(ctx.session, message.address, message.reply_to)).tasks if message.reply_to else ()
    ref = TaskRef.parse(rest)
    found = [one for one in ((ref,) if ref else named) if desk_of(ctx).task(one)][:MOST_TOLD]
    if not found:
        picks = await _due_about_now(ctx)
        return Reply(texts.TOLD_OF_WHICH if picks else texts.WHICH_TOLD, picks, private=True)
    said = [await _told(ctx, one) for one in found]
    return Reply("\n\n".join(said), tasks=tuple(found), private=True)


async def _due_about_now(ctx: Context) -> tuple[Choice, ...]:
    """What the unit owes, and for an office what those below it do."""
    assert ctx.unit is not None
    desk = desk_of(ctx)
    ones = [*await progress.of_unit(desk, ctx.unit.code)]
    if ctx.person and ctx.person.role is Role.STAFF:
        ones += [its[0] for its in (await progress.of_office(desk, ctx.unit.code)).values()]
    once = {one.ref: one for one in reversed(ones)}  # what comes back is there for several days
    picks = sorted(once.values(), key=ones.index)[:MOST]
    return tuple(Choice(label(one.title, one.due), f"{TOLD} {one.ref}") for one in picks)


async def _told(ctx: Context, ref: TaskRef) -> str:
    """Of one task."""
    assert ctx.unit is not None
    desk = desk_of(ctx)
    task = desk.task(ref)
    assert task is not None
    reach = {ctx.unit.code, *(desk.below(ctx.unit.code) if ctx.person and ctx.person.role is Role.STAFF else ())}
    found = [one for one in await reminders.told(ctx.session, ref, ctx.now - MEMORY) if one.unit in reach]
    units = [(desk.short_name(unit), list(ones)) for unit, ones in groupby(found, key=lambda one: one.unit)]
    return texts.told(title_of(task), units)


async def how_often(message: Inbound, ctx: Context, rest: str) -> Reply:
    """How many messages the unit got unasked today, and how many it may be."""
    assert ctx.unit is not None
    said = await reminders.said(ctx.session, ctx.unit.code, local_day(ctx.now))
    return Reply(texts.how_often(desk_of(ctx).short_name(ctx.unit.code), said))


async def stop(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "3.12": no more of this task. Nothing: the task of the message that is answered."""
    assert ctx.unit is not None
    desk, ref = desk_of(ctx), TaskRef.parse(rest)
    if not await desk.speaks_alone(ctx.person, ctx.unit.code):
        raise await refused(desk, ctx.person, ctx.unit.code, texts.ONLY_PRINCIPALS)
    named = (await named_in(ctx.session, message.address, message.reply_to)).tasks if message.reply_to else ()
    found = [one for one in ((ref,) if ref else named) if desk.task(one)]
    if not found:
        found = list(dict.fromkeys(one for _, one in await _ahead(ctx)))[:MOST]
        picks = tuple(Choice(title_of(task), f"{STOP} {one}") for one in found if (task := desk.task(one)))
        return Reply(texts.WHICH_TO_STOP if picks else texts.NOTHING_TO_STOP, picks)
    titles = [title_of(task) for one in found if (task := desk.task(one))]
    if len(found) > 1:
        picks = tuple(Choice(title, f"{STOP} {one}") for title, one in zip(titles, found, strict=True))
        return Reply(texts.WHICH_TO_STOP, picks)
    by = ctx.person.id if ctx.person else None
    await reminders.stop(ctx.session, ctx.unit.code, found[0], by, ctx.now)
    return Reply(texts.stopped(titles[0]))
