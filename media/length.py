"""How long films and sound last, read from their heads: a film of 2 GB is not read whole."""

import struct
from collections.abc import Iterator
from math import isfinite
from pathlib import Path
from typing import BinaryIO

from tinytag import TinyTag

from core.media import Looked
from media.trouble import Bad

_ISO = {"video/mp4", "video/quicktime", "audio/mp4"}
LASTING = {*_ISO, "audio/ogg", "audio/mpeg", "audio/aac", "audio/amr"}
_LONGEST = 24 * 3600  # seconds; what says more lies
_MOST_BOXES = 10_000
_MOST_NOTES = 1 << 20  # bytes
_PLACES = (b"\xa9xyz", b"loci", b"location.ISO6709")
_AMR_FRAMES = (13, 14, 16, 18, 20, 21, 27, 32, 6, 1, 1, 1, 1, 1, 1, 1)  # bytes for 20 ms, by kind (RFC 4867, 5.3)
_RATES = (96000, 88200, 64000, 48000, 44100, 32000, 24000, 22050, 16000, 12000, 11025, 8000, 7350)
_MOST_STREAM = 64 << 20  # bytes of speech without a head


def look_at_lasting(path: Path, mime: str) -> Looked:
    """`seconds` None where the head does not say. Raises Bad."""
    located = False
    with path.open("rb") as file:
        if mime in _ISO:
            seconds, located = _film(file)
        elif mime == "audio/amr":
            seconds = _speech(file.read(_MOST_STREAM))
        elif mime == "audio/aac":
            seconds = _frames_of_aac(file.read(_MOST_STREAM))
        else:
            seconds = TinyTag.get(file_obj=file, tags=False).duration
    if seconds is not None and (not isfinite(seconds) or seconds > _LONGEST):
        raise Bad("too_long")
    return Looked(mime, seconds=round(seconds, 2) if seconds else None, located=located)


def _film(file: BinaryIO) -> tuple[float | None, bool]:
    """ISO/IEC 14496-12: 8.2.2, the movie header; and whether its notes hold a place."""
    size = file.seek(0, 2)
    seconds, located, found = None, False, False
    for name, start, end in _boxes(file, 0, size):
        if name != b"moov":
            continue
        found = True
        for inner, begin, until in _boxes(file, start, end):
            file.seek(begin)
            if inner == b"mvhd":
                seconds = _header(file.read(min(until - begin, 32)))
            elif inner in (b"udta", b"meta"):
                notes = file.read(min(until - begin, _MOST_NOTES))
                located = located or any(place in notes for place in _PLACES)
    if not found:
        raise Bad("broken")
    return seconds, located


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Name, and from and to of the content. Raises Bad for a box that reaches over the end."""
    for _ in range(_MOST_BOXES):
        if start + 8 > end:
            return
        file.seek(start)
        head = file.read(16)
        length, name, begin = int.from_bytes(head[:4], "big"), head[4:8], start + 8
        if length == 1:
            length, begin = int.from_bytes(head[8:16], "big"), start + 16
        until = start + length if length else end
        if until < begin or until > end:
            raise Bad("broken")
        yield name, begin, until
        start = until
    raise Bad("bomb")


def _header(head: bytes) -> float | None:
    """Scale and duration of a movie header; None where it is all ones or nought, as in films that are streamed."""
    try:
        scale, duration = (
            struct.unpack_from(">IQ", head, 20) if head[:1] == b"\1" else struct.unpack_from(">II", head, 12)
        )
    except struct.error:
        raise Bad("broken") from None
    unknown = duration in (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF) or not scale
    return None if unknown else duration / scale


def _speech(data: bytes) -> float:
    at, frames = len(b"#!AMR\n"), 0
    while at < len(data):
        at += _AMR_FRAMES[data[at] >> 3 & 15]
        frames += 1
    return frames * 0.02


def _frames_of_aac(data: bytes) -> float:
    """ADTS, ISO/IEC 14496-3 1.A.3.2: every frame says its own length and holds 1024 samples."""
    at, seconds = 0, 0.0
    while at + 7 <= len(data) and data[at] == 0xFF and data[at + 1] & 0xF6 == 0xF0:
        rate = data[at + 2] >> 2 & 15
        length = (data[at + 3] & 3) << 11 | data[at + 4] << 3 | data[at + 5] >> 5
        if length < 7 or rate >= len(_RATES):
            break
        seconds += 1024 / _RATES[rate]
        at += length
    return seconds
