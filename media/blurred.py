"""A copy of a picture in which no face that was found can be recognised; made in a process of its own, as a look is."""

from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageFilter

from media.copies import on_white
from media.faces import Box, faces
from media.profile import bare_profile

_MOST = 1600  # pixels of a side: as it is looked at, so that a face too small to be found is too small to be known
_AROUND = 0.3  # of a face's width and height, on each side: hair, ears, chin
_CELLS = 6  # along the longer side of what is covered: no sharpening brings back what 6 by 6 colours do not hold
_QUALITY = 85


def save_blurred(path: Path, out: Path) -> int:
    """A JPEG at `out` with pixels and colour profile, nothing else; how many faces were found, near ones as one.

    `path`: a clean copy, upright; of several frames or pages the first. Raises what Pillow raises, or ImportError.
    """
    with Image.open(path) as opened:
        profile = opened.info.get("icc_profile") if opened.mode == "RGB" else None
        opened.draft("RGB", (_MOST, _MOST))
        opened.thumbnail((_MOST, _MOST))
        picture = on_white(opened.copy())
    found = together(faces(picture))
    for box in found:
        cover(picture, box)
    picture.info = {}
    picture.save(out, format="JPEG", quality=_QUALITY, icc_profile=bare_profile(profile or b"") or None)
    return len(found)


def together(boxes: Sequence[Box]) -> list[Box]:
    """Boxes whose middle lies in a larger one are one with it, and what they cover is covered."""
    kept: list[tuple[Box, Box]] = []  # as it was found, and with those in it
    for box in sorted(boxes, key=lambda box: (box.left - box.right) * (box.bottom - box.top)):
        at = next((number for number, (first, _) in enumerate(kept) if _lies_in(box, first)), None)
        if at is None:
            kept.append((box, box))
        else:
            kept[at] = kept[at][0], _around(kept[at][1], box)
    return [whole for _, whole in kept]


def cover(picture: Image.Image, box: Box) -> None:
    """Six by six colours at most are left of the face and what is around it."""
    wide, high = (box.right - box.left) * _AROUND, (box.bottom - box.top) * _AROUND
    left, top = max(0, round(box.left - wide)), max(0, round(box.top - high))
    right, bottom = min(picture.width, round(box.right + wide)), min(picture.height, round(box.bottom + high))
    if right <= left or bottom <= top:
        return
    size, cell = (right - left, bottom - top), max(right - left, bottom - top) / _CELLS
    few = picture.crop((left, top, right, bottom)).resize(
        (max(1, round(size[0] / cell)), max(1, round(size[1] / cell))), Image.Resampling.BOX
    )
    cells = few.resize(size, Image.Resampling.NEAREST)
    picture.paste(cells.filter(ImageFilter.GaussianBlur(cell / 4)), (left, top))


def _lies_in(box: Box, other: Box) -> bool:
    across, down = (box.left + box.right) / 2, (box.top + box.bottom) / 2
    return other.left <= across <= other.right and other.top <= down <= other.bottom


def _around(one: Box, other: Box) -> Box:
    return Box(
        min(one.left, other.left),
        min(one.top, other.top),
        max(one.right, other.right),
        max(one.bottom, other.bottom),
    )
