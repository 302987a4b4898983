"""The figures of a board, counted once for tables, papers and pictures."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.clock import VIETNAM
from core.people import Person, Role
from core.work import Due, TaskRef
from evidence.board import Board, Row
from evidence.desk import Desk
from evidence.owing import Cell, Mark
from knowledge.sentences import shortened

IN: tuple[Mark, ...] = ("accepted", "in")
ORDER: tuple[Mark, ...] = ("accepted", "in", "held", "returned", "overdue", "open")  # from done to not begun
BEHIND: tuple[Mark, ...] = ("overdue", "returned")  # what the unit must still do
_NAME = 60  # characters of a document's


@dataclass(frozen=True, slots=True)
class Count:
    """Of so many that are owed: how many stand how; `on_time` of `due` that count by now, as the board has it."""

    marks: Mapping[Mark, int]
    all: int
    on_time: int
    due: int

    @property
    def there(self) -> int:
        return sum(self.marks.get(mark, 0) for mark in IN)

    @property
    def behind(self) -> int:
        return sum(self.marks.get(mark, 0) for mark in BEHIND)

    @property
    def late(self) -> int:
        """Those that came after their day."""
        return self.there - self.on_time


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the register; `at`: when it was handed in, by Vietnam's clock, without a zone."""

    unit: str
    task: str
    number: str
    due: Due | None
    at: datetime | None
    mark: Mark
    late: int
    code: str


@dataclass(frozen=True, slots=True)
class Figures:
    """What is told of a month: `columns` and `rows` of the units below, or, for who has none, of the own unit.

    `below`: it is the units below; `schools`: all of them are schools. `own`: an office's own line beside them.
    """

    columns: Sequence[tuple[str, Due | None]]
    rows: Sequence[Row]
    below: bool
    schools: bool
    own: Row | None

    @property
    def count(self) -> Count:
        return count(cell for row in self.rows for cell in row.cells)

    @property
    def behind(self) -> Sequence[tuple[str, Sequence[Cell]]]:
        """Who must still do something that is past its day or was returned, and what; the most first."""
        found = [(row.unit, [cell for cell in row.cells if cell and cell.mark in BEHIND]) for row in self.rows]
        return sorted(((unit, cells) for unit, cells in found if cells), key=lambda one: (-len(one[1]), one[0]))

    def column(self, number: int) -> Sequence[tuple[str, Cell]]:
        """Who owes this task, by name."""
        return [(row.unit, cell) for row in self.rows if (cell := row.cells[number])]

    def place(self, ref: TaskRef, day: str) -> int | None:
        """The column of this task on this day, "2023-12-05"; None: nobody owes it then."""
        for number in range(len(self.columns)):
            if any(cell.task.ref == ref and str(cell.task.day or "") == day for _, cell in self.column(number)):
                return number
        return None


def figures(desk: Desk, person: Person, found: Board) -> Figures:
    """Of the board as this person sees it."""
    if person.role is not Role.STAFF:
        columns = [(cell.title, cell.due) for cell in found.own.cells if cell]
        return Figures(columns, (found.own,), below=False, schools=False, own=None)
    columns = [(one.title, one.due) for one in found.columns]
    return Figures(columns, found.rows, below=True, schools=found.schools, own=found.own)


def count(cells: Iterable[Cell | None]) -> Count:
    """`due` and `on_time` as the board counts them for a unit: those that are in, or past their day."""
    owed = [cell for cell in cells if cell]
    marks = Counter(cell.mark for cell in owed)
    there = sum(marks[mark] for mark in IN)
    on_time = sum(cell.mark in IN and not cell.late for cell in owed)
    return Count(marks, len(owed), on_time, there + sum(cell.past and cell.mark not in IN for cell in owed))


def register(desk: Desk, rows: Iterable[Row]) -> Iterable[Line]:
    """A line for each unit and task that it owes, as the board has them."""
    numbers: dict[int, str] = {}
    for row in rows:
        for cell, code, came in zip(row.cells, row.codes, row.times, strict=True):
            if cell is None:
                continue
            document = cell.task.ref.document
            if document not in numbers:
                numbers[document] = _number(desk, document)
            at = came.astimezone(VIETNAM).replace(tzinfo=None) if came else None
            yield Line(row.unit, cell.title, numbers[document], cell.due, at, cell.mark, cell.late, code)


def _number(desk: Desk, document: int) -> str:
    """Of the document; its kind and name, where the paper leaves the number blank."""
    head = desk.index.by_id[document].shelved.plan.head
    named = " ".join(filter(None, (head.doc_type, head.title))) or desk.index.by_id[document].shelved.plan.source_file
    return head.number or shortened(named, _NAME)
