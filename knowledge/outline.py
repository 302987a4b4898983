"""Lines -> the document's tree: what stands under which heading, list lead, month and row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.work import Part, Passage
from knowledge.blocks import Block, Paragraph, Row, mask, untagged
from knowledge.columns import Role
from knowledge.fold import fold
from knowledge.items import items
from knowledge.joining import CLOSING, joined
from knowledge.moments import When
from knowledge.numbering import Marker, Rank, marker, section_of
from knowledge.tables import Line, Sort, read_table
from knowledge.titles import titled_time
from knowledge.years import Calendar


@dataclass(frozen=True, slots=True)
class Entry:
    """A passage with what extraction needs: its row, where its words begin, the time it stands under."""

    passage: Passage
    words: int = 0
    line: Line | None = None
    when: When | None = None  # of the month or week block around it


@dataclass(slots=True)
class _Open:
    """A heading, lead or bullet that later lines may stand under."""

    rank: int
    label: str
    place: int
    leads: bool
    when: When | None
    counts: bool  # its label belongs to the section path


_APPENDIX = re.compile(r"(?:phu luc|bieu (?:mau )?so|mau so|lich cong tac|ke hoach chi tiet)\b")
_BASIS = re.compile(r"(?:can cu|thuc hien|theo|tiep theo|xet de nghi)\b")
_CITES = re.compile(r"\d+\s*/(?:\d{4}/)?[A-ZĐ]{2}")


def outline(blocks: Sequence[Block], head: int, calendar: Calendar) -> list[Entry]:
    """Every meaningful line as a passage, in order; the first `head` blocks are the document's head."""
    builder = _Builder(calendar)
    for block in blocks[:head]:
        builder.plain(block.line, block.text, Part.HEAD)
    body = joined(blocks[head:])
    at = 0
    while at < len(body):
        block = body[at]
        if isinstance(block, Row):
            rows = list(_same_table(body, at))
            builder.table(rows)
            at += len(rows)
        else:
            builder.paragraph(block)
            at += 1
    return builder.finish()


def _same_table(blocks: Sequence[Block], at: int) -> Iterator[Row]:
    first = blocks[at]
    for block in blocks[at:]:
        if not (isinstance(block, Row) and isinstance(first, Row) and block.table == first.table):
            return
        yield block


class _Builder:
    """Walks the lines once, keeping the chain of headings that are open."""

    def __init__(self, calendar: Calendar) -> None:
        self.calendar = calendar
        self.entries: list[Entry] = []
        self.open: list[_Open] = []
        self.closing = False
        self.upper_first = False
        self.row: int | None = None

    def finish(self) -> list[Entry]:
        """The entries; a numbered line with numbered lines under it is a heading."""
        parents = {e.passage.parent for e in self.entries if e.passage.section}
        return [self._headed(entry, parents) for entry in self.entries]

    def _headed(self, entry: Entry, parents: set[int | None]) -> Entry:
        passage = entry.passage
        below = passage.place in parents and passage.part is Part.ITEM and entry.words and len(passage.text) < 200
        deeper = below and any(
            e.passage.parent == passage.place and e.passage.section != passage.section for e in self.entries
        )
        return replace(entry, passage=replace(passage, part=Part.HEADING)) if deeper else entry

    def plain(self, line: int, text: str, part: Part) -> None:
        """A line of the head or of the closing; stands under nothing."""
        if any(c.isalnum() for c in text):
            self._add(Passage(len(self.entries), line, text.strip(), part))

    def paragraph(self, block: Paragraph) -> None:
        """A line of words: heading, list lead, list item, basis or text."""
        shown = mask(block.text)
        if not any(c.isalnum() for c in shown):
            return
        folded = fold(shown).strip()
        if _APPENDIX.match(folded):
            self.closing, self.open = False, []
        elif CLOSING.match(folded) and (shown.strip().isupper() or folded.startswith("noi nhan")):
            self.closing = True
        if self.closing:
            self.plain(block.line, block.text, Part.CLOSING)
            return
        found = marker(block.text if block.text.startswith("* ") else mask(block.text))
        if found and found.is_bullet:
            self._bullet(block, found)
        elif found:
            self._numbered(block, found)
        else:
            self._text(block, shown, folded)

    def _numbered(self, block: Paragraph, found: Marker) -> None:
        words = mask(block.text)[found.end :].strip()
        if found.rank == Rank.UPPER and not any(o.rank == Rank.ROMAN for o in self.open):
            self.upper_first = True
        rank = found.rank
        if self.upper_first and rank in (Rank.ROMAN, Rank.UPPER):
            rank = Rank.UPPER + Rank.ROMAN - rank
        top = self.open[-1] if self.open else None
        if top and top.leads and not top.label and top.place == len(self.entries) - 1 and found.label in ("1", "a"):
            top.rank = rank - 1  # "… như sau:" and its list
        self._close(rank)
        ends = words.rstrip().endswith(":")
        heading = (
            words.isupper() or len(words.split()) <= 40 and not words.endswith((".", ";")) or ends and len(words) < 120
        )
        part = Part.HEADING if heading else Part.LEAD if ends else Part.ITEM
        when = titled_time(words, self.calendar.within(self._months())) if heading else None
        self._enter(block, found, rank, part, ends, when)

    def _bullet(self, block: Paragraph, found: Marker) -> None:
        words = mask(block.text)[found.end :].strip()
        ends = words.endswith(":")
        when = titled_time(words, self.calendar.within(self._months())) if len(words) < 60 else None
        if when:
            self._time(block, when)
            return
        rank = found.rank
        self._close(Rank.BULLET, bullet=found.label, short=ends and len(words.split()) <= 8 or when is not None)
        if self.open and self.open[-1].rank >= Rank.BULLET:
            rank = self.open[-1].rank + 1
        self._enter(block, found, rank, Part.LEAD if ends else Part.ITEM, ends, when)

    def _enter(self, block: Paragraph, found: Marker, rank: int, part: Part, leads: bool, when: When | None) -> None:
        self.open.append(_Open(rank, found.label, len(self.entries), leads, when or self._when(), not found.is_bullet))
        self._add(self._passage(block.line, block.text.strip(), part, len(self.open) - 1), words=found.end)

    def _text(self, block: Paragraph, shown: str, folded: str) -> None:
        self._close(Rank.PART if shown.rstrip().endswith("./.") else Rank.LEAD)
        when = titled_time(shown, self.calendar.within(self._months())) if len(shown) < 90 else None
        if when:
            self._time(block, when)
            return
        leads = shown.rstrip().endswith(":")
        intro = not self.open and not any(e.passage.part in (Part.ROW, Part.ITEM) for e in self.entries)
        basis = intro and bool(_CITES.search(shown) if leads else _BASIS.match(folded) or _CITES.search(shown))
        if leads and len(shown) < 400:
            self.open.append(_Open(Rank.LEAD, "", len(self.entries), True, self._when(), False))
        depth = (
            len(self.open) - 1 if leads and self.open and self.open[-1].place == len(self.entries) else len(self.open)
        )
        part = Part.BASIS if basis else Part.LEAD if leads else Part.TEXT
        self._add(self._passage(block.line, block.text.strip(), part, depth))

    def _time(self, block: Paragraph, when: When) -> None:
        """A line that opens a month or week: it takes the place of the one before, and ends the list above it."""
        before = [i for i, o in enumerate(self.open) if o.when and not o.label]
        if before:
            del self.open[before[0] :]
        while self.open and self.open[-1].rank >= Rank.DIGIT and not self._heads(self.open[-1]):
            self.open.pop()
        self.open.append(_Open(Rank.LEAD - 9, "", len(self.entries), True, when, False))
        self._add(self._passage(block.line, block.text.strip(), Part.HEADING, len(self.open) - 1))

    def _heads(self, above: _Open) -> bool:
        return above.leads or self.entries[above.place].passage.part is Part.HEADING

    def _close(self, rank: int, bullet: str = "", short: bool = False) -> None:
        """Leave what a line of this rank cannot stand under."""
        if not bullet:
            while self.open and self.open[-1].rank >= rank:
                self.open.pop()
            return
        same = [i for i, o in enumerate(self.open) if o.rank >= Rank.BULLET and o.label == bullet]
        if not same:
            top = self.open[-1] if self.open else None
            if top and top.rank >= Rank.BULLET and not top.leads and bullet != "+":
                self.open.pop()
            return
        keep = same[-1]
        if short and len(same) > 1 and self.open[keep - 1].leads and keep - 1 in same:
            keep -= 1
        opens_list = self.open[keep].leads and keep == len(self.open) - 1 and not short
        if not opens_list:
            del self.open[keep:]

    def _when(self) -> When | None:
        return self.open[-1].when if self.open else None

    def _months(self) -> tuple[str, ...]:
        when = self._when()
        return when.months if when else ()

    def _passage(self, line: int, text: str, part: Part, depth: int) -> Passage:
        above = self.open[:depth]
        labels = [o.label for o in self.open if o.counts]
        parent = above[-1].place if above else None
        return Passage(len(self.entries), line, text, part, section_of(labels), "", parent, self._months())

    def _add(self, passage: Passage, words: int = 0, line: Line | None = None, when: When | None = None) -> None:
        self.entries.append(Entry(passage, words, line, when or self._when()))

    def table(self, rows: list[Row]) -> None:
        """A table's rows, each under the heading or lead before it; list items inside a cell under their row."""
        if self.closing and max(sum(bool(c.strip()) for c in row.cells) for row in rows) < 3:
            for row in rows:
                self.plain(row.line, row.text, Part.CLOSING)
            return
        self.closing = False
        if self.open and self.open[-1].rank >= Rank.BULLET and not self.open[-1].leads:
            self._close(Rank.BULLET)
        titled = False
        for line in read_table(rows, self.calendar.within(self._months()), self._when()):
            titled = self._row(line, titled)

    def _row(self, line: Line, titled: bool) -> bool:
        base = self._passage(line.row.line, _words(line), Part.ROW, len(self.open))
        base = replace(base, row=line.name, months=line.when.months if line.when else base.months)
        if line.sort is Sort.HEADER:
            if not titled:
                self._add(replace(base, part=Part.LEAD, row="", months=()))
            return True
        if line.sort is Sort.GROUP:
            self._add(replace(base, part=Part.HEADING, row=line.block), line=line, when=line.when)
            return titled
        if line.sort is Sort.ROW:
            self.row = base.place
            self._add(base, line=line, when=line.when)
        self._cell_items(line, base)
        return titled

    def _cell_items(self, line: Line, base: Passage) -> None:
        """The list items in a row's cells as passages of their own, under the row."""
        more = line.sort is Sort.MORE
        carrier = line if more else None
        for cell in line.cells:
            found = items(cell.text)
            if not more:
                found = [] if len(found) < 2 else found if found[0].bulleted else found[1:]
            for item in found:
                words = cell.text[item.start : item.end]
                passage = replace(base, place=len(self.entries), text=words, part=Part.ITEM, parent=self.row)
                self._add(passage, line=carrier, when=line.when)
                carrier = None


def _words(line: Line) -> str:
    """The row from its first words to its last; month and number are in the passage's `row`."""
    told = [
        cell
        for cell in line.cells
        if cell.text.strip() and cell.column.role not in (Role.MONTH, Role.WEEK, Role.NUMBER)
    ]
    text = line.row.text
    return untagged(text[told[0].start : told[-1].end] if told else text)
