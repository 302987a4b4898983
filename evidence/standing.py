"""How a unit stands with a task: pure, from the task, what came for it, and the day to which it was moved."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from core.clock import local_day
from core.evidence import DONE, Came, Submission, days_late
from core.work import Due, Obligation, TaskRef
from evidence.desk import Desk, title_of
from evidence.occasions import best_of, best_on, given_in
from knowledge.meant_for import Likely, was_past
from knowledge.occurrences import days_of, moved_from, repeats
from knowledge.periods import Period

OVERDUE, AHEAD = timedelta(days=30), timedelta(days=45)  # days past and to come that are about now


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands with a task; `best` None: nothing was handed in.

    `day`: the due day of those for whom it was not moved; None: it has none.
    """

    ref: TaskRef
    title: str
    due: Due | None
    unit: str
    best: Came | None = None
    day: date | None = None

    @property
    def is_in(self) -> bool:
        return self.best is not None and self.best.state in DONE

    @property
    def late(self) -> int:
        """Days after the due day that it came; 0: in time, or not come."""
        given = self.best.handed_in_at if self.best else None
        return days_late(self.due, given) if given else 0


Around = Callable[[Obligation, date | None], Sequence[date]]  # of a task that comes back, the days that are asked about


def bounds(period: Period | None, today: date) -> tuple[date, date]:
    """The first and last due day that is asked about; without a period those about now."""
    return (period.first, period.last) if period else (today - OVERDUE, today + AHEAD)


def around(period: Period | None, today: date) -> Around:
    """Of what comes back, the days in the period; without one the last and the next."""
    first, last = bounds(period, today)
    if period is not None:
        return lambda task, moved: days_of(task, first, last, moved)
    return lambda task, moved: _last_and_next(days_of(task, first, last, moved), today)


def standings_of(
    desk: Desk, unit: str, one: Likely, came: Sequence[Submission], moved: date | None, around: Around, title: str = ""
) -> Iterator[Standing]:
    """How the unit stands with each day that is asked about; once, with a task that does not come back on days.

    `title`: where it is at hand.
    """
    title, today = title or title_of(one.task), local_day(desk.now)
    if not repeats(one.task):
        day = one.task.until.day if one.task.until else None
        best = best_of(given_in(one.task, came, today)).get((unit, one.ref))
        yield Standing(one.ref, title, Due(moved) if moved else one.task.until, unit, best.came if best else None, day)
        return
    best_by_day = best_on(one.task, came, moved)
    for day in around(one.task, moved):
        if not was_past(desk.index.by_id[one.ref.document], day, today):
            best = best_by_day.get(day)
            usual = moved_from(one.task, day) if day == moved else day
            yield Standing(one.ref, title, Due(day), unit, best.came if best else None, usual)


def by_date(found: Sequence[Standing]) -> list[Standing]:
    """The soonest due first."""
    return sorted(found, key=lambda one: (one.due.day if one.due else date.max, one.ref))


def by_task(found: Sequence[Submission]) -> dict[tuple[str, TaskRef], list[Submission]]:
    """What each unit handed in for each task, in the same order."""
    given: dict[tuple[str, TaskRef], list[Submission]] = {}
    for one in found:
        if one.task and one.giver.unit:
            given.setdefault((one.giver.unit, one.task), []).append(one)
    return given


def _last_and_next(days: Sequence[date], today: date) -> Sequence[date]:
    return [*[day for day in days if day < today][-1:], *[day for day in days if day >= today][:1]]
