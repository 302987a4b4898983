"""A document as it was read, to be shown: its lines by page or sheet, and where in them something stands."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from core.work import Doubt, Part, Passage, Plan, Spot
from knowledge.blocks import mask

_BLANKS = re.compile(r"[^\S\t\n]{2,}")
_Span = tuple[int, int, bool]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words; `told`: something rests on it, `doubtful`: somebody is asked about it."""

    text: str
    told: bool = False
    doubtful: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A passage, in cells where it is a row of a table."""

    place: int
    part: Part
    cells: tuple[tuple[Piece, ...], ...]


@dataclass(frozen=True, slots=True)
class Leaf:
    """Lines that stand together; `spot` says where (its file, page and sheet), None: the file has no such thing."""

    spot: Spot | None
    lines: tuple[Line, ...]


def leaves(plan: Plan, doubtful: Sequence[Doubt] = ()) -> list[Leaf]:
    """All of it, in order; the words of its obligations and of these doubts are marked."""
    marks: dict[int, list[tuple[str, bool]]] = {}
    shown = shown_at(plan)
    for one in doubtful:
        if one.words and (place := place_of(plan, one)) is not None:
            marks.setdefault(shown[place], []).append((one.words, True))
    for task in plan.obligations:
        marks.setdefault(shown[task.passage], []).append((task.snippet, False))
    whole = [one for one in plan.passages if shown[one.place] == one.place and one.text.strip()]
    return [
        Leaf(ones[0].spot, tuple(_line(one, marks.get(one.place, ())) for one in ones))
        for _, group in groupby(whole, _where)
        if (ones := list(group))
    ]


def shown_at(plan: Plan) -> Mapping[int, int]:
    """By the place of each passage, that of the one which shows its words: a row's parts are shown with the row."""
    found: dict[int, int] = {}
    for one in plan.passages:
        above = plan.passages[one.parent] if one.parent is not None else None
        part = above and above.line == one.line and above.part is Part.ROW and one.text in above.text
        found[one.place] = found[above.place] if above and part else one.place
    return found


def place_of(plan: Plan, doubt: Doubt) -> int | None:
    """The passage that a doubt is about; None: none of its own."""
    if doubt.task is not None:
        return plan.obligations[doubt.task].passage
    lines = [one for one in plan.passages if one.line == doubt.line]
    return next((one.place for one in lines if doubt.words in one.text), lines[0].place if lines else None)


def pages(plan: Plan) -> Sequence[int]:
    """The numbers of the pages that it was read from; none: its file has no pages, or is one of several."""
    spots = [one.spot for one in plan.passages if one.spot and not one.spot.file]
    return sorted({spot.page for spot in spots if spot.page})


def _where(one: Passage) -> tuple[str, int, str]:
    return (one.spot.file, one.spot.page, one.spot.sheet) if one.spot else ("", 0, "")


def _line(one: Passage, marks: Sequence[tuple[str, bool]]) -> Line:
    shown, at = mask(one.text), 0
    cells: list[list[Piece]] = [[]]
    for start, end, doubtful in [*_spans(one.text, marks), (len(shown), len(shown), False)]:
        _put(cells, shown[at:start], Piece(""))
        _put(cells, shown[start:end], Piece("", told=True, doubtful=doubtful))
        at = end
    return Line(one.place, one.part, tuple(map(tuple, cells)))


def _put(cells: list[list[Piece]], text: str, like: Piece) -> None:
    for number, run in enumerate(text.split("\t")):
        if number:
            cells.append([])
        said = _BLANKS.sub(" ", run)
        if said.strip() or (said and cells[-1]):
            cells[-1].append(Piece(said, like.told, like.doubtful))


def _spans(text: str, marks: Iterable[tuple[str, bool]]) -> list[_Span]:
    """Where the words stand; of two that meet the first one counts."""
    found: list[_Span] = []
    for words, doubtful in marks:
        start = text.find(words) if words else -1
        end = start + len(words)
        if start >= 0 and all(end <= other[0] or start >= other[1] for other in found):
            found.append((start, end, doubtful))
    return sorted(found)
