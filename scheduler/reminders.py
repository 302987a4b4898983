"""The morning's reminders: one message to each group, one to each principal and officer, and never a second."""

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
from records import contacts, groups, outbox, people, reminders
from records.notify import tell, write
from records.reminders import KEY
from records.session import Begin, Session
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
        async with self.begin() as session:
            since = await reminders.begin_day(session, day, now)
            found = await self.due(session, None if since == day else since)
        for at in range(0, len(found), _AT_ONCE):
            async with self.begin() as session:
                for one in found[at : at + _AT_ONCE]:
                    await _queue(session, one, self.hours.open_at(now))
        if found:
            self.told()
        return len(found)

    async def due(self, session: Session, since: date | None = None) -> list[Morning]:
        """This day's messages; also of what was to be said on a day after `since`."""
        index, now = self.current_index(), self.clock()
        desk, day = Desk(session, index, now), local_day(now)
        planned = plan(index, await known(desk, day), day, self.workdays, since)
        late = _by_office(desk, planned)
        units = sorted({*planned, *late})
        bound = await _open_groups(desk, await groups.of_units(session, units), day)
        found: list[Morning] = []
        for unit in units:
            ones, chats = planned.get(unit, []), bound.get(unit, [])
            found += _to_groups(desk, unit, chats, day, ones)
            found += await _to_people(desk, unit, day, _urgent(ones) if chats else ones, late.get(unit, []))
        return found


async def _queue(session: Session, one: Morning, at: datetime) -> None:
    if one.chat:
        message = Outbound(one.chat, one.text, group=True, tasks=one.tasks, urgency=Urgency.REMINDER)
        await write(session, message, "", (), one.key, at)
    else:
        await tell(session, one.person, one.text, (), one.key, at, one.tasks, urgency=Urgency.REMINDER)


async def _open_groups(desk: Desk, bound: Mapping[str, list[Address]], day: date) -> Mapping[str, list[Address]]:
    """Without those that take nothing any more, where somebody gets it in their stead.

    What was queued for a group today stays the group's: it goes to the principal by itself.
    """
    silent = await contacts.lost(desk.session, [chat for chats in bound.values() for chat in chats])
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


async def _to_people(
    desk: Desk, unit: str, day: date, ones: Sequence[Reminder], late: Sequence[Reminder]
) -> list[Morning]:
    """One message to each of those who speak for the unit: of its own tasks, and of who below it is late."""
    name = desk.short_name(unit)
    said = [texts.digest(name, day, ones)] if ones else []
    if late:
        tasks = [(its[0], [desk.short_name(one.unit) for one in its]) for its in _by_task(late)]
        said.append(texts.missing(name, day, tasks))
    people = await desk.principals(unit) if said else ()
    return [
        Morning(f"{KEY}{unit}:{day}:person:{person}", unit, "\n\n".join(said), _tasks(ones), person=person)
        for person in people
    ]


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
