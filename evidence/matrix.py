"""An office's units by tasks: what they owe, and how each stands; chat, board and tables read it here."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.evidence import AT_OFFICE, Came, State, days_late
from core.work import Due, TaskRef
from evidence.desk import Desk
from evidence.occasions import BEST
from evidence.owing import Cell, Mark, Owing, Task, in_order, owing, task_of
from evidence.standing import Standing, around, by_task, standings_of
from knowledge.periods import Period
from records import extensions, standing

MARKS: Mapping[str, Mark] = {
    State.ACCEPTED: "accepted",
    State.SUBMITTED: "in",
    State.HELD: "held",
    State.RETURNED: "returned",
}
_STATES = {mark: State(state) for state, mark in MARKS.items()}
_RANKS = {MARKS[state]: rank for rank, state in enumerate(BEST)}

Moved = Mapping[tuple[str, TaskRef], date]


@dataclass(frozen=True, slots=True)
class Line:
    """Of a unit, for each task: how it stands, None: it does not owe it; of what came the code, when, and the id.

    Lists side by side: a value for each of tens of thousands would cost more than all the rest.
    """

    cells: list[Cell | None]
    codes: list[str]
    times: list[datetime | None]
    ids: list[int]

    @classmethod
    def empty(cls, cells: Sequence[Cell | None]) -> "Line":
        """Nothing came."""
        return cls([*cells], [""] * len(cells), [None] * len(cells), [0] * len(cells))

    def put(self, place: int, cell: Cell | None, code: str = "", at: datetime | None = None, id: int = 0) -> None:
        self.cells[place], self.codes[place], self.times[place], self.ids[place] = cell, code, at, id

    def grow(self) -> None:
        """With one more, which it does not owe."""
        self.cells.append(None)
        self.codes.append("")
        self.times.append(None)
        self.ids.append(0)

    def picked(self, places: Sequence[int]) -> "Line":
        """These alone, in this order."""
        return Line(
            [self.cells[n] for n in places],
            [self.codes[n] for n in places],
            [self.times[n] for n in places],
            [self.ids[n] for n in places],
        )


Lines = Mapping[str, Line]


@dataclass(frozen=True, slots=True)
class Matrix:
    """The tasks by day, and a line for each unit."""

    tasks: Sequence[Task]
    lines: Lines

    def standings(self) -> dict[tuple[TaskRef, date | None], Sequence[Standing]]:
        """The same by task and day: how each unit stands, the soonest due first."""
        found: dict[tuple[TaskRef, date | None], Sequence[Standing]] = {}
        for place, task in enumerate(self.tasks):
            ones = [
                _standing(unit, line, cell, place) for unit, line in self.lines.items() if (cell := line.cells[place])
            ]
            found[task.ref, task.day] = sorted(ones, key=lambda one: one.due.day if one.due else date.max)
        return found


async def matrix(desk: Desk, office: str, period: Period | None) -> Matrix:
    """As the office sees it: what still waits within a school is not there. Two or three questions to the database."""
    its = owing(desk, office, period)
    moved = await extensions.of_units(desk.session, its.cells)
    lines = {unit: Line.empty(cells) for unit, cells in its.cells.items()}
    await _fill(desk, its, lines)
    tasks = await _with_recurring(desk, its, period, lines, moved)
    _move(its, tasks, lines, moved)
    owed = [n for n, task in enumerate(tasks) if task.plainly or any(line.cells[n] for line in lines.values())]
    order = sorted(owed, key=lambda n: in_order(tasks[n]))
    if order == [*range(len(tasks))]:
        return Matrix(tasks, lines)
    return Matrix([tasks[n] for n in order], {unit: line.picked(order) for unit, line in lines.items()})


async def _fill(desk: Desk, its: Owing, lines: Lines) -> None:
    """With what came; the best counts, of two the earlier."""
    plain = [(place, task) for place, task in enumerate(its.tasks) if task.plainly]
    places: dict[tuple[int | None, int | None], _Place] = {
        (task.ref.document, task.ref.number): _Place(place, task, its) for place, task in plain
    }
    refs = [task.ref for _, task in plain]
    for unit, document, number, code, state, at, id in await standing.came(desk.session, lines.keys(), refs, AT_OFFICE):
        place = places.get((document, number))
        if place is None or unit is None:
            continue
        line, n = lines[unit], place.number
        before = line.cells[n]
        if before is None or (line.codes[n] and (_RANKS[before.mark], line.ids[n]) < (_RANKS[MARKS[state]], id)):
            continue
        if at is None or place.ends is None or at < place.ends:
            line.cells[n] = place.in_time[state]
        else:
            line.cells[n] = place.late(state, (at - place.ends).days + 1)  # days end at midnight, all the year
        line.codes[n], line.times[n], line.ids[n] = code, at, id


class _Place:
    """A column, and the cells of those who have handed in: one for all that stand alike."""

    def __init__(self, number: int, task: Task, its: Owing) -> None:
        self.number, self.ends, self._task, self._its = number, task.ends, task, its
        self.in_time = {state: its.cell(task, task.due, mark, 0) for state, mark in MARKS.items()}
        self._late: dict[tuple[str, int], Cell] = {}

    def late(self, state: str, days: int) -> Cell:
        """Of what came so many days after its day."""
        found = self._late.get((state, days))
        if found is None:
            found = self._late[state, days] = self._its.cell(self._task, self._task.due, MARKS[state], days)
        return found


def _move(its: Owing, tasks: Sequence[Task], lines: Lines, moved: Moved) -> None:
    """With the days of their own that some units have."""
    places = {task.ref: place for place, task in enumerate(tasks) if task.plainly}
    for (unit, ref), day in moved.items():
        place, line = places.get(ref), lines[unit]
        before = line.cells[place] if place is not None else None
        if place is None or before is None:
            continue
        due, at = Due(day), line.times[place]
        mark = before.mark if line.codes[place] else None
        line.cells[place] = its.cell(before.task, due, mark, days_late(due, at) if at else 0)


async def _with_recurring(desk: Desk, its: Owing, period: Period | None, lines: Lines, moved: Moved) -> Sequence[Task]:
    """The tasks, with those that are there for one unit alone, whose day was moved."""
    tasks, refs = [*its.tasks], {task.ref for task in its.tasks if not task.plainly}
    if not refs:
        return tasks
    places = {ref: {task.day: place for place, task in enumerate(tasks) if task.ref == ref} for ref in refs}
    titles = {task.ref: task.title for task in tasks}
    came = by_task(await standing.when(desk.session, lines.keys(), refs, AT_OFFICE))
    days = around(period, its.today)
    for unit, ref in {*came, *(key for key in moved if key[1] in refs)}:
        if one := its.recurring[unit].get(ref):
            given, day = came.get((unit, ref), ()), moved.get((unit, ref))
            for place in places[ref].values():
                lines[unit].put(place, None)
            for found in standings_of(desk, unit, one, given, day, days, titles[ref]):
                _put(its, tasks, places[ref], lines, found)
    return tasks


def _put(its: Owing, tasks: list[Task], places: dict[date | None, int], lines: Lines, one: Standing) -> None:
    """`places`: of this task, by day."""
    if one.day not in places:
        places[one.day] = len(tasks)
        tasks.append(task_of(one, plainly=False))
        for line in lines.values():
            line.grow()
    place, best = places[one.day], one.best
    mark = MARKS.get(best.state, "returned") if best else None
    cell = its.cell(tasks[place], one.due, mark, one.late)
    lines[one.unit].put(place, cell, best.code if best else "", best.handed_in_at if best else None)


def _standing(unit: str, line: Line, its: Cell, place: int) -> Standing:
    task, code = its.task, line.codes[place]
    best = Came(code, _STATES[its.mark], line.times[place]) if code else None
    return Standing(task.ref, task.title, its.due, unit, best, task.day)
