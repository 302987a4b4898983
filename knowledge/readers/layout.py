"""Paragraphs and tables, as a word processor or a page nests them, laid out as the document model wants them."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from core.work import Spot
from knowledge.blocks import Block, Paragraph, Row
from knowledge.fold import fold, nfc
from knowledge.numbering import marker
from knowledge.old_fonts import KEPT
from knowledge.readers.grid import LABEL, Square, evened

MOST_COLUMNS = 64  # as many as Word allows, and one
_LAYOUT = re.compile(r"doc lap\s*[-–]\s*tu do|noi nhan\s*:", re.IGNORECASE)
_SIGNED = re.compile(r"(?m)^(?:(?:KT|TM|TL|TUQ)\.|(?:PHÓ )?(?:TRƯỞNG PHÒNG|HIỆU TRƯỞNG|GIÁM ĐỐC|CHỦ TỊCH)\b)")
_COUNT = re.compile(r"\d{0,3}\.?")
_NUMBER = re.compile(r"(?m)^\W*so\s*:")
_MOST_PLACES = 8  # rows of a letterhead or of signatures
_PLAIN = {0xA0: " ", 0x202F: " ", 0x2010: "-", 0x2011: "-"} | dict.fromkeys(range(0x2000, 0x200B), " ")
_FEW = 3  # columns of a letterhead or of signatures


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph; line ends and tabs as written. `centered`: one line of several that make a title."""

    text: str
    centered: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """`span`: how many columns it is wide; `merged`: it is the rest of the cell above and holds nothing itself."""

    content: "tuple[Content, ...]" = ()
    span: int = 1
    merged: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells."""

    rows: tuple[tuple[Cell, ...], ...]


Content = Words | Table


def lay_out(content: Iterable[Content]) -> tuple[Block, ...]:
    """The blocks in reading order. Lines are counted as if one stood empty between two paragraphs.

    A letterhead or the signatures set in a table become paragraphs; so does a frame around words.
    """
    writer = _Writer()
    for item in content:
        writer.put(item)
    return tuple(writer.blocks)


class _Writer:
    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.line = 1
        self.tables = 0  # of lines with cells, whether the file calls them a table or not
        self.seen = 0  # tables as a person counts them
        self.tabbed = False
        self.centered = False
        self.header: tuple[str, ...] = ()  # the first row of the last table

    def put(self, item: Content) -> None:
        """Adds the item and what it holds."""
        if isinstance(item, Words):
            self._words(item)
        elif _only_places(item, first=not self.blocks):
            wide = max(map(len, item.rows), default=0) > 1
            for cell in (cell for row in item.rows for cell in row):
                self.centered = False
                for inner in cell.content:  # the lines of one side of a letterhead belong together
                    self.put(replace(inner, centered=True) if wide and isinstance(inner, Words) else inner)
            self.centered = False
        else:
            self._table(item)
            self.centered = False

    def _words(self, words: Words) -> None:
        self.line += bool(self.blocks) and not (words.centered and self.centered)
        for text in words.text.split("\n"):
            if shown := _clean(text).strip():
                self._text(shown)
            self.line += 1
        self.centered = words.centered and bool(words.text.strip())

    def _text(self, text: str) -> None:
        cells = _tabbed(text)
        if len(cells) < 2:
            self.tabbed = False
            self.blocks.append(Paragraph(self.line, " ".join(cells), Spot()))
            return
        self.tables += not self.tabbed
        self.tabbed = True
        self.blocks.append(Row(self.line, self.tables, tuple(cells), "\t".join(cells), Spot()))

    def _table(self, table: Table) -> None:
        self.line += bool(self.blocks)
        self.tabbed = False
        squares = evened([_squares(row) for row in table.rows])
        first = next((cells for row in squares if any(cells := tuple(square.text for square in row))), ())
        if not self._goes_on(first):
            self.tables += 1
            self.header = first
        self.seen += 1
        spot = self.seen
        own = [[(cell, inner) for cell in row for inner in _tables(cell)] for row in table.rows]
        for number, (row, inside) in enumerate(zip_longest(squares, own, fillvalue=()), 1):
            cells = tuple(square.text for square in row)
            alone = sum(map(bool, cells)) <= 1
            if any(cells) and not (alone and inside):
                self._row(cells, Spot(table=spot, row=number))
            elif inside:
                for cell in {id(cell): cell for cell, _ in inside}.values():
                    for inner in cell.content:
                        self.put(inner)
                self.tables += 1

    def _goes_on(self, first: tuple[str, ...]) -> bool:
        """Whether it is the last table's next page: nothing between, as wide, and the same header or none."""
        last = self.blocks[-1] if self.blocks else None
        below = isinstance(last, Row) and last.table == self.tables and bool(last.spot and last.spot.table)
        same = len(first) == len(self.header) > 1
        return below and same and (first == self.header or _data(first))

    def _row(self, cells: tuple[str, ...], spot: Spot) -> None:
        text = "\t".join(cells)
        self.blocks.append(Row(self.line, self.tables, cells, text, spot))
        self.line += text.count("\n") + 1


def _only_places(table: Table, *, first: bool) -> bool:
    """Whether it only puts words beside each other: a frame, a letterhead, the place of the signatures."""
    width = max((len(row) for row in table.rows), default=0)
    if width <= 1:
        return True
    text = "\n".join(_text_of(cell) for row in table.rows for cell in row)
    signed = len(table.rows) <= _FEW and _SIGNED.search(text)
    words = fold(text)
    return (
        len(table.rows) <= _MOST_PLACES
        and width <= _FEW
        and bool(signed or _LAYOUT.search(words) or first and _NUMBER.search(words))
    )


def _data(cells: Sequence[str]) -> bool:
    """Whether a table's first row is numbered or empty before its words, as no header is."""
    return bool(_COUNT.fullmatch(cells[0])) and any(len(cell) > LABEL for cell in cells)


def _tabbed(text: str) -> list[str]:
    """The cells of a line with tabs; a number or bullet belongs to the words after it."""
    cells = [" ".join(cell.split(" ")).strip() for cell in text.split("\t")]
    cells = [cell for cell in cells if cell] if "\t" in text else [text]
    sign = marker(f"{cells[0]} x") if len(cells) > 1 else None
    return [f"{cells[0]} {cells[1]}", *cells[2:]] if sign and sign.end > len(cells[0]) else cells


def _clean(text: str) -> str:
    return nfc(text.translate(_PLAIN), KEPT)


def _tables(cell: Cell) -> Iterator[Table]:
    return (inner for inner in cell.content if isinstance(inner, Table))


def _text_of(cell: Cell) -> str:
    lines: list[str] = []
    for item in cell.content:
        if isinstance(item, Words):
            lines += [" ".join(_clean(line).split()) for line in item.text.split("\n")]
        else:
            lines += [" – ".join(filter(None, map(_flat, row))) for row in item.rows]
    return "\n".join(line for line in lines if line)


def _flat(cell: Cell) -> str:
    return _text_of(cell).replace("\n", " ")


def _squares(row: Sequence[Cell]) -> list[Square]:
    found: list[Square] = []
    for cell in row:
        if len(found) >= MOST_COLUMNS:
            break
        found.append(Square("" if cell.merged else _text_of(cell), cell.merged))
        rest = min(cell.span - 1, MOST_COLUMNS - len(found))
        found += [Square("", cell.merged, True)] * rest
    return found
