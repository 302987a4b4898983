"""What a film or recording in boxes tells beside picture and sound: MP4, MOV, M4V, M4A, 3GP.

ISO/IEC 14496-12, and Apple's QuickTime File Format. Kept is what playing needs (`_KEPT`); all else is blanked where it
lies, as a box "free" of the same size, so that no offset changes: notes of every kind, leftovers, names of handlers and
encoders, and each track that is neither picture nor sound with its samples: places along the way, chapters, and
subtitles, since drones write their coordinates as such. What stays: the brand, the times of making, and all that is
within picture and sound.
"""

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from media.blanks import Blank, Eraser
from media.samples import Span, spans
from media.trouble import Bad

_KEPT = {
    parent: frozenset(name.ljust(4).encode() for name in names.split())
    for parent, names in {
        b"": "ftyp styp moov mdat moof mfra sidx ssix pdin wide",
        b"moov": "mvhd trak mvex iods pssh",
        b"trak": "tkhd edts mdia tapt clip matt load",
        b"edts": "elst",
        b"tapt": "clef prof enof",
        b"mdia": "mdhd hdlr minf elng",
        b"minf": "vmhd smhd gmhd dinf hdlr stbl",
        b"dinf": "dref",
        b"stbl": "stsd stts ctts cslg stss stps sdtp stsc stsz stz2 stco co64 sbgp sgpd subs saiz saio padb stdp stsh",
        b"mvex": "mehd trex leva trep",
        b"moof": "mfhd traf pssh",
        b"traf": "tfhd tfdt trun sdtp sbgp sgpd subs saiz saio senc",
    }.items()
}
_HIDING = {b"cmov", b"gps "}  # a packed header; a table of places that lie elsewhere
_SHOWN = (b"vide", b"soun")
_PLAIN = {b"VideoHandler", b"SoundHandler", b"VideoHandle", b"SoundHandle"}  # told by no device
_EPOCH = datetime(1904, 1, 1, tzinfo=UTC)
_FIRST, _LAST = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Told:
    """`seconds` None where the head does not say; `taken_at` None where the clock was not set."""

    seconds: float | None = None
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class _Box:
    name: bytes
    start: int
    body: int
    end: int


def read_film(film: Eraser) -> Told:
    """Length and time; what is to be blanked is with `film`. Raises Bad."""
    top = list(_top(film))
    heads = [box for box in top if box.name == b"moov"]
    if not heads:
        raise Bad("broken")
    for box in top:
        _sift(film, box, b"", top)
    found = (box for box in _boxes(film, heads[0].body, heads[0].end) if box.name == b"mvhd")
    return next((_header(film.read(box.body, min(box.end - box.body, 32))) for box in found), Told())


def _top(film: Eraser) -> Iterator[_Box]:
    """Of what follows the last box, as some cameras leave it, nothing is kept."""
    at, whole = 0, False
    while at < film.size:
        box = _box(film, at, film.size)
        if box is None:
            if not whole or film.read(at + 4, 4) in _KEPT[b""]:
                raise Bad("broken")
            film.erase(at, film.size, *([Blank(at, 8, b"\0\0\0\0free")] if film.size - at >= 8 else []))
            return
        yield box
        whole = whole or box.name == b"moov"
        at = box.end


def _boxes(film: Eraser, start: int, end: int) -> Iterator[_Box]:
    """Raises Bad for a box that reaches over the end."""
    while start + 8 <= end:
        box = _box(film, start, end)
        if box is None:
            raise Bad("broken")
        yield box
        start = box.end


def _box(film: Eraser, start: int, end: int) -> _Box | None:
    """None where none can be."""
    film.step()
    head = film.read(start, 16)
    length, name, body = int.from_bytes(head[:4], "big"), head[4:8], start + 8
    if length == 1:
        length, body = int.from_bytes(head[8:16], "big"), start + 16
    until = start + length if length else end
    return _Box(name, start, body, until) if body <= until <= end else None


def _sift(film: Eraser, box: _Box, parent: bytes, top: Sequence[_Box], handler: bytes = b"") -> None:
    """Blank what the box, or what is in it, tells; `handler`: of the track that it belongs to."""
    if box.name in _HIDING:
        raise Bad("unclean")
    if box.name not in _KEPT[parent]:
        _free(film, box)
    elif box.name == b"hdlr":
        _blank_name(film, box)
    elif box.name == b"stsd" and handler == b"vide":
        _blank_encoder(film, box)
    elif box.name == b"trak" and (handler := _handler(film, box)) not in _SHOWN:
        _remove(film, box, top)
    elif box.name in _KEPT:
        for inner in _boxes(film, box.body, box.end):
            _sift(film, inner, box.name, top, handler)


def _free(film: Eraser, box: _Box) -> None:
    film.erase(box.body, box.end, Blank(box.start + 4, 4, b"free"))


def _remove(film: Eraser, track: _Box, top: Sequence[_Box]) -> None:
    """The track, and its samples. Raises Bad for a film in fragments, whose samples are told elsewhere."""
    if any(box.name == b"moof" for box in top):
        raise Bad("unclean")
    media = [box for box in top if box.name == b"mdat"]
    for start, end in spans(film, _tables(film, track)):
        for box in media:
            if start < box.end and end > box.body:
                film.erase(max(start, box.body), min(end, box.end))
    _free(film, track)


def _handler(film: Eraser, track: _Box) -> bytes:
    for box in _within(film, track, b"mdia"):
        if box.name == b"hdlr":
            return film.read(box.body + 8, 4)
    return b""


def _tables(film: Eraser, track: _Box) -> dict[bytes, Span]:
    return {box.name: (box.body, box.end) for box in _within(film, track, b"mdia", b"minf", b"stbl")}


def _within(film: Eraser, box: _Box, *path: bytes) -> list[_Box]:
    """The boxes at the end of this path; none where it leads nowhere."""
    inner = list(_boxes(film, box.body, box.end))
    if not path:
        return inner
    return next((_within(film, one, *path[1:]) for one in inner if one.name == path[0]), [])


def _blank_name(film: Eraser, handler: _Box) -> None:
    """8.4.3; of QuickTime also the maker of the component, which lies before it."""
    name = film.read(handler.body + 24, min(max(handler.end - handler.body - 24, 0), 256)).strip(b"\0")
    end = handler.body + 24 if name in _PLAIN else handler.end
    film.erase(min(handler.body + 12, handler.end), min(end, handler.end))


def _blank_encoder(film: Eraser, descriptions: _Box) -> None:
    """12.1.3: 32 bytes of compressorname; in QuickTime four of the vendor."""
    for entry in _boxes(film, descriptions.body + 8, descriptions.end):
        for start, end in ((20, 24), (50, 82)):
            if entry.start + end <= entry.end:
                film.erase(entry.start + start, entry.start + end)


def _header(head: bytes) -> Told:
    """8.2.2; the length is not known where it is all ones or nought, as in films that are streamed."""
    try:
        made, _, scale, lasts = struct.unpack_from(">QQIQ" if head[:1] == b"\1" else ">IIII", head, 4)
    except struct.error:
        raise Bad("broken") from None
    unknown = lasts in (0, 0xFFFFFFFF, 0xFFFFFFFFFFFFFFFF) or not scale
    return Told(None if unknown else lasts / scale, moment(_EPOCH, made))


def moment(epoch: datetime, seconds: float) -> datetime | None:
    """None where a camera's clock was never set."""
    try:
        told = epoch + timedelta(seconds=seconds)
    except OverflowError:
        return None
    return told if _FIRST <= told < _LAST else None
