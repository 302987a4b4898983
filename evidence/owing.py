"""What each unit right below an office owes in a time: worked out once for an index and day, by kinds of units."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal

from core.clock import VIETNAM, local_day
from core.work import Due, TaskRef
from evidence.desk import Desk
from evidence.standing import Standing, around, bounds, standings_of
from knowledge.fold import fold
from knowledge.meant_for import Likely, due_within
from knowledge.occurrences import repeats, span_of
from knowledge.periods import Period

Mark = Literal["accepted", "in", "held", "returned", "overdue", "open"]
_Key = tuple[TaskRef, date | None]
_KEPT = 500  # of offices, times and days for one index; then it begins anew


@dataclass(frozen=True, slots=True)
class Task:
    """A task and one of its days, as the document has it; `ends`: the first moment that is too late.

    `plainly`: what came last does not depend on when it came.
    """

    ref: TaskRef
    title: str
    day: date | None
    due: Due | None
    ends: datetime | None
    plainly: bool


@dataclass(frozen=True, slots=True, eq=False)
class Cell:
    """How a unit stands with a task; all that stand alike share one, as there are tens of thousands on a page.

    `due`: the unit's own. `late`: days after it that something came; `past`: it is over.
    """

    task: Task
    due: Due | None
    mark: Mark
    late: int = 0
    past: bool = False

    @property
    def title(self) -> str:
        return self.task.title


@dataclass(frozen=True, slots=True)
class Owing:
    """The tasks by day, and for each unit, by name, its cells before anything came; None: it does not owe that.

    `recurring`: by unit, what depends on when it came. `alike`: cells that were made of them since.
    """

    tasks: Sequence[Task]
    cells: Mapping[str, Sequence[Cell | None]]
    recurring: Mapping[str, Mapping[TaskRef, Likely]]
    today: date
    alike: dict[Hashable, Cell]

    def cell(self, task: Task, due: Due | None, mark: Mark | None, late: int) -> Cell:
        """The one of all that stand so; `mark` None: nothing was handed in."""
        key = task.ref, task.day, due, mark, late
        found = self.alike.get(key)
        if found is None:
            found = self.alike[key] = cell_of(task, due, self.today, mark, late)
        return found


def owing(desk: Desk, office: str, period: Period | None) -> Owing:
    """Of the units right below; `period` None: about now."""
    today = local_day(desk.now)
    key = (office, *bounds(period, today), period is None, today)
    kept = desk.index.worked_out
    found: Owing | None = kept.get(key)
    if found is None:
        if len(kept) >= _KEPT:
            kept.clear()
        found = kept[key] = _worked_out(desk, office, period, today)
    return found


def cell_of(task: Task, due: Due | None, today: date, mark: Mark | None = None, late: int = 0) -> Cell:
    """`mark` None: nothing was handed in."""
    past = due is not None and due.day < today
    return Cell(task, due, mark or ("overdue" if past else "open"), late, past)


def in_order(task: Task) -> tuple[date, TaskRef]:
    """The soonest due first."""
    return task.day or date.max, task.ref


def _worked_out(desk: Desk, office: str, period: Period | None, today: date) -> Owing:
    units = sorted(desk.owing(office), key=lambda unit: fold(desk.short_name(unit)))
    kinds: dict[Hashable, list[str]] = {}
    for unit in units:
        kinds.setdefault(_kind(desk, unit), []).append(unit)
    first, last = bounds(period, today)
    tasks: dict[_Key, Task] = {}
    keys: dict[str, set[_Key]] = {}
    recurring: dict[str, Mapping[TaskRef, Likely]] = {}
    for alike in kinds.values():
        owed = due_within(desk.index, desk.asker(alike[0]), first, last, today)
        again = {one.ref: one for one in owed if _recurs(one, today)}
        found = [its for one in owed for its in standings_of(desk, alike[0], one, (), None, around(period, today))]
        for its in found:
            tasks.setdefault((its.ref, its.day), task_of(its, its.ref not in again))
        keys |= dict.fromkeys(alike, {(its.ref, its.day) for its in found})
        recurring |= dict.fromkeys(alike, again)
    ordered = sorted(tasks.values(), key=in_order)
    cells = [(task, cell_of(task, task.due, today)) for task in ordered]
    lines: dict[int, Sequence[Cell | None]] = {
        id(its): [cell if (task.ref, task.day) in its else None for task, cell in cells] for its in keys.values()
    }
    return Owing(ordered, {unit: lines[id(keys[unit])] for unit in units}, recurring, today, {})


def task_of(one: Standing, plainly: bool) -> Task:
    """Of a unit's standing the task, with the day of those for whom it was not moved."""
    due = one.due if one.due is None or one.due.day == one.day or one.day is None else Due(one.day)
    ends = datetime.combine(due.day + timedelta(days=1), time(), VIETNAM) if due else None
    return Task(one.ref, one.title, one.day, due, ends and ends.astimezone(UTC), plainly)


def _recurs(one: Likely, today: date) -> bool:
    return repeats(one.task) or span_of(one.task, today) is not None


def _kind(desk: Desk, unit: str) -> Hashable:
    """All that decides what a unit owes: units of one kind owe the same."""
    asker = desk.asker(unit)
    ownership = asker.unit.ownership if asker.unit else None
    return asker.level, ownership, tuple(volume.shelved.id for volume in desk.index.scope(asker))
