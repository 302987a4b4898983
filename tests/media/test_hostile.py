"""Files made to harm, and files that were damaged on the way."""

import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from media.folder import clean_copy
from media.look import look
from tests.media.made import TELLING, exif, film, photo, put, saved, telling_jpeg, zipped


def chunk(name: bytes, content: bytes) -> bytes:
    return len(content).to_bytes(4, "big") + name + content + zlib.crc32(name + content).to_bytes(4, "big")


def png(width: int, height: int, *more: bytes) -> bytes:
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)) + b"".join(more)


def endless_exif(orientation: bytes = b"\0\1") -> bytes:
    """Directories that point to themselves, with as many entries as the format knows, each as long as it knows."""
    entry = b"\x87\x69\0\4\0\0\0\1\0\0\0\x08" + b"\x88\x25\0\4\0\0\0\1\0\0\0\x08"
    large = b"".join(struct.pack(">HHII", tag, 2, 0xFFFFFFF0, 8) for tag in range(0x9000, 0x9F00))
    block = b"MM\0*\0\0\0\x08" + b"\xff\xff\x01\x12\0\3\0\0\0\1" + orientation + b"\0\0" + entry + large
    return b"Exif\0\0" + block[:65000] + b"\0\0\0\x08"


def test_an_empty_file_is_said_to_be_empty(tmp_path: Path) -> None:
    seen = look(put(tmp_path, b""), tmp_path / "out")
    assert (seen.trouble, seen.clean) == ("empty", False)


def test_what_is_not_known_is_no_trouble(tmp_path: Path) -> None:
    seen = look(put(tmp_path, b"\x90\x91\0\3\0\0\0\1"), tmp_path / "out")
    assert (seen.mime, seen.trouble, seen.clean) == ("application/octet-stream", "", False)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "TIFF", "AVIF"])
def test_a_torn_picture_has_no_clean_copy(kind: str, tmp_path: Path) -> None:
    whole = saved(photo(), kind)
    for share in (0.1, 0.5, 0.9):
        seen = look(put(tmp_path, whole[: int(len(whole) * share)]), tmp_path / "out")
        assert (seen.trouble, seen.clean, seen.thumb) == ("broken", False, False)
        assert list((tmp_path / "out").iterdir()) == []


def test_copies_of_an_earlier_look_do_not_stay(tmp_path: Path) -> None:
    assert look(put(tmp_path, telling_jpeg()), tmp_path / "out").clean
    assert look(put(tmp_path, telling_jpeg()[:3000]), tmp_path / "out").trouble == "broken"
    assert clean_copy(tmp_path / "out") is None


@pytest.mark.parametrize("size", [(10_001, 10_000), (60_000, 60_000), (0x7FFFFFFF, 1), (10_000, 10_000)])
def test_a_picture_that_announces_too_much_is_not_read(size: tuple[int, int], tmp_path: Path) -> None:
    content = png(*size, chunk(b"IDAT", zlib.compress(bytes(1000))), chunk(b"IEND", b""))
    seen = look(put(tmp_path, content), tmp_path / "out")
    assert (seen.trouble, seen.clean) == ("bomb", False)


def test_a_jpeg_that_announces_too_much_is_not_read(tmp_path: Path) -> None:
    whole = saved(photo(), "JPEG")
    at = whole.index(b"\xff\xc0") + 5
    seen = look(put(tmp_path, whole[:at] + struct.pack(">HH", 65500, 65500) + whole[at + 4 :]), tmp_path / "out")
    assert (seen.width, seen.height, seen.trouble) == (65500, 65500, "bomb")


def test_a_note_that_unpacks_to_a_gigabyte_is_not_read(tmp_path: Path) -> None:
    note = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(100 << 20), 9))
    rows = chunk(b"IDAT", zlib.compress((b"\0" + b"\x80" * 30) * 10))
    seen = look(put(tmp_path, png(10, 10, note, rows, chunk(b"IEND", b""))), tmp_path / "out")
    assert not seen.clean


@pytest.mark.parametrize("orientation", [b"\0\1", b"\0\6"])
def test_endless_exif_does_no_harm(orientation: bytes, tmp_path: Path) -> None:
    seen = look(put(tmp_path, saved(photo(), "JPEG", exif=endless_exif(orientation))), tmp_path / "out")
    assert (seen.trouble, seen.clean) == ("", True)
    assert (seen.width < seen.height) == (orientation == b"\0\6")


def test_a_tiff_that_speaks_of_gigabytes_is_not_read(tmp_path: Path) -> None:
    whole = b"MM\0*\0\0\0\x08\0\x64" + b"".join(struct.pack(">HHII", tag, 2, 1 << 30, 8) for tag in range(256, 356))
    assert look(put(tmp_path, whole + bytes(4)), tmp_path / "out").trouble == "bomb"


@pytest.mark.parametrize("orientation", [1, 3])
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "GIF", "WEBP"])
def test_what_hides_behind_a_picture_stays_behind(kind: str, orientation: int, tmp_path: Path) -> None:
    options = {} if kind == "GIF" else {"exif": exif(orientation)}
    hidden = zipped({"word/document.xml": b"<script>alert(1)</script>"}) + b"<html><script>alert(2)</script>" + film(3)
    assert look(put(tmp_path, saved(photo(), kind, **options) + hidden), tmp_path / "out").clean
    copy = clean_copy(tmp_path / "out")
    assert copy is not None
    for word in (b"PK\x03\x04", b"<script>", b"<html>", b"ftyp", *TELLING):
        assert word not in copy.read_bytes()


def test_notes_between_the_scans_of_a_jpeg_stay_behind(tmp_path: Path) -> None:
    whole = saved(photo(), "JPEG", progressive=True)
    at = whole.rindex(b"\xff\xda")
    note = b"\xff\xfe\0\x1b<script>alert(1)</script>"
    small = b"\xff\xe2\0\x10MPF\0" + bytes(10)
    assert look(put(tmp_path, whole[:at] + note + small + whole[at:]), tmp_path / "out").clean
    copy = clean_copy(tmp_path / "out")
    assert copy is not None
    assert b"<script>" not in copy.read_bytes()
    assert b"MPF" not in copy.read_bytes()
    with Image.open(copy) as again, Image.open(put(tmp_path, whole)) as before:
        assert again.tobytes() == before.tobytes()


def test_a_jpeg_that_is_drawn_over_and_over_is_not_read(tmp_path: Path) -> None:
    whole = saved(photo(), "JPEG", progressive=True)
    last = whole[whole.rindex(b"\xff\xda") : -2]
    assert look(put(tmp_path, whole[:-2] + last * 200 + b"\xff\xd9"), tmp_path / "out").trouble == "bomb"


SEEDS = {
    "JPEG": telling_jpeg(),
    "PNG": saved(photo(size=(60, 40)), "PNG", exif=exif()),
    "GIF": saved(photo(size=(60, 40)), "GIF"),
    "WEBP": saved(photo(size=(60, 40)), "WEBP", exif=exif()),
    "TIFF": saved(photo(size=(60, 40)), "TIFF", exif=exif()),
    "docx": zipped({"word/document.xml": b"<w/>", "docProps/app.xml": b"<Pages>3</Pages>"}),
    "mp4": film(12.5),
}


@settings(max_examples=120, deadline=None)
@given(
    kind=st.sampled_from(sorted(SEEDS)),
    places=st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 255)), max_size=20),
    cut=st.integers(0, 200),
)
def test_damage_is_never_an_error(
    kind: str, places: list[tuple[int, int]], cut: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    content = bytearray(SEEDS[kind])
    for place, value in places:
        content[place % len(content)] = value
    folder = tmp_path_factory.mktemp("damaged")
    seen = look(put(folder, bytes(content[: len(content) - cut])), folder / "out")
    assert seen.clean == (clean_copy(folder / "out") is not None)
    assert not (seen.clean and seen.trouble)
