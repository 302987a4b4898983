"""How a state looks in a picture: a colour, and a sign that is drawn, so that it needs no font and no colour sight."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from media.canvas import ACCENT, INK, LIGHT, Box, Canvas

Line = tuple[tuple[float, float], ...]  # through these points, of a square of 1


@dataclass(frozen=True, slots=True)
class Look:
    """`ink` is read on `fill`."""

    fill: str
    ink: str
    lines: tuple[Line, ...] = ()
    dots: Line = ()
    ring: bool = False


_CHECK: Line = ((0.0, 0.5), (0.3, 0.8), (0.85, 0.15))
LOOKS: Mapping[str, Look] = {  # the marks of the board
    "accepted": Look(ACCENT, LIGHT, (((0.0, 0.5), (0.25, 0.8), (0.7, 0.2)), ((0.4, 0.7), (0.5, 0.8), (0.95, 0.2)))),
    "in": Look("#7cc4b8", INK, (_CHECK,)),
    "held": Look("#c9c3ee", INK, dots=((0.15, 0.55), (0.5, 0.55), (0.85, 0.55))),
    "returned": Look("#f2b84b", INK, (((0.95, 0.15), (0.95, 0.6), (0.1, 0.6)), ((0.4, 0.3), (0.1, 0.6), (0.4, 0.9)))),
    "overdue": Look("#a8321b", LIGHT, (((0.5, 0.05), (0.5, 0.6)),), dots=((0.5, 0.92),)),
    "open": Look("#e4e0d4", INK, ring=True),
}


def chip(canvas: Canvas, mark: str, left: float, top: float, size: float) -> None:
    """The sign on its colour, in a square of so many pixels."""
    look = LOOKS[mark]
    canvas.draw.rounded_rectangle((left, top, left + size, top + size), size / 5, look.fill)
    sign(canvas, mark, Box(left + size * 0.24, top + size * 0.24, left + size * 0.76, top + size * 0.76))


def sign(canvas: Canvas, mark: str, box: Box) -> None:
    """The sign alone, in a square box."""
    look, thick = LOOKS[mark], max(3, round(box.width / 5.5))
    place = _placed(box)
    for line in look.lines:
        canvas.draw.line([place(point) for point in line], look.ink, thick, "curve")
    for x, y in map(place, look.dots):
        canvas.draw.ellipse((x - thick * 0.6, y - thick * 0.6, x + thick * 0.6, y + thick * 0.6), look.ink)
    if look.ring:
        canvas.draw.ellipse(tuple(box), None, look.ink, thick)


def _placed(box: Box) -> Callable[[tuple[float, float]], tuple[float, float]]:
    return lambda point: (box.left + point[0] * box.width, box.top + point[1] * box.width)
