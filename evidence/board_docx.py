"""The report of a month as a Word file in the form of official papers (Nghị định 30/2020/NĐ-CP, phụ lục III)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Mm, Pt

from core.clock import local_day
from core.people import Unit
from core.texts import exports as texts
from core.texts import site as site_texts
from core.texts.dates import until
from evidence.contents import clean
from evidence.desk import Desk
from evidence.figures import ORDER, Count, Figures, count
from evidence.paper import line, new_paper, official_heading, packed, table

_BY_TASK = (10, 56, 27, 15, 14, 14, 13, 16)  # mm
_OWES = (10, 50, 15, 90)
_CENTRE = WD_ALIGN_PARAGRAPH.CENTER


@dataclass(frozen=True, slots=True)
class Report:
    """Of whom and what; `above`: to which office it reports, empty: none. `place`: where it is signed."""

    unit: Unit
    above: str
    place: str
    month: date
    at: datetime
    figures: Figures


def report_of(desk: Desk, unit: Unit, month: date, figures: Figures) -> Report:
    """The place is that of the unit's own newest paper, else of its office's."""
    office = desk.above(unit.code)
    codes = (unit.code, *((office.code,) if office else ()))
    places = [_place(desk, code) for code in codes]
    above = desk.short_name(office.code) if office else ""
    return Report(unit, above, next(filter(None, places), ""), month, desk.now, figures)


def _place(desk: Desk, code: str) -> str:
    heads = [one.shelved.plan.head for one in desk.index.volumes if one.unit == code and one.shelved.plan.head.place]
    newest = max(heads, key=lambda head: head.date or date.min, default=None)
    return (newest.place or "") if newest else ""


def report_docx(report: Report) -> bytes:
    """The file. The number is left to who registers it, the name to who signs."""
    unit, figures, name = report.unit, report.figures, report.unit.name.partition(",")[0]
    paper = new_paper(texts.about(report.month), name)
    section = paper.sections[0]
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    dated = texts.place_and_day(report.place, local_day(report.at))
    official_heading(paper, texts.above(unit, report.above), name, texts.number(unit), dated)
    line(paper, texts.REPORT, bold=True, centred=True)
    line(paper, texts.about(report.month), bold=True, centred=True)
    line(paper, texts.RESULT, bold=True)
    for said in _result(report):
        line(paper, said, justified=True)
    line(paper, texts.BY_TASK, bold=True)
    table(paper, _BY_TASK, texts.TASK_TABLE, _tasks(figures))
    line(paper, "")
    _owing(paper, figures)
    _foot(paper, report)
    return packed(paper)


def _result(report: Report) -> Iterator[str]:
    figures, all_ = report.figures, report.figures.count
    words = texts.units(schools=figures.schools)
    yield texts.owed(report.month, len(figures.columns), all_.all, len(figures.rows) * figures.below, words)
    marks = [f"{site_texts.MARKS[mark][1]} {all_.marks[mark]}" for mark in ORDER if all_.marks.get(mark)]
    yield texts.stands(report.at, all_.there, all_.all, marks)
    yield texts.in_time(all_.on_time, all_.due)


def _tasks(figures: Figures) -> Iterator[Sequence[str]]:
    for number, (task, due) in enumerate(figures.columns):
        one = count(cell for _, cell in figures.column(number))
        yield f"{number + 1}", task, until(due) if due else "", *_counted(one)
    yield "", texts.TOTAL, "", *_counted(figures.count)


def _counted(one: Count) -> Sequence[str]:
    return f"{one.all}", f"{one.there}", f"{one.late}", f"{one.behind}", texts.percent(one.on_time, one.due)


def _owing(paper: Any, figures: Figures) -> None:
    line(paper, texts.WHO_OWES if figures.below else texts.OWN_OWES, bold=True)
    if not figures.behind:
        line(paper, texts.NOBODY)
        return
    rows = (
        (f"{number}", unit, f"{len(cells)}", "; ".join(cell.title for cell in cells))
        for number, (unit, cells) in enumerate(figures.behind, 1)
    )
    table(paper, _OWES, texts.OWES_TABLE, rows)
    line(paper, "")


def _foot(paper: Any, report: Report) -> None:
    """Who gets it on the left; who signs on the right, with room for it."""
    left, right = paper.add_table(rows=1, cols=2).rows[0].cells
    said = texts.receivers(report.above, schools=report.figures.schools, below=report.figures.below)
    left.paragraphs[0].add_run(texts.RECEIVERS).bold = True
    left.paragraphs[0].runs[0].italic = True
    left.paragraphs[0].runs[0].font.size = Pt(12)
    for one in said:
        left.add_paragraph().add_run(clean(one)).font.size = Pt(11)
    right.paragraphs[0].alignment = _CENTRE
    right.paragraphs[0].add_run(texts.signer(report.unit.level)).bold = True
    for _ in range(4):
        right.add_paragraph()
