"""Ruled tables of pages -> rows of cells; a table, or a row, that goes on over the page's end is one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher

from knowledge.fold import fold, nfc
from knowledge.numbering import marker
from knowledge.readers.carried import holds_for_each
from knowledge.readers.flow import Span, paragraphs
from knowledge.readers.lines import glue, lines_of
from knowledge.readers.page import Box, Page, Word

_NEAR = 6.0  # points
_NUMBERED = re.compile(r"\d{1,3}[.)]?|[IVX]{1,5}\.?")
_ENDS = re.compile(r"[.;:!?…][)”\"’]*\s*$|[.;]\)$")
_SAME = 0.8  # likeness of a header that is repeated; a scan reads it a little differently each time


@dataclass(slots=True)
class Cells:
    """A row: its cells' texts, and where it stands (`table` and `row` within the page, from 1)."""

    texts: list[str]
    page: int
    table: int
    row: int


@dataclass(slots=True)
class Table:
    """A table, over as many pages as it goes."""

    lefts: tuple[float, ...]
    box: Box
    rows: list[Cells] = field(default_factory=list)
    torn: bool = False  # the last row goes on over the page
    first: Cells | None = None  # the row at which the last cell of the first column begins
    loose: list[Word] = field(default_factory=list)  # what stands in no cell


def table_of(page: Page, number: int, words: Sequence[Word]) -> Table:
    """The page's table of this number, from 1."""
    grid = page.grids[number - 1]
    table = Table(grid.lefts, grid.box, torn=grid.torn)
    above: dict[int, tuple[Box, str]] = {}
    for at, boxes in enumerate(grid.rows, 1):
        row = Cells([_text(cell, words) for cell in boxes], page.number, number, at)
        above |= {column: (box, row.texts[column]) for column, box in enumerate(boxes) if box}
        _carry(row, boxes, above)
        if any(row.texts):
            table.rows.append(row)
            table.first = row if boxes[0] or table.first is None else table.first
    cells = [cell for boxes in grid.rows for cell in boxes if cell]
    table.loose = [word for word in words if not any(word.inside(cell) for cell in cells)]
    return table


def _carry(row: Cells, boxes: Sequence[Box | None], above: dict[int, tuple[Box, str]]) -> None:
    """The day of a merged cell in this row too, which it covers."""
    middle = next((box[1] + 2 * _NEAR for box in boxes if box), None)
    for column, (box, day) in above.items():
        covers = middle is not None and boxes[column] is None and box[3] > middle
        if covers and holds_for_each(day, [text for text, own in zip(row.texts[:column], boxes, strict=False) if own]):
            row.texts[column] = day


def _text(cell: Box | None, words: Sequence[Word]) -> str:
    inside = [word for word in words if word.inside(cell)] if cell else []
    if cell is None or not inside:
        return ""
    margin = max(1.0, min(min(word.x0 for word in inside) - cell[0], 12.0))
    texts = paragraphs(lines_of(inside), Span(cell[0] + margin, cell[2] - margin))
    return nfc("\n".join(text.text for text in texts)).strip()


def is_rest(table: Table, after: Table) -> bool:
    """Whether the second, which begins its page, goes on the first, which ended its own."""
    return abs(table.box[0] - after.box[0]) < _NEAR and abs(table.box[2] - after.box[2]) < _NEAR


def go_on(table: Table, after: Table) -> None:
    """Put the rows of the next page under the table's; a header that is repeated is left out."""
    rows = [_aligned(row, after.lefts, table.lefts) for row in after.rows]
    skip = 0
    while skip < len(rows) and skip < 3 and skip < len(table.rows) and _alike(rows[skip], table.rows[skip]):
        skip += 1
    rows = rows[skip:]
    if rows and table.first and rows[0].texts[0] and not table.first.texts[0]:
        table.first.texts[0], rows[0].texts[0] = rows[0].texts[0], ""  # a merged cell whose words stand on this page
    if rows and table.rows and _goes_on(table, rows[0]):
        last = table.rows[-1]
        last.texts = [_joined(*pair) for pair in zip(last.texts, rows[0].texts, strict=True)]
        rows = rows[1:]
    table.rows += rows
    table.first = after.first if after.first in rows and after.first is not rows[0] else table.first
    table.loose += after.loose
    table.torn = after.torn


def _aligned(row: Cells, own: Sequence[float], lefts: Sequence[float]) -> Cells:
    """The cells in the columns of the page before: a page without a merged column has fewer edges."""
    texts = [""] * len(lefts)
    for left, text in zip(own, row.texts, strict=True):
        at = min(range(len(lefts)), key=lambda i: abs(lefts[i] - left))
        texts[at] = f"{texts[at]} {text}".strip()
    row.texts = texts
    return row


def _alike(one: Cells, other: Cells) -> bool:
    a, b = fold(" ".join(one.texts)), fold(" ".join(other.texts))
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= _SAME and len(a) < 300


def _goes_on(table: Table, row: Cells) -> bool:
    """Whether this row is the rest of the last one: its number is missing, or a sentence is in the middle."""
    last = table.rows[-1].texts
    filled = [at for at, text in enumerate(row.texts) if text]
    if not filled or any(not last[at] for at in filled):
        return False
    number = next((at for at in range(len(last)) if _is_number(table.rows, at)), None)
    if number is not None:
        return not row.texts[number] and bool(last[number]) and not row.texts[0]
    torn = table.torn or any(not _ENDS.search(last[at]) and row.texts[at][0].islower() for at in filled)
    return torn or (not row.texts[0] and bool(last[0]) and any(_open(last[at]) for at in filled))


def _is_number(rows: Sequence[Cells], at: int) -> bool:
    filled = [row.texts[at] for row in rows if row.texts[at]]
    numbers = sum(bool(_NUMBERED.fullmatch(text)) for text in filled)
    return numbers > 0 and 2 * numbers >= len(filled)


def _open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.endswith((",", "-"))


def _joined(above: str, below: str) -> str:
    if not above or not below:
        return above or below
    return f"{above}\n{below}" if marker(below) and not _open(above) else glue(above, below)
