"""What stands before a line's words: "II.", "3.1.", "a)", "-"; and where that puts the line in the document."""

import re
from dataclasses import dataclass
from enum import IntEnum

from knowledge.fold import fold


class Rank(IntEnum):
    """Lower stands above; ROMAN and UPPER trade places in papers that put "A." over "I."."""

    PART = 0
    ROMAN = 1
    UPPER = 2
    DIGIT = 10
    DECIMAL = 11  # "3.1"; one more for each further number
    LETTER = 15
    LEAD = 18  # a line that opens a list
    BULLET = 20
    PLUS = 21


@dataclass(frozen=True, slots=True)
class Marker:
    """`label` is the number as written, or the bullet; the line's words begin at `end`."""

    rank: int
    label: str
    end: int

    @property
    def is_bullet(self) -> bool:
        """Whether it carries no number."""
        return self.rank >= Rank.BULLET


_PART = re.compile(r"(?:phan|chuong|muc)\s+(?:thu\s+)?([ivx]+|\d{1,2}|nhat|hai|ba|tu|nam)\b\s*[.:)/\-–]?\s*")
_ARTICLE = re.compile(r"dieu\s+(\d{1,3})\s*[.:]\s*")
_ROMAN = re.compile(r"([IVX]{1,5})\s*(?:[.):]|/(?=\s)|\s[-–](?=\s))\s*(?=\S)")
_UPPER = re.compile(r"([A-EGHKLMN])\s*[.)/]\s+(?=\S)")
_DECIMAL = re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})\s*[.)]?\s*(?=[^\W\d])|(\d{1,2}(?:\.\d{1,2}){1,3})\.?\s+(?=\d+\s*%)")
_DIGIT = re.compile(r"(\d{1,2})\s*(?:[.)]\s*(?=[^\W\d_]|[“\"'(*<])|[.)/]\s+(?=\S)|\s*[-–]\s+(?=[A-ZĐ]))")
_LETTER = re.compile(r"([a-hk-pđ]\d?)\s*[.)/]\s*(?=[^\W\d_]|[“\"'(*<])")
_BULLET = re.compile(r"([-–—•·*+●○▪■❖✓➢o\u2022\uf0b7\uf02d])\s+(?=\S)|([-–•·+])(?=[^\W\d_])")


def marker(text: str) -> Marker | None:
    """What opens this line, or None for plain words; leading blanks are part of the marker."""
    skip = len(text) - len(text.lstrip())
    words = text[skip:]
    for find in (_numbered, _lettered, _bullet):
        found = find(words)
        if found:
            return Marker(found.rank, found.label, found.end + skip)
    return None


def _numbered(words: str) -> Marker | None:
    head = fold(words[:40])
    for pattern in (_PART, _ARTICLE):
        found = pattern.match(head)
        if found and (words[0].isupper()):
            return Marker(Rank.PART, found[1].upper(), found.end())
    decimal = _DECIMAL.match(words)
    if decimal:
        label = decimal[1] or decimal[2]
        return Marker(Rank.DECIMAL + label.count(".") - 1, label, decimal.end())
    digit = _DIGIT.match(words)
    return Marker(Rank.DIGIT, digit[1], digit.end()) if digit else None


def _lettered(words: str) -> Marker | None:
    for pattern, rank in ((_ROMAN, Rank.ROMAN), (_UPPER, Rank.UPPER), (_LETTER, Rank.LETTER)):
        found = pattern.match(words)
        if found:
            return Marker(rank, found[1], found.end())
    return None


def _bullet(words: str) -> Marker | None:
    found = _BULLET.match(words)
    if not found:
        return None
    glyph = found[1] or found[2]
    return Marker(Rank.PLUS if glyph == "+" else Rank.BULLET, glyph, found.end())


def section_of(labels: list[str]) -> str:
    """ "III.B.3.4" from the labels from the outside in; a number that repeats the one above replaces it."""
    path: list[str] = []
    for label in labels:
        if path and label.startswith(path[-1] + "."):
            path.pop()
        path.append(label)
    return ".".join(path)
