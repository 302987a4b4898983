"""The board of a month: for an office its units by tasks, for every unit its own, as the chat's /tiendo says it."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from core.clock import local_day
from core.people import Level, Person, Role
from core.work import Due
from evidence import progress
from evidence.desk import Desk
from evidence.matrix import MARKS, Line, matrix
from evidence.owing import Cell, Mark, Task, cell_of, task_of
from evidence.standing import Standing
from knowledge.periods import Period

IN: tuple[Mark, ...] = ("accepted", "in")


@dataclass(frozen=True, slots=True)
class Column:
    """A task over the units that owe it: how many stand how, and who is overdue or must send it again, by name."""

    task: Task
    marks: Mapping[Mark, int]
    overdue: Sequence[str] = ()
    returned: Sequence[str] = ()

    @property
    def title(self) -> str:
        return self.task.title

    @property
    def due(self) -> Due | None:
        return self.task.due

    @property
    def there(self) -> int:
        return sum(self.marks.get(mark, 0) for mark in IN)

    @property
    def owed(self) -> int:
        return sum(self.marks.values())


@dataclass(frozen=True, slots=True)
class Row:
    """A unit, its code and short name: a cell for each column, None where it does not owe that; codes of what came.

    `on_time` of `due` that count by now; `overdue`: so many have not come. `opens`: the reader may look at what came.
    """

    code: str
    unit: str
    cells: Sequence[Cell | None]
    codes: Sequence[str]
    times: Sequence[datetime | None]
    on_time: int
    due: int
    overdue: int
    opens: bool = True


@dataclass(frozen=True, slots=True)
class Board:
    """Of a unit: its own tasks, and those of the units below it. `schools`: all below are schools."""

    own: Row
    columns: Sequence[Column] = ()
    rows: Sequence[Row] = ()
    schools: bool = True


@dataclass(frozen=True, slots=True)
class Summary:
    """Of the units below: how many are overdue with anything, and what waits for the office's word."""

    overdue: int
    waiting: int
    on_time: int
    due: int


async def board(desk: Desk, person: Person, month: Period) -> Board:
    """Of this person's own unit; an officer's with the units right below."""
    today = local_day(desk.now)
    own = _row(desk, person.unit, _own(await progress.of_unit(desk, person.unit, month), today))
    return await _with_below(desk, person.unit, own, month) if person.role is Role.STAFF else Board(own)


async def board_of(desk: Desk, person: Person, unit: str, month: Period) -> Board | None:
    """Of a unit in an officer's line below, as the office above it sees it; None: it is not hers to see."""
    line = line_of(desk, person, unit)
    if not line:
        return None
    found = await matrix(desk, line[-2], month)
    its = found.lines.get(unit, Line.empty(()))
    owed = its.picked([place for place, cell in enumerate(its.cells) if cell])
    own = _row(desk, unit, owed, opens=line[-2] == person.unit)
    if desk.asker(unit).level is Level.SCHOOL:
        return Board(own)
    return await _with_below(desk, unit, own, month, opens=False)


def line_of(desk: Desk, person: Person, unit: str) -> Sequence[str]:
    """From this officer's unit down to that one; empty: it is not below hers."""
    if person.role is not Role.STAFF or unit == person.unit:
        return ()
    line = [unit, *_above(desk, unit)]
    return line[line.index(person.unit) :: -1] if person.unit in line else ()


def summary(found: Board) -> Summary:
    """In one line."""
    rows = found.rows
    waiting = sum(column.marks.get("in", 0) for column in found.columns)
    return Summary(
        sum(row.overdue > 0 for row in rows), waiting, sum(row.on_time for row in rows), sum(row.due for row in rows)
    )


def behind(found: Board) -> Sequence[Column]:
    """The tasks with which somebody is overdue, or must send again what was due; most units first."""
    late = [column for column in found.columns if column.overdue or column.returned]
    return sorted(late, key=lambda column: (-len(column.overdue) - len(column.returned), column.task.day or date.max))


def _above(desk: Desk, unit: str) -> Iterator[str]:
    """The offices over a unit, the nearest first."""
    seen, office = {unit}, desk.above(unit)
    while office and office.code not in seen:
        yield office.code
        seen.add(office.code)
        office = desk.above(office.code)


async def _with_below(desk: Desk, office: str, own: Row, month: Period, *, opens: bool = True) -> Board:
    found = await matrix(desk, office, month)
    owing = {unit: line for unit, line in found.lines.items() if any(line.cells)}
    rows = [_row(desk, unit, line, opens) for unit, line in owing.items()]
    names = [row.unit for row in rows]
    by_task = zip(*(row.cells for row in rows), strict=True)
    columns = [_column(task, cells, names) for task, cells in zip(found.tasks, by_task, strict=True)]
    schools = all(desk.asker(unit).level is Level.SCHOOL for unit in owing)
    return Board(own, columns, rows, schools)


def _own(ones: Sequence[Standing], today: date) -> Line:
    best = [one.best for one in ones]
    marks = [MARKS.get(its.state, "returned") if its else None for its in best]
    cells = [
        cell_of(task_of(one, plainly=False), one.due, today, mark, one.late)
        for one, mark in zip(ones, marks, strict=True)
    ]
    codes, times = [its.code if its else "" for its in best], [its.handed_in_at if its else None for its in best]
    return Line([*cells], codes, times, [0] * len(cells))


def _column(task: Task, cells: Sequence[Cell | None], names: Sequence[str]) -> Column:
    marks: Counter[Mark] = Counter()
    for cell, many in Counter(cells).items():  # few differ
        if cell:
            marks[cell.mark] += many
    if not marks["overdue"] and not marks["returned"]:
        return Column(task, marks)
    by_name = [*zip(names, cells, strict=True)]
    overdue = [name for name, cell in by_name if cell and cell.mark == "overdue"]
    returned = [name for name, cell in by_name if cell and cell.mark == "returned" and cell.past]
    return Column(task, marks, overdue, returned)


def _row(desk: Desk, unit: str, line: Line, opens: bool = True) -> Row:
    cells = tuple(line.cells)
    return Row(unit, desk.short_name(unit), cells, line.codes, line.times, *_counted(cells), opens)


@lru_cache(maxsize=4096)  # rows; most stand as they stood when somebody last looked
def _counted(cells: tuple[Cell | None, ...]) -> tuple[int, int, int]:
    """On time, due, overdue."""
    on_time = due = overdue = 0
    for cell in cells:
        if cell is None:
            continue
        if cell.mark in IN:
            due += 1
            on_time += not cell.late
        elif cell.past:
            due += 1
            overdue += cell.mark == "overdue"
    return on_time, due, overdue
