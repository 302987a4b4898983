"""What an AVI film or a WAV recording tells beside picture and sound.

Microsoft's "AVI RIFF File Reference" and OpenDML 1.02. Kept is what playing needs (`_KEPT`); all else, as the
camera's own data of a stream, dates, titles and leftovers, becomes a chunk "JUNK" of the same size. A size that
reaches over the end is cut: programs that write while they record leave such.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

from media.blanks import Blank, Eraser
from media.trouble import Bad

_KEPT = {  # a list is named with its kind
    b"": re.compile(rb"RIFF(?:AVI |AVIX|WAVE)"),
    b"RIFFAVI ": re.compile(rb"LIST(?:hdrl|movi)|idx1"),
    b"RIFFAVIX": re.compile(rb"LISTmovi|idx1"),
    b"RIFFWAVE": re.compile(rb"fmt |fact|data"),
    b"LISThdrl": re.compile(rb"avih|LIST(?:strl|odml)"),
    b"LISTstrl": re.compile(rb"strh|strf|indx|vprp"),
    b"LISTodml": re.compile(rb"dmlh"),
    b"LISTmovi": re.compile(rb"\d\d(?:db|dc|wb|pc)|ix\d\d|LISTrec "),
    b"LISTrec ": re.compile(rb"\d\d(?:db|dc|wb|pc)"),
}
_SHOWN = (b"vids", b"auds")


@dataclass(frozen=True, slots=True)
class _Chunk:
    name: bytes
    start: int
    body: int
    end: int


def read_riff(film: Eraser) -> float | None:
    """The length in seconds, of films; what is to be blanked is with `film`. Raises Bad."""
    pace, frames, found = 0, 0, set()
    for chunk in _sift(film, 0, film.size, b""):
        found.add(chunk.name)
        head = film.read(chunk.body, min(chunk.end - chunk.body, 20)).ljust(20, b"\0")
        if chunk.name == b"avih":
            pace, frames = struct.unpack_from("<I12xI", head)
        elif chunk.name == b"dmlh":  # of all parts of a long film
            frames = max(frames, struct.unpack_from("<I", head)[0])
        elif chunk.name == b"strh" and head[:4] not in _SHOWN:
            raise Bad("unclean")  # its words would have to be looked for in the movie
    if not found & {b"LISTmovi", b"data"}:
        raise Bad("broken")
    return frames * pace / 1e6 or None


def _sift(film: Eraser, start: int, end: int, parent: bytes) -> Iterator[_Chunk]:
    """What is kept, outer before inner; the rest is blanked."""
    for chunk in _chunks(film, start, end):
        if not _KEPT[parent].fullmatch(chunk.name):
            film.erase(chunk.start + 8, chunk.end, Blank(chunk.start, 4, b"JUNK"))
            continue
        yield chunk
        if chunk.name in _KEPT:
            yield from _sift(film, chunk.body, chunk.end, chunk.name)


def _chunks(film: Eraser, start: int, end: int) -> Iterator[_Chunk]:
    while start + 8 <= end:
        film.step()
        head = film.read(start, 12)
        name, body = head[:4], start + 8
        until = min(body + int.from_bytes(head[4:8], "little"), end)
        if name in (b"RIFF", b"LIST"):
            name, body = name + head[8:12], min(start + 12, until)
        yield _Chunk(name, start, body, until)
        start = until + (until - body & 1)
