"""Excel workbooks (.xlsx, .xlsm): the rows of every sheet, also of hidden ones; macros and comments are left alone."""

import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Block, Source
from knowledge.readers.carried import holds_for_each
from knowledge.readers.sheet import Line, blocks_of
from knowledge.readers.sheet_cells import shown

MOST_ROWS = 20_000  # that hold words, of all sheets
_MOST_UNPACKED = 600_000_000  # bytes of all parts; rows are read as they come
_MOST_AT_ONCE = 80_000_000  # bytes of a part that openpyxl keeps whole: the words, the styles
_MOST_PARTS = 4000
_EMPTY = 20_000  # rows without words; after as many a sheet is over
_PEEK = 2048  # bytes
_BROKEN = (BadZipFile, InvalidFileException, KeyError, ValueError, TypeError, AttributeError, IndexError, SyntaxError)


@dataclass(slots=True)
class _Sheet:
    """What was read of a sheet; `hidden_rows` and `hidden_columns` count those that hold words."""

    name: str
    lines: list[Line] = field(default_factory=list)
    hidden_rows: int = 0
    hidden_columns: int = 0
    not_computed: int = 0  # formulas whose value was never kept


class _Parser(WorkSheetParser):  # type: ignore[misc]  # openpyxl has no types
    """Also counts formulas without a value, which are blank cells to openpyxl."""

    not_computed = 0

    def parse_cell(self, element: Any) -> Any:
        """As openpyxl gives it."""
        cell = super().parse_cell(element)
        if cell["value"] is None and element.find(FORMULA_TAG) is not None:
            self.not_computed += 1
        return cell


def read(name: str, data: bytes) -> Source:
    """The sheets of a workbook in their order. Raises BadInput for one that is broken, or larger than any plan."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl tells of what it leaves out
            notes = _inspected(name, data)
            book = load_workbook(BytesIO(data), read_only=True, data_only=True, keep_links=False)
            sheets = _sheets(name, book)
    except _BROKEN as error:
        raise BadInput(texts.broken(name)) from error
    hidden = [texts.hidden_sheet(s.title) for s in book.worksheets if s.sheet_state != "visible"]
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


def _inspected(name: str, data: bytes) -> list[str]:
    """What there is to say of the parts, before any is unpacked whole. Raises BadInput, BadZipFile."""
    with ZipFile(BytesIO(data)) as parts:
        members = parts.infolist()
        kept = [m for m in members if not m.filename.startswith("xl/worksheets/")]
        if any(m.flag_bits & 1 for m in members):
            raise BadInput(texts.encrypted(name))
        if (
            len(members) > _MOST_PARTS
            or sum(m.file_size for m in members) > _MOST_UNPACKED
            or any(m.file_size > _MOST_AT_ONCE for m in kept if m.filename.endswith((".xml", ".rels")))
        ):
            raise BadInput(texts.too_heavy(name))
        for member in members:
            if member.filename.endswith((".xml", ".rels")):
                with parts.open(member) as part:
                    if b"<!DOCTYPE" in (head := part.read(_PEEK)) or b"<!ENTITY" in head:
                        raise BadInput(texts.broken(name))  # Excel writes none; it could unfold without end
        return [texts.has_macros()] if "xl/vbaProject.bin" in parts.namelist() else []


def _sheets(name: str, book: Any) -> list[_Sheet]:
    """Those that hold words."""
    found: list[_Sheet] = []
    rows = 0
    for sheet in book.worksheets:
        read_sheet = _sheet(sheet, book, MOST_ROWS - rows)
        rows += len(read_sheet.lines)
        if rows > MOST_ROWS:
            raise BadInput(texts.too_many_rows(name, MOST_ROWS))
        if read_sheet.lines:
            found.append(read_sheet)
    return found


def _sheet(sheet: Any, book: Any, most: int) -> _Sheet:
    """Its rows that hold words, one more than `most` at the most."""
    made = _Sheet(sheet.title)
    with sheet._get_source() as source:  # as openpyxl's own read-only sheet does, which forgets what is merged
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for line, hidden in _lines(parser, book):
            made.lines.append(line)
            made.hidden_rows += hidden
            if len(made.lines) > most:
                break
    made.lines = _once(made.lines, parser)
    columns = {column for line in made.lines for column in line.cells}
    made.not_computed = parser.not_computed
    made.hidden_columns = len(columns & _hidden_columns(parser))
    return made


def _lines(parser: Any, book: Any) -> Iterator[tuple[Line, bool]]:
    empty = 0
    for number, cells in parser.parse():
        told = {cell["column"]: text for cell in cells if cell["value"] is not None and (text := shown(cell, book))}
        marks = parser.row_dimensions.pop(str(number), {})
        parser.row_dimensions.clear()  # nothing grows with rows that are empty
        if told:
            empty = 0
            yield Line(number, told), marks.get("hidden") in ("1", "true")
        elif (empty := empty + 1) > _EMPTY:
            return


def _once(lines: list[Line], parser: Any) -> list[Line]:
    """A merged cell's words stand in its first cell alone, a day in each of its rows."""
    merged = list(parser.merged_cells.mergeCell) if parser.merged_cells else []
    by_number = {line.number: line for line in lines}
    for area in merged:
        first = by_number.get(area.min_row)
        text = first.cells.get(area.min_col, "") if first else ""
        for number in range(area.min_row, min(area.max_row, area.min_row + _EMPTY) + 1):
            if line := by_number.get(number):
                _cover(line, area, text)
    return [line for line in lines if line.cells]


def _cover(line: Line, area: Any, text: str) -> None:
    for column in [c for c in line.cells if area.min_col <= c <= area.max_col]:
        if (line.number, column) != (area.min_row, area.min_col):
            del line.cells[column]
    left = [words for column, words in line.cells.items() if column < area.min_col]
    if line.number > area.min_row and holds_for_each(text, left):
        line.cells[area.min_col] = text


def _hidden_columns(parser: Any) -> set[int]:
    marks = [column for column in parser.column_dimensions.values() if column.get("hidden") in ("1", "true")]
    return {at for mark in marks for at in range(int(mark["min"]), min(int(mark["max"]), 1000) + 1)}


def _hides(sheet: _Sheet) -> bool:
    return bool(sheet.hidden_rows or sheet.hidden_columns)
