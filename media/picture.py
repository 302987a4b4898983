"""Looks at a picture: its size, and what it says of place and time; makes a copy that says neither, and a small one."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from mmap import ACCESS_READ, mmap
from pathlib import Path

import pillow_heif
from PIL import Image, JpegImagePlugin

from core.media import Looked
from media import jpeg
from media.alike import phash
from media.copies import TURNS, save_clean, save_thumb, seen_small
from media.folder import thumb
from media.jpeg import Jpeg
from media.profile import bare_profile
from media.traces import Traces, traces, weight
from media.trouble import Bad, guarded

MOST_PIXELS = 100_000_000
_MOST_BYTES = 200 << 20  # of a picture's file
_MOST_MEMORY = 352 << 20  # bytes that the pixels may take, read once
_MOST_TURNED = 420 << 20  # and with their turned copy
_MOST_NOTES = 64 << 20  # bytes that the directory of a TIFF may speak of
_JPEG, _HEIC, _AVIF, _TIFF, _WEBP = "image/jpeg", "image/heic", "image/avif", "image/tiff", "image/webp"
_FORMATS = {
    _JPEG: "JPEG",
    _HEIC: "HEIF",
    _TIFF: "TIFF",
    _AVIF: "AVIF",
    _WEBP: "WEBP",
    "image/png": "PNG",
    "image/gif": "GIF",
}
PICTURES = set(_FORMATS)
_DEPTHS = {"1": 1, "L": 1, "P": 1, "I;16": 2}  # bytes that Pillow takes for a pixel; four for all others
_ELSEWHERE = {_HEIC: 3, _AVIF: 5, _WEBP: 8}  # and more, where other libraries hold the pixels too
_DRAFT = (640, 640)  # pixels; what a JPEG is read at where only a small copy is made


def look_at_picture(path: Path, out: Path, mime: str) -> Looked:
    """Raises Bad, or what Pillow raises, where not even the size can be read."""
    if path.stat().st_size > _MOST_BYTES:
        raise Bad("bomb")
    if mime == _JPEG:
        return _look_at_jpeg(path, out)
    if mime == _TIFF:
        with path.open("rb") as file:
            if weight(file) > _MOST_NOTES:
                raise Bad("bomb")
    pillow_heif.register_heif_opener(thumbnails=False, depth_images=False, aux_images=False, decode_threads=1)
    with _opened(path, mime) as picture:
        known = Looked(mime, *picture.size)
        return guarded(known, lambda: _look_at_other(path, picture, out, known))


@contextmanager
def _opened(path: Path, mime: str) -> Iterator[Image.Image]:
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS // 2  # Pillow refuses what has twice as many, also in later frames
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with Image.open(path, formats=[_FORMATS[mime]]) as picture:
            yield picture


def _look_at_jpeg(path: Path, out: Path) -> Looked:
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as data:
        parts = jpeg.read(data)
        seen = traces(parts.exif, parts.xmp)
        known = _told(Looked(_JPEG, parts.width, parts.height), seen)
        return guarded(known, lambda: _copy_jpeg(data, parts, seen, out, known))


def _copy_jpeg(data: mmap, parts: Jpeg, seen: Traces, out: Path, known: Looked) -> Looked:
    """What goes to Pillow is the bare copy: what is written beside the picture can do no harm there."""
    pixels = parts.width * parts.height
    whole = parts.progressive and pixels * parts.components * 2 > _MOST_MEMORY  # libjpeg then holds all coefficients
    if pixels > MOST_PIXELS or whole:
        raise Bad("bomb")
    clean, profile = out / "clean.jpg", bare_profile(parts.profile)
    with clean.open("wb") as copy:
        copy.writelines(jpeg.bare(data, parts, profile))
    with _opened(clean, _JPEG) as picture:
        if seen.orientation == 1:
            picture.draft(None, _DRAFT)
            picture.load()
            return _finish(picture, out, known)
        if pixels * 8 > _MOST_TURNED:
            picture.draft(None, (parts.width // 2, parts.height // 2))
        sampling = JpegImagePlugin.get_sampling(picture)
        turned = picture.transpose(TURNS[seen.orientation])
    turned.info = {}
    turned.save(
        clean,
        format="JPEG",
        quality=95,
        subsampling=sampling if sampling in (0, 2) else 0,
        icc_profile=profile or None,
    )
    return _finish(turned, out, known)


def _look_at_other(path: Path, picture: Image.Image, out: Path, known: Looked) -> Looked:
    pixels = known.width * known.height
    depth = _DEPTHS.get(picture.mode, 4) + _ELSEWHERE.get(known.mime, 0)
    if pixels > MOST_PIXELS or pixels * depth > _MOST_MEMORY:
        raise Bad("bomb")
    picture.load()
    if known.mime == _TIFF:
        with path.open("rb") as file:
            seen = traces(file, _bytes(picture, "xmp"))
    else:
        seen = traces(_bytes(picture, "exif"), _bytes(picture, "xmp"))
    if known.mime == _HEIC:
        seen = replace(seen, orientation=1)  # libheif has turned it
    told = _told(known, seen)
    if known.mime == _TIFF:
        told = replace(told, pages=getattr(picture, "n_frames", 1))
    return guarded(told, lambda: _copy_other(picture, seen, out, told))


def _copy_other(picture: Image.Image, seen: Traces, out: Path, known: Looked) -> Looked:
    done = _finish(picture, out, known, seen.orientation)
    if seen.orientation != 1 and known.width * known.height * _DEPTHS.get(picture.mode, 4) * 2 > _MOST_TURNED:
        raise Bad("bomb")
    save_clean(picture, out, bare_profile(_bytes(picture, "icc_profile")), seen.orientation, MOST_PIXELS)
    return done


def _finish(picture: Image.Image, out: Path, known: Looked, orientation: int = 1) -> Looked:
    """Once the clean copy can be made: the small one, and what the picture looks like."""
    small = seen_small(picture, orientation)
    save_thumb(small, thumb(out))
    return replace(known, phash=phash(small.convert("L")), clean=True, thumb=True)


def _told(known: Looked, seen: Traces) -> Looked:
    width, height = known.width, known.height
    if seen.orientation >= 5:
        width, height = height, width
    return replace(known, width=width, height=height, located=seen.located, taken_at=seen.taken_at)


def _bytes(picture: Image.Image, name: str) -> bytes:
    found = picture.info.get(name)
    return found if isinstance(found, bytes) else b""
