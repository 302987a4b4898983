"""A ZIP that is made while it is sent: nothing is compressed, so that its size and every byte are known beforehand.

Layout: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT (sections 4.3.7 to 4.3.16, 4.4, 4.5.3). The same
entries give the same bytes, so that a download that broke can go on anywhere; only what is asked for is kept in memory.
"""

import hashlib
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

PIECE = 1 << 18  # bytes at once
_FLAGS = 0x0808  # sizes and checksum follow the content; names are UTF-8
_PLAIN, _ZIP64 = 20, 45  # the version that it takes to unpack
_FULL, _MANY = 0xFFFFFFFF, 0xFFFF
_LOCAL, _FOLLOWS = "<4s5H3L2H", "<4s3L"
_CENTRAL = "<4s6H3L5H2L"
_END, _END64, _LOCATOR = "<4s4H2LH", "<4sQ2H2L4Q", "<4sLQL"


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the ZIP. `digest` changes with its content; `at` is the time that is shown beside it.

    `content`: the bytes, or what says where they lie, asked when it is their turn.
    """

    name: str  # with its folders, "/" between them
    size: int  # bytes, less than 4 GiB
    digest: str
    at: datetime
    content: Callable[[], Path] | bytes


@dataclass(frozen=True, slots=True)
class _Segment:
    """`make(skip)` gives its bytes from there on."""

    size: int
    make: Callable[[int], Iterator[bytes]]


class Archive:
    """The ZIP of these entries."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        if any(entry.size >= _FULL for entry in entries):
            raise ValueError("an entry is too large")
        self._entries = entries
        self._sums: dict[int, int] = {}
        self._offsets: list[int] = []
        self._segments: list[_Segment] = []
        at = 0
        for number, entry in enumerate(entries):
            self._offsets.append(at)
            head = self._local(entry)
            of_it = (
                _Segment(len(head), _just(head)),
                _Segment(entry.size, self._content_of(number)),
                _Segment(16, self._follows(number)),
            )
            self._segments += of_it
            at += sum(segment.size for segment in of_it)
        self._central_at = at
        self._central_size = sum(len(self._central(number)) for number in range(len(entries)))
        self._segments.append(_Segment(self._central_size, self._directory))
        end = self._end()
        self._segments.append(_Segment(len(end), _just(end)))

    @property
    def size(self) -> int:
        """Bytes in all."""
        return sum(segment.size for segment in self._segments)

    @property
    def tag(self) -> str:
        """Two with the same one have the same bytes."""
        told = "\n".join(f"{entry.name}\0{entry.size}\0{entry.digest}\0{entry.at}" for entry in self._entries)
        return hashlib.sha256(told.encode()).hexdigest()[:32]

    def pieces(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """The bytes from `start` up to, not with, `end`; waits for the disk. Raises OSError where a file is gone."""
        end = self.size if end is None else end
        at = 0
        for segment in self._segments:
            begin, at = at, at + segment.size
            if at <= start or begin >= end:
                continue
            left = min(end, at) - max(start, begin)
            for piece in filter(None, segment.make(max(0, start - begin))):
                yield piece[:left]
                left -= len(piece)
                if left <= 0 and at > end:
                    break  # else it runs to its end, for its checksum

    def _local(self, entry: Entry) -> bytes:
        name, (time, day) = entry.name.encode(), _dos(entry.at)
        return struct.pack(_LOCAL, b"PK\3\4", _PLAIN, _FLAGS, 0, time, day, 0, 0, 0, len(name), 0) + name

    def _content_of(self, number: int) -> Callable[[int], Iterator[bytes]]:
        def make(skip: int) -> Iterator[bytes]:
            entry, sum = self._entries[number], 0
            for piece in _read(entry, skip):
                sum = zlib.crc32(piece, sum)
                yield piece
            if skip == 0:
                self._sums[number] = sum

        return make

    def _follows(self, number: int) -> Callable[[int], Iterator[bytes]]:
        def make(skip: int) -> Iterator[bytes]:
            size = self._entries[number].size
            yield struct.pack(_FOLLOWS, b"PK\7\x08", self._sum(number), size, size)[skip:]

        return make

    def _directory(self, skip: int) -> Iterator[bytes]:
        whole = b"".join(self._central(number, self._sum(number)) for number in range(len(self._entries)))
        yield whole[skip:]

    def _central(self, number: int, sum: int = 0) -> bytes:
        entry, offset = self._entries[number], self._offsets[number]
        name, (time, day) = entry.name.encode(), _dos(entry.at)
        extra = struct.pack("<HHQ", 1, 8, offset) if offset >= _FULL else b""
        version = _ZIP64 if extra else _PLAIN
        sizes = (sum, entry.size, entry.size, len(name), len(extra), 0, 0, 0)
        packed = struct.pack(_CENTRAL, b"PK\1\2", version, version, _FLAGS, 0, time, day, *sizes, 0, min(offset, _FULL))
        return packed + name + extra

    def _end(self) -> bytes:
        count, size, at = len(self._entries), self._central_size, self._central_at
        last = (min(count, _MANY), min(count, _MANY), min(size, _FULL), min(at, _FULL), 0)
        end = struct.pack(_END, b"PK\5\6", 0, 0, *last)
        if count < _MANY and size < _FULL and at < _FULL:
            return end
        end64 = struct.pack(_END64, b"PK\6\6", 44, _ZIP64, _ZIP64, 0, 0, count, count, size, at)
        return end64 + struct.pack(_LOCATOR, b"PK\6\7", 0, at + size, 1) + end

    def _sum(self, number: int) -> int:
        """The checksum; the file is read for it where it was not just sent."""
        if number not in self._sums:
            sum = 0
            for piece in _read(self._entries[number]):
                sum = zlib.crc32(piece, sum)
            self._sums[number] = sum
        return self._sums[number]


def _just(data: bytes) -> Callable[[int], Iterator[bytes]]:
    return lambda skip: iter((data[skip:],))


def _read(entry: Entry, skip: int = 0) -> Iterator[bytes]:
    """The content from `skip` on. Raises OSError where it is not of the size that was announced."""
    came = skip
    with _opened(entry) as file:
        file.seek(skip)
        while piece := file.read(PIECE):
            came += len(piece)
            yield piece
    if came != entry.size:
        raise OSError(f"{entry.digest} is not of its size")


def _opened(entry: Entry) -> BinaryIO:
    return BytesIO(entry.content) if isinstance(entry.content, bytes) else entry.content().open("rb")


def _dos(at: datetime) -> tuple[int, int]:
    """Time and day as ZIP writes them, from 1980 to 2107."""
    year = min(max(at.year, 1980), 2107) - 1980
    return at.hour << 11 | at.minute << 5 | at.second // 2, year << 9 | at.month << 5 | at.day
