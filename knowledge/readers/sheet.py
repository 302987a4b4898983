"""The rows of a sheet -> letterhead and title, the table, what stands below it; the sheet's name as its month."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from core.texts import reading as texts
from core.work import Spot
from knowledge.blocks import Block, Paragraph, Row
from knowledge.columns import header
from knowledge.fold import fold
from knowledge.joining import CLOSING
from knowledge.years import Calendar

_MONTH = re.compile(
    r"(?:(?:ke hoach|kh|lich|cong tac)\s*)*(?:thang|th|t|m)[\s._\-]*(\d{1,2}(?:\s*[+&]\s*\d{1,2})*)"
    r"(?:[\s._/,\-]+(?:nam\s*)?((?:20)?\d\d))?|(\d{1,2}(?:\s*\+\s*\d{1,2})*)[._\-](20\d\d)"
)
_TIMED = re.compile(r"(?:tuan|quy|hoc ky|hk)\b")
_ANY_YEAR = Calendar(None, 2000)  # a header's months are months whatever the year
_A_TABLE = 3  # filled cells; a row with as many is no title


@dataclass(slots=True)
class Line:
    """A row that holds words: its number and its filled cells' texts by column, both from 1."""

    number: int
    cells: dict[int, str]


def blocks_of(name: str, lines: Sequence[Line], table: int, line: int, *, alone: bool) -> list[Block]:
    """The blocks of the sheet called `name`; its rows get the number `table`, its first block the line number `line`.

    `alone`: the book has no other, so its name says nothing but a month or week.
    """
    begins, ends = _table(lines)
    made = _Blocks(name, table, line)
    made.paragraphs(lines[:begins])
    if heading := _heading(name, alone):
        made.add(heading, Spot(sheet=name))
    made.rows(lines[begins:ends])
    made.paragraphs(lines[ends:])
    return made.blocks


class _Blocks:
    """Counts lines as a text file would: each block's own, and one for rows left empty."""

    def __init__(self, name: str, table: int, line: int) -> None:
        self.name, self.table, self.line = name, table, line
        self.blocks: list[Block] = []
        self.last = 0

    def add(self, text: str, spot: Spot) -> None:
        """A paragraph for each line of the text."""
        for one in text.split("\n"):
            self.blocks.append(Paragraph(self.line, one, spot))
            self.line += 1

    def paragraphs(self, lines: Sequence[Line]) -> None:
        """Two cells side by side, row after row, are the two sides of a letterhead: the left one first."""
        at = 0
        while at < len(lines):
            self._gap(lines[at])
            end = at + 1
            while len(lines[at].cells) > 1 and end < len(lines) and len(lines[end].cells) > 1:
                end += 1
            group = lines[at:end]
            for side in range(max(len(line.cells) for line in group)):
                for line in group:
                    for column in sorted(line.cells)[side : side + 1]:
                        self.add(line.cells[column], self._spot(line, column))
            self.last = group[-1].number
            at = end

    def rows(self, lines: Sequence[Line]) -> None:
        """Rows of the columns that any of them fills."""
        columns = sorted({column for line in lines for column in line.cells})
        for line in lines:
            cells = tuple(line.cells.get(column, "") for column in columns)
            text = "\t".join(cells)
            self.blocks.append(Row(self.line, self.table, cells, text, self._spot(line, min(line.cells), table=1)))
            self.line += 1 + text.count("\n")
            self.last = line.number

    def _gap(self, line: Line) -> None:
        self.line += bool(self.blocks) and line.number > self.last + 1

    def _spot(self, line: Line, column: int, table: int = 0) -> Spot:
        return Spot(
            sheet=self.name, table=table, row=line.number, cell=f"{get_column_letter(min(column, 18278))}{line.number}"
        )


def _table(lines: Sequence[Line]) -> tuple[int, int]:
    """Where the table begins and ends; the same place twice where there is none."""
    begins = next((at for at, line in enumerate(lines) if _is_header(line)), None)
    if begins is None:
        begins = next((at for at, line in enumerate(lines) if len(line.cells) >= _A_TABLE), len(lines))
    closing = next((at for at in range(begins, len(lines)) if _closes(lines[at])), len(lines))
    filled = [at for at in range(begins, closing) if len(lines[at].cells) > 1]
    return begins, filled[-1] + 1 if filled else begins


def _is_header(line: Line) -> bool:
    cells = [line.cells.get(column, "") for column in range(min(line.cells), min(max(line.cells), 200) + 1)]
    return len(line.cells) > 1 and header(tuple(cells), _ANY_YEAR) is not None


def _closes(line: Line) -> bool:
    return any(
        (text.isupper() or fold(text[:8]) == "noi nhan") and CLOSING.match(fold(text)) for text in line.cells.values()
    )


def _heading(name: str, alone: bool) -> str:
    """The month that the sheet's name is; of several sheets also another name that tells something."""
    folded = " ".join(fold(name).split()).strip(" .")
    found = _MONTH.fullmatch(folded)
    months = [int(number) for number in re.findall(r"\d+", found[1] or found[3])] if found else []
    if found and all(1 <= month <= 12 for month in months):
        year = found[2] or found[4] or ""
        return texts.month_sheet(months, f"20{year}" if len(year) == 2 else year)
    if _TIMED.match(folded):
        return name
    return "" if alone or re.fullmatch(r"(?:sheet|trang tinh|trang|bang)\s*\d*", folded) else name
