"""For which day of a task that comes back something was handed in: pure, from its due days and when it came."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from core.clock import local_day
from core.evidence import DONE, Submission
from core.work import Obligation, TaskRef
from evidence.progress import best_of
from knowledge.occurrences import due_days

_REACH = timedelta(days=370)  # what comes back does so within a year

Given = Mapping[tuple[str, TaskRef], Sequence[Submission]]


def best_on(task: Obligation, given: Sequence[Submission], moved: date | None = None) -> dict[date, Submission]:
    """The submission that counts for each due day; `given`: of one unit for this task, in the order they came.

    It is for the day nearest to when it came, of two the later. What came after a day that was done already is for the
    next: nobody is asked again for what she has sent early, and nobody is left in peace for what was added to the last.
    """
    if not given:
        return {}
    came = [local_day(one.handed_in_at or one.opened_at) for one in given]
    days = sorted({*due_days(task, min(came) - _REACH, max(came) + _REACH), *([moved] if moved else [])})
    found: dict[date, list[Submission]] = {}
    for one, day in zip(given, came, strict=True):
        if its := _meant(days, day, {due for due, ones in found.items() if any(it.state in DONE for it in ones)}):
            found.setdefault(its, []).append(one)
    return {day: best for day, ones in found.items() for best in best_of(ones).values()}


def _meant(days: Sequence[date], came: date, done: Iterable[date]) -> date | None:
    if not days:
        return None
    nearest = min(days, key=lambda due: (abs(due - came), -due.toordinal()))
    if nearest in done and came > nearest:
        return next((due for due in days if due > nearest), nearest)
    return nearest
