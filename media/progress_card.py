"""How far a task, a month or a school is, as a picture for a chat: one large figure, states, who is behind."""

from collections.abc import Sequence
from dataclasses import dataclass

from media.canvas import ACCENT, EDGE, INK, LIGHT, SOFT, WIDTH, Box, Canvas
from media.signs import LOOKS, chip, sign

SQUARE, TALLEST = 1080, 1350  # pixels: 1:1 to 4:5
MOST_NAMES = 12
_BAND, _BAR, _LEGEND, _HEAD, _NAME, _FOOT = 232, 66, 53, 56, 47, 60  # heights
_STATES = _BAND + 398  # where the bar begins
_RIGHT, _HALF = WIDTH - EDGE, WIDTH // 2
_LEAST = 90  # of the large figure, which is never cut
_FEW, _FEWER = 5, 3  # names that each have the whole width; and two lines


@dataclass(frozen=True, slots=True)
class Share:
    """So many stand so; `mark`: one of media.signs.LOOKS."""

    mark: str
    count: int
    words: str


@dataclass(frozen=True, slots=True)
class Name:
    """A school or a task that is behind."""

    mark: str
    words: str


@dataclass(frozen=True, slots=True)
class ProgressCard:
    """`part` of `whole` `words`; `aside`: a second figure. `names`: at most MOST_NAMES under `head`; `more`: beyond."""

    kicker: str
    title: str
    part: int
    whole: int
    words: str
    aside: str
    shares: Sequence[Share]
    head: str
    names: Sequence[Name]
    more: str
    foot: str


def draw(card: ProgressCard) -> Canvas:
    """As tall as it needs, between a square and 4:5."""
    canvas = Canvas(_height(card))
    canvas.draw.rectangle((0, 0, WIDTH, _BAND), ACCENT)
    canvas.write(card.kicker, Box(EDGE, 20, _RIGHT, 74), 40, LIGHT)
    canvas.write(card.title, Box(EDGE, 76, _RIGHT, _BAND), 56, LIGHT, bold=True, lines=2)
    canvas.write(f"{card.part}/{card.whole}", Box(EDGE, _BAND - 8, _RIGHT, 0), 212, ACCENT, bold=True, least=_LEAST)
    canvas.write(card.words, Box(EDGE, _BAND + 252, _RIGHT, 0), 60, INK, bold=True)
    canvas.write(card.aside, Box(EDGE, _BAND + 330, _RIGHT, 0), 42, SOFT)
    _bar(canvas, card, _STATES)
    _names(canvas, card, _legend(canvas, card.shares, _STATES + _BAR + 18) + 10)
    canvas.write(card.foot, Box(EDGE, _height(card) - _FOOT, _RIGHT, 0), 34, SOFT)
    return canvas


def _height(card: ProgressCard) -> int:
    legend = -(-len(card.shares) // 2) * _LEGEND
    rows = _row(card) * _rows(card) + _NAME * bool(card.more)
    needed = _STATES + _BAR + 18 + legend + 10 + _HEAD + rows + 12 + _FOOT
    return min(max(needed, SQUARE), TALLEST)


def _rows(card: ProgressCard) -> int:
    return len(card.names) if len(card.names) <= _FEW else -(-len(card.names) // 2)


def _row(card: ProgressCard) -> int:
    """How tall one is."""
    return _NAME * (1 + (len(card.names) <= _FEWER))


def _bar(canvas: Canvas, card: ProgressCard, top: int) -> None:
    """Every state that there is can be seen, however few."""
    left, wide, all_ = float(EDGE), _RIGHT - EDGE, sum(one.count for one in card.shares)
    for one in card.shares:
        right = left + max(wide * one.count / all_, 10)
        canvas.draw.rectangle((left, top, min(right, _RIGHT), top + _BAR), LOOKS[one.mark].fill)
        if right - left > _BAR:
            middle = (left + right) / 2
            sign(canvas, one.mark, Box(middle - 19, top + _BAR / 2 - 19, middle + 19, top + _BAR / 2 + 19))
        left = right
    if not all_:
        canvas.draw.rectangle((EDGE, top, _RIGHT, top + _BAR), LOOKS["open"].fill)


def _legend(canvas: Canvas, shares: Sequence[Share], top: int) -> int:
    """In two columns; where it ends."""
    for number, one in enumerate(shares):
        left, at = (EDGE, _HALF + 10)[number % 2], top + number // 2 * _LEGEND
        chip(canvas, one.mark, left, at + 3, 44)
        canvas.write(str(one.count), Box(left + 60, at, left + 150, at + _LEGEND), 38, INK, bold=True, least=20)
        wide = _RIGHT if number % 2 else _HALF - 10
        canvas.write(one.words, Box(left + 154, at + 3, wide, at + _LEGEND), 34, INK, lines=1)
    return top + -(-len(shares) // 2) * _LEGEND


def _names(canvas: Canvas, card: ProgressCard, top: int) -> None:
    canvas.write(card.head, Box(EDGE, top, _RIGHT, top + _HEAD), 40, INK, bold=True)
    top, rows, tall = top + _HEAD, _rows(card), _row(card)
    for number, one in enumerate(card.names):
        column, row = divmod(number, max(rows, 1))
        left, at = (EDGE, _HALF + 10)[column], top + row * tall
        right = _RIGHT if column or len(card.names) <= _FEW else _HALF - 10
        chip(canvas, one.mark, left, at + 4, 37)
        canvas.write(one.words, Box(left + 52, at, right, at + tall), 34, INK, lines=tall // _NAME)
    if card.more:
        canvas.write(card.more, Box(EDGE + 52, top + rows * tall, _RIGHT, 0), 34, SOFT)
