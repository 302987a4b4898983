"""Who has handed in what: a unit's own tasks, and for an office each task over the units right below it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from core.evidence import State, Submission, days_late
from core.work import Due, TaskRef
from evidence.desk import Desk, on_moved_days, title_of
from knowledge.meant_for import due_about_now
from records import extensions, submissions

_BEST = (State.ACCEPTED, State.SUBMITTED, State.HELD, State.RETURNED)  # how a unit stands, where it has several


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
    return await _standings(desk, [unit])


async def of_office(desk: Desk, office: str) -> Mapping[TaskRef, Sequence[Standing]]:
    """For each task due about now that units right below owe: how each of them stands, by date."""
    found: dict[TaskRef, list[Standing]] = {}
    for one in sorted(
        await _standings(desk, desk.below(office)), key=lambda one: (one.due.day if one.due else date.max, one.ref)
    ):
        found.setdefault(one.ref, []).append(one)
    return found


async def _standings(desk: Desk, units: Sequence[str]) -> list[Standing]:
    best = _best(await submissions.placed(desk.session, units, _BEST))
    days = await extensions.of_units(desk.session, units)
    return [
        Standing(one.ref, title_of(one.task), one.task.until, unit, best.get((unit, one.ref)))
        for unit in units
        for one in on_moved_days(days, unit, due_about_now(desk.index, desk.asker(unit), desk.now))
    ]


def _best(found: Sequence[Submission]) -> dict[tuple[str, TaskRef], Submission]:
    """The one that counts, for each unit and task: by its state, then the earliest."""
    best: dict[tuple[str, TaskRef], Submission] = {}
    for one in sorted(found, key=lambda one: (-_BEST.index(one.state), -one.id)):
        if one.task and one.giver.unit:
            best[one.giver.unit, one.task] = one
    return best
