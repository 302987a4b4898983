"""The days on which a task is due: the one that it names, or those on which it comes back."""

from collections.abc import Iterator
from datetime import date, timedelta

from core.work import Obligation, Rule
from knowledge.school_years import month_end

_DAYS = {"MO": 0, "TU": 1, "WE": 2, "TH": 3, "FR": 4, "SA": 5, "SU": 6}
_REPEATS = (Rule.WEEKLY, Rule.MONTHLY, Rule.YEARLY)


def repeats(task: Obligation) -> bool:
    """Whether it comes back on days that can be told."""
    kind, _, rest = (task.recurrence or "").partition(" ")
    return task.rule in _REPEATS and kind in ("weekly", "monthly", "yearly") and bool(rest)


def due_days(task: Obligation, first: date, last: date) -> Iterator[date]:
    """The days from `first` to `last` on which it is due, in order; nothing for a task without a day."""
    if not repeats(task):
        yield from (day for day in (task.due,) if day and first <= day <= last)
        return
    day = first
    while day <= last:
        if _falls_on(task.recurrence or "", day):
            yield day
        day += timedelta(days=1)


def _falls_on(recurrence: str, day: date) -> bool:
    """ "weekly MO,FR", "monthly 25", "monthly last", "yearly 06-30"; a day that a month lacks is its last."""
    kind, _, rest = recurrence.partition(" ")
    end = month_end(day.year, day.month).day
    if kind == "weekly":
        return any(_DAYS.get(code) == day.weekday() for code in rest.split(","))
    if kind == "monthly":
        return day.day == (end if rest == "last" else min(int(rest), end))
    month, _, number = rest.partition("-")
    return day.month == int(month) and day.day == min(int(number), end)
