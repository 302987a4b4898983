"""Ruled lines in a picture of a page -> its tables' cells, and the picture without the lines."""

from collections.abc import Iterable

from PIL import Image, ImageDraw

from knowledge.readers.page import Grid
from knowledge.readers.ruling import grids_of, level, upright

_ACROSS, _DOWN = 48, 64  # strips that the page is cut into
_DARK = 120  # of 255: the mean of a strip that a line runs through; one letter does not make it so dark
_THICK = 8  # pixels; what is thicker is no line
_SLIP = 6  # pixels that a line may shift from strip to strip
_MEET = 6.0  # points between lines that are meant to meet
_WIDE = 4  # pixels to either side of a line that are painted over
_SHORT = 3  # strips; what is shorter is no line

Segment = tuple[int, int, int]  # from, to, and where across


def tables(grey: Image.Image, points: float) -> tuple[tuple[Grid, ...], list[tuple[int, int, int, int]]]:
    """The tables, in points, and the lines as boxes of pixels; a pixel is so many `points`."""
    across, down = _segments(grey, _ACROSS, level=True), _segments(grey, _DOWN, level=False)
    if len(across) < 2 or len(down) < 2:
        return (), []
    edges = [level(a * points, b * points, at * points) for a, b, at in across]
    edges += [upright(at * points, a * points, b * points) for a, b, at in down]
    lines = [(a, at - _WIDE, b, at + _WIDE) for a, b, at in across]
    lines += [(at - _WIDE, a, at + _WIDE, b) for a, b, at in down]
    return grids_of(edges, _MEET), lines


def without(grey: Image.Image, lines: Iterable[tuple[int, int, int, int]]) -> Image.Image:
    """The picture with the lines painted over, which else are read as letters."""
    clean = grey.copy()
    draw = ImageDraw.Draw(clean)
    for box in lines:
        draw.rectangle(box, fill=255)
    return clean


def _segments(grey: Image.Image, strips: int, *, level: bool) -> list[Segment]:
    """Long dark lines. Each strip, shrunk to one pixel across, is dark only where a line runs all through it."""
    turned = grey if level else grey.transpose(Image.Transpose.TRANSPOSE)
    width, height = turned.size
    small = turned.resize((strips, height), Image.Resampling.BOX).transpose(Image.Transpose.TRANSPOSE)
    rows = small.tobytes()
    growing: list[list[int]] = []  # first strip, last strip, place
    for strip in range(strips):
        for at in _dark(rows[strip * height : (strip + 1) * height]):
            line = next((one for one in growing if one[1] >= strip - 2 and abs(one[2] - at) <= _SLIP), None)
            if line:
                line[1], line[2] = strip, at
            else:
                growing.append([strip, strip, at])
    step = width / strips
    long = [line for line in growing if line[1] - line[0] + 1 >= _SHORT]
    return [(round(a * step), round((b + 1) * step), at) for a, b, at in long]


def _dark(values: bytes) -> list[int]:
    """The middles of the thin dark stretches."""
    found: list[int] = []
    begun = -1
    for at, value in enumerate((*values, 255)):
        if value < _DARK and begun < 0:
            begun = at
        elif value >= _DARK and begun >= 0:
            if at - begun <= _THICK:
                found.append((begun + at - 1) // 2)
            begun = -1
    return found
