"""A month as a picture for a chat: the days on which something is due, by colour, and what it is."""

from calendar import monthcalendar
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from media.canvas import ACCENT, EDGE, INK, LIGHT, SOFT, WIDTH, Box, Canvas
from media.signs import LOOKS, chip

TALLEST, MOST_LINES = 1350, 8
_BAND, _WEEK, _LINE, _FOOT = 190, 92, 50, 60  # heights
_RIGHT, _DAY = WIDTH - EDGE, (WIDTH - 2 * EDGE) / 7
_WEEKEND = 5
_FEW = 4  # lines that may each take two


@dataclass(frozen=True, slots=True)
class DueDay:
    """`mark`: the worst of that day's; `words`: how many tasks."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class DueLine:
    """What is due, and when."""

    mark: str
    day: str
    words: str


@dataclass(frozen=True, slots=True)
class MonthCard:
    """`weekdays`: seven short names from Monday on. `lines`: at most MOST_LINES; `more`: beyond, or why none."""

    title: str
    kicker: str
    first: date
    today: date
    weekdays: Sequence[str]
    days: Mapping[int, DueDay]
    lines: Sequence[DueLine]
    more: str
    foot: str


def draw(card: MonthCard) -> Canvas:
    """As tall as it needs, up to 4:5."""
    weeks = monthcalendar(card.first.year, card.first.month)
    grid = _BAND + 66
    below = grid + len(weeks) * _WEEK + 16
    height = min(max(below + len(card.lines) * _tall(card) + _LINE + 10 + _FOOT, WIDTH), TALLEST)
    canvas = Canvas(height)
    canvas.draw.rectangle((0, 0, WIDTH, _BAND), ACCENT)
    canvas.write(card.title, Box(EDGE, 18, _RIGHT, 110), 78, LIGHT, bold=True)
    canvas.write(card.kicker, Box(EDGE, 122, _RIGHT, _BAND), 40, LIGHT)
    for number, name in enumerate(card.weekdays):
        box = Box(EDGE + number * _DAY, _BAND + 10, EDGE + (number + 1) * _DAY, grid)
        canvas.write(name, box, 38, SOFT, bold=True, align="centre")
    for row, week in enumerate(weeks):
        for column, day in enumerate(week):
            if day:
                _day(canvas, card, day, EDGE + column * _DAY, grid + row * _WEEK)
    _lines(canvas, card, below)
    canvas.write(card.foot, Box(EDGE, height - _FOOT, _RIGHT, 0), 34, SOFT)
    return canvas


def _day(canvas: Canvas, card: MonthCard, day: int, left: float, top: float) -> None:
    due = card.days.get(day)
    look = LOOKS[due.mark] if due else None
    square = (left + 4, top + 3, left + _DAY - 4, top + _WEEK - 3)
    if look:
        canvas.draw.rounded_rectangle(square, 14, look.fill)
    if card.today == card.first.replace(day=day):
        canvas.draw.rounded_rectangle(square, 14, None, INK, 5)
    weekend = card.first.replace(day=day).weekday() >= _WEEKEND
    ink = look.ink if look else SOFT if weekend else INK
    tall = 0 if due else 12
    canvas.write(str(day), Box(left, top + tall, left + _DAY, 0), 46, ink, bold=due is not None, align="centre")
    if due:
        canvas.write(due.words, Box(left + 6, top + 54, left + _DAY - 6, 0), 26, ink, align="centre")


def _tall(card: MonthCard) -> int:
    """A line with its words."""
    return _LINE * (1 + (len(card.lines) <= _FEW))


def _lines(canvas: Canvas, card: MonthCard, top: float) -> None:
    tall = _tall(card)
    for number, one in enumerate(card.lines):
        at = top + number * tall
        chip(canvas, one.mark, EDGE, at + 4, 40)
        canvas.write(one.day, Box(EDGE + 56, at, EDGE + 186, at + _LINE), 36, INK, bold=True)
        canvas.write(one.words, Box(EDGE + 190, at + 1, _RIGHT, at + tall), 34, INK, lines=tall // _LINE)
    if card.more:
        canvas.write(card.more, Box(EDGE + 56, top + len(card.lines) * tall, _RIGHT, 0), 34, SOFT)
