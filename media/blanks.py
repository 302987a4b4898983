"""What of a film or recording is overwritten in the copy that others are shown.

The process that looks at the file only says where; the copy is made by us, outside its limits of time and size.
"""

import json
import shutil
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from core.mime import ending, sniff
from media.folder import blanks_of
from media.trouble import Bad

if sys.platform == "linux":
    from os import copy_file_range

_MOST_BLANKS = 100_000
_MOST_STEPS = 500_000  # boxes, chunks or elements of one file; more than two hours that a browser records
_MOST_SAID = _MOST_BLANKS * 64  # bytes of the list
_MOST_HEAD = 16  # bytes
_PIECE = 1 << 20  # bytes read or written at once
_PLACES = (b"\xa9xyz", b"loci", b"location", b"gpslatitude", b"gpmd", b"camm")  # in small letters


@dataclass(frozen=True, slots=True)
class Blank:
    """`length` bytes from `start` become `head` and zeros; a later one goes over an earlier one."""

    start: int
    length: int
    head: bytes = b""


class Eraser:
    """Collects the blanks of one file, and whether what they cover tells a place."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = file.seek(0, 2)
        self.blanks: list[Blank] = []
        self.located = False
        self._steps = 0

    def read(self, start: int, most: int) -> bytes:
        self.file.seek(start)
        return self.file.read(most)

    def step(self) -> None:
        """Before each box is read. Raises Bad where there are too many."""
        self._steps += 1
        if self._steps > _MOST_STEPS:
            raise Bad("bomb")

    def erase(self, start: int, end: int, *heads: Blank) -> None:
        """Zeros from `start` to before `end`, then `heads`; nothing where there are only zeros. Raises Bad."""
        told = self.read(start, min(end - start, _PIECE))
        if end - start > _PIECE or any(told):
            self.located = self.located or any(place in told.lower() for place in _PLACES)
            self.blanks += [Blank(start, end - start), *heads]
        if len(self.blanks) > _MOST_BLANKS:
            raise Bad("bomb")


def leave(blanks: Sequence[Blank], out: Path) -> None:
    """In the folder of the look, as one line of JSON, for `make_copy`."""
    line = json.dumps([(blank.start, blank.length, blank.head.hex()) for blank in blanks])
    blanks_of(out).write_text(line, encoding="ascii")


def make_copy(path: Path, out: Path) -> None:
    """`clean.*` of the film at `path`, as long as it is, where the look has left blanks; in constant memory.

    Raises Bad for blanks that do not fit the file, OSError for a full disk.
    """
    if not blanks_of(out).is_file():
        return
    with path.open("rb", buffering=0) as film:
        size = film.seek(0, 2)
        blanks = _left(blanks_of(out), size)
        clean = out / f"clean.{ending(sniff(film)) or 'bin'}"
        film.seek(0)
        with clean.open("xb", buffering=0) as copy:
            if sys.platform == "linux":
                with suppress(OSError):  # not between all file systems; where it can, equal parts take no room
                    while copy_file_range(film.fileno(), copy.fileno(), 1 << 30):
                        pass
            shutil.copyfileobj(film, copy, _PIECE)  # goes on where that stopped
            if copy.tell() != size:
                raise OSError("not copied whole")
            for blank in blanks:
                _write(copy, blank)


def _left(said: Path, size: int) -> list[Blank]:
    """Every one lies in the file, and together they are not much longer than it."""
    try:
        with said.open("rb") as file:
            lines = json.loads(file.read(_MOST_SAID))
        blanks = [Blank(int(start), int(length), bytes.fromhex(head)) for start, length, head in lines]
    except (ValueError, TypeError, RecursionError, OverflowError):
        raise Bad("broken") from None
    for blank in blanks:
        inside = 0 <= blank.start <= blank.start + blank.length <= size
        if not inside or len(blank.head) > min(blank.length, _MOST_HEAD):
            raise Bad("broken")
    if len(blanks) > _MOST_BLANKS or sum(blank.length for blank in blanks) > 2 * size:
        raise Bad("broken")
    return blanks


def _write(copy: BinaryIO, blank: Blank) -> None:
    copy.seek(blank.start)
    copy.write(blank.head)
    left = blank.length - len(blank.head)
    while left:
        left -= copy.write(bytes(min(left, _PIECE)))
