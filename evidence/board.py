"""The board of a month: for an office its units by tasks, for every unit its own, from what the chat's /tiendo uses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from core.clock import local_day
from core.evidence import State
from core.people import Person, Role
from core.work import Due, TaskRef
from evidence import progress
from evidence.desk import Desk
from evidence.progress import Standing
from knowledge.periods import Period

Mark = Literal["accepted", "in", "held", "returned", "overdue", "open"]
_MARKS: dict[State, Mark] = {State.ACCEPTED: "accepted", State.SUBMITTED: "in", State.HELD: "held"}


@dataclass(frozen=True, slots=True)
class Cell:
    """How a unit stands with a task; `late`: days after its due day that it came. `of`: what this was read from."""

    title: str
    due: Due | None
    mark: Mark
    late: int
    of: Standing
    past: bool  # its day is over


@dataclass(frozen=True, slots=True)
class Row:
    """A unit: a cell for each column, None where it does not owe that; `on_time` of `due` that count by now."""

    unit: str
    cells: Sequence[Cell | None]
    on_time: int
    due: int


@dataclass(frozen=True, slots=True)
class Board:
    """`columns`: of the units below, title and due day; `rows` are those units, `own` the reader's."""

    columns: Sequence[tuple[str, Due | None]]
    rows: Sequence[Row]
    own: Row


async def board(desk: Desk, person: Person, month: Period) -> Board:
    """What this person may see of the month: her own unit, and an officer the units right below."""
    today = local_day(desk.now)
    own = await progress.of_unit(desk, person.unit, month)
    mine = _row(desk.short_name(person.unit), own, today)
    if person.role is not Role.STAFF:
        return Board((), (), mine)
    found = await progress.of_office(desk, person.unit, month)
    by_unit: dict[str, dict[tuple[TaskRef, date | None], Standing]] = {}
    for key, ones in found.items():
        for one in ones:
            by_unit.setdefault(one.unit, {})[key] = one
    rows = [_row(desk.short_name(unit), [its.get(key) for key in found], today) for unit, its in by_unit.items()]
    columns = [_column(ones, day) for (_, day), ones in found.items()]
    return Board(columns, sorted(rows, key=lambda row: row.unit), mine)


def _column(ones: Sequence[Standing], day: date | None) -> tuple[str, Due | None]:
    """The day of those for whom it was not moved."""
    usual = next((one.due for one in ones if one.due and one.due.day == day), ones[0].due)
    return ones[0].title, usual


def _row(unit: str, ones: Sequence[Standing | None], today: date) -> Row:
    counted = [one for one in ones if one and (one.is_in or _is_past(one, today))]
    on_time = sum(one.is_in and not one.late for one in counted)
    return Row(unit, [_cell(one, today) if one else None for one in ones], on_time, len(counted))


def _cell(one: Standing, today: date) -> Cell:
    return Cell(one.title, one.due, _mark(one, today), one.late, one, _is_past(one, today))


def _mark(one: Standing, today: date) -> Mark:
    if one.best is not None:
        return _MARKS.get(one.best.state, "returned")
    return "overdue" if _is_past(one, today) else "open"


def _is_past(one: Standing, today: date) -> bool:
    return one.due is not None and one.due.day < today
