"""What a picture says of itself, and that its clean copy says nothing of it."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pillow_heif
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageCms, ImageOps, ImageStat, PngImagePlugin, TiffImagePlugin

from core.clock import VIETNAM
from core.media import Looked
from media.folder import clean_copy, thumb
from media.look import look
from tests.media.made import TELLING, XMP, exif, page, photo, put, saved, telling_jpeg

SRGB = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TAKEN = datetime(2026, 11, 20, 7, 30, tzinfo=VIETNAM)


def looked_at(folder: Path, content: bytes) -> Looked:
    return look(put(folder, content), folder / "out")


def clean(folder: Path) -> bytes:
    copy = clean_copy(folder / "out")
    assert copy is not None
    return copy.read_bytes()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(BytesIO(content))
    picture.load()
    return picture


def difference(one: Image.Image, other: Image.Image) -> float:
    """Of all pixels, on average, of 255."""
    assert one.size == other.size
    means = ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean
    return max(means)


def telling_png() -> bytes:
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Nguyen Thi Lan")
    notes.add_text("Comment", "comment of the camera", zip=True)
    notes.add_itxt("XML:com.adobe.xmp", XMP.decode())
    return saved(photo(), "PNG", exif=exif(), pnginfo=notes, icc_profile=SRGB)


def telling_heic() -> bytes:
    pillow_heif.register_heif_opener()
    return saved(photo(), "HEIF", exif=exif().tobytes(), xmp=XMP, quality=90)


def telling_tiff() -> bytes:
    notes = TiffImagePlugin.ImageFileDirectory_v2()
    told = exif()
    for tag in (0x8769, 0x8825):
        notes[tag] = dict(told.get_ifd(tag))
    notes[700], notes[270], notes[315] = XMP, "comment of the camera", "Nguyen Thi Lan"
    return saved(photo(), "TIFF", tiffinfo=notes)


KINDS = {
    "image/jpeg": (telling_jpeg, "jpg"),
    "image/png": (telling_png, "png"),
    "image/webp": (lambda: saved(photo(), "WEBP", exif=exif(), xmp=XMP, quality=90), "webp"),
    "image/heic": (telling_heic, "jpg"),
    "image/tiff": (telling_tiff, "png"),
    "image/avif": (lambda: saved(photo(), "AVIF", exif=exif(), xmp=XMP, quality=90), "jpg"),
}


@pytest.mark.parametrize("mime", KINDS)
def test_what_the_picture_says_is_known_and_its_copy_says_nothing(mime: str, tmp_path: Path) -> None:
    make, ending = KINDS[mime]
    content = make()
    assert sum(word in content for word in TELLING) >= 5
    seen = looked_at(tmp_path, content)
    assert (seen.mime, seen.width, seen.height, seen.trouble) == (mime, 640, 480, "")
    assert (seen.located, seen.taken_at, seen.clean, seen.thumb) == (True, TAKEN, True, True)
    copy = clean_copy(tmp_path / "out")
    assert copy is not None
    assert copy.suffix == f".{ending}"
    for bare in (copy.read_bytes(), thumb(tmp_path / "out").read_bytes()):
        assert [word for word in TELLING if word in bare] == []
        assert not dict(opened(bare).getexif())
    assert difference(opened(clean(tmp_path)), photo()) < 4


@settings(max_examples=40, deadline=None)
@given(
    kind=st.sampled_from(["JPEG", "PNG", "WEBP"]),
    words=st.lists(st.text("ABCDEFGHKLMNPQRSTUVXY0123456789-", min_size=8, max_size=30), min_size=4, max_size=4),
    seconds=st.integers(1, 5999),
    orientation=st.integers(1, 8),
)
def test_nothing_that_a_camera_writes_is_left(
    kind: str, words: list[str], seconds: int, orientation: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("told")
    told = exif(orientation)
    told[0x010F], told[0x0110], told[0x0131] = words[:3]
    told.get_ifd(0x8769)[0x9286] = words[3].encode()
    told.get_ifd(0x8825)[2] = (10.0, 46.0, seconds / 100)
    content = saved(photo(size=(60, 40)), kind, exif=told, xmp=XMP.replace(b"HLT-9 Pro", words[0].encode()))
    assert all(word.encode() in content for word in words)
    assert looked_at(folder, content).located
    left = clean(folder) + thumb(folder / "out").read_bytes()
    assert [word for word in words if word.encode() in left] == []
    assert [word for word in TELLING if word in left] == []


def test_an_upright_jpeg_is_copied_bit_by_bit(tmp_path: Path) -> None:
    content = telling_jpeg()
    looked_at(tmp_path, content)
    assert clean(tmp_path)[-2000:] == content[-2000:]
    assert difference(opened(clean(tmp_path)), opened(content)) == 0


@pytest.mark.parametrize("orientation", range(2, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_copies_are_upright(kind: str, orientation: int, tmp_path: Path) -> None:
    content = telling_jpeg(orientation) if kind == "JPEG" else saved(photo(), kind, exif=exif(orientation))
    seen = looked_at(tmp_path, content)
    assert (seen.width, seen.height) == ((480, 640) if orientation >= 5 else (640, 480))
    assert opened(clean(tmp_path)).size == (seen.width, seen.height)
    assert difference(opened(clean(tmp_path)), ImageOps.exif_transpose(opened(content))) < 4
    small = opened(thumb(tmp_path / "out").read_bytes())
    assert (small.width < small.height) == (orientation >= 5)
    again = look(put(tmp_path, clean(tmp_path)), tmp_path / "again")
    assert (int(again.phash, 16) ^ int(seen.phash, 16)).bit_count() <= 2
    assert [word for word in TELLING if word in clean(tmp_path)] == []


def test_colours_stay_and_the_screen_is_not_named(tmp_path: Path) -> None:
    seen = looked_at(tmp_path, saved(photo(), "JPEG", icc_profile=SRGB))
    assert seen.clean
    kept = opened(clean(tmp_path)).info["icc_profile"]
    for name in (b"lcms", b"APPL", "sRGB".encode("utf-16-be")):
        assert name in SRGB
        assert name not in kept
    turn = ImageCms.buildTransform(
        ImageCms.ImageCmsProfile(BytesIO(SRGB)), ImageCms.ImageCmsProfile(BytesIO(kept)), "RGB", "RGB"
    )
    turned = ImageCms.applyTransform(photo(), turn)
    assert turned is not None
    assert difference(turned, photo()) < 1


@pytest.mark.parametrize(
    ("zone", "taken"),
    [("", TAKEN), ("+09:00", TAKEN.astimezone(UTC) - timedelta(hours=2)), ("nonsense", TAKEN)],
)
def test_when_it_was_taken_is_in_vietnam_unless_the_camera_says_otherwise(
    zone: str, taken: datetime, tmp_path: Path
) -> None:
    assert looked_at(tmp_path, saved(photo(), "JPEG", exif=exif(zone=zone))).taken_at == taken


def test_a_picture_without_a_place_has_none(tmp_path: Path) -> None:
    seen = looked_at(tmp_path, saved(photo(), "JPEG", exif=exif(place=False)))
    assert (seen.located, seen.taken_at) == (False, TAKEN)
    seen = looked_at(tmp_path, saved(photo(), "JPEG"))
    assert (seen.located, seen.taken_at) == (False, None)


@pytest.mark.parametrize("size", [(4000, 3000), (1, 3000), (3000, 1), (50, 40), (1, 1)])
def test_the_small_copy_is_small(size: tuple[int, int], tmp_path: Path) -> None:
    noise = Image.effect_noise((300, 300), 200).convert("RGB").resize(size)
    assert looked_at(tmp_path, saved(noise, "JPEG")).thumb
    small = thumb(tmp_path / "out")
    assert small.stat().st_size <= 20_000
    assert max(opened(small.read_bytes()).size) <= 320


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_pictures_of_all_depths_are_read(mode: str, tmp_path: Path) -> None:
    picture = photo().convert("L").convert("I;16") if mode == "I;16" else photo().convert(mode)
    assert looked_at(tmp_path, saved(picture, "PNG")).clean
    assert opened(clean(tmp_path)).mode == mode
    assert difference(opened(clean(tmp_path)).convert("RGB"), picture.convert("RGB")) == 0


def test_jpegs_of_printers_are_read(tmp_path: Path) -> None:
    for mode in ("CMYK", "L"):
        for orientation in (1, 6):
            seen = looked_at(tmp_path, saved(photo().convert(mode), "JPEG", exif=exif(orientation)))
            assert seen.clean
            assert opened(clean(tmp_path)).mode == mode


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "PNG"])
def test_pictures_that_move_still_move(kind: str, tmp_path: Path) -> None:
    frames = [photo(seed, (200, 150)) for seed in range(4)]
    options = {"comment": "comment of the camera"} if kind == "GIF" else {"exif": exif()}
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:], duration=90, loop=0, **options)
    assert looked_at(tmp_path, content).clean
    assert [word for word in TELLING if word in clean(tmp_path)] == []
    again = opened(clean(tmp_path))
    assert (getattr(again, "n_frames", 1), again.info["loop"], again.info["duration"]) == (4, 0, 90)


def test_a_scan_of_several_pages_keeps_them(tmp_path: Path) -> None:
    pages = [page(seed).convert("1") for seed in range(3)]
    content = saved(pages[0], "TIFF", save_all=True, append_images=pages[1:], artist="Nguyen Thi Lan", exif=exif())
    seen = looked_at(tmp_path, content)
    assert (seen.pages, seen.clean) == (3, True)
    assert [word for word in TELLING if word in clean(tmp_path)] == []
    again = opened(clean(tmp_path))
    assert getattr(again, "n_frames", 1) == 3
    again.seek(2)
    assert difference(again, pages[2]) == 0
