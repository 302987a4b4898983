"""Words on a page -> its lines, from top to bottom; lines that every page repeats are left out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.fold import fold
from knowledge.readers.page import Page, Word

_OVERLAP = 0.5  # share of the lower word's height that words of one line have in common
_MARGIN = 0.12  # of the page's height, above and below, where running heads stand
_APART = 0.7  # heights of a line: the least between running heads and the text
_NUMBER = re.compile(r"[\W_]*(?:trang\s*)?\d{1,4}(?:\s*(?:/|tren|of)\s*\d{1,4})?[\W_]*")
_GLUED = re.compile(r"\w[-/]$")


@dataclass(frozen=True, slots=True)
class Line:
    """Words beside each other, from left to right."""

    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """The words with blanks between them."""
        return " ".join(word.text for word in self.words)

    @property
    def x0(self) -> float:
        """Its left end."""
        return self.words[0].x0

    @property
    def x1(self) -> float:
        """Its right end."""
        return self.words[-1].x1

    @property
    def top(self) -> float:
        """Of its first word."""
        return min(word.top for word in self.words)

    @property
    def bottom(self) -> float:
        """Of its lowest word."""
        return max(word.bottom for word in self.words)

    @property
    def height(self) -> float:
        """Of its middle word."""
        return sorted(word.height for word in self.words)[len(self.words) // 2]


def lines_of(words: Iterable[Word]) -> list[Line]:
    """The lines that these words form, from top to bottom."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom) / 2):
        if rows and _beside(rows[-1][0], word):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [Line(tuple(sorted(row, key=lambda w: w.x0))) for row in rows]


def _beside(one: Word, other: Word) -> bool:
    common = min(one.bottom, other.bottom) - max(one.top, other.top)
    return common >= _OVERLAP * min(one.height, other.height)


def glue(before: str, after: str) -> str:
    """Two lines of one sentence; "QĐ-" and "UBND" belong together, as do the parts of a date."""
    if before.endswith("\u00ad"):
        return before[:-1] + after
    return before + after if _GLUED.search(before) else f"{before} {after}"


def running(pages: Sequence[tuple[Page, Sequence[Line]]]) -> set[tuple[int, int]]:
    """Page number and place in its lines of what stands on every page: heads, feet, page numbers."""
    found: dict[str, list[tuple[int, int]]] = {}
    numbers: set[tuple[int, int]] = set()
    for page, lines in pages:
        for at in _outer(lines, page):
            folded = fold(lines[at].text).strip()
            if _NUMBER.fullmatch(folded):
                numbers.add((page.number, at))
            found.setdefault(_key(folded, at < 2), []).append((page.number, at))
    often = max(2, len(pages) // 2)
    return numbers | {place for places in found.values() if _pages(places) >= often for place in places}


def _outer(lines: Sequence[Line], page: Page) -> list[int]:
    """The first two and the last two lines, as far as they stand in the margin, away from the text."""
    gaps = [after.top - before.bottom for before, after in zip(lines, lines[1:], strict=False)]
    apart = [gap > _APART * lines[at].height for at, gap in enumerate(gaps)] + [True]
    above = next((at for at in (0, 1) if at < len(lines) and apart[at]), -1)
    below = next((at for at in (1, 2) if at <= len(lines) and (at == len(lines) or apart[-1 - at])), 0)
    near = [*range(above + 1), *range(max(above + 1, len(lines) - below), len(lines))]
    return [at for at in near if _in_margin(lines[at], page)]


def _in_margin(line: Line, page: Page) -> bool:
    return line.bottom < _MARGIN * page.height or line.top > (1 - _MARGIN) * page.height


def _key(folded: str, above: bool) -> str:
    """What a running head says whatever the page."""
    words = re.sub(r"[\W0-9_]+", " ", folded).strip()
    return f"{above} {words}"


def _pages(places: Sequence[tuple[int, int]]) -> int:
    return len(Counter(number for number, _ in places))
