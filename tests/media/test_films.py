"""The copy of a film in boxes that others are shown tells neither where nor with what nor by whom it was made."""

from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

import pytest

from media.folder import blanks_of
from media.look import look
from tests.media.films import FIXES, FRAMES, NOTES, PLACE, cleaned, handler, numbers, sizes_of, telling, told_by, track
from tests.media.made import AUTHOR, MAKER, box, film, put

MEDIA = len(b"".join(FRAMES + FIXES))
LARGE = (1).to_bytes(4, "big") + b"mdat" + (16 + MEDIA).to_bytes(8, "big")
TO_THE_END = bytes(4) + b"mdat"


@pytest.mark.parametrize("notes", NOTES.values(), ids=NOTES)
@pytest.mark.parametrize("where", ["udta", "meta"])
@pytest.mark.parametrize("first", [True, False])
def test_what_a_film_tells_is_not_in_its_copy(notes: bytes, where: str, first: bool, tmp_path: Path) -> None:
    content = telling(box(where.encode(), notes), first=first)
    seen, copy = cleaned(tmp_path, content)
    assert (seen.mime, seen.seconds, seen.located, seen.trouble) == ("video/mp4", 12.5, True, "")
    assert seen.taken_at == datetime(2026, 11, 20, 0, 30, tzinfo=UTC)
    assert copy is not None
    assert told_by(content)
    assert (told_by(copy), len(copy)) == ([], len(content))
    assert all(copy.index(frame) == content.index(frame) for frame in FRAMES)
    assert not any(fix in copy for fix in FIXES)


@pytest.mark.parametrize(
    "more",
    [
        box(b"uuid", b"\xbe\x7a\xcf\xcb\x97\xa9\x42\xe8\x9c\x71\x99\x94\x91\xe3\xaf\xac<exif:GPSLatitude>21.0285"),
        box(b"free", bytes(500) + PLACE),
        box(b"skip", MAKER.encode()),
        box(b"meta", NOTES["keys"]),
        box(b"gps0", PLACE),
        (1).to_bytes(4, "big") + b"uuid" + (16 + len(PLACE)).to_bytes(8, "big") + PLACE,
        bytes(4) + b"meta" + AUTHOR.encode(),
    ],
)
def test_what_is_beside_the_movie_is_not_in_its_copy(more: bytes, tmp_path: Path) -> None:
    content = telling(around=more)
    _, copy = cleaned(tmp_path, content)
    assert copy is not None
    assert (told_by(copy), len(copy)) == ([], len(content))
    again, second = cleaned(tmp_path, copy)  # it has boxes, and nothing more to tell
    assert (again.seconds, again.trouble, again.located, second) == (12.5, "", False, None)


@pytest.mark.parametrize("rest", [b"\0\0\0\2", b"\0\0\0\4SEFT" + PLACE, MAKER.encode() * 99])
def test_what_a_camera_leaves_behind_the_last_box_is_not_in_the_copy(rest: bytes, tmp_path: Path) -> None:
    _, copy = cleaned(tmp_path, telling(around=rest))
    assert copy is not None
    assert (told_by(copy), copy[-len(rest) :].strip(b"\0fre")) == ([], b"")


def test_notes_of_a_track_and_the_names_of_encoders_are_not_in_the_copy(tmp_path: Path) -> None:
    entry = box(b"avc1", bytes(12) + b"HOAL" + bytes(26) + b"\x0aHoalan AVC".ljust(32, b"\0") + bytes(4) + b"codec")
    seen = track(b"vide", [], sizes_of([]), box(b"udta", NOTES["apple"]), name=MAKER.encode(), entry=entry)
    seen += track(b"soun", [], sizes_of([]), box(b"meta", NOTES["keys"]), box(b"tref", box(b"cdsc", b"\0\0\0\2")))
    content = film(3).replace(film(3)[-116:], box(b"moov", film(3)[-108:] + seen))
    _, copy = cleaned(tmp_path, content)
    assert copy is not None
    assert (told_by(copy), copy.count(b"vide"), copy.count(b"soun"), copy.count(b"codec")) == ([], 1, 1, 1)
    assert not any(word in copy for word in (b"HOAL", b"tref"))


@pytest.mark.parametrize("kind", [b"meta", b"gpmd", b"camm", b"text", b"sbtl", b"tmcd", bytes(4)])
@pytest.mark.parametrize("head", [b"", LARGE, TO_THE_END])
@pytest.mark.parametrize("first", [True, False])
def test_a_track_that_is_neither_seen_nor_heard_goes_with_its_samples(
    kind: bytes, head: bytes, first: bool, tmp_path: Path
) -> None:
    if head == TO_THE_END and not first:
        return
    content = telling(kind=kind, head=head, first=first)
    _, copy = cleaned(tmp_path, content)
    assert copy is not None
    start = content.index(FRAMES[0])
    media = FRAMES[0] + bytes(len(FIXES[0])) + FRAMES[1] + bytes(len(FIXES[1]))
    assert copy[start : start + MEDIA] == media
    assert copy.count(b"trak") == 1


@pytest.mark.parametrize(
    "sizes",
    [
        numbers(b"stsz", 12, 2),
        box(b"stz2", bytes(7) + b"\x04\0\0\0\2" + b"\xc7"),
        box(b"stz2", bytes(7) + b"\x08\0\0\0\2" + bytes(map(len, FIXES))),
        box(b"stz2", bytes(7) + b"\x10\0\0\0\2" + b"".join(len(fix).to_bytes(2, "big") for fix in FIXES)),
    ],
)
def test_samples_are_found_by_every_kind_of_table(sizes: bytes, tmp_path: Path) -> None:
    _, copy = cleaned(tmp_path, telling(sizes=sizes))
    assert copy is not None
    assert not any(fix[:7] in copy for fix in FIXES)
    assert all(frame in copy for frame in FRAMES)


@pytest.mark.parametrize(
    ("sizes", "blank"), [(numbers(b"stsz", 0, 50, *[8] * 50), 47 * 8), (numbers(b"stsz", 8, 45), 45 * 8)]
)
def test_chunks_of_several_samples_and_wide_places_are_found(sizes: bytes, blank: int, tmp_path: Path) -> None:
    media = b"".join(f"fix {number:04}".encode() for number in range(50))
    front = box(b"ftyp", b"isom" + bytes(4)) + box(b"mdat", b"picture" + media + b"picture")
    start = front.index(b"fix")
    tables = [
        numbers(b"stsc", 2, 1, 3, 1, 5, 7, 1),  # four chunks of three samples, then five of seven
        box(b"co64", bytes(4) + b"\0\0\0\x09" + b"".join(n.to_bytes(8, "big") for n in starts(start))),
        sizes,
    ]
    way = box(b"mdia", handler(b"camm") + box(b"minf", box(b"stbl", b"".join(tables))))
    _, copy = cleaned(tmp_path, front + box(b"moov", box(b"mvhd", bytes(100)) + box(b"trak", way)))
    assert copy is not None
    assert copy[: len(front)] == front.replace(media, bytes(blank) + media[blank:])


def starts(start: int) -> list[int]:
    samples = [0, 3, 6, 9, 12, 19, 26, 33, 40, 47]
    return [start + first * 8 for first, _ in pairwise(samples)]


@pytest.mark.parametrize(
    "content",
    [
        film(12.5),
        film(12.5, notes=bytes(40)),
        film(12.5, b"M4A "),
        film(12.5) + box(b"free", bytes(3000)),
        box(b"wide", b"") + film(12.5)[20:],
        film(12.5)[:-116] + box(b"moov", film(12.5)[-108:] + track(b"vide", [], sizes_of([]), name=b"VideoHandle")),
    ],
)
def test_a_film_that_tells_nothing_needs_no_copy(content: bytes, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.seconds, seen.located, seen.trouble, copy) == (12.5, False, "", None)


@pytest.mark.parametrize(
    "content",
    [
        telling(around=box(b"moof", box(b"mfhd", bytes(8)))),  # the samples of the way are told by fragments
        telling(box(b"gps ", bytes(8) + b"\0\0\0\x20")),  # a dashcam's table of places within the media
        telling(box(b"cmov", b"packed")),
        b"GARBAGE" + bytes(181) + (b"G" + bytes(187)) * 9,  # a camcorder's stream, with places between the frames
    ],
)
def test_a_film_that_is_not_cleaned_for_sure_has_no_copy(content: bytes, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert (seen.trouble, copy) == ("unclean", None)


def test_a_film_in_fragments_is_cleaned(tmp_path: Path) -> None:
    fragment = box(b"traf", box(b"tfhd", bytes(8)) + box(b"trun", bytes(8)) + box(b"udta", PLACE))
    content = film(3) + (box(b"moof", box(b"mfhd", bytes(8)) + fragment) + box(b"mdat", FRAMES[0])) * 3
    _, copy = cleaned(tmp_path, content)
    assert copy is not None
    assert (told_by(copy), copy.count(FRAMES[0]), copy.count(b"trun")) == ([], 3, 3)


@pytest.mark.parametrize(
    ("content", "trouble"),
    [
        (telling()[:-1], "broken"),
        (telling()[:90], "broken"),
        (telling(head=(9999).to_bytes(4, "big") + b"mdat"), "broken"),
        (telling(head=(1).to_bytes(4, "big") + b"mdat" + b"\xff" * 8), "broken"),
        (telling(head=(1).to_bytes(4, "big") + b"mdat" + bytes(8)), "broken"),
        (telling(box(b"udta", PLACE)[:-1]), "broken"),
        (telling(b"\xff\xff\xff\xffudta"), "broken"),
        (telling(sizes=numbers(b"stsz", 0, 0xFFFFFFFF)), "bomb"),
        (telling(sizes=numbers(b"stsz", 0, 1000)), "broken"),
        (telling(sizes=numbers(b"stz2", 8, 2)), "broken"),
        (telling(sizes=numbers(b"stz2", 7, 2)), "broken"),
        (telling(sizes=box(b"nosz", b"")), "broken"),
        (telling(sizes=numbers(b"stsz", 0xFFFFFFFF, 0xFFFFFFFF)), ""),
        (telling(sizes=box(b"stsc", bytes(4) + b"\0\0\0\1\0\0\0\5" + bytes(8))), "broken"),
        (telling(sizes=box(b"stco", bytes(4) + b"\xff\xff\xff\xff")), "bomb"),
        (film(3) + b"\0\0\0\x08free" * 510_000, "bomb"),
    ],
)
def test_a_film_made_to_harm_does_none(content: bytes, trouble: str, tmp_path: Path) -> None:
    seen, copy = cleaned(tmp_path, content)
    assert seen.trouble == trouble
    assert (copy is None) == bool(trouble)


def test_samples_that_are_said_to_lie_elsewhere_leave_the_film_whole(tmp_path: Path) -> None:
    for start in (0, 20, 1 << 31):
        way = track(b"meta", [start], sizes_of([b"x" * 40]))
        content = film(3)[:-116] + box(b"moov", film(3)[-108:] + way)
        _, copy = cleaned(tmp_path, content)
        assert copy is not None
        assert copy[:16] == content[:16]
        assert look(put(tmp_path, copy), tmp_path / "again").seconds == 3


def test_of_a_film_of_two_gigabytes_little_is_read(tmp_path: Path) -> None:
    path, whole = tmp_path / "film", telling(box(b"udta", NOTES["apple"]))
    with path.open("wb") as file:
        file.write(box(b"ftyp", b"isom" + bytes(4)) + (1).to_bytes(4, "big") + b"mdat" + (2 << 30).to_bytes(8, "big"))
        file.seek(16 + (2 << 30))
        file.write(whole[whole.index(b"moov") - 4 :])
    seen = look(path, tmp_path / "out")
    assert (seen.seconds, seen.located, seen.trouble) == (12.5, True, "")
    assert blanks_of(tmp_path / "out").stat().st_size < 1000
