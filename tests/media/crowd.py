"""Pictures with faces: the one of astronaut Eileen Collins (NASA, free of rights), as often as is wanted."""

from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageEnhance, ImageStat

from media.faces import installed

_WIDE, _MIDDLE = 91, (110, 118)  # of the face in the picture: how wide, and where
needs_a_detector = pytest.mark.skipif(not installed(), reason="no detector of faces: pip install onnxruntime")

Spot = tuple[int, int]  # the middle of a face


def astronaut(wide: int = _WIDE, tilt: float = 0, light: float = 1) -> Image.Image:
    """With a face of so many pixels; turned by so many degrees, darker below 1."""
    with Image.open(Path(__file__).parent / "astronaut.jpg") as picture:
        seen = ImageEnhance.Brightness(picture.copy()).enhance(light)
    seen = seen.rotate(tilt, Image.Resampling.BICUBIC, center=_MIDDLE)
    return seen.resize((seen.width * wide // _WIDE, seen.height * wide // _WIDE), Image.Resampling.LANCZOS)


def crowd(faces: Sequence[Image.Image], size: tuple[int, int] = (2400, 1800)) -> tuple[Image.Image, list[Spot]]:
    """These faces side by side, and where they are."""
    picture, spots, left, top = Image.new("RGB", size, (90, 120, 100)), [], 20, 20
    for face in faces:
        if left + face.width > size[0]:
            left, top = 20, top + face.height + 20
        picture.paste(face, (left, top))
        spots.append((left + face.width // 2, top + face.height * _MIDDLE[1] // 260))
        left += face.width + 20
    return picture, spots


def detail(picture: Image.Image, spot: Spot, wide: int) -> float:
    """How much of what a face is known by is there: eyes, mouth, what is lost when seen from afar."""
    half = wide // 2
    face = picture.convert("L").crop((spot[0] - half, spot[1] - half, spot[0] + half, spot[1] + half))
    afar = face.resize((8, 8), Image.Resampling.BOX).resize(face.size, Image.Resampling.BICUBIC)
    return ImageStat.Stat(ImageChops.difference(face, afar)).mean[0]
