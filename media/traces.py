"""What EXIF and XMP tell of where and when a picture was taken; few entries are read, and no offset is followed twice.

Exif 2.32 (CIPA DC-008), 4.6: a TIFF header, then directories of entries of 12 bytes.
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from typing import BinaryIO, Literal

from core.clock import VIETNAM

_MOST_ENTRIES = 200  # of one directory; cameras write fewer than 80
_ORIENTATION, _CHANGED, _EXIF, _GPS = 0x0112, 0x0132, 0x8769, 0x8825
_TAKEN, _TAKEN_ZONE = 0x9003, 0x9011
_LATITUDE, _LONGITUDE = 2, 4
_PLACES_OF_XMP = (b"GPSLatitude", b"LocationCreated", b"LocationShown", b"photoshop:City", b"Iptc4xmpCore:Location")

Order = Literal["little", "big"]
Entries = dict[int, tuple[int, bytes]]  # by tag: how many, and the four bytes of the value or of where it lies


@dataclass(frozen=True, slots=True)
class Traces:
    """`orientation` as EXIF numbers it: 1 is upright, from 5 on width and height change places."""

    orientation: int = 1
    located: bool = False
    taken_at: datetime | None = None


def traces(exif: bytes | BinaryIO, xmp: bytes = b"") -> Traces:
    """Of an EXIF block (with or without its heading) or a TIFF file, and an XMP packet."""
    file = BytesIO(exif.removeprefix(b"Exif\0\0")) if isinstance(exif, bytes) else exif
    orientation, located, taken_at = 1, any(place in xmp for place in _PLACES_OF_XMP), None
    order, first = _header(file)
    if order:
        main = _entries(file, order, first)
        turned = int.from_bytes(main.get(_ORIENTATION, (1, b"\0\0"))[1][:2], order)
        orientation = turned if 1 <= turned <= 8 else 1
        gps = _below(file, order, main, _GPS)
        located = located or (_LATITUDE in gps and _LONGITUDE in gps)
        details = _below(file, order, main, _EXIF)
        zone = _text(file, order, details, _TAKEN_ZONE)
        taken_at = _moment(_text(file, order, details, _TAKEN) or _text(file, order, main, _CHANGED), zone)
    return Traces(orientation, located, taken_at)


def weight(file: BinaryIO) -> int:
    """How many bytes the first directory of a TIFF file says it speaks of; readers take them all into memory."""
    order, first = _header(file)
    return sum(many for many, _ in _entries(file, order, first).values()) * 4 if order else 0


def _header(file: BinaryIO) -> tuple[Order | None, int]:
    file.seek(0)
    head = file.read(8)
    orders: dict[bytes, Order] = {b"II*\0": "little", b"MM\0*": "big"}
    order = orders.get(head[:4])
    return order, int.from_bytes(head[4:8], order or "little")


def _entries(file: BinaryIO, order: Order, offset: int) -> Entries:
    file.seek(offset)
    number = min(int.from_bytes(file.read(2), order), _MOST_ENTRIES)
    block = file.read(number * 12)
    entries = (block[at : at + 12] for at in range(0, len(block) - 11, 12))
    return {int.from_bytes(one[:2], order): (int.from_bytes(one[4:8], order), one[8:]) for one in entries}


def _below(file: BinaryIO, order: Order, main: Entries, tag: int) -> Entries:
    """The directory that an entry points to; empty where there is none."""
    return _entries(file, order, int.from_bytes(main[tag][1], order)) if tag in main else {}


def _text(file: BinaryIO, order: Order, entries: Entries, tag: int) -> str:
    if tag not in entries:
        return ""
    length, value = entries[tag]
    if length > 4:
        file.seek(int.from_bytes(value, order))
        value = file.read(min(length, 32))
    return value[:length].split(b"\0")[0].decode("ascii", "replace").strip()


def _moment(text: str, zone: str) -> datetime | None:
    """From "2026:11:20 07:30:00" and "+07:00"; None where the camera's clock was never set."""
    if not re.fullmatch(r"\d{4}:\d\d:\d\d \d\d:\d\d:\d\d", text, re.ASCII):
        return None
    offset = re.fullmatch(r"([+-])(\d\d):(\d\d)", zone, re.ASCII)
    away = timedelta()
    if offset:
        away = timedelta(hours=int(offset[2]), minutes=int(offset[3])) * (-1 if offset[1] == "-" else 1)
    year, month, day, hour, minute, second = (int(part) for part in re.split("[: ]", text))
    try:
        told = datetime(year, month, day, hour, minute, second, tzinfo=timezone(away) if offset else VIETNAM)
        return told.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
