"""For which day of a task that comes back something was handed in: pure, from its due days and when it came."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from core.clock import local_day
from core.evidence import DONE, State, Submission
from core.work import Obligation, TaskRef
from knowledge.occurrences import days_of, reach, repeats, span_of
from knowledge.periods import Period

_TRUSTED = timedelta(days=200)  # a day that was noted is not that of another year
_EARLY = 10  # by which day of a month at the latest that of the month before is handed in

BEST = (State.ACCEPTED, State.SUBMITTED, State.HELD, State.RETURNED)  # how a unit stands, where it has several

Given = Mapping[tuple[str, TaskRef], Sequence[Submission]]


def best_of(found: Sequence[Submission]) -> dict[tuple[str, TaskRef], Submission]:
    """The one that counts, for each unit and task: by its state, then the earliest."""
    best: dict[tuple[str, TaskRef], Submission] = {}
    for one in sorted(found, key=_by_state):
        if one.task and one.giver.unit:
            best[one.giver.unit, one.task] = one
    return best


def best_on(task: Obligation, given: Sequence[Submission], moved: date | None = None) -> dict[date, Submission]:
    """The submission that counts for each due day; `given`: of one unit for this task, in the order they came."""
    return {day: max(ones, key=_by_state) for day, ones in by_day(task, given, moved).items()}


def by_day(task: Obligation, given: Sequence[Submission], moved: date | None = None) -> dict[date, list[Submission]]:
    """The same with all that was given for each.

    It is for the day that was noted when it was placed, else the nearest to when it came, of two the later. What came
    after a day that was done already is for the next: nobody is asked again for what she has sent early, and nobody is
    left in peace for what was added to the last.
    """
    if not given:
        return {}
    came = [_came(one) for one in given]
    days = days_of(task, min(came) - reach(task), max(came) + reach(task), moved)
    found: dict[date, list[Submission]] = {}
    for one, day in zip(given, came, strict=True):
        done = {due for due, ones in found.items() if any(it.state in DONE for it in ones)}
        if its := _noted(task, one, day, moved) or _nearest(days, day, done):
            found.setdefault(its, []).append(one)
    return found


def day_meant(
    task: Obligation, given: Sequence[Submission], moved: date | None, came: date, said: Period | None = None
) -> date | None:
    """For which day something is that came on this one; `given`: what was there before. None: the task has no day.

    `said`: the time that the words beside it name.
    """
    if said and (named := _named(days_of(task, said.first, said.last + reach(task), moved), said)):
        return _nearest(named, came, ())
    days = days_of(task, came - reach(task), came + reach(task), moved)
    done = {due for due, best in best_on(task, given, moved).items() if best.state in DONE}
    return _nearest(days, came, done)


def given_in(task: Obligation, given: Sequence[Submission], day: date) -> Sequence[Submission]:
    """Of a task that comes back without a day ("hằng quý"): what came in the month, quarter or term that holds `day`.

    All of it, of a task that does not come back.
    """
    span = span_of(task, day)
    return given if span is None else [one for one in given if span[0] <= _came(one) <= span[1]]


def is_done(task: Obligation, given: Sequence[Submission], moved: date | None, today: date) -> bool:
    """Whether what would be handed in today is there already; `given`: of one unit for this task."""
    if not repeats(task):
        return any(one.state in DONE for one in given_in(task, given, today))
    best = best_on(task, given, moved)
    day = day_meant(task, given, moved, today)
    return day in best and best[day].state in DONE


def _noted(task: Obligation, one: Submission, came: date, moved: date | None) -> date | None:
    """The day that was noted when it was placed, where that is still one of its days."""
    day = one.due.day if one.due else None
    kept = day is not None and abs(day - came) <= _TRUSTED and day in days_of(task, day, day, moved)
    return day if kept else None


def _named(days: Sequence[date], said: Period) -> list[date]:
    """Those in the time that was named; what is due early in a month may be about the one before."""
    after = next((day for day in days if day > said.last), None)
    return [
        *(day for day in days if said.first <= day <= said.last),
        *([after] if after and after.day <= _EARLY and said.grain == "month" else []),
    ]


def _nearest(days: Sequence[date], came: date, done: Collection[date]) -> date | None:
    if not days:
        return None
    nearest = min(days, key=lambda due: (abs(due - came), -due.toordinal()))
    if nearest in done and came > nearest:
        return next((due for due in days if due > nearest), nearest)
    return nearest


def _came(one: Submission) -> date:
    return local_day(one.handed_in_at or one.opened_at)


def _by_state(one: Submission) -> tuple[int, int]:
    return -BEST.index(one.state), -one.id
