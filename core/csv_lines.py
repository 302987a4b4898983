"""The text of a CSV file -> its lines by column name, each with its number in the file."""

import csv
import io
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from core.errors import BadInput
from core.texts import registers as texts

Fault = tuple[int, str]  # line number, what is wrong with it


@dataclass(frozen=True, slots=True)
class Line:
    """One line; `cells` are in the order of the columns asked for, NFC, trimmed; a missing cell is empty."""

    number: int  # in the file, from 1
    cells: tuple[str, ...]


def decode(data: bytes) -> str:
    """The text of a CSV file as Excel and other programs save it. Raises BadInput if it is not Unicode."""
    for encoding in ("utf-16", "utf-8-sig") if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig",):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(texts.NOT_UTF8)


def read_lines(text: str, columns: Sequence[str], needed: Sequence[str]) -> tuple[list[Line], list[Fault]]:
    """The lines, and what is wrong with the file's form. Blank lines are passed over.

    Separator: comma, semicolon or tab, whichever the first line uses. Raises BadInput when the first line is
    not the names of `columns` (in any order; those not `needed` may be missing).
    """
    head, *rows = _rows(text.removeprefix("\ufeff")) or [(1, [])]
    names = [_clean(cell).casefold() for cell in head[1]]
    _check_head(names, columns, needed)
    order = [names.index(column) if column in names else -1 for column in columns]
    lines: list[Line] = []
    faults: list[Fault] = []
    for number, raw in rows:
        cells = [_clean(cell) for cell in raw]
        if not any(cells):
            continue
        if fault := _form_fault(raw, cells, len(names)):
            faults.append((number, fault))
            continue
        lines.append(Line(number, tuple(cells[at] if 0 <= at < len(cells) else "" for at in order)))
    return lines, faults


def _rows(text: str) -> list[tuple[int, list[str]]]:
    """Every record with the number of its first line."""
    first = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count), strict=True)
    found: list[tuple[int, list[str]]] = []
    start = 1
    try:
        for row in reader:
            found.append((start, row))
            start = reader.line_num + 1
    except csv.Error:
        raise BadInput(texts.refused([(start, texts.QUOTES)])) from None
    return found


def _check_head(names: Sequence[str], columns: Sequence[str], needed: Sequence[str]) -> None:
    if not any(names):
        raise BadInput(texts.EMPTY)
    if unknown := [name or "?" for name in names if name not in columns]:
        raise BadInput(texts.refused([(1, texts.columns_unknown(unknown, columns))]))
    if twice := [name for at, name in enumerate(names) if name in names[:at]]:
        raise BadInput(texts.refused([(1, texts.column_twice(twice[0]))]))
    if missing := [name for name in needed if name not in names]:
        raise BadInput(texts.refused([(1, texts.columns_missing(missing))]))


def _clean(cell: str) -> str:
    """NFC, one space between words."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _form_fault(raw: Sequence[str], cells: Sequence[str], wanted: int) -> str:
    if len(cells) > wanted and any(cells[wanted:]):
        return texts.too_many_cells(wanted, len(raw))
    return "" if all(cell.isprintable() for cell in cells) else texts.HIDDEN
