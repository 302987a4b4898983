"""Faces: found in a crowd, covered beyond recognition, in a process of its own."""

import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from media import blurring
from media.blurred import cover, save_blurred, together
from media.blurring import NoDetector, blur
from media.faces import Box
from tests.media.crowd import astronaut, crowd, detail, needs_a_detector
from tests.media.made import TELLING, photo, put, saved, telling_jpeg

SEEN, LOST = 6, 4  # of tests.media.crowd.detail: a face that can be known, one that cannot

# without a detector


def test_two_faces_with_the_same_few_colours_look_the_same_once_covered() -> None:
    fine = Image.effect_noise((96, 96), 200)
    other = Image.new("L", (96, 96))
    for x in range(0, 96, 16):  # the cells of what is covered: another order of the same points in each
        for y in range(0, 96, 16):
            cell = fine.crop((x, y, x + 16, y + 16))
            other.paste(cell.transpose(Image.Transpose.FLIP_TOP_BOTTOM), (x, y))
    pictures = [Image.new("RGB", (200, 200), "white"), Image.new("RGB", (200, 200), "white")]
    for picture, face in zip(pictures, (fine, other), strict=True):
        picture.paste(face.convert("RGB"), (52, 52))
        cover(picture, Box(70, 70, 130, 130))  # with 0.3 of it on each side: the 96 points
    assert pictures[0].tobytes() == pictures[1].tobytes()
    assert fine.tobytes() != other.tobytes()


@pytest.mark.parametrize("box", [Box(-50, -50, 10, 10), Box(190, 90, 400, 400), Box(-9, -9, 900, 900)])
def test_a_face_at_the_edge_is_covered_as_far_as_it_is_there(box: Box) -> None:
    picture = Image.effect_noise((200, 100), 200).convert("RGB")
    before = picture.copy()
    cover(picture, box)
    left, top, right, bottom = ImageChops.difference(picture, before).convert("L").getbbox() or (0, 0, 0, 0)
    assert left <= max(0, box.left)
    assert top <= max(0, box.top)
    assert right >= min(200, box.right)
    assert bottom >= min(100, box.bottom)


def test_a_face_outside_the_picture_changes_nothing() -> None:
    picture = photo()
    before = picture.tobytes()
    cover(picture, Box(-90, -90, -50, -50))
    assert picture.tobytes() == before


def test_what_is_seen_twice_is_one_face_and_covered_whole() -> None:
    near, far = Box(12, 8, 31, 30), Box(100, 100, 120, 120)
    assert together([near, far, Box(10, 10, 30, 30)]) == [Box(10, 8, 31, 30), far]


@pytest.mark.parametrize(
    ("start", "count"),
    [
        ("print(3)", 3),
        ("print(-1)", None),
        ("print('many')", None),
        ("print('[3]')", None),
        ("print(3); raise SystemExit(1)", None),
        ("raise SystemExit", None),
        ("import time; time.sleep(100)", None),
    ],
)
async def test_what_a_process_says_is_not_believed_blindly(
    start: str, count: int | None, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blurring, "_START", start)
    assert await blur(put(tmp_path, telling_jpeg()), tmp_path / "out.jpg", timeout=2) == count


async def test_without_a_detector_that_is_said_and_the_picture_is_not_blamed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hidden = blurring._START.replace("import sys;", "import sys; sys.modules['onnxruntime'] = None;")
    monkeypatch.setattr(blurring, "_START", hidden)
    with pytest.raises(NoDetector):
        await blur(put(tmp_path, telling_jpeg()), tmp_path / "out.jpg")
    assert not (tmp_path / "out.jpg").exists()


# with a detector


@needs_a_detector
@pytest.mark.parametrize(
    ("wide", "tilts", "lights"),
    [
        (30, (0, 10, -15), (1,)),
        (40, (-30, 0, 30), (1,)),
        (60, (-15, 15), (0.4, 1.6)),
        (60, (-105, -90, -75, -60, 60, 75, 90, 105), (1, 0.6)),
        (250, (0, 20), (1, 0.5)),
    ],
    ids=["far", "tilted", "dark and bright", "lying", "near"],
)
def test_every_face_of_a_crowd_is_lost(
    wide: int, tilts: tuple[float, ...], lights: tuple[float, ...], tmp_path: Path
) -> None:
    faces = [astronaut(wide, tilt, light) for tilt in tilts for light in lights]
    picture, spots = crowd(faces)
    count = save_blurred(put(tmp_path, saved(picture, "JPEG", quality=92)), tmp_path / "out.jpg")
    assert count >= len(faces)
    with Image.open(tmp_path / "out.jpg") as copy:
        scale = copy.width / picture.width
        after = [detail(copy, (round(x * scale), round(y * scale)), round(wide * scale)) for x, y in spots]
    assert min(detail(picture, spot, wide) for spot in spots) > SEEN
    assert max(after) < LOST


@needs_a_detector
def test_a_face_that_fills_the_picture_is_lost(tmp_path: Path) -> None:
    picture = astronaut(800)
    assert save_blurred(put(tmp_path, saved(picture, "PNG")), tmp_path / "out.jpg") == 1
    with Image.open(tmp_path / "out.jpg") as copy:
        assert max(copy.size) == 1600
        scale = copy.height / picture.height
        assert detail(copy, (round(110 / 220 * copy.width), round(118 / 260 * copy.height)), round(800 * scale)) < LOST


@needs_a_detector
def test_the_copy_is_a_jpeg_that_tells_nothing_else(tmp_path: Path) -> None:
    assert save_blurred(put(tmp_path, telling_jpeg()), tmp_path / "out.jpg") == 0
    copy = (tmp_path / "out.jpg").read_bytes()
    assert copy.startswith(b"\xff\xd8\xff")
    assert [word for word in TELLING if word in copy] == []
    assert b"ICC_PROFILE" in copy


@needs_a_detector
@pytest.mark.parametrize(
    "content",
    [
        saved(photo().convert("CMYK"), "JPEG"),
        saved(photo().convert("RGBA"), "PNG"),
        saved(photo().convert("P"), "PNG"),
        saved(photo().convert("1"), "PNG"),
        saved(photo(), "GIF", save_all=True, append_images=[photo(2)]),
        saved(photo(), "TIFF", save_all=True, append_images=[photo(2)]),
        saved(photo(), "WEBP"),
        saved(Image.new("RGB", (1, 1)), "PNG"),
        saved(Image.new("RGB", (3000, 1)), "PNG"),
    ],
    ids=["cmyk", "rgba", "palette", "one bit", "moving", "pages", "webp", "a point", "a line"],
)
async def test_of_every_kind_of_picture_a_copy_is_made(content: bytes, tmp_path: Path) -> None:
    assert await blur(put(tmp_path, content), tmp_path / "out.jpg") == 0
    with Image.open(tmp_path / "out.jpg") as copy:
        assert (copy.format, copy.mode, getattr(copy, "n_frames", 1)) == ("JPEG", "RGB", 1)


@needs_a_detector
async def test_of_what_is_no_picture_none_is_made(tmp_path: Path) -> None:
    for content in (telling_jpeg()[:3000], b"%PDF-1.4", b""):
        assert await blur(put(tmp_path, content), tmp_path / "out.jpg") is None


@needs_a_detector
@pytest.mark.skipif(sys.platform != "linux", reason="memory is limited by Linux")
async def test_the_largest_pictures_stay_within_memory(tmp_path: Path) -> None:
    picture = put(tmp_path, saved(Image.new("RGB", (9000, 9000)), "PNG", compress_level=1))
    assert await blur(picture, tmp_path / "out.jpg") == 0
    assert await blur(picture, tmp_path / "out.jpg", memory=300 << 20) is None
