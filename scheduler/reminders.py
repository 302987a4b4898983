"""The morning's reminders: one message to each group, one to each principal and officer, and never a second."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby

import structlog

from core.clock import VIETNAM, Clock, local_day
from core.evidence import State
from core.hours import Hours
from core.message import Address, Outbound
from core.people import Level
from core.reminding import Reminder, Why
from core.texts import reminders as texts
from core.work import TaskRef
from evidence.desk import Desk
from knowledge.index import Index
from knowledge.workdays import Workdays
from records import groups, reminders
from records.notify import tell, write
from records.reminders import KEY
from records.session import Begin, Session
from reminding.known import known
from reminding.plan import plan

_log = structlog.get_logger()

MORNING, AFTERNOON = time(7, 30), time(16, 30)  # between which a day's reminders may still begin
ESCALATED = 3  # working days too late, from which on the office hears of it
_AT_ONCE = 100  # units of one transaction


@dataclass(frozen=True, slots=True)
class Reminders:
    """`told` is called when messages are queued. It may run at any time, twice, and on two machines."""

    begin: Begin
    current_index: Callable[[], Index]
    clock: Clock
    told: Callable[[], None]
    hours: Hours = Hours()
    workdays: Workdays = field(default_factory=Workdays)

    async def work(self) -> int:
        """Queue what today's plan says and was not queued yet; how many units it concerns. Nothing on a day off."""
        now = self.clock()
        day, local = local_day(now), now.astimezone(VIETNAM).time()
        if not MORNING <= local < AFTERNOON or not self.workdays.works(day):
            return 0
        async with self.begin() as session:
            since = await reminders.begin_day(session, day, now)
            planned = await self.planned(session, day, None if since == day else since)
            late = _by_office(Desk(session, self.current_index(), now), planned)
        units = sorted({*planned, *late})
        for at in range(0, len(units), _AT_ONCE):
            async with self.begin() as session:
                desk = Desk(session, self.current_index(), now)
                bound = await groups.of_units(session, units[at : at + _AT_ONCE])
                for unit in units[at : at + _AT_ONCE]:
                    ones = planned.get(unit, [])
                    await self._to_groups(desk, unit, bound.get(unit, ()), day, ones)
                    await self._to_people(desk, unit, day, ones if unit not in bound else _urgent(ones), late.get(unit))
        if units:
            self.told()
        return len(units)

    async def planned(self, session: Session, day: date, since: date | None) -> dict[str, list[Reminder]]:
        """By unit; see `reminding.plan.plan`."""
        index = self.current_index()
        return plan(index, await known(Desk(session, index, self.clock()), day), day, self.workdays, since)

    async def _to_groups(
        self, desk: Desk, unit: str, chats: Sequence[Address], day: date, ones: Sequence[Reminder]
    ) -> None:
        """Not what waits for the principal alone."""
        open_ones = [one for one in ones if one.state is not State.HELD]
        for chat in chats if open_ones else ():
            text = texts.digest(desk.short_name(unit), day, open_ones)
            message = Outbound(chat, text, group=True, tasks=_tasks(open_ones))
            await write(desk.session, message, "", (), f"{KEY}{unit}:{day}:{chat.platform}:{chat.chat}", self._at(desk))

    async def _to_people(
        self, desk: Desk, unit: str, day: date, ones: Sequence[Reminder], late: Sequence[Reminder] | None
    ) -> None:
        """One message to each of those who speak for the unit: of its own tasks, and of who below it is late."""
        name = desk.short_name(unit)
        said = [texts.digest(name, day, ones)] if ones else []
        if late:
            tasks = [(its[0], [desk.short_name(one.unit) for one in its]) for its in _by_task(late)]
            said.append(texts.missing(name, day, tasks))
        for person in await desk.principals(unit) if said else ():
            key = f"{KEY}{unit}:{day}:person:{person}"
            await tell(desk.session, person, "\n\n".join(said), (), key, self._at(desk), _tasks(ones))

    def _at(self, desk: Desk) -> datetime:
        return self.hours.open_at(desk.now)


def _urgent(ones: Sequence[Reminder]) -> list[Reminder]:
    """What the principal hears of too, besides the group."""
    return [one for one in ones if one.stand.why is not Why.AHEAD or one.stand.days <= 1 or one.state is not None]


def _by_office(desk: Desk, planned: Mapping[str, Sequence[Reminder]]) -> dict[str, list[Reminder]]:
    """What schools are so late with that the office right above hears of it, by office."""
    found: dict[str, list[Reminder]] = {}
    for unit, ones in planned.items():
        office = desk.above(unit)
        late = [one for one in ones if one.stand.why is Why.OVERDUE and one.stand.days >= ESCALATED]
        if office is not None and late and desk.asker(unit).level is Level.SCHOOL:
            found.setdefault(office.code, []).extend(late)
    return found


def _by_task(ones: Iterable[Reminder]) -> list[list[Reminder]]:
    ordered = sorted(ones, key=lambda one: (one.due.day, one.ref, one.unit))
    return [list(its) for _, its in groupby(ordered, key=lambda one: (one.due.day, one.ref))]


def _tasks(ones: Sequence[Reminder]) -> tuple[TaskRef, ...]:
    return tuple(dict.fromkeys(one.ref for one in ones))
