"""Copies of a picture that hold its pixels and its colours, and nothing else."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageOps

from media.trouble import Bad

TURNS = {  # what makes a picture upright, by its EXIF orientation
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
_MOST_MOVING = 40_000_000  # pixels of all frames together; of longer ones the first frame is kept
_MOST_PAGES = 500
_NEEDED = ("transparency", "duration")  # what of Pillow's notes the pixels cannot do without
_OF_PNG = {"1", "L", "LA", "P", "RGB", "RGBA", "I;16"}
_SMALL, _LARGE = 640, 20_000_000  # pixels: of a side that is enough for what follows, and of all
_THUMB_SIDES, _THUMB_QUALITIES, _THUMB_BYTES = (320, 240, 160), (85, 70, 50, 30), 20_000


def save_clean(picture: Image.Image, out: Path, profile: bytes, orientation: int, most_pixels: int) -> None:
    """`clean.` and the ending of its format: HEIC and AVIF become JPEG, a TIFF of one page PNG. Raises Bad."""
    kind = picture.format or ""
    frames = getattr(picture, "n_frames", 1)
    moving = kind in ("GIF", "PNG", "WEBP") and frames > 1 and orientation == 1
    if moving and frames * picture.width * picture.height <= _MOST_MOVING:
        _save_moving(picture, kind, out, profile)
    elif kind == "TIFF" and frames > 1:
        _save_pages(picture, out, most_pixels)
    elif kind in ("HEIF", "AVIF"):
        upright = on_white(_upright(picture, orientation))
        upright.save(out / "clean.jpg", format="JPEG", quality=93, icc_profile=profile or None)
    elif kind == "WEBP":
        upright = _upright(picture, orientation)
        upright.save(out / "clean.webp", format="WEBP", quality=95, icc_profile=profile or None)
    elif kind == "GIF":
        _upright(picture, orientation).save(out / "clean.gif", format="GIF")
    else:
        upright = _upright(picture, orientation)
        if upright.mode not in _OF_PNG:
            upright, profile = upright.convert("RGB"), profile if upright.mode == "RGBX" else b""
        upright.save(out / "clean.png", format="PNG", icc_profile=profile or None)


def seen_small(picture: Image.Image, orientation: int) -> Image.Image:
    """As a person sees it, upright and on white, of at most 640 pixels a side."""
    small = picture
    if picture.mode == "I;16":
        small = _fitted(picture, _SMALL, Image.Resampling.NEAREST).convert("I").point(lambda v: v * (1 / 256))
        small = small.convert("L")
    elif picture.mode == "1":
        small = picture.convert("L")
    elif picture.mode not in ("L", "RGB", "CMYK") and picture.width * picture.height > _LARGE:
        small = _fitted(picture, 2 * _SMALL, Image.Resampling.NEAREST)  # to mix its colours, a copy would be made
    if small.mode in ("P", "PA"):
        small = small.convert("RGBA")
    small = on_white(_fitted(small, _SMALL, Image.Resampling.LANCZOS))
    return small if orientation == 1 else small.transpose(TURNS[orientation])


def save_thumb(small: Image.Image, path: Path) -> None:
    """At most 320 pixels a side and 20 kB."""
    for side in _THUMB_SIDES:
        fitted = _fitted(small, side, Image.Resampling.LANCZOS)
        fitted.info = {}
        for quality in _THUMB_QUALITIES:
            made = BytesIO()
            fitted.save(made, format="JPEG", quality=quality)
            if made.tell() <= _THUMB_BYTES:
                path.write_bytes(made.getvalue())
                return
    raise Bad("broken")


def _fitted(picture: Image.Image, side: int, how: Image.Resampling) -> Image.Image:
    """Not larger than it was."""
    scale = min(1.0, side / max(picture.size))
    if scale == 1.0:
        return picture.copy()
    width, height = (max(1, round(length * scale)) for length in picture.size)
    return picture.resize((width, height), how, reducing_gap=None if how == Image.Resampling.NEAREST else 2.0)


def on_white(picture: Image.Image) -> Image.Image:
    """In RGB, with white where one could see through."""
    if picture.mode in ("RGBA", "LA", "La", "RGBa") or "transparency" in picture.info:
        clear = picture.convert("RGBA")
        white = Image.new("RGBA", clear.size, "white")
        white.alpha_composite(clear)
        picture = white
    return picture if picture.mode == "RGB" else picture.convert("RGB")


def _upright(picture: Image.Image, orientation: int) -> Image.Image:
    picture.info = _needed(picture)
    return picture if orientation == 1 else picture.transpose(TURNS[orientation])


def _needed(picture: Image.Image) -> dict[str | tuple[int, int], object]:
    return {name: picture.info[name] for name in _NEEDED if name in picture.info}


def _frames(picture: Image.Image, most: int) -> Iterator[Image.Image]:
    for number in range(picture.n_frames):  # type: ignore[attr-defined] # of those that have several
        picture.seek(number)
        if picture.width * picture.height > most:
            raise Bad("bomb")
        frame = picture.copy()
        frame.info = _needed(picture)
        yield frame


def _save_moving(picture: Image.Image, kind: str, out: Path, profile: bytes) -> None:
    loop = picture.info.get("loop")
    frames = list(_frames(picture, _MOST_MOVING))
    options: dict[str, object] = {"duration": [frame.info.get("duration", 0) for frame in frames]}
    if loop is not None:
        options["loop"] = loop
    if kind == "GIF":
        options["disposal"] = 2
    else:
        options["icc_profile"] = profile or None
    for frame in frames:
        frame.info.pop("duration", None)
    frames[0].save(out / f"clean.{kind.lower()}", format=kind, save_all=True, append_images=frames[1:], **options)


def _save_pages(picture: Image.Image, out: Path, most_pixels: int) -> None:
    """One page after the other is in memory; the colours of scans are told by no profile."""
    if picture.n_frames > _MOST_PAGES:  # type: ignore[attr-defined]
        raise Bad("too_long")
    pages = (ImageOps.exif_transpose(page) for page in _frames(picture, most_pixels))
    first = next(pages)
    first.save(out / "clean.tiff", format="TIFF", save_all=True, append_images=pages, compression="tiff_deflate")
