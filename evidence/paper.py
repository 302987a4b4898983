"""What official papers in Word have in common (Nghị định 30/2020/NĐ-CP): page, heading, lines, tables."""

from collections.abc import Iterable, Sequence
from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.texts import dossier as texts
from evidence.contents import clean, timeless

_FONT = "Times New Roman"
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def new_paper(title: str, author: str, *, landscape: bool = False) -> Any:
    """An empty A4 page."""
    paper = Document()
    paper.core_properties.title, paper.core_properties.author = title, clean(author)
    paper.core_properties.comments = ""
    section = paper.sections[0]
    section.page_width, section.page_height = (Mm(297), Mm(210)) if landscape else (Mm(210), Mm(297))
    section.orientation = WD_ORIENT.LANDSCAPE if landscape else WD_ORIENT.PORTRAIT
    section.top_margin = section.bottom_margin = section.right_margin = section.left_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(4)
    return paper


def heading(paper: Any, office: str, unit: str) -> None:
    """Who it is from on the left, the nation on the right."""
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    _cell_lines(left, (office.upper(), False), (unit.upper(), True))
    _cell_lines(right, (texts.NATION, True), (texts.MOTTO, True))
    line(paper, "")


def official_heading(paper: Any, office: str, unit: str, number: str, dated: str) -> None:
    """The same with number, place and day, and a rule under the unit and the motto."""
    made = paper.add_table(rows=2, cols=2)
    made.autofit = False
    _wide(made, (70, 95))
    (left, right), (below, beside) = (row.cells for row in made.rows)
    _cell_lines(left, (office.upper(), False), (unit.upper(), True))
    _cell_lines(right, (texts.NATION, True), (texts.MOTTO, True))
    for cell in (left, right):
        _ruled(cell)
    _cell_lines(below, (number, False))
    _cell_lines(beside, (dated, False))
    beside.paragraphs[0].runs[0].italic = True
    line(paper, "")


def _ruled(cell: Any) -> None:
    """A rule below the words, a third as long as the column."""
    under = cell.add_paragraph()
    form = under.paragraph_format
    form.left_indent = form.right_indent = Mm(25)
    form.space_after, form.line_spacing = Pt(0), Pt(3)
    edges, top = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    edges.append(top)
    under._p.get_or_add_pPr().insert_element_before(edges, "w:spacing", "w:ind", "w:jc")


def line(
    paper: Any, text: str, *, bold: bool = False, italic: bool = False, centred: bool = False, justified: bool = False
) -> None:
    """A paragraph."""
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold, italic
    if centred:
        paragraph.alignment = _CENTRE
    elif justified:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
        paragraph.paragraph_format.first_line_indent = Mm(10)


def table(paper: Any, widths: Sequence[int], names: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """`widths` in mm. Rows are copies of one made ready: python-docx alone takes a second for a hundred."""
    made = paper.add_table(rows=2, cols=len(widths))
    made.style, made.autofit = "Table Grid", False
    _wide(made, widths)
    head, blank = made.rows[0], made.rows[1]._tr
    for cell, name in zip(head.cells, names, strict=True):
        run = cell.paragraphs[0].add_run(name)
        run.bold, run.font.size = True, Pt(12)
    head._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    made._tbl.remove(blank)
    for texts_ in rows:
        row = deepcopy(blank)
        for cell, text in zip(row.tc_lst, texts_, strict=True):
            cell.p_lst[0].add_r().text = clean(text)
        made._tbl.append(row)


def packed(paper: Any) -> bytes:
    """The file; the same content gives the same bytes."""
    out = BytesIO()
    paper.save(out)
    return timeless(out.getvalue())


def _wide(made: Any, widths: Sequence[int]) -> None:
    """In mm; Word goes by the cells, LibreOffice by the columns."""
    for column, width in zip(made.columns, widths, strict=True):
        column.width = Mm(width)
    for row in made.rows:
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Mm(width)


def _cell_lines(cell: Any, *lines: tuple[str, bool]) -> None:
    """Centred lines, empty ones left out; the second of each pair: bold."""
    paragraph = cell.paragraphs[0]
    for text, bold in ((text, bold) for text, bold in lines if text):
        if paragraph.runs:
            paragraph = cell.add_paragraph()
        paragraph.alignment = _CENTRE
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = bold, Pt(12)
