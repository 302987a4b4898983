"""The copies of Matroska and AVI films and of recordings tell no more than is seen and heard."""

import struct
from pathlib import Path

import pytest

from tests.media.films import FRAMES, PLACE, TELLING, chunk, chunks, cleaned, element, endless, told_by
from tests.media.made import AUTHOR, MAKER, MODEL
from tests.media.test_length import MP3, ogg_page

WORDS = PLACE + MAKER.encode() + MODEL.encode() + AUTHOR.encode()
HEAD = element(0x1A45DFA3, element(0x4282, b"webm"))
TITLE, PROGRAM = element(0x7BA9, AUTHOR.encode(), 1), element(0x4D80, MAKER.encode(), 1)
LASTS = element(0x2AD7B1, (1_000_000).to_bytes(3, "big"), 1) + element(0x4489, struct.pack(">d", 12_500), 1)
INFO = element(0x1549A966, LASTS + TITLE + PROGRAM + element(0x5741, MODEL.encode(), 2))
TAGS = element(0x1254C367, element(0x7373, b"LOCATION" + PLACE))
CLUSTER = element(0xE7, b"\0", 1) + element(0xA3, b"\x81\0\0\x80" + FRAMES[0])


def tracks(kind: bytes = b"\1") -> bytes:
    return element(0x1654AE6B, element(0xAE, element(0xD7, b"\1", 1) + element(0x83, kind, 1) + element(0x536E, WORDS)))


MATROSKA = {
    "tags": HEAD + element(0x18538067, INFO + tracks() + element(0x1F43B675, CLUSTER) + TAGS),
    "attachment": HEAD + element(0x18538067, element(0x1941A469, WORDS) + tracks() + element(0x1F43B675, CLUSTER)),
    "void": HEAD + element(0x18538067, element(0xEC, WORDS) + tracks() + element(0x1F43B675, CLUSTER) + TAGS),
    "recorded": HEAD + endless(0x18538067, INFO + tracks() + endless(0x1F43B675, CLUSTER) * 3 + TAGS),
    "behind": HEAD + element(0x18538067, tracks() + element(0x1F43B675, CLUSTER)) + TAGS,
}
SMALL = [element(0x7BA9, b"L" * length, 1) for length in range(1, 12)]  # each is made a "Void" as long as it was


@pytest.mark.parametrize("content", MATROSKA.values(), ids=MATROSKA)
def test_a_matroska_film_tells_nothing_in_its_copy(content: bytes, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.mime, seen.seconds, seen.trouble) == ("video/webm", 12.5 if INFO in content else None, "")
    assert seen.located == (TAGS in content)
    assert copy is not None
    assert (told_by(copy), len(copy), copy.count(FRAMES[0])) == ([], len(content), content.count(FRAMES[0]))
    again, second = cleaned(tmp_path, copy)
    assert (again.seconds, again.trouble, second) == (seen.seconds, "", None)


def test_an_element_of_any_length_becomes_void(tmp_path: Path) -> None:
    info = element(0x1549A966, LASTS + b"".join(SMALL))
    _, copy = cleaned(tmp_path, HEAD + element(0x18538067, info + tracks() + element(0x1F43B675, CLUSTER)))
    assert copy is not None
    again, second = cleaned(tmp_path, copy)
    assert (again.seconds, again.trouble, second, b"LL" in copy) == (12.5, "", None, False)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (HEAD + element(0x18538067, tracks(b"\x21") + element(0x1F43B675, CLUSTER)), "unclean"),
        (MATROSKA["tags"][:-1], "broken"),
        (MATROSKA["tags"][:60], "broken"),
        (HEAD, "broken"),
        (HEAD + endless(0x1254C367, b""), "broken"),
        (HEAD + b"\0" * 30, "broken"),
        (HEAD + endless(0x18538067, endless(0x1F43B675, b"\xa3\x80" * 510_000)), "bomb"),
    ],
)
def test_a_matroska_film_made_to_harm_does_none(content: bytes, trouble: str, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.trouble, copy) == (trouble, None)


def avi(*more: bytes, kind: bytes = b"vids", movie: bytes = b"", size: int | None = None) -> bytes:
    stream = chunks(b"strl", chunk(b"strh", kind + bytes(52)), chunk(b"strf", bytes(40)), chunk(b"strd", WORDS))
    head = struct.pack("<IIIII", 40_000, 0, 0, 0, 250) + bytes(36)
    header = chunks(b"hdrl", chunk(b"avih", head), stream, chunk(b"IDIT", WORDS))
    whole = chunks(b"AVI ", header, chunks(b"movi", chunk(b"00dc", FRAMES[0]), movie), *more, name=b"RIFF")
    return whole if size is None else whole[:4] + size.to_bytes(4, "little") + whole[8:]


AVI = {
    "stream": avi(),
    "info": avi(chunks(b"INFO", chunk(b"IART", WORDS))),
    "camera": avi(chunk(b"GPS ", WORDS), chunk(b"JUNK", bytes(9) + WORDS)),
    "in the movie": avi(movie=chunk(b"JUNK", WORDS) + chunk(b"gps0", WORDS) + chunk(b"00dc", FRAMES[1])),
    "second part": avi() + chunks(b"AVIX", chunk(b"GPS ", WORDS), chunks(b"movi"), name=b"RIFF"),
    "behind": avi() + chunk(b"GPS ", WORDS),
    "while recorded": avi(size=0xFFFFFFFF),
}


@pytest.mark.parametrize("content", AVI.values(), ids=AVI)
def test_an_avi_film_tells_nothing_in_its_copy(content: bytes, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.mime, seen.seconds, seen.trouble) == ("video/x-msvideo", 10, "")
    assert copy is not None
    assert (told_by(copy), len(copy), FRAMES[0] in copy) == ([], len(content), True)
    assert (FRAMES[1] in copy) == (FRAMES[1] in content)
    assert cleaned(tmp_path, copy)[1] is None


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (avi(kind=b"txts"), "unclean"),
        (avi(size=0), "broken"),
        (avi()[:40], "broken"),
        (avi(movie=bytes(8 * 510_000)), "bomb"),
    ],
)
def test_an_avi_film_made_to_harm_does_none(content: bytes, trouble: str, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.trouble, copy) == (trouble, None)


def id3(content: bytes, flags: int = 0) -> bytes:
    size = len(content)
    return b"ID3\4\0" + bytes([flags, size >> 21, size >> 14 & 127, size >> 7 & 127, size & 127]) + content


def flac_block(kind: int, content: bytes) -> bytes:
    return bytes([kind]) + len(content).to_bytes(3, "big") + content


def noted(*comments: bytes) -> bytes:
    counted = b"".join(struct.pack("<I", len(one)) + one for one in comments)
    return struct.pack("<I", 7) + b"libopus" + struct.pack("<I", len(comments)) + counted


OLD = b"TAG" + AUTHOR.encode().ljust(124, b"\0") + b"\xff"
APE_FOOT = b"APETAGEX" + struct.pack("<IIII", 2000, len(WORDS) + 32, 1, 0) + bytes(8)
FORMAT = chunk(b"fmt ", struct.pack("<HHIIHH", 1, 1, 8000, 16000, 2, 16))
STREAM = struct.pack(">HH", 4096, 4096) + bytes(6) + (44100 << 44 | 15 << 36 | 44100).to_bytes(8, "big") + bytes(16)
SOUND = {
    "mp3": id3(b"TXXX\0" + WORDS) + MP3,
    "mp3 with a foot": id3(b"TXXX\0" + WORDS, 0x10) + b"3DI\4\0\x10\0\0\0\0" + MP3,
    "mp3, old": MP3 + OLD,
    "mp3, ape": MP3 + WORDS + APE_FOOT + OLD,
    "wav": chunks(b"WAVE", FORMAT, chunks(b"INFO", chunk(b"IART", WORDS)), chunk(b"data", bytes(16000)), name=b"RIFF"),
    "flac": b"fLaC" + flac_block(0, STREAM) + flac_block(4, noted(WORDS)) + flac_block(0x82, WORDS) + b"\xff\xf8sound",
}


@pytest.mark.parametrize("content", SOUND.values(), ids=SOUND)
def test_a_recording_tells_nothing_in_its_copy(content: bytes, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.trouble, bool(seen.seconds)) == ("", True)
    assert copy is not None
    assert (told_by(copy), len(copy)) == ([], len(content))
    again, second = cleaned(tmp_path, copy)
    assert (again.mime, second) == (seen.mime, None)
    assert again.seconds == pytest.approx(seen.seconds, abs=0.05)


@pytest.mark.parametrize("content", [SOUND["mp3"][:50], SOUND["flac"][:80], b"fLaC", SOUND["wav"][:30]])
def test_a_torn_recording_is_broken(content: bytes, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.trouble, copy) == ("broken", None)


def ogg(head: bytes, comments: bytes) -> bytes:
    """Comments reach over several pages where they are long."""
    parts = [comments[at : at + 255 * 255] for at in range(0, len(comments), 255 * 255)]
    pages = [ogg_page(2, 0, 0, head), *(ogg_page(bool(n), 0, n + 1, part) for n, part in enumerate(parts))]
    return b"".join(pages) + ogg_page(4, 48_000, 99, b"what is heard")


OPUS, VORBIS = (
    b"OpusHead" + struct.pack("<BBHIHB", 1, 1, 0, 48_000, 0, 0),
    b"\1vorbis" + bytes(4) + b"\1\x80\xbb" + bytes(15),
)


def sum_of(page: bytes) -> int:
    """Bit by bit, as RFC 3533 describes it."""
    rest = 0
    for byte in page[:22] + bytes(4) + page[26:]:
        rest ^= byte << 24
        for _ in range(8):
            rest = (rest << 1) ^ (0x104C11DB7 if rest >> 31 else 0)
    return rest


@pytest.mark.parametrize("long", [0, 200_000])
@pytest.mark.parametrize(("head", "magic", "tail"), [(OPUS, b"OpusTags", b""), (VORBIS, b"\3vorbis", b"\1")])
def test_an_ogg_recording_has_no_comments_in_its_copy(
    head: bytes, magic: bytes, tail: bytes, long: int, tmp_path: Path
) -> None:
    content = ogg(head, magic + noted(b"LOCATION=" + WORDS, b"PICTURE=" + b"x" * long + WORDS) + tail)
    seen, copy = cleaned(tmp_path, content)
    assert (seen.mime, seen.located, seen.trouble) == ("audio/ogg", True, "")
    assert copy is not None
    assert (told_by(copy), len(copy), b"what is heard" in copy) == ([], len(content), True)
    assert magic + bytes(8) + tail in copy
    pages = [b"OggS" + page for page in copy.split(b"OggS")[1:]]
    assert all(sum_of(page) == int.from_bytes(page[22:26], "little") for page in pages[1:-1])


def test_an_ogg_recording_without_comments_is_as_it_came(tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, ogg(OPUS, b"OpusTags" + noted()))
    assert (seen.seconds, seen.trouble, copy) == (1, "", None)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (ogg(b"Speex   1.2" + bytes(60), noted(WORDS)), "unclean"),
        (ogg(OPUS, noted(WORDS)), "unclean"),
        (ogg(OPUS, b"OpusTags" + noted(WORDS))[:90], "broken"),
        (ogg(OPUS, b"OpusTags"), "broken"),
        (ogg_page(2, 0, 0, OPUS) + ogg_page(0, 0, 1, bytes(255 * 255)) * 999, "broken"),
    ],
)
def test_an_ogg_recording_that_is_not_understood_has_no_copy(content: bytes, trouble: str, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.trouble, copy) == (trouble, None)


def test_the_samples_of_these_tests_tell_something() -> None:
    for content in (*MATROSKA.values(), *AVI.values(), *SOUND.values()):
        assert any(word in content for word in TELLING)
