"""Films and recordings as phones, cameras and attackers make them; small, and no player's."""

from collections.abc import Sequence
from pathlib import Path

from core.media import Looked
from media.blanks import make_copy
from media.folder import clean_copy
from media.look import look
from tests.media.made import AUTHOR, MAKER, MODEL, box, put

PLACE = b"+21.0285+105.8542/"
TELLING = [PLACE, b"21.0285", MAKER.encode(), MODEL.encode(), AUTHOR.encode(), b"Hoalan AVC", b"com.android.version"]
FRAMES = (b"what is seen, first", b"what is seen, then")
FIXES = (b"at 21.0285 105.8542", b"at 21.0286 105.8543 on the way")
MADE = 3_877_979_400  # seconds since 1904: 2026-11-20 00:30 UTC
NOTES = {
    "apple": box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE) + box(b"\xa9mak", b"\0\x0e\x15\xc7" + MAKER.encode()),
    "3gp": box(b"loci", bytes(4) + b"\x15\xc7" + PLACE) + box(b"auth", bytes(6) + AUTHOR.encode()),
    "keys": box(b"keys", b"\0\0\0\x2cmdtacom.apple.quicktime.location.ISO6709") + box(b"ilst", box(b"\0\0\0\1", PLACE)),
    "android": box(b"\xa9xyz", b"\0\x12\x15\xc7" + PLACE) + box(b"meta", b"com.android.version" + MODEL.encode()),
}


def cleaned(folder: Path, content: bytes) -> tuple[Looked, bytes | None]:
    """What is seen of a file, and the copy of it that others are shown."""
    path = put(folder, content)
    seen = look(path, folder / "out")
    make_copy(path, folder / "out")
    copy = clean_copy(folder / "out")
    return seen, copy.read_bytes() if copy else None


def told_by(copy: bytes) -> list[bytes]:
    return [word for word in TELLING if word in copy]


def numbers(name: bytes, *values: int) -> bytes:
    """A table."""
    return box(name, bytes(4) + b"".join(value.to_bytes(4, "big") for value in values))


def handler(kind: bytes, name: bytes = b"") -> bytes:
    return box(b"hdlr", bytes(8) + kind + bytes(12) + name + b"\0")


def sizes_of(samples: Sequence[bytes]) -> bytes:
    return numbers(b"stsz", 0, len(samples), *map(len, samples))


def track(
    kind: bytes, places: Sequence[int], sizes: bytes, *more: bytes, name: bytes = b"", entry: bytes = b""
) -> bytes:
    """One sample a chunk, at these places; `more`: what else is in it."""
    entry = entry or box(b"avc1", bytes(78) + box(b"avcC", b"\1"))
    tables = [
        box(b"stsd", bytes(4) + (1).to_bytes(4, "big") + entry),
        numbers(b"stsc", 1, 1, 1, 1),
        numbers(b"stco", len(places), *places),
    ]
    media = handler(kind, name) + box(b"minf", box(b"stbl", b"".join(tables) + sizes))
    return box(b"trak", box(b"tkhd", bytes(84)) + box(b"mdia", box(b"mdhd", bytes(24)) + media) + b"".join(more))


def places_of(samples: Sequence[bytes], media: bytes, start: int) -> list[int]:
    return [start + media.index(sample) for sample in samples]


def telling(
    *more: bytes, around: bytes = b"", first: bool = False, head: bytes = b"", kind: bytes = b"meta", sizes: bytes = b""
) -> bytes:
    """A film with a track of places between its frames; `more` in its header, `around` after it; `first`: header first.

    `head`: of the media, instead of an ordinary one.
    """
    media = FRAMES[0] + FIXES[0] + FRAMES[1] + FIXES[1]
    front = box(b"ftyp", b"isom" + bytes(4))
    header = box(b"mvhd", bytes(4) + b"".join(n.to_bytes(4, "big") for n in (MADE, MADE, 1000, 12500)) + bytes(80))

    def movie(start: int) -> bytes:
        seen = track(b"vide", places_of(FRAMES, media, start), sizes_of(FRAMES), name=b"VideoHandler")
        ways = track(kind, places_of(FIXES, media, start), sizes or sizes_of(FIXES), name=MAKER.encode())
        return box(b"moov", header + seen + ways + b"".join(more))

    head = head or box(b"mdat", media)[:8]
    if first:
        return front + movie(len(front + movie(0) + head)) + head + media + around
    return front + head + media + movie(len(front + head)) + around


# Matroska


def element(id: int, content: bytes, wide: int = 8) -> bytes:
    """With its length in so many bytes."""
    length = (1 << 7 * wide | len(content)).to_bytes(wide, "big")
    return id.to_bytes((id.bit_length() + 7) // 8, "big") + length + content


def endless(id: int, content: bytes) -> bytes:
    """Of unknown length, as browsers record."""
    return id.to_bytes(4, "big") + b"\x01" + b"\xff" * 7 + content


# RIFF


def chunk(name: bytes, content: bytes) -> bytes:
    return name + len(content).to_bytes(4, "little") + content + bytes(len(content) % 2)


def chunks(kind: bytes, *content: bytes, name: bytes = b"LIST") -> bytes:
    return chunk(name, kind + b"".join(content))
