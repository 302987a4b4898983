"""A picture that is made of words and shapes: words keep within their boxes, smaller or cut where they must."""

from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import Image, ImageDraw, ImageFont

WIDTH, EDGE = 1080, 60  # pixels
PAPER, INK, SOFT, ACCENT, LIGHT = "#fffdf9", "#1f2a2c", "#566164", "#0f5a5c", "#ffffff"
_FONTS = Path(__file__).with_name("fonts")
_LINE = 1.3  # of the size: marks stand above and below Vietnamese letters
_SMALLEST = 0.8  # of the size that is asked for: then words are cut, so that all can be read
_COLOURS = 128  # of the file: light, and letters keep their soft edges

Align = Literal["left", "centre"]
Font = ImageFont.FreeTypeFont


class Box(NamedTuple):
    """In pixels; `right` and `bottom` are outside."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left


class Placed(NamedTuple):
    """A line as it was drawn: where it may stand, and where its ink is."""

    words: str
    box: Box
    ink: Box


class Canvas:
    """Drawn upon from the top down."""

    def __init__(self, height: int) -> None:
        self._picture = Image.new("RGB", (WIDTH, height), PAPER)
        self.draw = ImageDraw.Draw(self._picture)
        self.placed: list[Placed] = []

    def write(
        self,
        words: str,
        box: Box,
        size: int,
        colour: str = INK,
        *,
        bold: bool = False,
        lines: int = 1,
        align: Align = "left",
        least: int = 0,
    ) -> None:
        """From the top of the box. Smaller where they do not fit, in the end cut; `least`: a figure, which never is."""
        for smaller in range(size, (least or int(size * _SMALLEST)) - 1, -2):
            shape = font(smaller, bold)
            rows = _rows(words, shape, box.width)
            if len(rows) <= lines and max(map(shape.getlength, rows), default=0) <= box.width:
                break
        else:
            rows = _cut(rows, shape, box.width, lines)
        top, tall = box.top, (size if lines == 1 else shape.size) * _LINE
        for row in rows:
            self._line(row, Box(box.left, top, box.right, top + tall), shape, colour, align)
            top += tall

    def _line(self, words: str, box: Box, shape: Font, colour: str, align: Align) -> None:
        spare = box.width - shape.getlength(words)
        at = box.left + (spare / 2 if align == "centre" else 0)
        where = (at, (box.top + box.bottom) / 2)
        self.draw.text(where, words, colour, shape, "lm")
        self.placed.append(Placed(words, box, Box(*self.draw.textbbox(where, words, shape, "lm"))))

    def png(self) -> bytes:
        """Within what every chat takes."""
        out = BytesIO()
        self._picture.quantize(_COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
        return out.getvalue()


def letters(words: str, size: int, *, bold: bool) -> bytes:
    """Their shape alone."""
    return bytes(font(size, bold).getmask(words))


@cache
def font(size: int, bold: bool = False) -> Font:
    """The letters of every picture."""
    return ImageFont.truetype(_FONTS / f"BeVietnamPro-{'Bold' if bold else 'Regular'}.ttf", size)


def _rows(words: str, shape: Font, width: float) -> list[str]:
    """Broken between words."""
    rows, row = list[str](), ""
    for word in words.split():
        longer = f"{row} {word}".strip()
        if row and shape.getlength(longer) > width:
            rows.append(row)
            longer = word
        row = longer
    return [*rows, row]


def _cut(rows: list[str], shape: Font, width: float, lines: int) -> list[str]:
    return [_short(row, shape, width, cut=number == lines < len(rows)) for number, row in enumerate(rows[:lines], 1)]


def _short(row: str, shape: Font, width: float, *, cut: bool) -> str:
    """With "…" where something is missing, also of a word that is wider than its box."""
    if not cut and shape.getlength(row) <= width:
        return row
    while row and shape.getlength(f"{row}…") > width:
        row = row[:-1].rstrip()
    return f"{row}…"
