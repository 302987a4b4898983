"""What a Matroska or WebM film tells beside picture and sound.

RFC 9559 (elements) and RFC 8794 (EBML). Kept is what playing needs (`_KEPT`); tags, attachments, chapters, titles and
all else become elements "Void" of the same size. The names of the writing programs must be there: they become empty.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from media.blanks import Blank, Eraser
from media.film import Told, moment
from media.trouble import Bad

_HEAD, _SEGMENT, _CLUSTER, _INFO, _TRACKS, _TRACK, _VOID = (
    *(0x1A45DFA3, 0x18538067, 0x1F43B675, 0x1549A966, 0x1654AE6B, 0xAE, 0xEC),
)
_SEEK_HEAD, _CUES, _TAGS, _CHAPTERS, _ATTACHMENTS = 0x114D9B74, 0x1C53BB6B, 0x1254C367, 0x1043A770, 0x1941A469
_SCALE, _LASTS, _DATE, _TYPE = 0x2AD7B1, 0x4489, 0x4461, 0x83
_PROGRAMS = {0x4D80, 0x5741}  # MuxingApp, WritingApp
_OF_A_TRACK = {  # number, kind, flags, times, language, codec, picture, sound, packing
    *(0xD7, 0x73C5, _TYPE, 0xB9, 0x88, 0x55AA, 0x55AB, 0x55AC, 0x55AD, 0x55AE, 0x55AF, 0x9C, 0x6DE7, 0x6DF8),
    *(0x23E383, 0x234E7A, 0x23314F, 0x537F, 0x55EE, 0x41E4, 0x22B59C, 0x22B59D, 0x86, 0x63A2, 0xAA, 0x56AA, 0x56BB),
    *(0xE0, 0xE1, 0xE2, 0x6D80),
}
_KEPT = {
    0: {_HEAD, _SEGMENT},
    _SEGMENT: {_SEEK_HEAD, _INFO, _TRACKS, _CLUSTER, _CUES},
    _INFO: {_SCALE, _LASTS, _DATE, *_PROGRAMS},
    _TRACKS: {_TRACK},
    _TRACK: _OF_A_TRACK,
}
_ABOVE = {_HEAD, _SEGMENT, _CLUSTER, _INFO, _TRACKS, _SEEK_HEAD, _CUES, _TAGS, _CHAPTERS, _ATTACHMENTS}
_PLAYED = (b"\1", b"\2", b"\x11")  # picture, sound, subtitles
_EPOCH = datetime(2001, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class _Element:
    id: int
    start: int
    body: int
    end: int


def read_matroska(film: Eraser) -> Told:
    """Length and time; what is to be blanked is with `film`. Raises Bad."""
    told: dict[int, bytes] = {}
    for element in _elements(film, 0, film.size):
        _sift(film, element, 0, told)
    if _CLUSTER not in told:
        raise Bad("broken")
    lasts, scale = _real(told.get(_LASTS, b"")), int.from_bytes(told.get(_SCALE, b"")) or 1_000_000
    made = int.from_bytes(told.get(_DATE, b""), signed=True)
    return Told(lasts * scale / 1e9 if lasts else None, moment(_EPOCH, made / 1e9) if made else None)


def _sift(film: Eraser, element: _Element, parent: int, told: dict[int, bytes]) -> None:
    """Blank what the element, or what is in it, tells; `told`: what numbers are found, by their element."""
    if element.id not in _KEPT[parent]:
        _void(film, element)
    elif element.id in _PROGRAMS:
        film.erase(element.body, element.end)
    elif element.id in _KEPT:
        for inner in _elements(film, element.body, element.end):
            _sift(film, inner, element.id, told)
    elif element.id in (_SCALE, _LASTS, _DATE, _CLUSTER):
        told[element.id] = film.read(element.body, min(element.end - element.body, 8))
    elif (
        element.id == _TYPE and film.read(element.body, min(element.end - element.body, 8)).lstrip(b"\0") not in _PLAYED
    ):
        raise Bad("unclean")  # its blocks would have to be looked for in every cluster


def _void(film: Eraser, element: _Element) -> None:
    whole = element.end - element.start
    wide = 8 if whole >= 9 else 1
    head = bytes((_VOID,)) + (1 << 7 * wide | whole - 1 - wide).to_bytes(wide)
    film.erase(element.body, element.end, Blank(element.start, whole, head))


def _elements(film: Eraser, start: int, end: int) -> Iterator[_Element]:
    """Raises Bad for one that reaches over the end."""
    while start < end:
        element = _element(film, start, end)
        yield element
        start = element.end


def _element(film: Eraser, start: int, end: int) -> _Element:
    """A segment or cluster may be of unknown length, as browsers record them."""
    film.step()
    head = film.read(start, 12)
    long = 9 - head[0].bit_length()
    wide = 9 - head[long].bit_length() if long < len(head) else 9
    if long > 4 or wide > 8:
        raise Bad("broken")
    id, body, all_ones = int.from_bytes(head[:long]), start + long + wide, (1 << 7 * wide) - 1
    size = int.from_bytes(head[long : long + wide]) & all_ones
    until = body + size
    if size == all_ones:
        if id not in (_SEGMENT, _CLUSTER):
            raise Bad("broken")
        until = end if id == _SEGMENT else _end_of_cluster(film, body, end)
    if until > end:
        raise Bad("broken")
    return _Element(id, start, body, until)


def _end_of_cluster(film: Eraser, start: int, end: int) -> int:
    """Where the first element lies that can be in no cluster."""
    while start < end:
        if int.from_bytes(film.read(start, 4)) in _ABOVE:
            return start
        start = _element(film, start, end).end
    return end


def _real(number: bytes) -> float:
    """0 for what is none."""
    return float(struct.unpack(">d" if len(number) == 8 else ">f", number)[0]) if len(number) in (4, 8) else 0.0
