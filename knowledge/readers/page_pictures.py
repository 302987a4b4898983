"""One page of a PDF or a scan as a picture, for who checks what was read from it."""

from contextlib import closing
from io import BytesIO

import pypdfium2
from PIL import Image, ImageOps
from pillow_heif import register_heif_opener

from knowledge.readers import kinds

WIDTH = 1000  # pixels
_MOST_DRAWN = 4_000_000  # pixels of a page
_MOST = 60_000_000  # pixels of a picture

register_heif_opener()


def page_picture(data: bytes, number: int) -> bytes | None:
    """The page, counted from 1, as JPEG; None: the file has no such page, or no pages that can be drawn."""
    kind = kinds.kind_of(data)
    drawn = (
        _of_pdf(data, number) if kind == kinds.PDF else _of_picture(data, number) if kind in kinds.PICTURES else None
    )
    if drawn is None:
        return None
    made = BytesIO()
    drawn.convert("RGB").save(made, "JPEG", quality=75)
    return made.getvalue()


def _of_pdf(data: bytes, number: int) -> Image.Image | None:
    with closing(pypdfium2.PdfDocument(data)) as document:
        if not 1 <= number <= len(document):
            return None
        page = document[number - 1]
        width, height = page.get_size()
        scale = min(WIDTH / max(1.0, width), (_MOST_DRAWN / max(1.0, width * height)) ** 0.5)
        picture: Image.Image = page.render(scale=scale).to_pil().copy()  # its pixels go with the page
        page.close()
        return picture


def _of_picture(data: bytes, number: int) -> Image.Image | None:
    with Image.open(BytesIO(data)) as picture:
        if not 1 <= number <= getattr(picture, "n_frames", 1):
            return None
        picture.seek(number - 1)
        if picture.width * picture.height > _MOST:
            return None
        upright = ImageOps.exif_transpose(picture)
        upright.thumbnail((WIDTH, WIDTH * 2))
        return upright.copy()
