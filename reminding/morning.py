"""The morning's messages: one to each group, one to each principal and officer, with what begins that day in it."""

import asyncio
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from core.clock import local_day
from core.evidence import State
from core.message import Address
from core.people import Level
from core.reminding import Kind, Message, Opening, Reminder, Tally, Why
from core.texts import reminders as texts
from core.work import TaskRef
from evidence.desk import Desk
from reminding.asked import mornings, past, said_on, to_come
from reminding.missing import missed
from reminding.open_groups import open_groups
from reminding.openings import before, opening_on, tallies
from reminding.owed import Known
from reminding.plan import ByUnit, coming, plan
from reminding.rounds import Round

ESCALATED = 3  # working days too late, from which on the office hears of it


@dataclass(frozen=True, slots=True)
class _Morning:
    """What the messages say, by unit; for an office also of the units below it."""

    desk: Desk
    day: date
    planned: ByUnit
    opening: Opening | None
    ahead: ByUnit = field(default_factory=dict)
    counted: Mapping[str, Sequence[Tally]] = field(default_factory=dict)
    late: ByUnit = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Part:
    """What one unit has to say to a person."""

    unit: str
    text: str
    tasks: tuple[TaskRef, ...]


async def compose(at: Round, since: date | None = None, only: Collection[str] | None = None) -> list[Message]:
    """This day's messages; also of what was to be said on a day after `since`. `only`: of what these units read."""
    day, workdays = at.day, at.workdays
    opening = opening_on(day, since, workdays) if workdays.works(day) else None
    asked = [mornings(said_on(day, since), workdays)]
    asked += [to_come(day, opening.last, workdays), past(*before(opening))] if opening else []
    among = None if only is None else await at.with_below(only)
    desk, knows = await at.knows(*asked, only=among)
    one = await asyncio.to_thread(_read, desk, knows, since, opening, among)
    units = sorted(unit for unit in {*one.planned, *one.ahead, *one.late, *one.counted} if only is None or unit in only)
    async with at.desk() as desk:
        bound = await open_groups(desk, units, Kind.MORNING, day)
    found, parts = await asyncio.to_thread(_said, one, units, bound)
    async with at.desk() as desk:
        speak = await desk.principals_of(parts)
        books = await missed(desk, since)
    people: dict[int, list[_Part]] = {}
    for unit, part in parts.items():
        for person in speak[unit]:
            people.setdefault(person, []).append(part)
    for unit, (principals, text) in books.items():
        for person in principals:
            people.setdefault(person, []).append(_Part(unit, text, ()))
    return [*found, *(_to_person(day, person, its) for person, its in people.items())]


def _read(
    desk: Desk, knows: Known, since: date | None, opening: Opening | None, among: Collection[str] | None
) -> _Morning:
    index, day, workdays = desk.index, local_day(desk.now), desk.index.workdays
    planned = plan(index, knows, day, workdays, since, among)
    one = _Morning(desk, day, planned, opening, late=_by_office(desk, planned))
    if opening is None:
        return one
    counted = tallies(index, knows, *before(opening), day, desk.above, among)
    ahead = coming(index, knows, day, opening.last, workdays, among)
    return replace(one, ahead=_others(ahead, planned), counted=counted, late=_untold(one.late, counted))


def _said(
    one: _Morning, units: Sequence[str], bound: Mapping[str, Sequence[Address]]
) -> tuple[list[Message], dict[str, _Part]]:
    """To the groups; and what is said to people, by unit."""
    found: list[Message] = []
    parts: dict[str, _Part] = {}
    for unit in units:
        chats = bound.get(unit, ())
        found += _to_groups(one, unit, chats)
        if part := _to_people(one, unit, has_group=bool(chats)):
            parts[unit] = part
    return found, parts


def _others(ahead: ByUnit, planned: ByUnit) -> ByUnit:
    """What the message does not say above already."""
    found = {}
    for unit, ones in ahead.items():
        said = {(one.ref, one.due.day) for one in planned.get(unit, ())}
        if left := [one for one in ones if (one.ref, one.due.day) not in said]:
            found[unit] = left
    return found


def _untold(late: ByUnit, counted: Mapping[str, Sequence[Tally]]) -> ByUnit:
    """Whom the office does not find among those who are missing in what was counted."""
    told = {(office, tally.ref, tally.due.day) for office, ones in counted.items() for tally in ones}
    return {
        office: [one for one in ones if (office, one.ref, one.due.day) not in told] for office, ones in late.items()
    }


def _to_groups(one: _Morning, unit: str, chats: Sequence[Address]) -> Iterator[Message]:
    """Not what waits for the principal alone."""
    now = [it for it in one.planned.get(unit, ()) if it.state is not State.HELD]
    ahead = [it for it in one.ahead.get(unit, ()) if it.state is not State.HELD]
    for chat in chats if now or ahead else ():
        text = texts.digest(one.desk.short_name(unit), one.day, now, one.opening, ahead)
        yield Message(Kind.MORNING, one.day, (unit,), text, _tasks([*now, *ahead]), chat)


def _to_people(one: _Morning, unit: str, *, has_group: bool) -> _Part | None:
    """For those who speak for the unit: of its own tasks, and of the units below it. None: nothing."""
    name, ones = one.desk.short_name(unit), one.planned.get(unit, [])
    now = _pressing(ones) if has_group else ones
    ahead = [] if has_group else one.ahead.get(unit, [])
    said = [texts.digest(name, one.day, now, one.opening, ahead)] if now or ahead else []
    if late := one.late.get(unit):
        tasks = [(its[0], [one.desk.short_name(it.unit) for it in its]) for its in _by_task(late)]
        said.append(texts.missing(name, one.day, tasks))
    if one.opening and (counted := one.counted.get(unit)):
        named = [(tally, [one.desk.short_name(code) for code in tally.missing]) for tally in counted]
        said.append(texts.roll_up(name, one.opening, named))
    return _Part(unit, "\n\n".join(said), _tasks([*now, *ahead])) if said else None


def _to_person(day: date, person: int, parts: Sequence[_Part]) -> Message:
    tasks = tuple(dict.fromkeys(ref for part in parts for ref in part.tasks))
    units, said = tuple(dict.fromkeys(part.unit for part in parts)), "\n\n".join(part.text for part in parts)
    return Message(Kind.MORNING, day, units, said, tasks, person=person)


def _pressing(ones: Sequence[Reminder]) -> list[Reminder]:
    """What the principal hears of too, besides the group."""
    return [one for one in ones if one.stand.why is not Why.AHEAD or one.stand.days <= 1 or one.state is not None]


def _by_office(desk: Desk, planned: ByUnit) -> ByUnit:
    """What schools are so late with that the office right above hears of it, by office."""
    found: ByUnit = {}
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
