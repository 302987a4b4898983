"""The rows of the board's table: fifty thousand cells are written by hand, and without the tags that HTML lets out."""

from collections.abc import Callable, Iterator, Sequence
from functools import cache, lru_cache

from markupsafe import Markup, escape

from core.texts import site as texts
from core.texts import site_board as its
from evidence.board import Row
from evidence.owing import Cell, Mark

CLASSES: dict[Mark, str] = {  # as site-board.css has them
    **{"accepted": "a", "in": "i", "held": "h"},
    **{"returned": "r", "overdue": "o", "open": "w"},
}


def lines(rows: Sequence[Row], proof: str, to_unit: Callable[[str], str]) -> Markup:
    """A line for each unit; what it handed in opens at `proof` and its code, where the reader may look at it."""
    return Markup("\n".join([_line(row, proof, to_unit(row.code)) for row in rows]))


def _line(row: Row, proof: str, address: str) -> str:
    name = f'<tr><th scope=row><a href="{escape(address)}">{escape(row.unit)}</a>'
    share = escape(texts.share(row.on_time, row.due))
    return f"{name}<td>{row.overdue}<td>{share}{_cells(tuple(row.cells), ' '.join(row.codes), row.opens, proof)}"


@lru_cache(maxsize=2000)  # rows, some 6 kB each; most stand as they stood when somebody last looked
def _cells(cells: tuple[Cell | None, ...], codes: str, opens: bool, proof: str) -> str:
    """`codes`: with a space between two."""
    return "".join(_written(cells, str(escape(codes)).split(" "), opens, proof))


def _written(cells: Sequence[Cell | None], codes: Sequence[str], opens: bool, proof: str) -> Iterator[str]:
    for cell, code in zip(cells, codes, strict=True):
        if cell is None:
            yield "<td>–"
        elif code and opens:
            before, after = _open(cell.mark, cell.late, proof)
            yield f"{before}{code}{after}"
        else:
            yield _closed(cell.mark, cell.late)


@cache
def _open(mark: Mark, late: int, proof: str) -> tuple[str, str]:
    """What stands before the code and after it."""
    return f'<td class={CLASSES[mark]}><a{_days(late)} href="{proof}', f'">{its.cell(mark, late)}</a>'


@cache
def _closed(mark: Mark, late: int) -> str:
    return f"<td class={CLASSES[mark]}{_days(late)}>{its.cell(mark, late)}"


def _days(late: int) -> str:
    """For the sign, which is drawn by the style sheet; the words are for who hears them."""
    return f" data-t={late}" if late else ""
