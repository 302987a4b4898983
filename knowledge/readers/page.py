"""A page as its words and ruled tables lie on it, whether they were printed or scanned."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

Box = tuple[float, float, float, float]  # x0, top, x1, bottom; from the page's upper left corner, in points
_NEAR = 3.0  # points; edges nearer than this are one edge


@dataclass(frozen=True, slots=True)
class Word:
    """One word and its place, in points; `again`: how a second look at a picture reads it, where it differs."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    again: str = ""

    @property
    def height(self) -> float:
        """Of its letters."""
        return self.bottom - self.top

    def inside(self, box: Box) -> bool:
        """Whether its middle lies in the box."""
        x, y = (self.x0 + self.x1) / 2, (self.top + self.bottom) / 2
        return box[0] <= x < box[2] and box[1] <= y < box[3]


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: the left edge of each column, and for each row its cells; None: the cell above or left goes on."""

    box: Box
    lefts: tuple[float, ...]
    rows: tuple[tuple[Box | None, ...], ...]
    torn: bool = False  # no line is drawn below its last row: the row goes on over the page


@dataclass(frozen=True, slots=True)
class Page:
    """`number` counts from 1; sizes in points; `scanned`: its words come from a picture."""

    number: int
    width: float
    height: float
    words: tuple[Word, ...]
    grids: tuple[Grid, ...] = ()
    scanned: bool = False

    @property
    def doubtful(self) -> bool:
        """Whether two looks at the picture do not read the same."""
        return any(word.again for word in self.words)

    def again(self) -> "Page":
        """As the second look reads it."""
        return replace(self, words=tuple(replace(word, text=word.again or word.text, again="") for word in self.words))


def grid_of(cells: Iterable[Box]) -> Grid | None:
    """The table of these cells; None where it has no two columns, as a frame around a text."""
    boxes = sorted(set(cells), key=lambda box: (box[1], box[0]))
    lefts, tops = _edges([box[0] for box in boxes]), _edges([box[1] for box in boxes])
    if len(lefts) < 2:
        return None
    rows: list[list[Box | None]] = [[None] * len(lefts) for _ in tops]
    for box in boxes:
        rows[_nearest(tops, box[1])][_nearest(lefts, box[0])] = box
    whole = (min(b[0] for b in boxes), min(b[1] for b in boxes), max(b[2] for b in boxes), max(b[3] for b in boxes))
    return Grid(whole, tuple(lefts), tuple(tuple(row) for row in rows))


def _edges(places: Sequence[float]) -> list[float]:
    found: list[float] = []
    for place in sorted(places):
        if not found or place - found[-1] > _NEAR:
            found.append(place)
    return found


def _nearest(edges: Sequence[float], place: float) -> int:
    return min(range(len(edges)), key=lambda i: abs(edges[i] - place))
