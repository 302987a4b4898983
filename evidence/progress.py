"""Who has handed in what: a unit's own tasks, and for an office each task over the units right below it."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from core.clock import local_day
from core.evidence import AT_OFFICE, State, Submission, days_late
from core.work import Due, Obligation, TaskRef
from evidence.desk import Desk, title_of
from evidence.occasions import BEST, best_of, best_on, day_meant, given_in
from knowledge.meant_for import Likely, due_about_now, due_within, is_history, named_task, owes
from knowledge.occurrences import days_of, moved_from, repeats
from knowledge.periods import Period
from records import extensions, submissions

OVERDUE, AHEAD = timedelta(days=30), timedelta(days=45)  # days past and to come of what comes back that are about now


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands with a task; `best` None: nothing was handed in.

    `day`: the due day of those for whom it was not moved; None: it has none.
    """

    ref: TaskRef
    title: str
    due: Due | None
    unit: str
    best: Submission | None = None
    day: date | None = None

    @property
    def is_in(self) -> bool:
        return self.best is not None and self.best.state in (State.ACCEPTED, State.SUBMITTED)

    @property
    def late(self) -> int:
        """Days after the due day that it came; 0: in time, or not come."""
        given = self.best.handed_in_at if self.best else None
        return days_late(self.due, given) if given else 0


Around = Callable[[Obligation, date | None], Sequence[date]]  # of a task that comes back, the days that are asked about


async def of_unit(desk: Desk, unit: str, period: Period | None = None) -> Sequence[Standing]:
    """The unit's tasks that are due about now, or in the period, by date; one that comes back once for each day."""
    return _by_date(await _standings(desk, [unit], *_asked(desk, period)))


async def of_office(
    desk: Desk, office: str, period: Period | None = None
) -> Mapping[tuple[TaskRef, date | None], Sequence[Standing]]:
    """For each task that is due then and that units right below owe, and each of its days: how each stands, by date.

    As the office sees it: what still waits within a school is not there. A day that was moved for one unit stands with
    the day of the others.
    """
    found: dict[tuple[TaskRef, date | None], list[Standing]] = {}
    for one in _by_date(await _standings(desk, desk.owing(office), *_asked(desk, period), AT_OFFICE)):
        found.setdefault((one.ref, one.day), []).append(one)
    return found


async def of_tasks(desk: Desk, units: Sequence[str], refs: Sequence[TaskRef]) -> Sequence[Standing]:
    """How each of these units that owes one of these tasks stands with it, whenever it is due.

    With what comes back: how it stands with the day that is nearest now, of two the later.
    """
    named = [found for ref in refs if (found := named_task(desk.index, ref))]
    today = local_day(desk.now)

    def nearest(task: Obligation, moved: date | None) -> Sequence[date]:
        day = day_meant(task, (), moved, today)
        return [day] if day else []

    owing = {unit: [one for one in named if owes(desk.index, desk.asker(unit), one.ref)] for unit in units}
    return await _standings(desk, units, owing.__getitem__, nearest)


def _asked(desk: Desk, period: Period | None) -> tuple[Callable[[str], Sequence[Likely]], Around]:
    """The tasks of a unit, and the days of those that come back."""
    today = local_day(desk.now)
    if period is not None:
        first, last = period.first, period.last
        return (
            lambda unit: due_within(desk.index, desk.asker(unit), first, last, today),
            lambda task, moved: days_of(task, first, last, moved),
        )
    return (
        lambda unit: due_about_now(desk.index, desk.asker(unit), desk.now),
        lambda task, moved: _last_and_next(days_of(task, today - OVERDUE, today + AHEAD, moved), today),
    )


def _last_and_next(days: Sequence[date], today: date) -> Sequence[date]:
    return [*[day for day in days if day < today][-1:], *[day for day in days if day >= today][:1]]


def _by_date(found: Sequence[Standing]) -> list[Standing]:
    return sorted(found, key=lambda one: (one.due.day if one.due else date.max, one.ref))


async def _standings(
    desk: Desk,
    units: Sequence[str],
    tasks: Callable[[str], Sequence[Likely]],
    around: Around,
    states: Sequence[State] = BEST,
) -> list[Standing]:
    """`tasks`: those of a unit that are looked at; `around`: on which days."""
    owed = {unit: tasks(unit) for unit in units}
    documents = {one.ref.document for ones in owed.values() for one in ones}
    came = _by_task(await submissions.owed(desk.session, units, documents, states))
    days = await extensions.of_units(desk.session, units)
    return [
        standing
        for unit in units
        for one in owed[unit]
        for standing in _of_one(desk, unit, one, came.get((unit, one.ref), ()), days.get((unit, one.ref)), around)
    ]


def _of_one(
    desk: Desk, unit: str, one: Likely, came: Sequence[Submission], moved: date | None, around: Around
) -> Iterator[Standing]:
    """How the unit stands with each day that is asked about; once, with a task that does not come back on days."""
    title = title_of(one.task)
    if not repeats(one.task):
        day = one.task.until.day if one.task.until else None
        best = best_of(given_in(one.task, came, local_day(desk.now))).get((unit, one.ref))
        yield Standing(one.ref, title, Due(moved) if moved else one.task.until, unit, best, day)
        return
    best_by_day = best_on(one.task, came, moved)
    for day in around(one.task, moved):
        if not is_history(desk.index.by_id[one.ref.document], replace(one.task, due=day), local_day(desk.now)):
            usual = moved_from(one.task, day) if day == moved else day
            yield Standing(one.ref, title, Due(day), unit, best_by_day.get(day), usual)


def _by_task(found: Sequence[Submission]) -> dict[tuple[str, TaskRef], list[Submission]]:
    by_task: dict[tuple[str, TaskRef], list[Submission]] = {}
    for one in found:
        if one.task and one.giver.unit:
            by_task.setdefault((one.giver.unit, one.task), []).append(one)
    return by_task
