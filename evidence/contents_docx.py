"""The contents of a dossier as a Word file, with the heading lines of an official paper (Nghị định 30/2020/NĐ-CP)."""

from copy import deepcopy
from io import BytesIO
from typing import Any

from docx import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from core.dossier import Dossier, Item, Programme
from core.texts import dossier as texts
from core.texts.files import size
from evidence.contents import clean, timeless

_FONT = "Times New Roman"
_WIDTHS = (16, 103, 26, 32, 80)  # mm
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


def contents_docx(dossier: Dossier) -> bytes:
    """The file."""
    paper = Document()
    paper.core_properties.title, paper.core_properties.author = texts.TITLE, clean(dossier.unit)
    paper.core_properties.comments = ""
    _page(paper)
    _opening(paper, dossier)
    for programme in dossier.programmes:
        _line(paper, f"{programme.number}. {programme.name}", bold=True)
        _line(paper, texts.complete(programme.given, programme.due), italic=True)
        _table(paper, programme)
    out = BytesIO()
    paper.save(out)
    return timeless(out.getvalue())


def _page(paper: Any) -> None:
    section = paper.sections[0]
    section.orientation, section.page_width, section.page_height = WD_ORIENT.LANDSCAPE, Mm(297), Mm(210)
    section.top_margin = section.bottom_margin = section.right_margin = Mm(20)
    section.left_margin = Mm(20)
    style = paper.styles["Normal"]
    style.font.name, style.font.size = _FONT, Pt(13)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), _FONT)
    style.paragraph_format.space_after = Pt(4)


def _opening(paper: Any, dossier: Dossier) -> None:
    head = paper.add_table(rows=1, cols=2)
    left, right = head.rows[0].cells
    _cell_lines(left, (dossier.office.upper(), False), (dossier.unit.upper(), True))
    _cell_lines(right, (texts.NATION, True), (texts.MOTTO, True))
    _line(paper, "")
    _line(paper, texts.HEADING, bold=True, centred=True)
    _line(paper, ", ".join(filter(None, (texts.part(dossier), texts.as_of(dossier)))), italic=True, centred=True)
    _line(paper, f"{texts.complete(dossier.given, dossier.due)}.", centred=True)
    if dossier.cut.blurred:
        _line(paper, texts.BLURRED, italic=True)


def _cell_lines(cell: Any, *lines: tuple[str, bool]) -> None:
    """Centred lines, empty ones left out; the second of each pair: bold."""
    paragraph = cell.paragraphs[0]
    for text, bold in ((text, bold) for text, bold in lines if text):
        if paragraph.runs:
            paragraph = cell.add_paragraph()
        paragraph.alignment = _CENTRE
        run = paragraph.add_run(clean(text))
        run.bold, run.font.size = bold, Pt(12)


def _line(paper: Any, text: str, *, bold: bool = False, italic: bool = False, centred: bool = False) -> None:
    paragraph = paper.add_paragraph()
    run = paragraph.add_run(clean(text))
    run.bold, run.italic = bold, italic
    if centred:
        paragraph.alignment = _CENTRE


def _table(paper: Any, programme: Programme) -> None:
    """Rows are copies of one made ready: python-docx alone takes a second for a hundred."""
    table = paper.add_table(rows=2, cols=len(_WIDTHS))
    table.style, table.autofit = "Table Grid", False
    for row in table.rows:
        for cell, width in zip(row.cells, _WIDTHS, strict=True):
            cell.width = Mm(width)
    head, blank = table.rows[0], table.rows[1]._tr
    for cell, name in zip(head.cells, texts.PRINTED_COLUMNS, strict=True):
        run = cell.paragraphs[0].add_run(name)
        run.bold, run.font.size = True, Pt(12)
    repeated = OxmlElement("w:tblHeader")
    head._tr.get_or_add_trPr().append(repeated)
    table._tbl.remove(blank)
    for item in programme.items:
        row = deepcopy(blank)
        for cell, text in zip(row.tc_lst, _texts(item), strict=True):
            cell.p_lst[0].add_r().text = clean(text)
        table._tbl.append(row)


def _texts(item: Item) -> tuple[str, ...]:
    return f"{item.number}", item.title, texts.due(item), texts.standing(item), "\n".join(_proofs(item))


def _proofs(item: Item) -> list[str]:
    said = []
    for proof in item.proofs:
        files = [f"{one.file.name or texts.FILE} ({size(one.file.size)})" for one in proof.exhibits]
        files += [f"{one.name or texts.FILE} ({texts.withheld(one)})" for one in proof.withheld]
        said.append(f"{proof.code}: {texts.handed_in(proof)}" + "".join(f"\n– {file}" for file in files))
    return said
