"""What somebody asked to be reminded of again, once its time has come: what of it is still to be done."""

import asyncio
from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.clock import VIETNAM, local_day
from core.hours import Hours
from core.reminding import Kind, Message, Reminder
from core.texts import reminders as texts
from core.work import TaskRef
from evidence.desk import Desk
from knowledge.workdays import Workdays
from records import known_keys, later, memberships, reminders
from records.later import Wish
from reminding.known import known_of
from reminding.owed import Known
from reminding.plan import still_open
from reminding.rounds import Round

Asking = tuple[Wish, Message]


async def compose(at: Round) -> list[Message]:
    """A message for each wish whose time has come and that was not queued yet; none where all of it is done."""
    async with at.desk() as desk:
        await later.forget_before(desk.session, at.now)
        wishes = await _not_queued(desk, [(one, _empty(one)) for one in await later.due(desk.session, at.now)])
        knows = await known_of(desk, {one.unit for one, _ in wishes})
    return await asyncio.to_thread(lambda: [said for one, it in wishes if (said := _said(desk, knows, one, it))])


async def _not_queued(desk: Desk, ones: Sequence[Asking]) -> list[Asking]:
    """Those of units to which their people still belong; a group does."""
    queued = await known_keys.queued(desk.session, [reminders.key(it) for _, it in ones])
    return [(one, it) for one, it in ones if reminders.key(it) not in queued and await _belongs(desk, one)]


def _empty(one: Wish) -> Message:
    day, mark = local_day(one.at), f"@{one.at.astimezone(VIETNAM):%H%M}"
    return Message(Kind.AGAIN, day, (one.unit,), "", (), one.chat, one.person or 0, mark)


def _said(desk: Desk, known: Known, one: Wish, message: Message) -> Message | None:
    ones = still_open(desk.index, known, local_day(desk.now), one.unit, one.tasks, desk.index.workdays)
    text = texts.again(desk.short_name(one.unit), ones, group=one.person is None)
    return replace(message, text=text, tasks=tuple(dict.fromkeys(it.ref for it in ones))) if ones else None


async def open_now(desk: Desk, unit: str, refs: Collection[TaskRef]) -> list[Reminder]:
    """Which of these tasks the unit still has to do, by due day."""
    day = local_day(desk.now)
    return still_open(desk.index, await known_of(desk, [unit]), day, unit, refs, desk.index.workdays)


async def _belongs(desk: Desk, one: Wish) -> bool:
    """Whether she is still of that unit; a group is."""
    places = await memberships.of_person(desk.session, one.person) if one.person else ()
    return not one.person or one.unit in {place.unit for place in places}


def allowed(at: datetime, hours: Hours, workdays: Workdays) -> datetime:
    """This instant, or the first one after it that is no quiet time: a working day, outside quiet hours and lunch."""
    while True:
        opens = hours.open_at(at)
        day = local_day(opens)
        if workdays.works(day):
            return opens
        begins = opens.astimezone(VIETNAM).replace(hour=8, minute=0, second=0, microsecond=0)
        at = begins + timedelta(days=(workdays.next(day) - day).days)
