"""Lines of a page -> paragraphs in reading order: columns side by side one after the other, wrapped lines whole."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from knowledge.numbering import marker
from knowledge.readers.lines import Line, glue

_GUTTER = 9.0  # points; no narrower blank parts two columns
_COLUMN = 4  # lines that a narrow gutter must go through
_WIDE = 2.0  # heights of a line; a blank as wide parts the two sides of a letterhead
_NEXT = 1.2  # times the usual step from line to line; a wider one begins a paragraph
_INDENT = 10.0  # points
_STOPS = re.compile(r"[.;:!?…][)”\"’]*\s*$")
_LOWER_ITEM = re.compile(r"[-–—]\s*[a-zà-ỹđ0-9]")


@dataclass(frozen=True, slots=True)
class Span:
    """The left and right end of a column, in points."""

    left: float
    right: float


@dataclass(slots=True)
class Text:
    """A paragraph as it grows. `apart`: a blank line stands before it; `span`: of its column."""

    text: str
    last: Line
    span: Span
    apart: bool = False
    plain: bool = True  # of the page's own column: it may go on over the page's end


def flow(lines: Sequence[Line], span: Span) -> list[Text]:
    """The paragraphs of these lines; `span` is what the page's text fills."""
    found: list[Text] = []
    at = 0
    while at < len(lines):
        region = _region(lines, at)
        if region:
            end, gutter = region
            found += _sides(lines[at:end], gutter)
            at = end
            continue
        end = at + 1
        while end < len(lines) and not _region(lines, end):
            end += 1
        found += paragraphs(lines[at:end], span)
        at = end
    return found


def paragraphs(lines: Sequence[Line], span: Span) -> list[Text]:
    """Wrapped lines of one column, joined."""
    steps = [b.top - a.top for a, b in zip(lines, lines[1:], strict=False)]
    step = sorted(steps)[len(steps) // 4] if steps else 0.0
    found: list[Text] = []
    for at, line in enumerate(lines):
        far = at > 0 and lines[at].top - lines[at - 1].top > _NEXT * min(step, 2.2 * line.height)
        if found and not far and goes_on(found[-1], line):
            found[-1].text = glue(found[-1].text, line.text)
            found[-1].last = line
        else:
            found.append(Text(line.text, line, span, far))
    return found


def goes_on(before: Text, line: Line) -> bool:
    """Whether the line is the rest of a sentence that the column's edge broke."""
    if not _full(before, line) or before.last.height > 1.35 * line.height or line.height > 1.35 * before.last.height:
        return False
    stopped = bool(_STOPS.search(before.text))
    if marker(line.text):
        open_bracket = before.text.count("(") > before.text.count(")")
        return not stopped and (open_bracket or bool(_LOWER_ITEM.match(line.text)))
    indented = line.x0 > before.span.left + _INDENT
    return not (stopped and indented) and _is_title(before.text) == _is_title(line.text)


def _is_title(text: str) -> bool:
    return text.isupper() and " " in text


def _full(before: Text, line: Line) -> bool:
    """Whether the next word had no room where the line before it ends."""
    last, span = before.last, before.span
    needs = line.words[0].x1 - line.words[0].x0 + 0.2 * last.height
    left = last.x0 - span.left
    centred = left > _INDENT and abs(left - (span.right - last.x1)) < _INDENT
    room = span.right - last.x1 + (left if centred else 0)
    return needs > room - 1


def _region(lines: Sequence[Line], at: int) -> tuple[int, tuple[float, float]] | None:
    """Where lines side by side, which begin at `at`, end, and the blank between them; None: they stand alone."""
    best: tuple[int, tuple[float, float]] | None = None
    for gap in _gaps(lines[at], _GUTTER):
        gutter, end, split, wide = gap, at + 1, 1, _is_wide(lines[at], gap)
        last = at + 1
        while end < len(lines) and (narrowed := _through(lines[end], gutter)):
            if end - last > 1 and lines[end].top - lines[end - 1].bottom > lines[end].height:
                break
            beside = _parted(lines[end], narrowed)
            if not beside and lines[end].top - lines[end - 1].bottom > 0.9 * lines[end].height:
                break
            gutter, end = narrowed, end + 1
            split += beside
            wide = wide or (beside and _is_wide(lines[end - 1], gutter))
            last = end if beside else last
        if (wide or split >= _COLUMN) and (best is None or end > best[0]):
            best = end, gutter
    return best


def _gaps(line: Line, least: float) -> list[tuple[float, float]]:
    found = [(a.x1, b.x0) for a, b in zip(line.words, line.words[1:], strict=False) if b.x0 - a.x1 >= least]
    return [gap for gap in found if not _only_marker(line, gap)]


def _only_marker(line: Line, gap: tuple[float, float]) -> bool:
    """ "1.        Nội dung": a number and what it numbers."""
    before = " ".join(word.text for word in line.words if word.x1 <= gap[0])
    return len(before) < 6 and marker(f"{before} Abc") is not None


def _is_wide(line: Line, gap: tuple[float, float]) -> bool:
    return gap[1] - gap[0] >= _WIDE * line.height


def _through(line: Line, gutter: tuple[float, float]) -> tuple[float, float] | None:
    """The widest stretch of the gutter that this line leaves blank; None where it crosses it."""
    free = []
    left = gutter[0]
    for word in line.words:
        if word.x1 > gutter[0] and word.x0 < gutter[1]:
            free.append((left, max(left, word.x0)))
            left = max(left, word.x1)
    free.append((left, max(left, gutter[1])))
    widest = max(free, key=lambda one: one[1] - one[0])
    return widest if widest[1] - widest[0] >= 0.7 * _GUTTER else None


def _parted(line: Line, gutter: tuple[float, float]) -> bool:
    return line.x0 < gutter[0] and line.x1 > gutter[1]


def _sides(lines: Sequence[Line], gutter: tuple[float, float]) -> list[Text]:
    middle = (gutter[0] + gutter[1]) / 2
    sides = [[w for w in line.words if (w.x0 < middle) is left] for left in (True, False) for line in lines]
    half = len(lines)
    found: list[Text] = []
    for words in (sides[:half], sides[half:]):
        column = [Line(tuple(side)) for side in words if side]
        span = Span(min(line.x0 for line in column), max(line.x1 for line in column))
        body = half >= 2 * _COLUMN and sum(_fills(line, span) for line in column) > 0.5 * len(column)
        found += paragraphs(column, span) if body else _as_they_stand(column, span)
    for text in found:
        text.plain = False
    found[0].apart = True
    return found


def _fills(line: Line, span: Span) -> bool:
    return line.x1 - line.x0 > 0.85 * (span.right - span.left)


def _as_they_stand(column: Sequence[Line], span: Span) -> list[Text]:
    """A letterhead or signature: each line is its own; only small letters and numbers go on."""
    found: list[Text] = []
    for line in column:
        if found and (line.text[0].islower() or line.text[0].isdecimal()) and not marker(line.text):
            found[-1].text = glue(found[-1].text, line.text)
        else:
            found.append(Text(line.text, line, span))
    return found
