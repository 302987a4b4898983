"""Pages -> the document model: running heads dropped, paragraphs and tables in their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from core.work import Spot
from knowledge.blocks import Block, Paragraph, Row
from knowledge.fold import nfc
from knowledge.readers.flow import Span, Text, flow, goes_on
from knowledge.readers.grids import Table, go_on, is_rest, table_of
from knowledge.readers.lines import Line, glue, lines_of, running
from knowledge.readers.page import Page, Word


@dataclass(slots=True)
class _Piece:
    """A paragraph or a table, with the page it begins on."""

    page: int
    scanned: bool
    what: Text | Table


def blocks_of(pages: Sequence[Page]) -> tuple[Block, ...]:
    """The blocks of a document. A gap between two paragraphs counts as a line, as it does in text files."""
    outside = [(page, lines_of(_outside(page))) for page in pages]
    dropped = running(outside)
    kept = [(page, [one for n, one in enumerate(lines) if (page.number, n) not in dropped]) for page, lines in outside]
    span = _span([line for _, lines in kept for line in lines])
    pieces: list[_Piece] = []
    for page, lines in kept:
        _add(pieces, _on_page(page, lines, span))
    return _numbered(pieces)


def read_again(pages: Sequence[Page]) -> tuple[Block, ...]:
    """The blocks as a second look at the pictures reads them; none where it reads the same."""
    return blocks_of([page.again() for page in pages]) if any(page.doubtful for page in pages) else ()


def _outside(page: Page) -> list[Word]:
    return [word for word in page.words if not any(word.inside(grid.box) for grid in page.grids)]


def _span(lines: Sequence[Line]) -> Span:
    """What the text of the pages fills, but for the few lines that stick out."""
    if not lines:
        return Span(0, 0)
    lefts, rights = sorted(line.x0 for line in lines), sorted(line.x1 for line in lines)
    return Span(lefts[len(lefts) // 50], rights[-1 - len(rights) // 50])


def _on_page(page: Page, lines: Sequence[Line], span: Span) -> list[_Piece]:
    """Tables stand where they stand among the text."""
    found: list[_Piece] = []
    rest = list(lines)
    for number, grid in sorted(enumerate(page.grids, 1), key=lambda one: one[1].box[1]):
        above = [line for line in rest if line.top < grid.box[1]]
        rest = rest[len(above) :]
        found += [_Piece(page.number, page.scanned, text) for text in flow(above, span)]
        inside = [word for word in page.words if word.inside(grid.box)]
        found.append(_Piece(page.number, page.scanned, table_of(page, number, inside)))
    return found + [_Piece(page.number, page.scanned, text) for text in flow(rest, span)]


def _add(pieces: list[_Piece], more: list[_Piece]) -> None:
    """A page's pieces after those before it; what the page's end had torn is made whole."""
    last, first = (pieces[-1].what if pieces else None), (more[0].what if more else None)
    if isinstance(last, Table) and isinstance(first, Table) and is_rest(last, first):
        go_on(last, first)
        more = more[1:]
    elif isinstance(last, Text) and isinstance(first, Text) and last.plain and first.plain and _torn(last, first):
        last.text, last.last = glue(last.text, first.text), first.last
        more = more[1:]
    pieces += more


def _torn(last: Text, first: Text) -> bool:
    start = first.text.split(" ", 1)[0]
    words = first.last.words if first.last.text == first.text else ()
    line = Line(words or (Word(start, first.span.left, first.span.left + 40, 0, last.last.height),))
    return goes_on(last, line) and first.text.isupper() == last.text.isupper()


def _numbered(pieces: Sequence[_Piece]) -> tuple[Block, ...]:
    blocks: list[Block] = []
    line = 1
    table = 0
    for piece in pieces:
        if isinstance(piece.what, Text):
            text = nfc(piece.what.text).strip()
            if text:
                line += bool(blocks) and piece.what.apart
                blocks.append(Paragraph(line, text, Spot(page=piece.page, scanned=piece.scanned)))
                line += 1 + text.count("\n")
            continue
        table += 1
        for row in piece.what.rows:
            cells = tuple(row.texts)
            spot = Spot(page=row.page, table=row.table, row=row.row, scanned=piece.scanned)
            blocks.append(Row(line, table, cells, "\t".join(cells), spot))
            line += 1 + blocks[-1].text.count("\n")
        for loose in lines_of(piece.what.loose):  # in no cell: nothing is lost
            blocks.append(Paragraph(line, nfc(loose.text), Spot(page=piece.page, scanned=piece.scanned)))
            line += 1
    return tuple(blocks)
