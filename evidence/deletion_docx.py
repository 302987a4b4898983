"""The certificate of a deletion as a Word file, with the heading lines of an official paper."""

from core.privacy import Deletion
from core.texts import privacy as texts
from core.texts.dates import day
from core.texts.files import size
from evidence.paper import heading, line, new_paper, packed, table

_WIDTHS = (11, 20, 49, 25, 45, 20)  # mm


def deletion_docx(made: Deletion, unit: str, office: str) -> bytes:
    """The file; `office`: the name of who is above the unit, empty: nobody."""
    paper = new_paper(texts.TITLE, unit)
    heading(paper, office, unit)
    line(paper, texts.HEADING, bold=True, centred=True)
    line(paper, texts.number(made), italic=True, centred=True)
    for said in texts.about(made):
        line(paper, said)
    rows = (
        (f"{number}", one.code, one.title, day(one.handed_in), one.sha256, size(one.size))
        for number, one in enumerate(made.items, 1)
    )
    table(paper, _WIDTHS, texts.COLUMNS, rows)
    line(paper, "")
    line(paper, texts.sealed(made))
    line(paper, texts.MADE_BY, italic=True)
    line(paper, texts.SIGNED, bold=True, centred=True)
    return packed(paper)
