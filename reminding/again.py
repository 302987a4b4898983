"""What somebody asked to be reminded of again, once its time has come: what of it is still to be done."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from core.clock import VIETNAM, local_day
from core.hours import Hours
from core.reminding import Kind, Message, Reminder
from core.texts import reminders as texts
from core.work import TaskRef
from evidence.desk import Desk
from knowledge.workdays import Workdays
from records import later, memberships
from reminding.days import Days
from reminding.known import known
from reminding.plan import still_open


async def compose(desk: Desk) -> list[Message]:
    """A message for each wish whose time has come; none where all of it is done."""
    wishes = await later.due(desk.session, desk.now)
    found = []
    for one, ones in zip(wishes, await _of_each(desk, wishes), strict=True):
        if ones and await _belongs(desk, one):
            refs = tuple(dict.fromkeys(it.ref for it in ones))
            text = texts.again(desk.short_name(one.unit), ones, group=one.person is None)
            day, mark = local_day(one.at), f"@{one.at.astimezone(VIETNAM):%H%M}"
            found.append(Message(Kind.AGAIN, day, (one.unit,), text, refs, one.chat, one.person or 0, mark))
    return found


async def open_now(desk: Desk, unit: str, refs: Collection[TaskRef]) -> list[Reminder]:
    """Which of these tasks the unit still has to do, by due day."""
    day = local_day(desk.now)
    knows = await known(desk, Days([day], desk.index.workdays), refs=refs)
    return still_open(desk.index, knows, day, unit, refs, desk.index.workdays)


async def _belongs(desk: Desk, one: later.Wish) -> bool:
    """Whether she is still of that unit; a group is."""
    places = await memberships.of_person(desk.session, one.person) if one.person else ()
    return not one.person or one.unit in {place.unit for place in places}


async def _of_each(desk: Desk, wishes: Sequence[later.Wish]) -> list[list[Reminder]]:
    if not wishes:
        return []
    day, workdays = local_day(desk.now), desk.index.workdays
    refs = {ref for one in wishes for ref in one.tasks}
    knows = await known(desk, Days([day], workdays), refs=refs)
    return [still_open(desk.index, knows, day, one.unit, one.tasks, workdays) for one in wishes]


def allowed(at: datetime, hours: Hours, workdays: Workdays) -> datetime:
    """This instant, or the first one after it that is no quiet time: a working day, outside quiet hours and lunch."""
    while True:
        opens = hours.open_at(at)
        day = local_day(opens)
        if workdays.works(day):
            return opens
        begins = opens.astimezone(VIETNAM).replace(hour=8, minute=0, second=0, microsecond=0)
        at = begins + timedelta(days=(workdays.next(day) - day).days)
