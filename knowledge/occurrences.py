"""The days on which a task is due: the one that it names, or those on which it comes back."""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from core.work import Obligation, Rule
from knowledge.fold import fold
from knowledge.school_years import month_end, school_year

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_REPEATS = (Rule.WEEKLY, Rule.MONTHLY, Rule.YEARLY)
_DAY, _YEAR = timedelta(days=1), timedelta(days=370)
_REACH = {"weekly": timedelta(days=15), "monthly": timedelta(days=63)}
_EACH = re.compile(r"^(?:hang|moi|theo|tung|\d+ lan/?)\s+(?P<what>tuan|thang|quy|hoc k[yi]|ky|nam hoc|nam)\b")

Span = tuple[date, date]  # its first and last day


def repeats(task: Obligation) -> bool:
    """Whether it comes back on days that can be told."""
    kind, _, rest = (task.recurrence or "").partition(" ")
    return task.rule in _REPEATS and kind in ("weekly", "monthly", "yearly") and bool(rest)


def days_of(task: Obligation, first: date, last: date, moved: date | None = None) -> list[date]:
    """The days from `first` to `last` on which a unit owes it; `moved`: to which its office has moved one of them."""
    if moved is None:
        return [*due_days(task, first, last)]
    gone = moved_from(task, moved)
    days = {day for day in due_days(task, first, last) if repeats(task) and day != gone}
    return sorted(days | ({moved} if first <= moved <= last else set()))


def reach(task: Obligation) -> timedelta:
    """Within so much before any day, and after it, lie two of its days at least; of what comes back yearly one."""
    return _REACH.get((task.recurrence or "").partition(" ")[0], _YEAR)


def moved_from(task: Obligation, moved: date) -> date | None:
    """Which of its days was moved to this one: the last before it; a day is moved to a later one."""
    return max(due_days(task, moved - _YEAR, moved), default=None)


def span_of(task: Obligation, day: date) -> Span | None:
    """The week, month, quarter, term or year with this day in it, of what comes back in each without a day of its own.

    None: it does not.
    """
    found = _EACH.match(fold(task.recurrence or "")) if task.rule is Rule.PERIOD else None
    if found is None:
        return None
    start = school_year(day)
    match found["what"]:
        case "tuan":
            monday = day - timedelta(days=day.weekday())
            return monday, monday + timedelta(days=6)
        case "thang":
            return day.replace(day=1), month_end(day.year, day.month)
        case "quy":
            first = 3 * ((day.month - 1) // 3) + 1
            return date(day.year, first, 1), month_end(day.year, first + 2)
        case "nam hoc":
            return date(start, 8, 1), date(start + 1, 7, 31)
        case "nam":
            return date(day.year, 1, 1), date(day.year, 12, 31)
    term = date(start + 1, 2, 1)
    return (date(start, 8, 1), term - timedelta(days=1)) if day < term else (term, date(start + 1, 7, 31))


def due_days(task: Obligation, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which it is due, in order; nothing for a task without a day."""
    if not repeats(task):
        yield from (day for day in (task.due,) if day and first <= day <= last)
        return
    yield from _within(task.recurrence or "", first, last)


@lru_cache(maxsize=4096)  # an office asks for all its units
def _within(recurrence: str, first: date, last: date) -> tuple[date, ...]:
    return tuple(day for day in _falling(recurrence, first, last) if first <= day <= last)


def _falling(recurrence: str, first: date, last: date) -> Iterator[date]:
    """ "weekly MO,FR", "monthly 25", "monthly last", "yearly 06-30"; a day that a month lacks is its last.

    Those of the months that are touched.
    """
    kind, _, rest = recurrence.partition(" ")
    if kind == "weekly":
        days = {_DAYS.get(code) for code in rest.split(",")}
        day = first
        while day <= last:
            if day.weekday() in days:
                yield day
            day += _DAY
        return
    named, _, number = rest.rpartition("-")
    of_month = 31 if number == "last" else int(number)
    for n in range(12 * first.year + first.month - 1, 12 * last.year + last.month):
        year, month = n // 12, n % 12 + 1
        if kind == "monthly" or month == int(named):
            end = month_end(year, month)
            yield end if of_month >= end.day else end.replace(day=of_month)
