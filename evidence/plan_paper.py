"""A plan as a Word file that an officer edits: its lines in order, its tables as tables."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from core.texts import next_year as texts
from core.work import Part, Passage, Plan
from evidence.contents import clean
from evidence.paper import line, new_paper, packed, table
from knowledge.blocks import readable

MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_WIDTH = 170  # mm between the margins
_LABEL = 18  # mm of a month's or number's column


def plan_paper(plan: Plan, author: str, above: str) -> bytes:
    """The file; `above` stands at the head of every page, where a reader of the file does not take it for text."""
    paper = new_paper(plan.head.title or plan.source_file, author)
    paper.sections[0].header.paragraphs[0].add_run(clean(above)).italic = True
    shown = [passage for passage in plan.passages if not _is_part_of_another(passage, plan)]
    for tabled, run in groupby(shown, key=lambda passage: _is_tabled(passage)):
        if tabled:
            _table(paper, list(run))
        else:
            for passage in run:
                _line(paper, passage)
    return packed(paper)


def _is_part_of_another(passage: Passage, plan: Plan) -> bool:
    """A row's words, or a title's line, that its parent shows already."""
    above = plan.passages[passage.parent] if passage.parent is not None else None
    return above is not None and passage.text in above.text


def _is_tabled(passage: Passage) -> bool:
    return bool(passage.row) or (passage.part is Part.LEAD and "\t" in passage.text)


def _line(paper: Any, passage: Passage) -> None:
    text = "   ".join(readable(cell) for cell in passage.text.split("\t"))
    line(paper, text, bold=passage.part is Part.HEADING or (passage.part is Part.HEAD and text.isupper()))


def _table(paper: Any, passages: Sequence[Passage]) -> None:
    labels = _labels(passages)
    rows = list(_rows(passages, labels))
    wide = max(map(len, rows))
    widths = [_LABEL] * labels + [(_WIDTH - _LABEL * labels) // max(1, wide - labels)] * (wide - labels)
    head, *rest = rows if passages[0].part is Part.LEAD else [[""], *rows]
    padded = [head[:1] + [texts.NUMBER] * (wide - len(head)) + head[1:]]
    padded += [row[:labels] + [""] * (wide - len(row)) + row[labels:] for row in rest]
    table(paper, widths, padded[0], padded[1:])
    line(paper, "")


def _rows(passages: Sequence[Passage], labels: int) -> Iterator[list[str]]:
    """A cell that stands only in the first of its rows leaves the others shorter; month and number are in each."""
    wide = max((passage.text.count("\t") for passage in passages), default=0)
    for passage in passages:
        cells = [readable(cell) for cell in passage.text.split("\t")]
        if passage.part is Part.LEAD:
            yield cells
        elif passage.part is not Part.ROW:  # goes on in the row above
            yield [""] * labels + cells + [""] * (wide - len(cells))
        else:
            block, _, number = passage.row.rpartition("/")
            yield ([block, number] if block else [number])[:labels] + cells


def _labels(passages: Sequence[Passage]) -> int:
    """How many columns month and number take that the text of the rows does not have."""
    rows = [passage for passage in passages if passage.part is Part.ROW]
    cells = max((row.text.count("\t") for row in rows), default=0)
    if not rows or (passages[0].part is Part.LEAD and passages[0].text.count("\t") <= cells):
        return 0  # "Tuần 1 (02/9 - 06/9)" is a cell of its own
    block, _, number = rows[0].row.rpartition("/")
    if not block:
        return int(number.isdecimal())
    return 1 if all(row.row.endswith("/1") for row in rows) else 2
