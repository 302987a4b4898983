"""Pictures of the printed pages, slightly turned and noised, as a cheap scanner makes them."""

import sys
from io import BytesIO
from pathlib import Path
from random import Random

import pypdfium2
from PIL import Image, ImageChops, ImageFilter

from tests.made_documents.blocks import PLANS, paper
from tests.made_documents.pdf import html, printed

DPI = 200
_TURNED = (0.8, -0.6, 0.4, -1.1, 0.0)  # degrees, page after page
_NOISE = 24.0  # standard deviation, of 255 greys


def pages(pdf: bytes, most: int | None = None) -> list[Image.Image]:
    """The first `most` pages as a scanner gives them; the same each time."""
    document = pypdfium2.PdfDocument(pdf)
    shown = [document[at].render(scale=DPI / 72).to_pil().convert("L") for at in range(len(document))[:most]]
    document.close()
    return [_scanned(page, _TURNED[at % len(_TURNED)], at) for at, page in enumerate(shown)]


def _scanned(page: Image.Image, turned: float, seed: int) -> Image.Image:
    page = page.rotate(turned, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(0.6))
    grain = Image.frombytes("L", (256, 256), _grain(seed))
    noise = Image.new("L", page.size)
    for x in range(0, page.width, 256):
        for y in range(0, page.height, 256):
            noise.paste(grain, (x, y))
    return ImageChops.subtract(ImageChops.add(page, noise, 1, -12), noise.transpose(Image.Transpose.ROTATE_180), 1, 12)


def _grain(seed: int) -> bytes:
    random = Random(seed)
    return bytes(min(255, int(abs(random.gauss(0, _NOISE)))) for _ in range(256 * 256))


def as_pdf(shown: list[Image.Image]) -> bytes:
    """A PDF of these pictures alone."""
    out = BytesIO()
    shown[0].save(out, "PDF", save_all=True, append_images=shown[1:], resolution=DPI)
    return out.getvalue()


def main(folder: Path) -> None:
    """Writes the five into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in PLANS:
        (folder / f"{path.stem}.pdf").write_bytes(as_pdf(pages(printed(html(paper(path))))))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "made"))
