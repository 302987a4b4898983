"""What is known of a file that was handed in, and when two pictures look alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Trouble = Literal["", "bomb", "broken", "encrypted", "empty", "too_long", "unclean"]
TROUBLES: tuple[Trouble, ...] = ("", "bomb", "broken", "encrypted", "empty", "too_long", "unclean")


LISTED = 300  # files of an archive whose names are kept


@dataclass(frozen=True, slots=True)
class Member:
    """A file in an archive: its path there, and its bytes once it is unpacked, as the archive says."""

    name: str
    size: int


@dataclass(frozen=True, slots=True)
class Inside:
    """What lies in an archive, and in archives within it: how many files, of how many bytes, and the first `LISTED`.

    `programs`: how the programs among them end (".exe"; empty: with nothing that tells). `shut`: how many archives
    within it are not looked into.
    """

    count: int
    size: int
    members: tuple[Member, ...] = ()
    programs: tuple[str, ...] = ()
    shut: int = 0


def inside_of(said: dict[str, Any]) -> Inside:
    """An `Inside` as JSON holds it. Raises KeyError, TypeError, ValueError."""
    members = tuple(Member(str(one["name"]), int(one["size"])) for one in said["members"][:LISTED])
    return Inside(int(said["count"]), int(said["size"]), members, tuple(map(str, said["programs"])), int(said["shut"]))


@dataclass(frozen=True, slots=True)
class Looked:
    """What a look at a file has shown. What the file does not say, or could not be read, has its default.

    `width` and `height` in pixels, as the picture is meant to be seen; `taken_at` in UTC; a camera that told no zone
    is thought to be in Vietnam. `phash`: 16 hex digits, empty for what is no picture or is of one colour. `clean`:
    beside it lies a copy that says neither where nor with what the picture was taken; `thumb`: a small one. The copy
    of a film is made after the look. Trouble "unclean": not all that a film tells can be found.
    """

    mime: str
    width: int = 0
    height: int = 0
    pages: int | None = None  # of documents; slides too
    seconds: float | None = None  # of films and sound
    phash: str = ""
    located: bool = False  # the file says where it was taken
    taken_at: datetime | None = None
    trouble: Trouble = ""
    clean: bool = False
    thumb: bool = False
    inside: Inside | None = None  # of an archive


@dataclass(frozen=True, slots=True)
class Hidden:
    """A file that was handed in and is shown to nobody. `trouble` None: nobody has looked at it yet."""

    name: str
    mime: str
    sha256: str
    trouble: Trouble | None = None


NEAR = 8  # bits of 64 in which the hashes of nearly the same picture differ at most
BANDS = 5
_WIDTH = 13  # bits of a band; the last has what is left
_STRAY = NEAR // BANDS  # of two that are near, one band at least differs in no more bits


def near(a: str, b: str, most: int = NEAR) -> bool:
    """Whether two `Looked.phash` differ in at most `most` of 64 bits; an empty one is near to nothing."""
    return bool(a and b) and (int(a, 16) ^ int(b, 16)).bit_count() <= most


def bands(phash: str) -> tuple[int, ...] | None:
    """The hash cut into `BANDS` numbers, to be looked up by; None of an empty one."""
    if not phash:
        return None
    return tuple(int(phash, 16) >> (_WIDTH * at) & ((1 << _width(at)) - 1) for at in range(BANDS))


def near_bands(phash: str) -> Sequence[set[int]]:
    """For each band the values of which a near picture has at least one in its place; `phash` is not empty."""
    assert _STRAY == 1
    own = bands(phash) or ()
    return [{value, *(value ^ 1 << bit for bit in range(_width(at)))} for at, value in enumerate(own)]


def _width(at: int) -> int:
    return min(_WIDTH, 64 - _WIDTH * at)
