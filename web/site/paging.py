"""Long lists of the staff site, some at a time, by `?trang=2`."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from web.site.frame import Visit

SIZE = 50
_One = TypeVar("_One")


@dataclass(frozen=True, slots=True)
class Sheet(Generic[_One]):
    """A page of a list; `number` counts from 1 to `of`; `total`: of all its pages together."""

    rows: Sequence[_One]
    number: int
    of: int
    total: int


def sheet(visit: Visit, rows: Sequence[_One], size: int = SIZE) -> Sheet[_One]:
    """The page that the address asks for; the nearest that there is."""
    asked = whole(visit.asked("trang"))
    of = max(1, -(-len(rows) // size))
    number = min(max(asked or 1, 1), of)
    return Sheet(rows[(number - 1) * size : number * size], number, of, len(rows))


def whole(words: str, digits: int = 9) -> int | None:
    """A number that somebody typed, or that a form brings back; None: it is none, or too long for any of ours."""
    return int(words) if words.isascii() and words.isdecimal() and len(words) <= digits else None
