"""Pictures of pages -> pages of words, by Tesseract; what they say is marked as scanned."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, suppress
from dataclasses import dataclass, replace
from functools import partial
from os import cpu_count
from typing import TypeVar

import pypdfium2
from PIL import Image

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.readers import ruled, scan_cells, second_look, tesseract
from knowledge.readers.page import Box, Grid, Page, Word
from knowledge.readers.straighten import straightened

MAX_PAGES = 30
SECONDS = 105.0  # for all pages of a file; less than `scheduler.reading.PATIENCE`
_DPI = 300
_INCH = 72.0  # points
_A4 = 595.0  # points: how wide a picture of a page is taken to be
_MOST_DRAWN = 12_000_000  # pixels of a page
_SEEN = 25.0  # of 100; a shorter word below it is dirt
_SURE = 60.0  # of 100; a figure below it is not known, though a second look sees the same
_FAINT = 70.0  # of 100, on average; below it a page is said to be faint
_AT_ONCE = 2

Draw = Callable[[int], Image.Image]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page that was read, and how sure the program is of it, 0 to 100."""

    page: Page
    sure: float


def is_there() -> bool:
    """Whether pictures can be read here."""
    return tesseract.reads_vietnamese()


def listed(numbers: Sequence[int], of: int) -> str:
    """ "3, 5"; empty where that is all `of` them."""
    return "" if len(numbers) == of else ", ".join(map(str, numbers))


def read_pdf(name: str, data: bytes, numbers: Sequence[int]) -> tuple[list[Page], tuple[str, ...]]:
    """These pages of a PDF, counted from 1, and what there is to say of them. Raises BadInput."""
    with closing(pypdfium2.PdfDocument(data)) as document:
        return read_pages(name, numbers, partial(_drawn, document), len(document))


def read_pages(name: str, numbers: Sequence[int], draw: Draw, of: int) -> tuple[list[Page], tuple[str, ...]]:
    """The words of these pages; `draw` gives the picture of each, `of` is how many the file has. Raises BadInput."""
    if len(numbers) > MAX_PAGES:
        raise BadInput(texts.too_many_scans(name, len(numbers), MAX_PAGES))
    ends = time.monotonic() + SECONDS
    try:
        found = list(_each(numbers, draw, lambda number, picture: _seen(number, picture, ends)))
    except tesseract.TookTooLong as late:
        raise BadInput(texts.scans_took_too_long(name)) from late
    faint = [one.page.number for one in found if one.page.words and one.sure < _FAINT]
    notes = [texts.read_by_ocr(listed(numbers, of))] + ([texts.faint(listed(faint, 0))] if faint else [])
    return [one.page for one in found], tuple(notes)


def looked_again(data: bytes, pages: Sequence[Page]) -> list[Page]:
    """Pages of a PDF whose words came with their pictures: their figures looked at in these, as far as time allows."""
    ends = time.monotonic() + SECONDS
    by_number = {page.number: page for page in pages}
    if not pages or not is_there():
        return [_compared(page, None, ends) for page in pages]
    with closing(pypdfium2.PdfDocument(data)) as document:
        draw = partial(_drawn, document)
        return list(_each(list(by_number), draw, lambda number, picture: _compared(by_number[number], picture, ends)))


def _each(numbers: Sequence[int], draw: Draw, read: Callable[[int, Image.Image], T]) -> Iterator[T]:
    """What is read from the picture of each page; some at a time, for pictures are large."""
    with ThreadPoolExecutor(min(_AT_ONCE, cpu_count() or 1)) as pool:
        for at in range(0, len(numbers), _AT_ONCE):
            pictures = [(number, draw(number)) for number in numbers[at : at + _AT_ONCE]]
            yield from pool.map(lambda one: read(*one), pictures)


def _drawn(document: pypdfium2.PdfDocument, number: int) -> Image.Image:
    page = document[number - 1]
    width, height = page.get_size()
    scale = min(_DPI / _INCH, (_MOST_DRAWN / max(1.0, width * height)) ** 0.5)
    picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().copy()  # its pixels go with the page
    page.close()
    return picture


def _compared(page: Page, picture: Image.Image | None, ends: float) -> Page:
    """The page with what its picture says of its figures; none, or no time left: nobody knows them."""
    texts_again = [second_look.unknown(word.text) for word in page.words]
    if picture:
        scale = picture.width / page.width
        dpi = round(_INCH * scale)
        seen = [_in_pixels(word, scale) for word in page.words]
        with suppress(tesseract.TookTooLong):
            texts_again = second_look.looked_again(picture, seen, _SURE, partial(_look, dpi=dpi, ends=ends))
    words = zip(page.words, texts_again, strict=True)
    return replace(page, words=tuple(replace(word, again=text if text != word.text else "") for word, text in words))


def _in_pixels(word: Word, scale: float) -> tesseract.Seen:
    left, top = round(word.x0 * scale), round(word.top * scale)
    return tesseract.Seen(word.text, left, top, round(word.x1 * scale) - left, round(word.bottom * scale) - top, 100.0)


def _look(shown: Image.Image, mode: int, *, dpi: int, ends: float) -> list[tesseract.Seen]:
    return tesseract.words(shown, mode, dpi, ends - time.monotonic())


def _seen(number: int, picture: Image.Image, ends: float) -> _Seen:
    """Raises TookTooLong."""
    upright = straightened(picture)
    points = _A4 / upright.width if upright.width < upright.height else _A4 * 2**0.5 / upright.width
    grids, lines = ruled.tables(upright, points)
    clean = ruled.without(upright, lines) if grids else upright
    look = partial(_look, dpi=round(_INCH / points), ends=ends)
    seen = scan_cells.words(clean, [_pixels(grid, points) for grid in grids], look)
    kept = [word for word in seen if word.sure >= _SEEN or sum(map(str.isalnum, word.text)) > 3]
    again = second_look.looked_again(clean, kept, _SURE, look)
    words = tuple(
        _word(one, points, text)
        for one, text in zip(kept, again, strict=True)
        if any(map(str.isalnum, one.text)) or one.text in "-–+•·*()/:;,."
    )
    sure = sum(word.sure for word in kept) / max(1, len(kept))
    size = upright.width * points, upright.height * points
    return _Seen(Page(number, *size, words, grids, scanned=True), sure)


def _word(seen: tesseract.Seen, points: float, again: str) -> Word:
    x0, x1 = seen.left * points, (seen.left + seen.width) * points
    top, bottom = seen.top * points, (seen.top + seen.height) * points
    return Word(seen.text, x0, x1, top, bottom, again if again != seen.text else "")


def _pixels(grid: Grid, points: float) -> list[Box]:
    cells = (cell for row in grid.rows for cell in row if cell)
    return [(x0 / points, top / points, x1 / points, bottom / points) for x0, top, x1, bottom in cells]
