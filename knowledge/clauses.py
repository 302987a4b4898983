"""One clause for each time a text names: whose words bind which date. Two tiers share a sentence; each gets its own."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from knowledge.fold import fold
from knowledge.items import sentences, starts_with_verb
from knowledge.moments import When

_TRIM = ' \t,;.:-–+•·)”"'
_LINKS = re.compile(r"(?:(?:và|đồng thời|sau đó|rồi|còn|riêng|(?-i:để))\s+)+", re.IGNORECASE)
_TAIL = re.compile(r"\s*\)?\s*,?\s*(?:về|tới|lên|cho|qua|bằng|theo|tại|gửi về)\s(?:[^.;,()]|\.(?=\S))*", re.IGNORECASE)
_NOT_WORDS = re.compile(
    r"[\s\d\W_]*(?:(?:đợt|lần|riêng|định kỳ|lưu ý|ghi chú|thời gian|thời hạn|hạn)\s*\d*[\s\W]*)*", re.IGNORECASE
)
_NEXT = re.compile(r"[.;]\s+(?=[A-ZĐÀ-Ỹ])")
_LONG = 120  # characters; a longer run-up is cut at the last verb after a comma


@dataclass(frozen=True, slots=True)
class Clause:
    """text[start:end] holds the time `when`; `main` is where the thing it is about is told, where that is elsewhere.

    `rest` ends the words after the clause that may name who gets it.
    """

    start: int
    end: int
    when: When
    main: tuple[int, int] | None
    rest: int
    follows: bool = False  # the same sentence names a time before this one


def clauses(text: str, times: Sequence[When], start: int = 0) -> list[Clause]:
    """The clause of each time, in order; `start` is where the text's own words begin."""
    found: list[Clause] = []
    for first, last in sentences(text, start):
        inside = [when for when in times if first < when.end <= last]
        found += _of_sentence(text, start, first, last, inside)
    return found


def _of_sentence(text: str, own: int, first: int, last: int, times: list[When]) -> list[Clause]:
    found: list[Clause] = []
    for index, when in enumerate(times):
        following = times[index + 1].start if index + 1 < len(times) else last
        before = times[index - 1] if index else None
        if before and (before.start, before.end) == (when.start, when.end):
            found.append(Clause(found[-1].start, found[-1].end, when, found[-1].main, found[-1].rest))
            continue
        left, right, main = _room(text, own, first, last, when)
        if before and before.end > left:
            left = found[-1].end
        made = _clause(text, max(left, first), min(right, last), when, main, min(following, right))
        found.append(replace(made, follows=before is not None))
    return found


def _room(text: str, own: int, first: int, last: int, when: When) -> tuple[int, int, tuple[int, int] | None]:
    """The bracket around the time, or the sentence; a bracket that holds only the time belongs to the words "
    "before it."""
    opened = _open_bracket(text, first, when.start)
    if opened is None:
        return first, last, None
    closed = text.find(")", when.end)
    closed = last if closed < 0 else closed
    left = opened + 1
    for stop in re.finditer(r"[.;]\s+(?=[A-ZĐÀ-Ỹ])", text[left : when.start]):
        left = opened + 1 + stop.end()
    if not _NOT_WORDS.fullmatch(text[left : when.start]) or _says_more(text[when.end : closed]):
        outer = first if text[first:opened].strip() else own
        return left, closed, (outer, opened) if text[outer:opened].strip() else None
    return first, min(closed + 1, last), None


def _says_more(text: str) -> bool:
    return len(re.findall(r"[^\W\d_]{2,}", text)) > 3


def _open_bracket(text: str, first: int, at: int) -> int | None:
    depth = 0
    for place in range(at - 1, first - 1, -1):
        if text[place] == ")":
            depth += 1
        elif text[place] == "(":
            if not depth:
                return place
            depth -= 1
    return None


def _clause(text: str, left: int, right: int, when: When, main: tuple[int, int] | None, following: int) -> Clause:
    start = _begin(text, left, when.start)
    if start >= when.start or _NOT_WORDS.fullmatch(text[start : when.start]):
        stop = _forward(text, when.end, following, right)
        return Clause(min(start, when.start), stop, when, main, right)
    end = when.end
    tail = _TAIL.match(text, end, min(following, right))
    if tail:
        end = tail.end()
    elif text[end:right].lstrip()[:1] == ")" and "(" in text[start:end]:
        end = text.index(")", end) + 1
    over = _NEXT.search(text, end, right)
    rest = end if following < right else over.start() if over else right
    return Clause(start, _back(text, start, end), when, main, max(rest, end))


def _begin(text: str, left: int, stop: int) -> int:
    """Where the clause's words begin, without the comma or "và" that joins it to the one before."""
    while left < stop and text[left] in _TRIM:
        left += 1
    link = _LINKS.match(text, left, stop)
    return link.end() if link else left


def _back(text: str, start: int, end: int) -> int:
    while end > start and text[end - 1] in " \t,;:":
        end -= 1
    return end


def _forward(text: str, at: int, following: int, right: int) -> int:
    """A time that opens its clause: the words after it, up to the next time's own."""
    stop = re.compile(r";|\.\s").search(text, at, right)
    end = min(following, stop.start() if stop else right, right)
    if end == following and following < right:
        comma = max(text.rfind(",", at, following), text.rfind(";", at, following))
        end = comma if comma > at + 10 else end
    return _back(text, at, end)


def shortened(text: str, start: int, at: int) -> int:
    """For a long run-up to a time: the last comma before it after which a verb begins; else `start`."""
    if at - start <= _LONG:
        return start
    for comma in reversed(list(re.finditer(r"[,;]\s*", text[start:at]))):
        if starts_with_verb(text[start + comma.end() : at]) and len(fold(text[start + comma.end() : at]).split()) > 3:
            return start + comma.end()
    return start
