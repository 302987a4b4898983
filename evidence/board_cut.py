"""What of a board is shown, and in which order: by words of the unit's name, by how they stand, one task alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.work import TaskRef
from evidence.board import IN, Board, Row
from evidence.owing import Cell, Mark
from knowledge.fold import fold


class Only(StrEnum):
    """Which units; the value stands in addresses."""

    OVERDUE = "quahan"
    MISSING = "chuanop"
    RETURNED = "tralai"
    WAITING = "choxem"
    DONE = "du"


class Order(StrEnum):
    """Which unit comes first; the value stands in addresses."""

    WORST = "quahan"
    SHARE = "dunghan"
    NAME = "ten"


_MARKS: Mapping[Only, Sequence[Mark]] = {
    Only.OVERDUE: ("overdue",),
    Only.MISSING: ("overdue", "open"),
    Only.RETURNED: ("returned",),
    Only.WAITING: ("in",),
}


@dataclass(frozen=True, slots=True)
class Cut:
    """What is asked for; empty and None: everything."""

    words: str = ""
    only: Only | None = None
    task: TaskRef | None = None
    order: Order = Order.WORST

    @property
    def narrows(self) -> bool:
        return bool(self.words or self.only or self.task)


def narrowed(found: Board, cut: Cut) -> Board:
    """The units that are asked for, and their tasks; with a state only the tasks with which any of them stands so."""
    if not cut.narrows:
        return replace(found, rows=_in_order(found.rows, cut))
    places = [n for n, column in enumerate(found.columns) if cut.task in (None, column.task.ref)]
    words = fold(cut.words)
    rows = [
        row
        for row in found.rows
        if words in fold(row.unit) and _is_asked([row.cells[place] for place in places], cut.only)
    ]
    if marks := _MARKS.get(cut.only) if cut.only else None:
        places = [n for n in places if any((cell := row.cells[n]) and cell.mark in marks for row in rows)]
    if len(places) < len(found.columns):
        rows = [_narrowed(row, places) for row in rows]
    return replace(found, columns=[found.columns[n] for n in places], rows=_in_order(rows, cut))


def _narrowed(row: Row, places: Sequence[int]) -> Row:
    cells, codes = [row.cells[place] for place in places], [row.codes[place] for place in places]
    return replace(row, cells=cells, codes=codes, times=[row.times[place] for place in places])


def _is_asked(cells: Sequence[Cell | None], only: Only | None) -> bool:
    owed = [cell.mark for cell in cells if cell]
    if only is Only.DONE:
        return bool(owed) and all(mark in IN for mark in owed)
    return bool(owed) and (only is None or any(mark in _MARKS[only] for mark in owed))


def _in_order(rows: Sequence[Row], cut: Cut) -> Sequence[Row]:
    """They come by name; of one task, who has not handed it in is the worst."""
    if cut.order is Order.NAME:
        return rows
    if cut.order is Order.SHARE:
        return sorted(rows, key=_share)
    if cut.task:
        return sorted(rows, key=lambda row: [-sum(_is_overdue(cell) for cell in row.cells), _share(row)])
    return sorted(rows, key=lambda row: (-row.overdue, _share(row)))


def _share(row: Row) -> float:
    return row.on_time / row.due if row.due else 1.0


def _is_overdue(cell: Cell | None) -> bool:
    return cell is not None and cell.mark == "overdue"
