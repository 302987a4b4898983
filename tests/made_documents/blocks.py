"""The founding texts, cut into what an office would have typed: letterhead, paragraphs, tables with their rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from knowledge.blocks import Block, Row, parts, readable
from knowledge.readers import read_file

PLANS = sorted(Path("samples/plans").glob("*.txt"))
_MOTTO = re.compile(r"CỘNG HO|Độc lập")
_PLACE = re.compile(r"[^,]{2,30}, ngày .{0,30}năm 20\d\d$")
_HEAD = re.compile(r"UBND|SỞ|PHÒNG|Số:|V/v|GDMN")


@dataclass
class Table:
    """Rows of cells, each with its lines; the header once."""

    header: list[str]
    rows: list[list[list[str]]] = field(default_factory=list)


@dataclass
class Paper:
    """A document: the two sides of its letterhead, then paragraphs (strings) and tables."""

    name: str
    left: list[str]
    right: list[str]
    body: list[str | Table]


def paper(path: Path) -> Paper:
    """The text file at `path`."""
    blocks = read_file(path.name, path.read_bytes()).blocks
    left, right, at = _letterhead(blocks)
    body: list[str | Table] = []
    for block in blocks[at:]:
        if not isinstance(block, Row):
            if any(map(str.isalnum, block.text)):
                body.append(readable(block.text))
        elif body and isinstance(body[-1], Table):
            _add(body[-1], block)
        else:
            body.append(Table([readable(cell) for cell in block.cells]))
    return Paper(path.stem, left, right, body)


def _letterhead(blocks: Sequence[Block]) -> tuple[list[str], list[str], int]:
    """A letter about something has its subject on the left below the number; "KẾ HOẠCH" begins the body."""
    left: list[str] = []
    right: list[str] = []
    for at, block in enumerate(blocks):
        text = readable(block.text)
        if not any(map(str.isalnum, text)):
            continue
        if _MOTTO.match(text) or _PLACE.match(text):
            right.append(text)
        elif _HEAD.match(text) and len(text) < 140:
            left.append(text)
        else:
            return left, right, at
    return left, right, len(blocks)


def _add(table: Table, row: Row) -> None:
    cells = [_lines(cell) for cell in row.cells]
    cells += [[]] * (len(table.header) - len(cells))
    texts = [" ".join(cell) for cell in cells]
    if texts == table.header:
        return
    if not any(texts[:-1]) and table.rows:
        table.rows[-1][-1] = table.rows[-1][-1] + cells[-1]
    else:
        table.rows.append(cells)


def _lines(cell: str) -> list[str]:
    return [readable(cell[a:b]) for a, b in parts(cell)]
