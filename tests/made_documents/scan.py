"""Pictures of the printed pages, slightly turned and noised, as a cheap scanner makes them."""

import sys
from dataclasses import dataclass
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
_BLUR = 0.6  # pixels


@dataclass(frozen=True, slots=True)
class Scanner:
    """What one scanner does to a page; `noise` in greys of 255, `blur` in pixels, `turned` in degrees by page."""

    dpi: int = DPI
    noise: float = _NOISE
    blur: float = _BLUR
    turned: tuple[float, ...] = _TURNED

    @classmethod
    def of(cls, seed: int) -> "Scanner":
        """Another for each seed; 0 is the usual one."""
        if not seed:
            return cls()
        random = Random(seed)
        turned = tuple(random.uniform(-1.5, 1.5) for _ in range(7))
        return cls(random.choice((150, 170, 200, 240, 300)), random.uniform(8, 34), random.uniform(0.3, 0.9), turned)


def pages(pdf: bytes, most: int | None = None, seed: int = 0) -> list[Image.Image]:
    """The first `most` pages as the scanner of this seed gives them; the same each time."""
    scanner = Scanner.of(seed)
    document = pypdfium2.PdfDocument(pdf)
    shown = [document[at].render(scale=scanner.dpi / 72).to_pil().convert("L") for at in range(len(document))[:most]]
    document.close()
    return [_scanned(page, scanner, at, seed * 1000 + at) for at, page in enumerate(shown)]


def _scanned(page: Image.Image, scanner: Scanner, at: int, seed: int) -> Image.Image:
    turned = scanner.turned[at % len(scanner.turned)]
    page = page.rotate(turned, Image.Resampling.BICUBIC, fillcolor=255).filter(ImageFilter.GaussianBlur(scanner.blur))
    grain = Image.frombytes("L", (256, 256), _grain(seed, scanner.noise))
    noise = Image.new("L", page.size)
    for x in range(0, page.width, 256):
        for y in range(0, page.height, 256):
            noise.paste(grain, (x, y))
    return ImageChops.subtract(ImageChops.add(page, noise, 1, -12), noise.transpose(Image.Transpose.ROTATE_180), 1, 12)


def _grain(seed: int, noise: float) -> bytes:
    random = Random(seed)
    return bytes(min(255, int(abs(random.gauss(0, noise)))) for _ in range(256 * 256))


def as_pdf(shown: list[Image.Image], dpi: int = DPI) -> bytes:
    """A PDF of these pictures alone."""
    out = BytesIO()
    shown[0].save(out, "PDF", save_all=True, append_images=shown[1:], resolution=dpi)
    return out.getvalue()


def main(folder: Path) -> None:
    """Writes the five into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in PLANS:
        (folder / f"{path.stem}.pdf").write_bytes(as_pdf(pages(printed(html(paper(path))))))


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "made"))
