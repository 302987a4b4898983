"""The morning's messages: one to each group, one to each principal and officer, with what begins that day in it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
from records import heads
from records.session import Session
from reminding.days import Days
from reminding.known import known
from reminding.open_groups import open_groups
from reminding.openings import before, opening_on, tallies
from reminding.owed import Known
from reminding.plan import AROUND, ByUnit, coming, plan

ESCALATED = 3  # working days too late, from which on the office hears of it


@dataclass(frozen=True, slots=True)
class Hearers:
    """By unit: the groups that take messages, and who is written to in private."""

    bound: Mapping[str, Sequence[Address]]
    people_of: Mapping[str, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Morning:
    """What the messages say, by unit; for an office also of the units below it."""

    desk: Desk
    day: date
    planned: ByUnit
    opening: Opening | None
    ahead: ByUnit = field(default_factory=dict)
    counted: Mapping[str, Sequence[Tally]] = field(default_factory=dict)
    late: ByUnit = field(default_factory=dict)

    @property
    def units(self) -> list[str]:
        return sorted({*self.planned, *self.ahead, *self.late, *self.counted})


@dataclass(frozen=True, slots=True)
class _Part:
    """What one unit has to say to a person."""

    unit: str
    text: str
    tasks: tuple[TaskRef, ...]


async def compose(desk: Desk, since: date | None = None) -> list[Message]:
    """This day's messages; also of what was to be said on a day after `since`."""
    knows = await facts(desk, since)
    one = plans(desk, knows, since)
    return messages(one, await hearers(desk.session, one))


async def facts(desk: Desk, since: date | None) -> Known:
    """What the plans rest on, from the database."""
    day, workdays = local_day(desk.now), desk.index.workdays
    opening = opening_on(day, since, workdays)
    span = (before(opening)[0], opening.last + AROUND) if opening else None
    return await known(desk, Days.up_to(day, since, workdays), span)


def plans(desk: Desk, knows: Known, since: date | None) -> Morning:
    """Pure, and all that takes long: it asks the database nothing."""
    index, day, workdays = desk.index, local_day(desk.now), desk.index.workdays
    planned = plan(index, knows, day, workdays, since)
    opening = opening_on(day, since, workdays) if workdays.works(day) else None
    one = Morning(desk, day, planned, opening, late=_by_office(desk, planned))
    if opening is None:
        return one
    first, last = before(opening)
    counted = tallies(index, knows, first, last, day, desk.above)
    ahead = coming(index, knows, day, opening.last, workdays)
    return replace(one, ahead=_others(ahead, planned), counted=counted, late=_untold(one.late, counted))


async def hearers(session: Session, one: Morning) -> Hearers:
    """Who is written to."""
    desk = replace(one.desk, session=session)
    units = one.units
    bound = await open_groups(desk, units, Kind.MORNING, one.day)
    told = [unit for unit in units if _says(one, unit, has_group=bool(bound.get(unit)))]
    levels = {unit: one.desk.asker(unit).level for unit in told}
    return Hearers(bound, await heads.of_units(session, levels, one.day))


def messages(one: Morning, to: Hearers) -> list[Message]:
    """Groups by unit, then people. Pure too."""
    found: list[Message] = []
    people: dict[int, list[_Part]] = {}
    for unit in one.units:
        chats = to.bound.get(unit, ())
        found += _to_groups(one, unit, chats)
        hears = to.people_of.get(unit, ())
        if part := _to_people(one, unit, has_group=bool(chats)) if hears else None:
            for person in hears:
                people.setdefault(person, []).append(part)
    return [*found, *(_to_person(one.day, person, parts) for person, parts in people.items())]


def _says(one: Morning, unit: str, *, has_group: bool) -> bool:
    """Whether those who speak for the unit hear anything."""
    ones = one.planned.get(unit, ())
    own = _pressing(ones) if has_group else [*ones, *one.ahead.get(unit, ())]
    return bool(own or one.late.get(unit) or one.counted.get(unit))


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


def _to_groups(one: Morning, unit: str, chats: Sequence[Address]) -> Iterator[Message]:
    """Not what waits for the principal alone."""
    now = [it for it in one.planned.get(unit, ()) if it.state is not State.HELD]
    ahead = [it for it in one.ahead.get(unit, ()) if it.state is not State.HELD]
    for chat in chats if now or ahead else ():
        text = texts.digest(one.desk.short_name(unit), one.day, now, one.opening, ahead)
        yield Message(Kind.MORNING, one.day, (unit,), text, _tasks([*now, *ahead]), chat)


def _to_people(one: Morning, unit: str, *, has_group: bool) -> _Part | None:
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
    units, said = tuple(part.unit for part in parts), "\n\n".join(part.text for part in parts)
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
