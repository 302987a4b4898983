"""Ruled lines in a picture of a page -> its tables' cells, and the picture without the lines."""

from collections.abc import Iterable
from typing import Any

from PIL import Image, ImageDraw

from knowledge.readers.page import Grid
from knowledge.readers.ruling import grids_of, level, upright

_ACROSS, _DOWN = 24, 48  # strips that the page is cut into: as wide as some letters, as high as a line of words
_DARK = 100  # of 255: the mean of a strip that a line runs through; letters do not make it so dark
_INK = 150  # of 255: a pixel of a line
_THICK = 10  # pixels; what is thicker is no line
_SLIP = 3  # pixels that a line may shift from strip to strip
_BREAK = 6  # pixels that a line may lack
_MEET = 5.0  # points between lines that are meant to meet
_WIDE = 4  # pixels to either side of a line that are painted over
_SHORT = 2  # strips; what is shorter is no line

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
    growing: list[list[int]] = []  # first strip, last strip, first place, last place
    for strip in range(strips):
        for at in _dark(rows[strip * height : (strip + 1) * height]):
            line = next((one for one in growing if one[1] == strip - 1 and abs(one[3] - at) <= _SLIP), None)
            if line:
                line[1], line[3] = strip, at
            else:
                growing.append([strip, strip, at, at])
    step = width / strips
    long = [line for line in growing if line[1] - line[0] + 1 >= _SHORT]
    pixels = turned.load()
    return [
        (
            _end(pixels, turned.size, round(a * step), begins, -1),
            _end(pixels, turned.size, round((b + 1) * step), ends, 1),
            (begins + ends) // 2,
        )
        for a, b, begins, ends in long
    ]


def _end(pixels: Any, size: tuple[int, int], x: int, y: int, way: int) -> int:
    """How far a line goes on beyond the strips that it fills."""
    light = 0
    while 0 <= x + way < size[0] and light <= _BREAK:
        x += way
        near = range(max(0, y - 2), min(size[1], y + 3))
        dark = next((at for at in near if pixels[x, at] < _INK), None)
        light = light + 1 if dark is None else 0
    return x - way * light


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
