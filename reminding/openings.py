"""The month or week that begins on a day, and how the units below an office did in the one before."""

from collections.abc import Callable, Collection
from datetime import date, timedelta

from core.evidence import DONE, days_late
from core.people import Unit
from core.reminding import Opening, Span, Tally
from core.work import Due, TaskRef
from evidence.desk import title_of
from knowledge.index import Index
from knowledge.school_years import month_end
from knowledge.workdays import Workdays
from reminding.asked import past, said_on
from reminding.owed import Known, Owed, owed

_WEEK = timedelta(days=6)


def opening_on(day: date, since: date | None, workdays: Workdays) -> Opening | None:
    """What begins on this day, or began on one after `since`: a month on its first working day, else a week on its."""
    days = said_on(day, since)
    month, monday = day.replace(day=1), day - timedelta(days=day.weekday())
    if workdays.next(month) in days:
        return Opening(Span.MONTH, month, month_end(day.year, day.month))
    return Opening(Span.WEEK, monday, monday + _WEEK) if workdays.next(monday) in days else None


def before(opening: Opening) -> tuple[date, date]:
    """The first and last day of the month or week before."""
    last = opening.first - timedelta(days=1)
    return (last.replace(day=1) if opening.span is Span.MONTH else last - _WEEK), last


def tallies(
    index: Index,
    known: Known,
    first: date,
    last: date,
    today: date,
    office_of: Callable[[str], Unit | None],
    only: Collection[str] | None = None,
) -> dict[str, list[Tally]]:
    """By office, what units right below it (`only`: these) owed from `first` to `last`, by due day. No events."""
    found: dict[str, dict[tuple[date, TaskRef], list[Owed]]] = {}
    for one in owed(index, known, past(first, last), today, only):
        office = office_of(one.unit)
        if office is not None:
            found.setdefault(office.code, {}).setdefault((one.due.day, one.ref), []).append(one)
    return {office: [_tally(ones) for _, ones in sorted(tasks.items())] for office, tasks in found.items()}


def _tally(ones: list[Owed]) -> Tally:
    given = [one for one in ones if one.best and one.best.state in DONE]
    on_time = sum(_in_time(one.due, one) for one in given)
    missing = sorted({one.unit for one in ones} - {one.unit for one in given})
    first = ones[0]
    return Tally(first.ref, title_of(first.task), first.due, len(ones), len(given), on_time, tuple(missing))


def _in_time(due: Due, one: Owed) -> bool:
    at = one.best.handed_in_at if one.best else None
    return at is not None and days_late(due, at) == 0
