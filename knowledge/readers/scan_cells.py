"""A scanned page with tables: its cells are read one below the other, for Tesseract else reads across columns."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from knowledge.readers.page import Box
from knowledge.readers.tesseract import Seen

_LINE = 6  # pixels inside a cell's edge that its line may fill
_GAP = 34  # pixels of paper between cells
_CLEAN = 8  # pixels; ink is looked for in squares as wide, so that grains are not seen
_PAPER = 200  # of 255: a square of paper, on average, once the page is evened out
_COLUMNS, _BLOCK = 4, 6  # Tesseract's page segmentation: columns of different sizes; one even block

Read = Callable[[Image.Image, int], list[Seen]]


@dataclass(frozen=True, slots=True)
class _Strip:
    """A cell's ink: where it lies on the page, and how far down in the stack."""

    box: tuple[int, int, int, int]
    down: int


def words(page: Image.Image, tables: Sequence[Sequence[Box]], read: Read) -> list[Seen]:
    """The words of a page with the cells of its tables, in pixels; `read` takes a picture and a segmentation mode."""
    rest = page.copy() if tables else page
    draw = ImageDraw.Draw(rest)
    for table in tables:
        x0, top, x1, bottom = _whole(table)
        draw.rectangle((x0 - _LINE, top - _LINE, x1 + _LINE, bottom + _LINE), fill=255)
    found = list(_inked(rest, read))
    strips = list(_strips(page, [cell for table in tables for cell in table]))
    if strips:
        found += [moved for seen in read(_stack(page, strips), _BLOCK) if (moved := _back(seen, strips))]
    return found


def _inked(page: Image.Image, read: Read) -> Iterator[Seen]:
    """Only where ink is: over grains on bare paper Tesseract thinks for minutes."""
    if ink := _ink(page, (0, 0, *page.size)):
        for seen in read(page.crop(ink), _COLUMNS):
            yield replace(seen, left=seen.left + ink[0], top=seen.top + ink[1])


def _whole(table: Sequence[Box]) -> Box:
    return min(c[0] for c in table), min(c[1] for c in table), max(c[2] for c in table), max(c[3] for c in table)


def _strips(page: Image.Image, cells: Sequence[Box]) -> Iterator[_Strip]:
    down = _GAP
    for x0, top, x1, bottom in cells:
        ink = _ink(page, (round(x0) + _LINE, round(top) + _LINE, round(x1) - _LINE, round(bottom) - _LINE))
        if ink:
            yield _Strip(ink, down)
            down += ink[3] - ink[1] + _GAP


def _ink(page: Image.Image, box: tuple[int, int, int, int]) -> tuple[int, int, int, int] | None:
    """What of the box holds letters, and a little around; None for paper."""
    if box[2] - box[0] < _CLEAN or box[3] - box[1] < _CLEAN:
        return None
    small = page.crop(box).reduce(_CLEAN).point(lambda value: 255 if value < _PAPER else 0)
    seen = small.getbbox()
    if not seen:
        return None
    left, up, right, low = (side * _CLEAN for side in seen)
    return (
        max(box[0], box[0] + left - _CLEAN),
        max(box[1], box[1] + up - _CLEAN),
        min(box[2], box[0] + right + _CLEAN),
        min(box[3], box[1] + low + _CLEAN),
    )


def _stack(page: Image.Image, strips: Sequence[_Strip]) -> Image.Image:
    width = max(strip.box[2] - strip.box[0] for strip in strips) + 2 * _GAP
    last = strips[-1]
    stack = Image.new("L", (width, last.down + last.box[3] - last.box[1] + _GAP), 255)
    for strip in strips:
        stack.paste(page.crop(strip.box), (_GAP, strip.down))
    return stack


def _back(seen: Seen, strips: Sequence[_Strip]) -> Seen | None:
    """The word where it stands on the page."""
    middle = seen.top + seen.height / 2
    for strip in strips:
        if strip.down - _GAP / 2 <= middle < strip.down + strip.box[3] - strip.box[1] + _GAP / 2:
            return replace(seen, left=seen.left - _GAP + strip.box[0], top=seen.top - strip.down + strip.box[1])
    return None
