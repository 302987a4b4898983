"""A picture of a page made upright and large enough to be read."""

from PIL import Image, ImageChops, ImageFilter, ImageOps, ImageStat

ENLARGE = 1.5
_MOST = 16_000_000  # pixels after enlarging; A4 at 300 dpi has nine
_ENOUGH = 2400  # pixels; a page as wide is not enlarged
_SMALL = 700  # pixels; wide enough to see how the lines run
_CELL = 32  # pixels; in squares as wide the lightest is paper
_GRAIN, _INK = 20, 210  # of 255: how much darker than paper grains of it are, and ink is beyond that
_COARSE, _FINE = 0.5, 0.1  # degrees
_STEPS = 8  # to either side, coarse: 4 degrees


def straightened(picture: Image.Image) -> Image.Image:
    """Grey, evenly lit, upright; `ENLARGE`d unless it is large already."""
    grey = _even(ImageOps.grayscale(picture))
    scale = ENLARGE if grey.width < _ENOUGH else 1.0
    scale = min(scale, (_MOST / (grey.width * grey.height)) ** 0.5)
    if scale != 1.0:
        grey = grey.resize((round(grey.width * scale), round(grey.height * scale)), Image.Resampling.BICUBIC)
    angle = slant(grey)
    if abs(angle) < _FINE / 2:
        return grey
    return grey.rotate(angle, Image.Resampling.BICUBIC, fillcolor=255)


def _even(grey: Image.Image) -> Image.Image:
    """Paper white and ink black, also in a corner that lies in shade."""
    if min(grey.size) < 4 * _CELL:
        return grey
    paper = grey.reduce(_CELL).filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.GaussianBlur(2))
    darker = ImageChops.subtract(paper.resize(grey.size, Image.Resampling.BICUBIC), grey)
    return darker.point([255 - max(0, min(255, (value - _GRAIN) * 255 // _INK)) for value in range(256)])


def slant(grey: Image.Image) -> float:
    """By how many degrees to turn it, counter-clockwise, so that its lines run level; 0 where that is not seen."""
    small = grey.resize((_SMALL, max(1, round(grey.height * _SMALL / grey.width))), Image.Resampling.BOX)
    dark = ImageOps.invert(small).point(lambda value: value if value > 60 else 0)
    best = max((n * _COARSE for n in range(-_STEPS, _STEPS + 1)), key=lambda angle: _level(dark, angle))
    return max((best + n * _FINE for n in range(-4, 5)), key=lambda angle: (_level(dark, angle), -abs(angle)))


def _level(dark: Image.Image, angle: float) -> float:
    """How much neighbouring rows of the turned picture differ: most where lines of words lie level."""
    turned = dark.rotate(angle, Image.Resampling.BILINEAR)
    rows = turned.resize((1, turned.height), Image.Resampling.BOX)
    differ = ImageChops.difference(rows, ImageChops.offset(rows, 0, 1))
    return float(ImageStat.Stat(differ).sum2[0])
