"""Excel workbooks (.xlsx, .xlsm): the rows of every sheet, also of hidden ones; macros and comments are left alone."""

from dataclasses import dataclass, field

from openpyxl.utils.cell import column_index_from_string, range_boundaries

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Block, Source
from knowledge.readers.carried import holds_for_each
from knowledge.readers.package import UNREADABLE, Package
from knowledge.readers.safe_xml import BadXML, Element, each, local
from knowledge.readers.sheet import Line, blocks_of
from knowledge.readers.workbook import YES, SheetPart, Workbook, opened

MOST_ROWS = 20_000  # that hold words, of all sheets
_EMPTY = 20_000  # rows without words; after as many a sheet is over
_WIDEST = 1000  # columns of which is asked whether they are hidden
_BROKEN = (*UNREADABLE, BadXML, ValueError, IndexError, TypeError)

Area = tuple[int, int, int, int]  # first column and row, last column and row


@dataclass(slots=True)
class _Sheet:
    """What was read of a sheet; `hidden_rows` counts those that hold words."""

    name: str
    lines: list[Line] = field(default_factory=list)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: int = 0
    hidden: set[int] = field(default_factory=set)  # columns
    not_computed: int = 0  # formulas whose value was never kept

    @property
    def hidden_columns(self) -> int:
        """How many of them hold words."""
        return len(self.hidden & {column for line in self.lines for column in line.cells})


def read(name: str, data: bytes) -> Source:
    """The sheets of a workbook in their order. Raises BadInput for one that is broken, or larger than any plan."""
    package = Package(name, data)
    try:
        book = opened(package)
        sheets = _sheets(package, book)
    except _BROKEN as error:
        raise BadInput(texts.broken(name)) from error
    notes = [texts.has_macros()] if book.macros else []
    hidden = [texts.hidden_sheet(sheet.name) for sheet in book.sheets if sheet.hidden]
    hidden += [texts.hidden_lines(s.name, s.hidden_rows, s.hidden_columns) for s in sheets if _hides(s)]
    if hidden:
        notes.append(texts.hidden_read("; ".join(hidden)))
    if missing := sum(sheet.not_computed for sheet in sheets):
        notes.append(texts.not_computed(missing))
    blocks: list[Block] = []
    for table, sheet in enumerate(sheets, 1):
        line = blocks[-1].line + 2 + blocks[-1].text.count("\n") if blocks else 1
        blocks += blocks_of(sheet.name, sheet.lines, table, line, alone=len(sheets) == 1)
    return Source(name, tuple(blocks), tuple(notes))


def _sheets(package: Package, book: Workbook) -> list[_Sheet]:
    """Those that hold words."""
    found: list[_Sheet] = []
    rows = 0
    for part in book.sheets:
        sheet = _sheet(package, part, book, MOST_ROWS - rows)
        rows += len(sheet.lines)
        if rows > MOST_ROWS:
            raise BadInput(texts.too_many_rows(package.name, MOST_ROWS))
        if sheet.lines:
            found.append(sheet)
    return found


def _sheet(package: Package, part: SheetPart, book: Workbook, most: int) -> _Sheet:
    """Its rows that hold words, one more than `most` at the most."""
    made = _Sheet(part.name)
    line, empty = Line(0, {}), 0
    with package.stream(part.path) as file:
        for element in each(file, "col", "row", "mergeCell"):
            match local(element):
                case "col" if element.get("hidden") in YES:
                    first, last = int(element.get("min")), int(element.get("max"))
                    made.hidden.update(range(max(1, first), min(last, _WIDEST) + 1))
                case "mergeCell":
                    made.merged.append(range_boundaries(element.get("ref")))
                case "row":
                    line = Line(int(element.get("r", line.number + 1)), _cells(element, book, made))
                    empty = 0 if line.cells else empty + 1
                    if line.cells:
                        made.lines.append(line)
                        made.hidden_rows += element.get("hidden") in YES
            if len(made.lines) > most or empty > _EMPTY:
                break
    made.lines = _once(made)
    return made


def _cells(row: Element, book: Workbook, sheet: _Sheet) -> dict[int, str]:
    """Those that hold words, by column."""
    told: dict[int, str] = {}
    column = 0
    for cell in row:
        place = cell.get("r")
        column = column_index_from_string(place.rstrip("0123456789")) if place else column + 1
        text, not_computed = book.cells.shown(cell)
        sheet.not_computed += not_computed
        if text:
            told[column] = text
    return told


def _once(sheet: _Sheet) -> list[Line]:
    """A merged cell's words stand in its first cell alone, a day in each of its rows."""
    by_number = {line.number: line for line in sheet.lines}
    for left, top, right, bottom in sheet.merged:
        first = by_number.get(top)
        text = first.cells.get(left, "") if first else ""
        for number in range(top, min(bottom, top + _EMPTY) + 1):
            if line := by_number.get(number):
                _cover(line, (left, top, right, bottom), text)
    return [line for line in sheet.lines if line.cells]


def _cover(line: Line, area: Area, text: str) -> None:
    first, top, last, _ = area
    for column in [c for c in line.cells if first <= c <= last]:
        if (line.number, column) != (top, first):
            del line.cells[column]
    left = [words for column, words in line.cells.items() if column < first]
    if line.number > top and holds_for_each(text, left):
        line.cells[first] = text


def _hides(sheet: _Sheet) -> bool:
    return bool(sheet.hidden_rows or sheet.hidden_columns)
