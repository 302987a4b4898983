"""A card of words and bars as a picture: what a chat shows at a glance."""

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from PIL import Image, ImageDraw

from media.canvas import Font, font

_WIDTH, _EDGE, _GAP = 1080, 60, 18  # pixels
_PAPER, _INK, _FAINT, _FULL = "#fffdf8", "#16302f", "#dcecea", "#0f5a5c"
_HEAD, _BODY = 44, 34
_MOST_LINES = 40


@dataclass(frozen=True, slots=True)
class Bar:
    """So much of a whole."""

    label: str
    part: int
    whole: int


def card(head: str, bars: Sequence[Bar], lines: Sequence[str]) -> bytes:
    """A PNG, as tall as its words need."""
    large, small = font(_HEAD), font(_BODY)
    titles = _wrapped(head, large)
    words = [part for line in lines for part in _wrapped(line, small)]
    words = words if len(words) <= _MOST_LINES else [*words[: _MOST_LINES - 1], "…"]
    height = 2 * _EDGE + len(titles) * (_HEAD + _GAP) + len(bars) * (_BODY * 2 + 2 * _GAP) + len(words) * (_BODY + _GAP)
    picture = Image.new("RGB", (_WIDTH, height + _GAP), _PAPER)
    draw = ImageDraw.Draw(picture)
    at = _EDGE
    for line in titles:
        draw.text((_EDGE, at), line, _INK, large)
        at += _HEAD + _GAP
    for bar in bars:
        at = _draw_bar(draw, bar, at, small)
    for line in words:
        draw.text((_EDGE, at), line, _INK, small)
        at += _BODY + _GAP
    out = BytesIO()
    picture.save(out, "PNG")
    return out.getvalue()


def _draw_bar(draw: ImageDraw.ImageDraw, bar: Bar, at: int, shape: Font) -> int:
    """Where the next one begins."""
    draw.text((_EDGE, at), f"{bar.label}: {bar.part}/{bar.whole}", _INK, shape)
    at += _BODY + _GAP // 2
    full = _WIDTH - 2 * _EDGE
    draw.rounded_rectangle((_EDGE, at, _EDGE + full, at + _BODY // 2), 8, _FAINT)
    if bar.part and bar.whole:
        draw.rounded_rectangle((_EDGE, at, _EDGE + full * bar.part // bar.whole, at + _BODY // 2), 8, _FULL)
    return at + _BODY // 2 + 2 * _GAP


def _wrapped(line: str, shape: Font) -> list[str]:
    """Cut between words where it is too wide."""
    rows, row = list[str](), ""
    for word in line.split():
        longer = f"{row} {word}".strip()
        if row and shape.getlength(longer) > _WIDTH - 2 * _EDGE:
            rows.append(row)
            longer = word
        row = longer
    return [*rows, row] if row else rows
