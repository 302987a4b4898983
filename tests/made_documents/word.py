"""A plan in text -> the Word document an office would have made of it: real tables, real lists, a head in a table."""

import re
from io import BytesIO
from itertools import groupby
from typing import Any

from docx import Document
from docx.document import Document as Paper
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph

_BEGINS = re.compile(r"(?:KẾ HOẠCH|Kính gửi|THÔNG BÁO|LỊCH)\b")
_RIGHT = re.compile(r"CỘNG H|Độc lập|.*, ngày .*tháng .*năm ")
_RULE = re.compile(r"[_\s]*$")
_MARKS = re.compile(r"(\*\*|\*|</?i>)")
_TAGS = re.compile(r"</?(?!i>)[a-z][^<>]*>")
_BREAKS = re.compile(r"</?(?:p|ul|li)\b[^<>]*>")
_LISTS = (  # what stands before a line, its form in Word, the text of its level
    (re.compile(r"(\d+)\.(\d+)\.\s+"), "decimal", "%1.%2."),
    (re.compile(r"(\d+)\.\s+"), "decimal", "%1."),
    (re.compile(r"([IVX]+)\.\s+"), "upperRoman", "%1."),
    (re.compile(r"([A-H])\.\s+"), "upperLetter", "%1."),
    (re.compile(r"([a-h])\.\s+"), "lowerLetter", "%1."),
    (re.compile(r"([a-h])\)\s+"), "lowerLetter", "%1)"),
    (re.compile(r"([-·+•])\s+"), "bullet", ""),
)
_ROMAN = {sign: count for count, sign in enumerate("I II III IV V VI VII VIII IX X XI XII XIII XIV XV".split(), 1)}


def word_of(text: str) -> bytes:
    """The .docx. Lines become paragraphs, lines with tabs one table, numbers and bullets lists that Word counts."""
    maker = Maker(Document())
    lines = text.split("\n")
    begins = next((at for at, line in enumerate(lines) if _BEGINS.match(line)), 0)
    maker.head([line.strip() for line in lines[:begins] if not _RULE.match(line)])
    for is_row, group in groupby(_blocks(lines[begins:]), key=lambda line: "\t" in line):
        if is_row:
            maker.table([line.split("\t") for line in group])
        else:
            for line in group:
                maker.line(line)
    return maker.saved()


def _blocks(lines: list[str]) -> list[str]:
    """Lines with words; those that the page's edge had broken are one paragraph with a line end in it."""
    found: list[str] = []
    before = ""
    for line in lines:
        torn = before and not _listed(line) and len(before) >= 60 and not re.search(r"[.;:!?/]\s*$", before)
        if _RULE.match(line):
            before = ""
            continue
        if torn and "\t" not in line + found[-1]:
            found[-1] += "\n" + line
        else:
            found.append(line)
        before = line
    return found


def _listed(line: str) -> bool:
    return any(sign.match(line) for sign, _, _ in _LISTS)


class Maker:
    """A Word document in the making."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.numbering: Any = paper.part.numbering_part.element
        self.lists: dict[tuple[str, str, tuple[int, ...]], int] = {}
        self.count = 100

    def saved(self) -> bytes:
        """The file."""
        file = BytesIO()
        self.paper.save(file)
        return file.getvalue()

    def head(self, lines: list[str]) -> None:
        """Office and number on the left, motto and date on the right, without borders."""
        if not lines:
            return
        table = self.paper.add_table(1, 2)
        for cell, side in zip(table.rows[0].cells, (False, True), strict=True):
            mine = [line for line in lines if bool(_RIGHT.match(line)) is side]
            for at, line in enumerate(mine):
                paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
                _say(paragraph, line)
                paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER

    def line(self, line: str) -> None:
        """A paragraph of the body."""
        paragraph = self.paper.add_paragraph()
        if line.strip().isupper() and not _listed(line):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        self.write(paragraph, line.strip())

    def write(self, paragraph: Paragraph, line: str) -> None:
        """The words, as an item of a list that counts by itself where a number or bullet stands before them."""
        for sign, form, text in _LISTS:
            if found := sign.match(line):
                self._number(paragraph, form, text or found[1], _counts(found, form))
                line = line[found.end() :]
                break
        _say(paragraph, line)

    def table(self, rows: list[list[str]]) -> None:
        """A table with borders; what an empty first or last cell leaves out is merged."""
        width = max(map(len, rows))
        table = self.paper.add_table(len(rows), width, style="Table Grid")
        cells = [table.rows[at].cells for at in range(len(rows))]
        for row, row_cells in zip(rows, cells, strict=True):
            for text, cell in zip(row, row_cells, strict=False):
                self.fill(cell, text)
        _merge(table, rows, width)

    def fill(self, cell: _Cell, text: str) -> None:
        """The parts between tags as paragraphs."""
        parts = [_TAGS.sub(" ", part).strip() for part in _BREAKS.split(text)]
        for at, part in enumerate(filter(None, parts)):
            paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
            listed = part.startswith("- ") and " - " not in part
            self.write(paragraph, part) if listed else _say(paragraph, part)

    def _number(self, paragraph: Paragraph, form: str, text: str, counts: tuple[int, ...]) -> None:
        level = max(len(counts) - 1, 0)
        before = (*counts[:-1], counts[-1] - 1) if counts else ()
        list_id = self.lists.pop((form, text, before), 0) or self._list(form, text, counts)
        self.lists[form, text, counts] = list_id
        properties = paragraph._p.get_or_add_pPr()
        numbered = properties.get_or_add_numPr()
        numbered.get_or_add_ilvl().val = level
        numbered.get_or_add_numId().val = list_id

    def _list(self, form: str, text: str, counts: tuple[int, ...]) -> int:
        self.count += 1
        texts = ["%1.", text] if len(counts) > 1 else [text]
        levels = "".join(
            f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{one}"/></w:lvl>'
            for at, one in enumerate(texts)
        )
        starts = "".join(
            f'<w:lvlOverride w:ilvl="{at}"><w:startOverride w:val="{count}"/></w:lvlOverride>'
            for at, count in enumerate(counts)
        )
        abstract = f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{self.count}">{levels}</w:abstractNum>'
        self.numbering.insert(0, parse_xml(abstract))
        one = f'<w:num {nsdecls("w")} w:numId="{self.count}"><w:abstractNumId w:val="{self.count}"/>{starts}</w:num>'
        self.numbering.append(parse_xml(one))
        return self.count


def _counts(found: re.Match[str], form: str) -> tuple[int, ...]:
    if form == "bullet":
        return ()
    if form == "upperRoman":
        return (_ROMAN[found[1]],)
    if form in ("upperLetter", "lowerLetter"):
        return (ord(found[1].lower()) - ord("a") + 1,)
    return tuple(map(int, found.groups()))


def _merge(table: Table, rows: list[list[str]], width: int) -> None:
    """The month's cell reaches down to the next month; an unnamed column of the header belongs to its left one."""
    if width < 2 or rows[0][-1].strip():
        return
    for at, row in enumerate(rows):
        if row == rows[0]:
            table.cell(at, width - 2).merge(table.cell(at, width - 1))
    begins = [at for at, row in enumerate(rows) if row[0].strip()] + [len(rows)]
    for start, end in zip(begins, begins[1:], strict=False):
        if end - start > 1:
            table.cell(start, 0).merge(table.cell(end - 1, 0))


def _say(paragraph: Paragraph, text: str) -> None:
    """Marks of emphasis as formatting."""
    bold = italic = False
    for part in _MARKS.split(text):
        if part == "**":
            bold = not bold
        elif part in ("*", "<i>", "</i>"):
            italic = part == "<i>" or (part == "*" and not italic)
        elif part:
            run = paragraph.add_run(part)
            run.bold, run.italic = bold or None, italic or None
