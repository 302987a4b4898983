"""Pictures of pages (PNG, JPEG, HEIC, TIFF with several pages) -> the document model, by OCR."""

from io import BytesIO

from PIL import Image, ImageOps, UnidentifiedImageError
from pillow_heif import register_heif_opener

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.readers import scan
from knowledge.readers.pages import blocks_of, read_again

_MOST = 60_000_000  # pixels; a phone of 48 megapixels passes

register_heif_opener()


def read(name: str, data: bytes) -> Source:
    """The words of a picture, each page of a TIFF its own. Raises BadInput where nobody reads them or it is none."""
    if not scan.is_there():
        raise BadInput(texts.no_ocr(name))
    try:
        with Image.open(BytesIO(data)) as picture:
            if picture.width * picture.height > _MOST:
                raise BadInput(texts.too_large_a_picture(name))
            count = getattr(picture, "n_frames", 1)

            def draw(number: int) -> Image.Image:
                picture.seek(number - 1)
                if picture.width * picture.height > _MOST:
                    raise BadInput(texts.too_large_a_picture(name))
                return _plain(picture)

            pages, notes = scan.read_pages(name, range(1, count + 1), draw, count)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise BadInput(texts.broken_picture(name)) from error
    if not any(page.words for page in pages):
        raise BadInput(texts.nothing_seen(name))
    return Source(name, blocks_of(pages), notes, read_again(pages))


def _plain(picture: Image.Image) -> Image.Image:
    """Turned as the phone was held; what is transparent is paper."""
    upright = ImageOps.exif_transpose(picture)
    if upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info:
        paper = Image.new("RGBA", upright.size, "white")
        return Image.alpha_composite(paper, upright.convert("RGBA")).convert("L")
    return upright.convert("L")
