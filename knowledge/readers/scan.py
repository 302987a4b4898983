"""Pictures of pages -> pages of words, by Tesseract; what they say is marked as scanned."""

import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from os import cpu_count

import pypdfium2
from PIL import Image

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.readers import ruled, scan_cells, tesseract
from knowledge.readers.page import Box, Grid, Page, Word
from knowledge.readers.straighten import straightened

MAX_PAGES = 30
SECONDS = 105.0  # for all pages of a file; less than `scheduler.reading.PATIENCE`
_DPI = 300
_INCH = 72.0  # points
_A4 = 595.0  # points: how wide a picture of a page is taken to be
_MOST_DRAWN = 12_000_000  # pixels of a page
_SURE = 25.0  # of 100; a shorter word below it is dirt
_FAINT = 70.0  # of 100, on average; below it a page is said to be faint
_AT_ONCE = 2

Draw = Callable[[int], Image.Image]


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
    document = pypdfium2.PdfDocument(data)

    def draw(number: int) -> Image.Image:
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(_DPI / _INCH, (_MOST_DRAWN / max(1.0, width * height)) ** 0.5)
        picture: Image.Image = page.render(scale=scale, grayscale=True).to_pil().copy()  # its pixels go with the page
        page.close()
        return picture

    try:
        return read_pages(name, numbers, draw, len(document))
    finally:
        document.close()


def read_pages(name: str, numbers: Sequence[int], draw: Draw, of: int) -> tuple[list[Page], tuple[str, ...]]:
    """The words of these pages; `draw` gives the picture of each, `of` is how many the file has. Raises BadInput."""
    if len(numbers) > MAX_PAGES:
        raise BadInput(texts.too_many_scans(name, len(numbers), MAX_PAGES))
    ends = time.monotonic() + SECONDS
    found: list[_Seen] = []
    try:
        with ThreadPoolExecutor(min(_AT_ONCE, cpu_count() or 1)) as pool:
            for at in range(0, len(numbers), _AT_ONCE):
                pictures = [(n, draw(n)) for n in numbers[at : at + _AT_ONCE]]
                found += pool.map(lambda one: _seen(one[0], one[1], ends), pictures)
    except tesseract.TookTooLong as late:
        raise BadInput(texts.scans_took_too_long(name)) from late
    faint = [one.page.number for one in found if one.page.words and one.sure < _FAINT]
    notes = [texts.read_by_ocr(listed(numbers, of))] + ([texts.faint(listed(faint, 0))] if faint else [])
    return [one.page for one in found], tuple(notes)


def _seen(number: int, picture: Image.Image, ends: float) -> _Seen:
    """Raises TookTooLong."""
    upright = straightened(picture)
    points = _A4 / upright.width if upright.width < upright.height else _A4 * 2**0.5 / upright.width
    grids, lines = ruled.tables(upright, points)
    clean = ruled.without(upright, lines) if grids else upright
    dpi = round(_INCH / points)

    def look(shown: Image.Image, mode: int) -> list[tesseract.Seen]:
        return tesseract.words(shown, mode, dpi, ends - time.monotonic())

    seen = scan_cells.words(clean, [_pixels(grid, points) for grid in grids], look)
    kept = [word for word in seen if word.sure >= _SURE or sum(map(str.isalnum, word.text)) > 3]
    words = tuple(
        Word(w.text, w.left * points, (w.left + w.width) * points, w.top * points, (w.top + w.height) * points)
        for w in kept
        if any(map(str.isalnum, w.text)) or w.text in "-–+•·*()/:;,."
    )
    sure = sum(word.sure for word in kept) / max(1, len(kept))
    size = upright.width * points, upright.height * points
    return _Seen(Page(number, *size, words, grids, scanned=True), sure)


def _pixels(grid: Grid, points: float) -> list[Box]:
    cells = (cell for row in grid.rows for cell in row if cell)
    return [(x0 / points, top / points, x1 / points, bottom / points) for x0, top, x1, bottom in cells]
