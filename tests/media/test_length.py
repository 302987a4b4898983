"""How long films and sound last."""

import struct
from pathlib import Path

import pytest

from media.look import look
from tests.media.made import box, film, put


def ogg(samples: int, rate: int = 48_000) -> bytes:
    """Opus, as voice messages come: the first page says what it is, the last how many samples went before."""
    head = b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, rate, 0, 0)
    tags = b"OpusTags" + struct.pack("<I", 4) + b"test" + struct.pack("<I", 0)
    pages = [(2, 0, head), (0, 0, tags), (4, samples, bytes(100))]
    return b"".join(ogg_page(kind, place, number, content) for number, (kind, place, content) in enumerate(pages))


def ogg_page(kind: int, place: int, number: int, content: bytes) -> bytes:
    """Its packet goes on in the next where it is of 255 parts."""
    parts = [255] * (len(content) // 255) + [len(content) % 255]
    head = struct.pack("<4sBBQIIIB", b"OggS", 0, kind, place, 7, number, 0, len(parts[:255]))
    return head + bytes(parts[:255]) + content


def wide(seconds: int) -> bytes:
    """A movie header with times of 64 bits."""
    header = b"\1" + bytes(3 + 16) + (600).to_bytes(4, "big") + (seconds * 600).to_bytes(8, "big") + bytes(80)
    return box(b"ftyp", b"mp42" + bytes(4)) + box(b"moov", box(b"mvhd", header))


MP3 = (b"\xff\xfb\x90\x64" + bytes(413)) * 200  # frames of 1152 samples, 128 kbit/s at 44,100 Hz
AAC = bytes((0xFF, 0xF1, 0x50, 0x80, 0x02, 0x1F, 0xFC)) + bytes(9)  # one frame of 16 bytes at 44,100 Hz


@pytest.mark.parametrize(
    ("content", "mime", "seconds"),
    [
        (film(12.5), "video/mp4", 12.5),
        (film(12.5, b"qt  "), "video/quicktime", 12.5),
        (film(3, b"M4A "), "audio/mp4", 3),
        (wide(3600), "video/mp4", 3600),
        (film(0), "video/mp4", None),
        (ogg(48_000 * 5), "audio/ogg", 5),
        (MP3, "audio/mpeg", 200 * 1152 / 44_100),
        (AAC * 100, "audio/aac", 100 * 1024 / 44_100),
        (b"#!AMR\n" + (b"\x3c" + bytes(31)) * 150, "audio/amr", 3),
    ],
)
def test_the_length_is_read(content: bytes, mime: str, seconds: float | None, tmp_path: Path) -> None:
    seen = look(put(tmp_path, content), tmp_path / "out")
    assert (seen.mime, seen.trouble) == (mime, "")
    assert seen.seconds == (None if seconds is None else pytest.approx(seconds, abs=0.1))


@pytest.mark.parametrize(
    "notes", [box(b"\xa9xyz", b"\0\x12\x15\xc7+21.0285+105.8542/"), b"com.apple.quicktime.location.ISO6709"]
)
def test_a_film_may_say_where_it_was_taken(notes: bytes, tmp_path: Path) -> None:
    assert look(put(tmp_path, film(3, notes=notes)), tmp_path / "out").located
    assert not look(put(tmp_path, film(3, notes=bytes(20))), tmp_path / "out").located


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (film(12.5)[:-60], "broken"),
        (film(12.5)[:60], "broken"),
        (box(b"ftyp", b"isom" + bytes(4)) + box(b"moov", box(b"mvhd", bytes(8))), "broken"),
        (box(b"ftyp", b"isom" + bytes(4)) + b"\0\0\0\2free", "broken"),
        (film(100_000), "too_long"),
    ],
)
def test_a_film_that_cannot_be_right_is_trouble(content: bytes, trouble: str, tmp_path: Path) -> None:
    assert look(put(tmp_path, content), tmp_path / "out").trouble == trouble


def test_a_film_of_two_gigabytes_is_not_read_whole(tmp_path: Path) -> None:
    path, head = tmp_path / "film", box(b"ftyp", b"isom" + bytes(4))
    whole = film(1800)
    moov = whole[whole.index(b"moov") - 4 :]
    with path.open("wb") as file:
        file.write(head + (1).to_bytes(4, "big") + b"mdat" + (2 << 30).to_bytes(8, "big"))
        file.seek(len(head) + (2 << 30))
        file.write(moov)
    assert look(path, tmp_path / "out").seconds == 1800
