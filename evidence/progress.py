"""Who has handed in what: a unit's own tasks, and for an office each task over the units right below it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from core.evidence import AT_OFFICE, State, Submission, days_late
from core.work import Due, TaskRef
from evidence.desk import Desk, on_moved_days, title_of
from knowledge.meant_for import Likely, due_about_now, named_task, owes
from records import extensions, submissions

BEST = (State.ACCEPTED, State.SUBMITTED, State.HELD, State.RETURNED)  # how a unit stands, where it has several


@dataclass(frozen=True, slots=True)
class Standing:
    """How a unit stands with a task; `best` None: nothing was handed in."""

    ref: TaskRef
    title: str
    due: Due | None
    unit: str
    best: Submission | None = None

    @property
    def is_in(self) -> bool:
        return self.best is not None and self.best.state in (State.ACCEPTED, State.SUBMITTED)

    @property
    def late(self) -> int:
        """Days after the due day that it came; 0: in time, or not come."""
        given = self.best.handed_in_at if self.best else None
        return days_late(self.due, given) if given else 0


async def of_unit(desk: Desk, unit: str) -> Sequence[Standing]:
    """The unit's tasks that are due about now, by date."""
    return await _standings(desk, [unit], partial(_due_about_now, desk))


async def of_office(desk: Desk, office: str) -> Mapping[TaskRef, Sequence[Standing]]:
    """For each task due about now that units right below owe: how each of them stands, by date.

    As the office sees it: what still waits within a school is not there.
    """
    found: dict[TaskRef, list[Standing]] = {}
    standings = await _standings(desk, desk.owing(office), partial(_due_about_now, desk), AT_OFFICE)
    for one in sorted(standings, key=lambda one: (one.due.day if one.due else date.max, one.ref)):
        found.setdefault(one.ref, []).append(one)
    return found


async def of_tasks(desk: Desk, units: Sequence[str], refs: Sequence[TaskRef]) -> Sequence[Standing]:
    """How each of these units that owes one of these tasks stands with it, whenever it is due."""
    named = [found for ref in refs if (found := named_task(desk.index, ref))]
    return await _standings(
        desk, units, lambda unit: [one for one in named if owes(desk.index, desk.asker(unit), one.ref)]
    )


def _due_about_now(desk: Desk, unit: str) -> Sequence[Likely]:
    return due_about_now(desk.index, desk.asker(unit), desk.now)


async def _standings(
    desk: Desk, units: Sequence[str], tasks: Callable[[str], Sequence[Likely]], states: Sequence[State] = BEST
) -> list[Standing]:
    """`tasks`: those of a unit that are looked at."""
    owed = {unit: tasks(unit) for unit in units}
    documents = {one.ref.document for ones in owed.values() for one in ones}
    best = best_of(await submissions.owed(desk.session, units, documents, states))
    days = await extensions.of_units(desk.session, units)
    return [
        Standing(one.ref, title_of(one.task), one.task.until, unit, best.get((unit, one.ref)))
        for unit in units
        for one in on_moved_days(days, unit, owed[unit])
    ]


def best_of(found: Sequence[Submission]) -> dict[tuple[str, TaskRef], Submission]:
    """The one that counts, for each unit and task: by its state, then the earliest."""
    best: dict[tuple[str, TaskRef], Submission] = {}
    for one in sorted(found, key=lambda one: (-BEST.index(one.state), -one.id)):
        if one.task and one.giver.unit:
            best[one.giver.unit, one.task] = one
    return best
