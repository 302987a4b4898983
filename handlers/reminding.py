"""What the unit will be reminded of, and stopping that for a task."""

from datetime import date, timedelta

from core.clock import local_day
from core.errors import Refused
from core.message import Choice, Inbound, Reply
from core.reminding import Reminder
from core.texts import reminders as texts
from core.work import TaskRef
from evidence.desk import title_of
from handlers.context import Context
from handlers.evidence import desk_of
from knowledge.workdays import Workdays
from records import reminders
from records.named import named_in
from reminding.known import known
from reminding.plan import plan

STOP = "/thoinhac"
AHEAD = 14  # days
MOST = 8  # tasks that one message tells of


async def show_ahead(message: Inbound, ctx: Context, rest: str) -> Reply:
    """The next two weeks, as things stand."""
    assert ctx.unit is not None
    desk, today = desk_of(ctx), local_day(ctx.now)
    knows = await known(desk, today)
    found: dict[tuple[date, TaskRef], list[tuple[date, Reminder]]] = {}
    for day in (today + timedelta(days=n) for n in range(AHEAD + 1)):
        for one in plan(desk.index, knows, day, Workdays()).get(ctx.unit.code, []):
            found.setdefault((one.due.day, one.ref), []).append((day, one))
    tasks = tuple(dict.fromkeys(ref for _, ref in found))
    return Reply(texts.ahead([*found.values()][:MOST]), tasks=tasks) if found else Reply(texts.NOTHING_AHEAD)


async def stop(message: Inbound, ctx: Context, rest: str) -> Reply:
    """ "3.12": no more of this task. Nothing: the task of the message that is answered."""
    assert ctx.unit is not None
    desk, ref = desk_of(ctx), TaskRef.parse(rest)
    if not await desk.speaks_alone(ctx.person, ctx.unit.code):
        raise Refused(texts.ONLY_PRINCIPALS)
    named = (await named_in(ctx.session, message.address, message.reply_to)).tasks if message.reply_to else ()
    found = [one for one in ((ref,) if ref else named) if desk.task(one)]
    if not found:
        return Reply(texts.NOTHING_TO_STOP)
    titles = [title_of(task) for one in found if (task := desk.task(one))]
    if len(found) > 1:
        picks = tuple(Choice(title, f"{STOP} {one}") for title, one in zip(titles, found, strict=True))
        return Reply(texts.WHICH_TO_STOP, picks)
    by = ctx.person.id if ctx.person else None
    await reminders.stop(ctx.session, ctx.unit.code, found[0], by, ctx.now)
    await reminders.take_back(ctx.session, ctx.unit.code, found[0])
    return Reply(texts.stopped(titles[0]))
