"""The morning's reminders: one message to each group, one to each principal and officer, and never a second."""

import asyncio
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from itertools import groupby

from core.clock import VIETNAM, Clock, local_day
from core.evidence import State
from core.hours import Hours
from core.message import Address, Outbound, Urgency
from core.people import Level
from core.reminding import Reminder, Why
from core.texts import reminders as texts
from core.work import TaskRef
from evidence.desk import Desk
from knowledge.index import Index
from knowledge.workdays import Workdays
from records import contacts, groups, heads, outbox, people, reminders
from records.outbox import Put
from records.reminders import KEY
from records.session import Begin, Session
from reminding.days import Days
from reminding.known import known
from reminding.plan import plan

MORNING, AFTERNOON = time(7, 30), time(16, 30)  # between which a day's reminders may still begin
ESCALATED = 3  # working days too late, from which on the office hears of it
_AT_ONCE = 100  # messages of one transaction


@dataclass(frozen=True, slots=True)
class Morning:
    """A message of the morning: to a group (`chat`), or to a person. `key`: so that it is queued once."""

    key: str
    unit: str
    text: str
    tasks: tuple[TaskRef, ...]
    chat: Address | None = None
    person: int = 0


@dataclass(frozen=True, slots=True)
class _Hearers:
    """By unit: its open groups, what is said in private, what an office hears of those below, to which people."""

    bound: Mapping[str, Sequence[Address]]
    private: Mapping[str, Sequence[Reminder]]
    late: Mapping[str, Sequence[Reminder]]
    people_of: Mapping[str, Sequence[int]]


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
        """Queue what today's plan says and was not queued yet; how many messages it has. Nothing on a day off."""
        now = self.clock()
        day, local = local_day(now), now.astimezone(VIETNAM).time()
        if not MORNING <= local < AFTERNOON or not self.workdays.works(day):
            return 0
        index = self.current_index()
        async with self.begin() as session:
            last = await reminders.begin_day(session, day, now)
            since = None if last == day else last
            knows = await known(Desk(session, index, now), Days.up_to(day, since, self.workdays))
        planned = await asyncio.to_thread(plan, index, knows, day, self.workdays, since)  # answers need not wait for it
        async with self.begin() as session:
            desk = Desk(session, index, now)
            hearers = await _hearers(desk, planned, day)
        found = await asyncio.to_thread(_said, desk, planned, hearers, day)
        for at in range(0, len(found), _AT_ONCE):
            async with self.begin() as session:
                await _queue(session, found[at : at + _AT_ONCE], self.hours.open_at(now))
        if found:
            self.told()
        return len(found)

    async def due(self, session: Session, since: date | None = None) -> list[Morning]:
        """This day's messages; also of what was to be said on a day after `since`."""
        index, now = self.current_index(), self.clock()
        desk, day = Desk(session, index, now), local_day(now)
        knows = await known(desk, Days.up_to(day, since, self.workdays))
        planned = plan(index, knows, day, self.workdays, since)
        return _said(desk, planned, await _hearers(desk, planned, day), day)


async def _hearers(desk: Desk, planned: Mapping[str, Sequence[Reminder]], day: date) -> _Hearers:
    late = _by_office(desk, planned)
    units = sorted({*planned, *late})
    bound = await _open_groups(desk, await groups.of_units(desk.session, units), day)
    private = {unit: _urgent(ones) if bound.get(unit) else ones for unit, ones in planned.items()}
    told = [unit for unit in units if private.get(unit) or late.get(unit)]
    people_of = await heads.of_units(desk.session, {unit: desk.asker(unit).level for unit in told}, day)
    return _Hearers(bound, private, late, people_of)


def _said(desk: Desk, planned: Mapping[str, Sequence[Reminder]], to: _Hearers, day: date) -> list[Morning]:
    """By unit: its groups, then its people. It asks the database nothing."""
    found: list[Morning] = []
    for unit in sorted({*planned, *to.late}):
        found += _to_groups(desk, unit, to.bound.get(unit, ()), day, planned.get(unit, ()))
        people_of_it = to.people_of.get(unit, ())
        found += _to_people(desk, unit, day, to.private.get(unit, ()), to.late.get(unit, ()), people_of_it)
    return found


async def _queue(session: Session, mornings: Sequence[Morning], at: datetime) -> None:
    """Those that were not queued before; to people on the channel that reaches them best, if there is one."""
    known = await outbox.queued(session, [one.key for one in mornings])
    fresh = [one for one in mornings if one.key not in known]
    ways = await people.ways_by_person(session, [one.person for one in fresh if one.chat is None])
    puts = []
    for one in fresh:
        chat = one.chat or next(iter(ways.get(one.person, ())), None)
        if chat is not None:
            group = one.chat is not None
            message = Outbound(chat, one.text, group=group, tasks=one.tasks, urgency=Urgency.REMINDER)
            puts.append(Put(message, one.key, person=None if group else one.person))
    await outbox.put_all(session, puts, at)


async def _open_groups(desk: Desk, bound: Mapping[str, list[Address]], day: date) -> Mapping[str, list[Address]]:
    """Without those that take nothing any more, where somebody gets it in their stead.

    What was queued for a group today stays the group's: it goes to the principal by itself.
    """
    silent = await contacts.lost_groups(desk.session)
    if not silent:
        return bound
    keys = {_key(unit, day, chat): chat for unit, chats in bound.items() for chat in chats if chat in silent}
    silent -= {keys[key] for key in await outbox.queued(desk.session, keys)}
    found = {}
    for unit, chats in bound.items():
        left = [chat for chat in chats if chat not in silent]
        found[unit] = left if left or await _is_heard(desk, unit) else chats
    return found


async def _is_heard(desk: Desk, unit: str) -> bool:
    """Whether somebody who gives the unit's word can be written to."""
    return any([await people.ways_to(desk.session, person) for person in await desk.principals(unit)])


def _key(unit: str, day: date, chat: Address) -> str:
    return f"{KEY}{unit}:{day}:{chat.platform}:{chat.chat}"


def _to_groups(
    desk: Desk, unit: str, chats: Sequence[Address], day: date, ones: Sequence[Reminder]
) -> Iterator[Morning]:
    """Not what waits for the principal alone."""
    open_ones = [one for one in ones if one.state is not State.HELD]
    for chat in chats if open_ones else ():
        text = texts.digest(desk.short_name(unit), day, open_ones)
        yield Morning(_key(unit, day, chat), unit, text, _tasks(open_ones), chat)


def _to_people(
    desk: Desk, unit: str, day: date, ones: Sequence[Reminder], late: Sequence[Reminder], to: Sequence[int]
) -> Iterator[Morning]:
    """One message to each of those who speak for the unit: of its own tasks, and of who below it is late."""
    name = desk.short_name(unit)
    said = [texts.digest(name, day, ones)] if ones else []
    if late:
        tasks = [(its[0], [desk.short_name(one.unit) for one in its]) for its in _by_task(late)]
        said.append(texts.missing(name, day, tasks))
    for person in to if said else ():
        key = f"{KEY}{unit}:{day}:person:{person}"
        yield Morning(key, unit, "\n\n".join(said), _tasks(ones), person=person)


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
