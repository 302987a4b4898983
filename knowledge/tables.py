"""Table rows -> what each cell says, under which month or week, and which row it belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from core.work import Rule
from knowledge.blocks import Row, mask
from knowledge.columns import Column, Role, header
from knowledge.dates import column as times_in
from knowledge.fold import fold
from knowledge.moments import When
from knowledge.months import months_in
from knowledge.years import Calendar


class Sort(StrEnum):
    """What a row is in its table."""

    HEADER = "header"
    GROUP = "group"  # a title across the table
    ROW = "row"
    MORE = "more"  # the row above goes on


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell; its words begin at `start` of the row's text."""

    column: Column
    text: str
    start: int
    told: str = ""  # what a ditto mark, or the rest of a merged cell, stands for

    @property
    def said(self) -> str:
        """Its words, or those of the row above that it stands for."""
        return self.told or self.text

    @property
    def of_time(self) -> bool:
        """Whether its column holds days."""
        return self.column.role in (Role.DUE, Role.TIME, Role.DAY)

    @property
    def end(self) -> int:
        """Where its words end in the row's text."""
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Line:
    """A row, read. `block` is the month or week it stands under, as written; `when` that time, understood."""

    row: Row
    sort: Sort
    cells: tuple[Cell, ...] = ()
    number: str = ""
    block: str = ""
    when: When | None = None
    above: str = ""  # the first column's time, where this row leaves it to the row above

    def of(self, *roles: Role) -> list[Cell]:
        """The filled cells of these columns, in order."""
        return [cell for cell in self.cells if cell.column.role in roles and cell.said.strip()]

    @property
    def name(self) -> str:
        """How the row is cited: "9/2023/10", "2"."""
        return "/".join(filter(None, (self.block, self.number)))


_PLAIN = (Column(Role.CONTENT, ""),)
_NUMBER = re.compile(r"\(?(\d{1,3}|[ivxIVX]{1,5}|\d+\.\d+)\s*[.)]?")
_MONTH = re.compile(
    r"(?:thang\s*)?(\d{1,2}(?:\s*[+,&\-–/]\s*(?:thang\s*)?\d{1,2}(?!\d))*)\s*(?:[/\-.]\s*|nam\s*)?(20\d\d)?\.?:?"
)
_WEEK = re.compile(r"(tuan\s+(?:le\s+)?(?:thu\s+)?[\w]+(?:\s*[-+,]\s*\d+)?(?:\s+thang\s+\d{1,2})?)\b")
_DITTO = re.compile(r"[-–\s]*(?:nt|n/t|nhu tren|[\"”″〃]|//)[-–\s.]*")
_GOES_ON = re.compile(r"^\s*(?:<[^>]*>|\s)*(?:[-+•·–*]|[a-zà-ỹđ(])")


def read_table(rows: Sequence[Row], calendar: Calendar, outer: When | None = None) -> list[Line]:
    """Each row of one table, in order. `outer`: the time of the heading it stands under."""
    reader = _Reader(calendar, outer)
    return [reader.read(row) for row in rows]


class _Reader:
    """Carries what later rows leave out: the columns, the month, the last number."""

    def __init__(self, calendar: Calendar, outer: When | None) -> None:
        self.calendar = calendar
        self.columns: tuple[Column, ...] = ()
        self.block = ""
        self.when = outer
        self.count = 0
        self.last = ""
        self.numbered = False
        self.any_row = False
        self.above = ""
        self.said: dict[int, str] = {}  # the last words of each column

    def read(self, row: Row) -> Line:
        columns = header(row.cells, self.calendar)
        if columns and not self._is_data(row, columns):
            if self.columns and not self.any_row and len(columns) == len(self.columns):
                columns = self._under(row, columns)
            self.any_row = self.any_row and self._repeated(columns)
            self.columns = columns
            return Line(row, Sort.HEADER)
        cells = tuple(map(Cell, self._columns_of(row), row.cells, row.starts()))
        filled = [cell for cell in cells if mask(cell.text).strip()]
        if len(filled) == 1 and (title := self._title(row, filled[0])):
            return title
        return self._row(row, cells)

    def _is_data(self, row: Row, columns: tuple[Column, ...]) -> bool:
        """A row under the header whose words happen to look like one."""
        if not self.columns:
            return False
        same = self._repeated(columns)
        numbered = any(re.fullmatch(r"\d{1,3}", cell.strip()) for cell in row.cells)
        return not same and self.any_row and (numbered or not any(c.role is Role.NUMBER for c in columns))

    def _repeated(self, columns: tuple[Column, ...]) -> bool:
        """The same header again, at the top of a page."""
        return [c.label for c in columns] == [c.label for c in self.columns]

    def _under(self, row: Row, columns: tuple[Column, ...]) -> tuple[Column, ...]:
        """The second line of a header: where it is blank, the first one's column goes on."""
        pairs = zip(row.cells, columns, self.columns, strict=True)
        return tuple(new if mask(text).strip() else old for text, new, old in pairs)

    def _columns_of(self, row: Row) -> list[Column]:
        known = self.columns or _PLAIN
        return [known[min(i, len(known) - 1)] for i in range(len(row.cells))]

    def _title(self, row: Row, cell: Cell) -> Line | None:
        """A row of one cell: a month, a week, or a title; None where it belongs to the row above."""
        first = row.cells.index(cell.text) == 0
        if self._enter(cell.text):
            return Line(row, Sort.GROUP, (cell,), "", self.block, self.when)
        goes_on = self.any_row and (not first or _GOES_ON.match(cell.text))
        return (
            None if goes_on or len(mask(cell.text)) > 160 else Line(row, Sort.GROUP, (cell,), "", self.block, self.when)
        )

    def _row(self, row: Row, cells: tuple[Cell, ...]) -> Line:
        cells = tuple(map(self._renamed, cells))
        entered = False
        for cell in cells:
            leads = cell.start == 0 or cell.column.role in (Role.MONTH, Role.WEEK)
            if leads and cell.column.role in (Role.MONTH, Role.WEEK, Role.TIME) and cell.text.strip():
                entered = self._enter(cell.text, cell.column.role) or entered
        number = next((c.text.strip() for c in cells if c.column.role is Role.NUMBER and c.text.strip()), "")
        if self.any_row and not number and not entered and self._is_more(cells):
            return Line(row, Sort.MORE, cells, self.last, self.block, self.when)
        cells = self._told(cells, number)
        self.any_row = True
        self.numbered = self.numbered or bool(number)
        self.count += 1
        self.last = (number.strip("().") or str(self.count)).strip()
        return Line(row, Sort.ROW, cells, self.last, self.block, self.when, self._carried(cells))

    def _told(self, cells: tuple[Cell, ...], number: str) -> tuple[Cell, ...]:
        """ "nt" stands for the words above it; so does a blank where an unnumbered row only adds a day."""
        texts = [mask(cell.text).strip() for cell in cells]
        named = any(t for t, c in zip(texts, cells, strict=True) if c.column.role in (Role.CONTENT, Role.DELIVERABLE))
        adds = not number and not named and any(c.of_time and t for t, c in zip(texts, cells, strict=True))
        out: list[Cell] = []
        for at, (text, cell) in enumerate(zip(texts, cells, strict=True)):
            goes_on = _DITTO.fullmatch(fold(text)) or (adds and not text and cell.column.role is Role.CONTENT)
            if not goes_on and text:
                self.said[at] = cell.text
            out.append(replace(cell, told=self.said.get(at, "")) if goes_on else cell)
        return tuple(out)

    def _carried(self, cells: tuple[Cell, ...]) -> str:
        """What the first column says, if it holds times and this row's is left blank."""
        if cells[0].column.role not in (Role.TIME, Role.DAY):
            return ""
        if cells[0].text.strip():
            self.above = cells[0].text
            return ""
        return self.above

    def _renamed(self, cell: Cell) -> Cell:
        """Under a header that spans number and words, a bare number is the row's number."""
        if cell.column.role is Role.CONTENT and _NUMBER.fullmatch(cell.text.strip()) and cell.text.strip():
            return replace(cell, column=Column(Role.NUMBER, cell.column.label))
        return cell

    def _is_more(self, cells: tuple[Cell, ...]) -> bool:
        """No number where the table has numbers, and nothing that only a row of its own would have."""
        if any(c.text.strip() for c in cells if c.column.role in (Role.DUE, Role.TIME, Role.DAY, Role.OF_MONTH)):
            return False
        if not self.numbered and any(c.text.strip() for c in cells if c.column.role is not Role.CONTENT):
            return False
        words = next((c.text for c in cells if c.column.role is Role.CONTENT and c.text.strip()), "")
        return self.numbered or bool(words and _GOES_ON.match(words) and not cells[0].text.strip())

    def _enter(self, text: str, role: Role | None = None) -> bool:
        """Begin the month or week that this cell names; False where it names none."""
        folded = " ".join(fold(mask(text)).split()).strip(" .:")
        month = _MONTH.fullmatch(folded)
        if month and (role is Role.MONTH or "thang" in folded or (month[2] and role)) and self._month(month, text):
            return True
        week = _WEEK.match(folded)
        if week or (role is Role.WEEK and folded):
            self._week(text, folded, week)
            return True
        return False

    def _month(self, month: re.Match[str], text: str) -> bool:
        year = int(month[2]) if month[2] else None
        if not (year or self.calendar.known):
            return False
        got = months_in(month[1].replace("/", ","), self.calendar, year)
        if not got:
            return False
        self.when = When(0, len(text), Rule.IN_MONTH, months=got[0])
        written = re.sub(r"\s+|nam|thang", "", fold(mask(text))).strip(".:")
        self.block = written if month[2] else f"{written}/{got[0][0][:4]}"
        self.count = 0
        return True

    def _week(self, text: str, folded: str, week: re.Match[str] | None) -> None:
        calendar = self.calendar.within(self.when.months if self.when else ())
        self.block = " ".join(mask(text)[: week.end()].split()) if week else " ".join(mask(text).split())
        self.when = week_in(mask(text), folded, calendar)
        self.count = 0


def week_in(text: str, folded: str, calendar: Calendar) -> When | None:
    """The week that "Tuần 2 (08/12 - 12/12)" or, in a month's plan, "Tuần 2" names."""
    named = times_in(text, calendar, Rule.RANGE)
    for when in named:
        if when.due and (when.rule in (Rule.RANGE, Rule.IN_WEEK) or when.first):
            return replace(when, rule=Rule.IN_WEEK)
    weeks = [when for when in named if when.rule is Rule.IN_WEEK]
    if weeks:  # "Tuần 4 tháng 3, tuần 1 tháng 4"
        return replace(weeks[0], months=tuple(dict.fromkeys(month for week in weeks for month in week.months)))
    if len(calendar.months) == 1:
        month = int(calendar.months[0][5:])
        found = [w for w in times_in(f"{text} tháng {month}", calendar, Rule.IN_WEEK) if w.rule is Rule.IN_WEEK]
        return found[0] if found else None
    return None
