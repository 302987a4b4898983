"""Files that hold a list of criteria, Excel or CSV: their rows, by the names of the columns wherever those stand."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from zipfile import BadZipFile

from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from core.csv_lines import decode
from core.errors import BadInput
from core.texts import criteria_lists as texts
from knowledge.criteria_lists import Row
from knowledge.fold import fold, nfc

_MOST_ROWS = 2000
_HEAD_WITHIN = 40  # rows; above the names of the columns stands who issued it
_COLUMNS: Mapping[str, tuple[str, ...]] = {  # the likeliest name first; folded
    "title": ("tieu chi", "ten tieu chi", "noi dung tieu chi", "tieu chi danh gia", "noi dung", "noi dung danh gia"),
    "number": ("so", "so tt", "stt", "tt", "so thu tu", "ma", "ma tieu chi", "so tieu chi", "muc"),
    "most": ("diem toi da", "diem cao nhat", "diem chuan", "thang diem", "so diem", "diem"),
    "hints": ("goi y minh chung", "minh chung goi y", "minh chung", "ho so minh chung", "goi y"),
}
Cells = Sequence[object]


def read_sheet(name: str, data: bytes) -> list[Row]:
    """The rows below the names of the columns. Raises BadInput."""
    ending = name.rpartition(".")[2].casefold()
    if ending not in ("xlsx", "csv"):
        raise BadInput(texts.OTHER_KIND)
    sheets = _sheets(data) if ending == "xlsx" else [_lines(decode(data))]
    for sheet in sheets:
        for at, (_, cells) in enumerate(sheet[:_HEAD_WITHIN]):
            if (columns := _columns(cells)) is not None:
                return [_row(number, cells, columns) for number, cells in sheet[at + 1 :]]
    raise BadInput(texts.NO_HEAD)


def _sheets(data: bytes) -> list[list[tuple[int, Cells]]]:
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        return [
            [*enumerate(sheet.iter_rows(max_row=_MOST_ROWS, values_only=True), 1)]
            for sheet in book.worksheets
            if sheet.sheet_state == "visible"
        ]
    except (BadZipFile, InvalidFileException, KeyError, OSError, ValueError, TypeError):  # whatever is no workbook
        raise BadInput(texts.NOT_A_WORKBOOK) from None


def _lines(text: str) -> list[tuple[int, Cells]]:
    """Each record with the number of its first line."""
    first = max(text.split("\n")[:_HEAD_WITHIN], key=lambda line: max(map(line.count, ",;\t")), default="")
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    found: list[tuple[int, Cells]] = []
    start = 1
    try:
        for row in reader:
            found.append((start, row))
            start = reader.line_num + 1
    except csv.Error:
        raise BadInput(texts.refused([(start, texts.NOT_A_ROW)])) from None
    return found[:_MOST_ROWS]


def _columns(cells: Cells) -> Mapping[str, int] | None:
    """Which column holds what; None: these are no names of columns."""
    names = [fold(_text(cell)).strip(" .:*") for cell in cells]
    found: dict[str, int] = {}
    for what, called in _COLUMNS.items():
        at = next((names.index(name) for name in called if name in names), None)
        if at is not None and at not in found.values():
            found[what] = at
    return found if "title" in found and _are_names(names) else None


def _are_names(names: Iterable[str]) -> bool:
    """Not a line of a letter that happens to be called so: two columns at least, or nothing else in the row."""
    filled = [name for name in names if name]
    known = {name for called in _COLUMNS.values() for name in called}
    return len(filled) == 1 or sum(name in known for name in filled) >= 2


def _row(number: int, cells: Cells, columns: Mapping[str, int]) -> Row:
    def at(what: str) -> object:
        place = columns.get(what)
        return cells[place] if place is not None and place < len(cells) else None

    numbered = at("number")
    return Row(
        number,
        _text(numbered),
        _text(at("title")),
        _text(at("most")),
        _text(at("hints")),
        isinstance(numbered, date),
    )


def _text(cell: object) -> str:
    """As it is shown: 1.0 is "1"."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        return f"{cell:.4f}".rstrip("0").rstrip(".")
    return " ".join(nfc(str(cell)).split())
