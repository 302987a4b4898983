"""Where the samples of a track lie in a film (ISO/IEC 14496-12, 8.7: stsz or stz2, stsc, stco or co64)."""

import sys
from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise

from media.blanks import Eraser
from media.trouble import Bad

_MOST = 5_000_000  # entries of one table
_FULL = 4  # bytes of version and flags

Span = tuple[int, int]  # from, to before


def spans(film: Eraser, tables: Mapping[bytes, Span]) -> Iterator[Span]:
    """From and to of each run of samples, as far as the tables go; `tables`: the contents of the boxes by their name.

    Raises Bad for tables that contradict each other.
    """
    chunks = _chunks(film, tables)
    if not chunks:
        return
    size_of_all, count, sizes = _sizes(film, tables)
    used, begun, ended = 0, 0, 0
    for start, many in zip(chunks, _per_chunk(film, tables, len(chunks)), strict=True):
        many = min(many, count - used)
        length = many * size_of_all if size_of_all else sum(sizes[used : used + many])
        used += many
        if start != ended:
            if ended > begun:
                yield begun, ended
            begun = start
        ended = start + length
    if ended > begun:
        yield begun, ended


def _chunks(film: Eraser, tables: Mapping[bytes, Span]) -> "array[int]":
    for name, kind in ((b"stco", "I"), (b"co64", "Q")):
        if name in tables:
            start, end = tables[name]
            return _numbers(film, start + _FULL, end, kind)
    return array("Q")


def _sizes(film: Eraser, tables: Mapping[bytes, Span]) -> tuple[int, int, "array[int]"]:
    """The size of every sample, or 0 and the sizes one by one; and how many they are."""
    name = b"stsz" if b"stsz" in tables else b"stz2"
    if name not in tables:
        raise Bad("broken")
    start, end = tables[name]
    same = int.from_bytes(film.read(start + _FULL, 4), "big")
    count = int.from_bytes(film.read(start + _FULL + 4, 4), "big")
    if name == b"stsz" and same:
        return same, count, array("I")
    kind = "I" if name == b"stsz" else {4: "B", 8: "B", 16: "H"}.get(same & 0xFF, "")
    if not kind:
        raise Bad("broken")
    if name == b"stz2" and same & 0xFF == 4:
        packed = _numbers(film, start + _FULL + 4, end, kind, (count + 1) // 2)
        sizes = array("B", (half for byte in packed for half in (byte >> 4, byte & 15)))
    else:
        sizes = _numbers(film, start + _FULL + 4, end, kind)
    return 0, min(count, len(sizes)), sizes


def _per_chunk(film: Eraser, tables: Mapping[bytes, Span], chunks: int) -> Iterator[int]:
    """How many samples each of the chunks holds."""
    if b"stsc" not in tables:
        raise Bad("broken")
    start, end = tables[b"stsc"]
    numbers = _numbers(film, start + _FULL, end, "I", width=3)
    firsts = [*numbers[::3], chunks + 1]
    if firsts[0] != 1 or any(first >= later for first, later in pairwise(firsts)):
        raise Bad("broken")
    for place, (first, later) in enumerate(pairwise(firsts)):
        for _ in range(first, later):
            yield numbers[place * 3 + 1]


def _numbers(film: Eraser, start: int, end: int, kind: str, count: int | None = None, width: int = 1) -> "array[int]":
    """A table of big-endian numbers after its count, or of `count` entries; each entry of `width` numbers."""
    if count is None:
        count = int.from_bytes(film.read(start, 4), "big")
    numbers = array(kind)
    length = count * width * numbers.itemsize
    if count > _MOST:
        raise Bad("bomb")
    if start + 4 + length > end:
        raise Bad("broken")
    numbers.frombytes(film.read(start + 4, length))
    if sys.byteorder == "little":
        numbers.byteswap()
    return numbers
