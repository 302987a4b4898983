"""The parts of a JPEG, so that all but the picture can be left out without touching the picture (ITU-T T.81, B)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from mmap import mmap

from media.trouble import Bad

_END, _SCAN = 0xD9, 0xDA
_TABLES = {0xC4, 0xCC, 0xDB, 0xDD}  # Huffman, arithmetic, quantization, restart interval
_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_PROGRESSIVE = {0xC2, 0xC6, 0xCA, 0xCE}
_NEXT = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")  # the marker that ends a scan
_EXIF, _XMP, _PROFILE = b"Exif\0\0", b"http://ns.adobe.com/xap/1.0/\0", b"ICC_PROFILE\0"
_MOST_NOTES = 1 << 20  # bytes of EXIF or XMP that are looked at
_MOST_SCANS = 100  # cameras write one or about ten; each costs a walk over all pixels
_MOST_OF_A_SEGMENT = 65533


@dataclass(slots=True)
class Jpeg:
    """What is in a JPEG: where the picture's own segments lie, and what is written beside them."""

    width: int = 0
    height: int = 0
    components: int = 0
    progressive: bool = False
    jfif: bytes = b""  # these two say how the colours are meant
    adobe: bytes = b""
    exif: bytes = b""
    xmp: bytes = b""
    profile: bytes = b""
    picture: list[tuple[int, int]] = field(default_factory=list)  # from and to


def read(data: mmap) -> Jpeg:
    """Raises Bad for what does not end, holds several pictures in one, or is drawn over and over."""
    found, scans = Jpeg(), 0
    for marker, start, end in _segments(data):
        if marker in _FRAMES:
            if found.width:
                raise Bad("broken")
            _frame(found, data[start + 4 : start + 10], marker)
        if marker in _FRAMES or marker in _TABLES or marker == _SCAN:
            found.picture.append((start, end))
            scans += marker == _SCAN
            if scans > _MOST_SCANS:
                raise Bad("bomb")
        elif 0xE0 <= marker <= 0xEF:
            _note(found, marker, data[start + 4 : end])
    if not found.width or not found.height:
        raise Bad("broken")
    return found


def bare(data: mmap, found: Jpeg, profile: bytes) -> Iterator[bytes]:
    """The same picture, bit by bit, with nothing beside it but a colour profile."""
    yield b"\xff\xd8" + found.jfif + found.adobe
    room = _MOST_OF_A_SEGMENT - len(_PROFILE) - 2
    parts = [profile[at : at + room] for at in range(0, len(profile), room)]
    for number, part in enumerate(parts, 1):
        yield _segment(0xE2, _PROFILE + bytes([number, len(parts)]) + part)
    for start, end in found.picture:
        yield data[start:end]
    yield b"\xff\xd9"


def _segments(data: mmap) -> Iterator[tuple[int, int, int]]:
    """Marker, from, to; a scan with the bytes that follow it. Raises Bad where the end is missing."""
    at = 2
    while True:
        if data[at : at + 1] != b"\xff":
            raise Bad("broken")
        marker = data[at + 1] if at + 1 < len(data) else 0
        if marker == 0xFF:  # fill
            at += 1
            continue
        if marker == _END:
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        end = at + 2 + length
        if marker < 0xC0 or length < 2 or end > len(data):
            raise Bad("broken")
        if marker == _SCAN:
            following = _NEXT.search(data, end)
            if following is None:
                raise Bad("broken")
            end = following.start()
        yield marker, at, end
        at = end


def _frame(found: Jpeg, head: bytes, marker: int) -> None:
    found.height, found.width = int.from_bytes(head[1:3], "big"), int.from_bytes(head[3:5], "big")
    found.components = head[5] if len(head) > 5 else 0
    found.progressive = marker in _PROGRESSIVE


def _note(found: Jpeg, marker: int, note: bytes) -> None:
    if marker == 0xE0 and note.startswith(b"JFIF\0") and len(note) >= 14:
        found.jfif = _segment(0xE0, note[:12] + b"\0\0")  # without its small picture
    elif marker == 0xEE and note.startswith(b"Adobe") and len(note) >= 12:
        found.adobe = _segment(0xEE, note[:12])
    elif marker == 0xE1 and note.startswith(_EXIF):
        found.exif = (found.exif + note.removeprefix(_EXIF))[:_MOST_NOTES]
    elif marker == 0xE1 and note.startswith((_XMP, b"http://ns.adobe.com/xmp/extension/\0")):
        found.xmp = (found.xmp + note)[:_MOST_NOTES]
    elif marker == 0xE2 and note.startswith(_PROFILE) and len(found.profile) < _MOST_NOTES:
        found.profile += note[len(_PROFILE) + 2 :]


def _segment(marker: int, content: bytes) -> bytes:
    return bytes([0xFF, marker]) + (len(content) + 2).to_bytes(2, "big") + content
