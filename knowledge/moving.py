"""A day of last year's plan in the year to come: what becomes of it, by how it binds; docs/plans.md has the reasons."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, auto

from core.texts import next_year as texts
from core.work import DoubtKind, Kind, Obligation, Rule
from knowledge.lunar import Feast
from knowledge.workdays import Workdays

_DAY = timedelta(days=1)
_SHORT = timedelta(days=14)
_FAR = 6  # days to look around a day that is off

_Ends = tuple[date, date]


class Way(Enum):
    """How a day moves."""

    LIMIT = auto()  # never later than one year on; back to a working day, or to the weekday that is named
    EVENT = auto()  # to the nearest working day, or the nearest day of the weekday that is named
    SPAN = auto()  # both ends together, as long as before
    WEEK = auto()  # whole weeks: Monday stays Monday
    STANDING = auto()  # one year on, whatever day that is


WAYS: Mapping[Rule, Way] = {
    Rule.BEFORE: Way.LIMIT,
    Rule.BY: Way.LIMIT,
    Rule.ON: Way.EVENT,
    Rule.EVENT: Way.EVENT,
    Rule.RANGE: Way.SPAN,
    Rule.IN_WEEK: Way.WEEK,
    Rule.WEEKLY: Way.STANDING,
    Rule.MONTHLY: Way.STANDING,
    Rule.YEARLY: Way.STANDING,
}


@dataclass(frozen=True, slots=True)
class Move:
    """Where a task's days go; `kind` and `said`: why a person should look, None: simply some years on."""

    start: date | None
    due: date | None
    kind: DoubtKind | None = None
    said: str = ""


def years_on(day: date, years: int) -> date:
    """The same day and month; 29/2 becomes 28/2 where the year has none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def month_on(name: str, years: int) -> str:
    """2024-09 -> 2025-09."""
    return f"{int(name[:4]) + years:04d}{name[4:]}"


@dataclass(frozen=True, slots=True)
class _Case:
    """What was, and the same day and month some years on."""

    begins: date | None
    old: date
    start: date | None
    on: date
    weekday: int | None
    workdays: Workdays
    limits: bool


def move(task: Obligation, weekday: int | None, years: int, workdays: Workdays, *, written: bool = True) -> Move:
    """Where the days of a task go that has a `due`; `weekday` as the words name it, Monday 0.

    `written`: the words name the day; else it is a month's end or so, and goes with its month.
    """
    assert task.due is not None
    limits = task.kind is Kind.DEADLINE
    way = WAYS.get(task.rule) if task.rule else None
    way = way or (Way.LIMIT if limits else Way.EVENT)
    start = years_on(task.start, years) if task.start else None
    case = _Case(task.start, task.due, start, years_on(task.due, years), weekday, workdays, limits)
    moved = Move(start, case.on) if way is Way.STANDING or not written else _BY_WAY[way](case)
    return _leap(moved, task.due) if moved.kind is None else moved


def blank(feast: Feast, old: date, years: int) -> Move:
    """A day that hangs on a feast by the moon is not moved: it is asked for."""
    then = feast.near(old)
    now = feast.on(then.year + years)
    return Move(None, None, DoubtKind.DATE, texts.lunar(feast.name, old, then, now, now + (old - then)))


def week_of(start: date, due: date, years: int) -> tuple[date, date]:
    """The same weekdays, nearest to the same day and month."""
    new = nearest(years_on(due, years), due.weekday())
    return new - (due - start), new


def nearest(day: date, weekday: int) -> date:
    """The day of this weekday that is at most three days away."""
    return day + ((weekday - day.weekday() + 3) % 7 - 3) * _DAY


def _leap(moved: Move, old: date) -> Move:
    due = moved.due
    if due is None or (due.day, due.month) == (old.day, old.month):
        return moved
    return Move(moved.start, due, DoubtKind.DATE, texts.no_such_day(old, due))


def _limit(case: _Case) -> Move:
    if case.weekday is not None:
        return _by_weekday(case, case.on - ((case.on.weekday() - case.weekday) % 7) * _DAY)
    new = case.workdays.last(case.on)
    if new == case.on:
        return Move(case.start, new)
    return Move(case.start, new, DoubtKind.CLOSED, texts.off(case.old, case.on, new))


def _event(case: _Case) -> Move:
    if case.weekday is not None:
        return _by_weekday(case, nearest(case.on, case.weekday))
    works = case.workdays.works
    if not works(case.old) or works(case.on):
        return Move(case.start, case.on)  # what was held on a Sunday was so on purpose
    new = next(day for n in _around() if works(day := case.on + n * _DAY))
    return Move(case.start, new, DoubtKind.CLOSED, texts.off(case.old, case.on, new))


def _by_weekday(case: _Case, new: date) -> Move:
    if case.workdays.works(case.old) and not case.workdays.works(new):
        return Move(case.start, new, DoubtKind.CLOSED, texts.weekday_off(case.old, new))
    if new == case.on:
        return Move(case.start, new)
    return Move(case.start, new, DoubtKind.DATE, texts.same_weekday(case.old, case.on, new))


def _span(case: _Case) -> Move:
    begins = case.begins or case.old
    first = case.start or case.on
    last = first + (case.old - begins)  # as long as before, also over a 29/2
    ways = range(0, -_FAR - 1, -1) if case.limits else (0, *_around())
    if case.weekday is not None:
        by = nearest(last, case.weekday) - last
    else:
        by = _fitting((begins, case.old), (first, last), ways, case.workdays)
    start = first + by if case.start else None
    if last + by == case.on:
        return Move(start, case.on)
    kind = DoubtKind.CLOSED if case.weekday is None else DoubtKind.DATE
    return Move(start, last + by, kind, texts.span(begins, case.old, first + by, last + by))


def _fitting(old: _Ends, new: _Ends, ways: Sequence[int], workdays: Workdays) -> timedelta:
    """How far a span has to move so that its ends are working days, and none of a short one's days is lost."""
    if not (workdays.works(old[0]) and workdays.works(old[1])):
        return 0 * _DAY
    count = workdays.between(*old)
    fits = [n for n in ways if all(workdays.works(day + n * _DAY) for day in new)]
    whole = [n for n in fits if workdays.between(*(day + n * _DAY for day in new)) == count]
    short = old[1] - old[0] < _SHORT
    return next(iter((whole if short else []) or fits), 0) * _DAY


def _week(case: _Case) -> Move:
    begins = case.begins or case.old
    start, due = week_of(begins, case.old, case.on.year - case.old.year)
    kind = DoubtKind.DATE if due != case.on else None
    return Move(start if case.start else None, due, kind, texts.week(begins, case.old, start, due))


def _around() -> Iterator[int]:
    """-1, 1, -2, 2 …"""
    return (sign * n for n in range(1, _FAR + 1) for sign in (-1, 1))


_BY_WAY = {Way.LIMIT: _limit, Way.EVENT: _event, Way.SPAN: _span, Way.WEEK: _week}
