"""The board of a month as an Excel file, written row by row: as a matrix, as a register, and summed up by task."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, partial
from typing import IO, Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from core.texts import exports as texts
from core.texts import site as site_texts
from core.work import Due
from evidence.board import Row
from evidence.contents import clean
from evidence.figures import Count, Figures, Line, count
from evidence.owing import Cell, Mark

_HEAD = PatternFill("solid", fgColor="DCECEA")
FILLS: dict[Mark, str] = {
    **{"accepted": "A9D8C8", "in": "D6EFE6", "held": "E3E0F5"},
    **{"returned": "FBE0B5", "overdue": "F6C4BB", "open": "F4F1EA"},
}
_THIN = Side(style="thin", color="B8B4A8")
_GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_WRAPPED = Alignment(wrap_text=True, vertical="center")
_CENTRED = Alignment(horizontal="center", vertical="center", wrap_text=True)
DAY, MOMENT, SHARE = "dd/mm/yyyy", "dd/mm/yyyy hh:mm", "0%"
_FORMATS = (DAY, MOMENT, SHARE, texts.BEFORE_DAY)
_BOLD, _PLAIN = ("title", "head", "bold", "total"), ("title", "as of", "plain")
_LINE, _WIDE_LETTER = 17.0, 1.15  # points; of a letter, in those by which Excel measures columns
HEAD_ROW = 4  # the first three: title, as of, an empty one
_REGISTER_WIDTHS = (6, 34, 56, 22, 18, 17, 26, 10, 11)
_TOTALS_WIDTHS = (6, 64, 18, 11, 11, 11, 11, 11, 11)

Value = str | int | float | date | datetime | None
Put = tuple[Value, str]  # and its look


@dataclass(frozen=True, slots=True)
class Book:
    """What the file is made from; all of it is at hand, so that it can be written without the database."""

    unit: str
    month: date
    at: datetime
    figures: Figures
    lines: Sequence[Line]
    own: Sequence[Line]  # of an office itself


def board_xlsx(book: Book, out: IO[bytes]) -> None:
    """Writes the file. Takes seconds for 500 units by 100 tasks: not for the loop that answers everybody."""
    made = Workbook(write_only=True)
    _matrix(made.create_sheet(texts.MATRIX), book)
    _register(made.create_sheet(texts.REGISTER), book, book.lines)
    _totals(made.create_sheet(texts.TOTALS), book)
    if book.figures.own and book.figures.own.cells:
        _register(made.create_sheet(texts.OWN), book, book.own)
    made.save(out)


class _Sheet:
    """A sheet that is written from its top down. A cell is made once a look and takes one value after another."""

    def __init__(self, sheet: Any, names: Sequence[str], widths: Sequence[int]) -> None:
        self._sheet, self._names, self._last = sheet, names, get_column_letter(len(names))
        self._cell, self._rows, self._widths = cache(partial(_cell, sheet)), 0, widths
        for number, width in enumerate(widths, 1):
            sheet.column_dimensions[get_column_letter(number)].width = width
        sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", 9, 0
        sheet.sheet_format.defaultRowHeight, sheet.sheet_format.customHeight = _LINE, True
        sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"

    def begin(self, title: str, at: datetime, frozen: str) -> None:
        """Title, as of, and the head, which stays where one scrolls."""
        self._sheet.freeze_panes = frozen
        for row in (1, 2):
            self._sheet.merged_cells.add(f"A{row}:{self._last}{row}")
        self.row([(title, "title")])
        self.row([(texts.as_of(at), "as of")])
        self.row([])
        self.row([(name, "head") for name in self._names])

    def row(self, values: Sequence[Put]) -> None:
        """One after another: the cell is the same. As high as its words need."""
        self._rows += 1
        lines = max((_lines(value, width) for (value, _), width in zip(values, self._widths, strict=False)), default=1)
        if lines > 1 and self._rows >= HEAD_ROW:
            self._sheet.row_dimensions[self._rows].height = lines * _LINE
        self._sheet.append(self._put(value, look) for value, look in values)

    def filtered(self) -> None:
        """By the head, as far as it is written now."""
        self._sheet.auto_filter.ref = f"A{HEAD_ROW}:{self._last}{self._rows}"

    def _put(self, value: Value, look: str) -> Any:
        cell = self._cell(look)
        cell.value = clean(value) if isinstance(value, str) else value
        if isinstance(value, str):
            cell.data_type = "s"  # a name that begins with "=" is no formula
        return cell


def _lines(value: Value, width: int) -> int:
    """How many lines the words take in a column so wide, in characters."""
    if not isinstance(value, str):
        return 1
    return sum(1 + int(len(part) * _WIDE_LETTER // width) for part in value.split("\n"))


def _cell(sheet: Any, look: str) -> Any:
    """`look`: a mark, a number format, or one of the words below."""
    cell = WriteOnlyCell(sheet)
    cell.border, cell.alignment = _GRID, _WRAPPED if look in ("text", "bold") else _CENTRED
    if look in _PLAIN:
        cell.border = Border()
    size = 14 if look == "title" else 12
    cell.font = Font(name="Times New Roman", size=size, bold=look in _BOLD, italic=look == "as of")
    if look == "head":
        cell.fill = _HEAD
    if look in FILLS:
        cell.fill = PatternFill("solid", fgColor=FILLS[look])
    if look in _FORMATS:
        cell.number_format = look
    return cell


def _matrix(sheet: Any, book: Book) -> None:
    figures = book.figures
    names = [*texts.COLUMNS, *(texts.head(task, due) for task, due in figures.columns)]
    names += [texts.BEHIND_COLUMN, texts.ON_TIME_COLUMN]
    made = _Sheet(sheet, names, (6, 34, *[16] * len(figures.columns), 9, 10))
    made.begin(texts.title(book.unit, book.month), book.at, f"C{HEAD_ROW + 1}")
    for number, row in enumerate(figures.rows, 1):
        behind = count(row.cells).behind
        made.row([(number, "number"), (row.unit, "text"), *map(_stands, row.cells), (behind, "number"), _share(row)])
    made.filtered()
    made.row([*_there(figures)])
    made.row([])
    made.row([(None, "plain"), (texts.LEGEND, "bold")])
    for mark, (sign, words) in site_texts.MARKS.items():
        made.row([(sign, mark), (words, "text")])
    made.row([("", "number"), (texts.NOT_OWED, "text")])


def _stands(cell: Cell | None) -> Put:
    return (site_texts.sign(cell.mark, cell.late), cell.mark) if cell else (None, "number")


def _there(figures: Figures) -> Iterable[Put]:
    """Under the matrix: how many are in, of how many."""
    yield from (("", "number"), (texts.TOTAL, "bold"))
    for number in range(len(figures.columns)):
        one = count(cell for _, cell in figures.column(number))
        yield f"{one.there}/{one.all}", "total"
    yield figures.count.behind, "total"
    yield _share(figures.count)


def _share(one: Row | Count) -> Put:
    return (one.on_time / one.due if one.due else None), SHARE


def _register(sheet: Any, book: Book, lines: Iterable[Line]) -> None:
    made = _Sheet(sheet, texts.REGISTER_COLUMNS, _REGISTER_WIDTHS)
    made.begin(texts.REGISTER_TITLE, book.at, f"C{HEAD_ROW + 1}")
    for number, line in enumerate(lines, 1):
        made.row([*_line(number, line)])
    made.filtered()


def _line(number: int, line: Line) -> Iterable[Put]:
    yield from ((number, "number"), (line.unit, "text"), (line.task, "text"), (line.number, "text"))
    yield _due(line.due)
    yield line.at, MOMENT
    yield site_texts.MARKS[line.mark][1], line.mark
    yield line.late or None, "number"
    yield line.code or None, "centred"


def _due(due: Due | None) -> Put:
    return (due.day if due else None), texts.BEFORE_DAY if due and due.before else DAY


def _totals(sheet: Any, book: Book) -> None:
    made = _Sheet(sheet, texts.TOTALS_COLUMNS, _TOTALS_WIDTHS)
    made.begin(texts.TOTALS_TITLE, book.at, f"C{HEAD_ROW + 1}")
    for number, (task, due) in enumerate(book.figures.columns):
        counted = _counted(count(cell for _, cell in book.figures.column(number)))
        made.row([(number + 1, "number"), (task, "text"), _due(due), *counted])
    made.filtered()
    made.row([("", "number"), (texts.TOTAL, "bold"), (None, "number"), *_counted(book.figures.count)])


def _counted(one: Count) -> Iterable[Put]:
    yield from ((number, "number") for number in (one.all, one.there, one.late, one.behind))
    yield (one.there / one.all if one.all else None), SHARE
    yield _share(one)
