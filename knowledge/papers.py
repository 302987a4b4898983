"""Papers that a document names: number, day, issuer, subject, each with the clause that says so."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from core.people import Level
from core.work import Passage

_KIND = (
    r"(?:Kế hoạch|Công văn|Thông tư(?: liên tịch)?|Quyết định|Nghị quyết|Nghị định|Chỉ thị|Hướng dẫn|Kết luận|"
    r"Thông báo|Tờ trình|Công điện|Văn bản|Chương trình|Đề án)"
)
_NUMBER = r"\d+(?:\s*/\s*\d{4})?\s*[-/]\s*[A-ZĐ][\w&ĐđÀ-ỹ./-]*[\wÀ-ỹ]"
_PAPER = re.compile(rf"{_KIND}\s+(?:số\s*:?\s*)?({_NUMBER})", re.IGNORECASE)
_STOP = re.compile(r"[;.](?=\s|$)|\)(?=[.;,]|\s*$)")
_DAY = re.compile(r"\bngày\s+\d{1,2}\s*(?:/|tháng)\s*\d{1,2}\s*(?:/|năm)\s*\d{4}", re.IGNORECASE)
_TRAILING = re.compile(r"(?:[\s,;(]|\bvà\b|\bcủa\b)+$")

_ISSUERS = (
    (Level.DEPARTMENT, re.compile(r"SGD|\bSở\b|sở GD")),
    (Level.MINISTRY, re.compile(r"BGD|-TTg|NĐ-CP|NQ-CP|\bBộ\b|Chính phủ|Thủ tướng|QH\d*")),
    (Level.COMMUNE, re.compile(r"VHXH|UBND (?:xã|phường)")),
    (Level.DISTRICT, re.compile(r"PGD|/GD|[Pp]hòng (?:GD|Giáo dục)")),
    (Level.OTHER, re.compile(r"UBND|HĐND|ủy ban|uỷ ban", re.IGNORECASE)),
)


@dataclass(frozen=True, slots=True)
class Mention:
    """A paper named in a passage. `clause` is a literal run; `level` who issued it, where that can be told."""

    passage: int
    clause: str
    number: str
    level: Level | None


def mentions(passages: Iterable[Passage]) -> list[Mention]:
    """Every paper with a number that these passages name, in order."""
    return [mention for passage in passages for mention in _of_passage(passage)]


def _of_passage(passage: Passage) -> Iterable[Mention]:
    text = passage.text
    found = list(_PAPER.finditer(text))
    for i, match in enumerate(found):
        after = found[i + 1].start() if i + 1 < len(found) else len(text)
        start, end = match.start(), _end(text, match.end(), after)
        clause = _TRAILING.sub("", text[start:end])
        if not _DAY.search(clause) and (i == 0 or found[i - 1].end() < _sentence_start(text, start)):
            clause = _with_day_before(text, start, clause)
        yield Mention(passage.place, clause, re.sub(r"\s+", "", match[1]), _level(match[1], clause))


def _end(text: str, start: int, after: int) -> int:
    stop = _STOP.search(text, start, after)
    return stop.start() if stop else after


def _sentence_start(text: str, at: int) -> int:
    return max(text.rfind(mark, 0, at) for mark in (". ", "; ", "\n")) + 1


def _with_day_before(text: str, start: int, clause: str) -> str:
    """The clause from the day that stands before the paper in its sentence ("Ngày … ban hành Công văn …")."""
    day = _DAY.search(text, max(_sentence_start(text, start), 0), start)
    return text[day.start() : start] + clause if day else clause


def _level(number: str, clause: str) -> Level | None:
    for level, pattern in _ISSUERS:
        if pattern.search(number):
            return level
    head = clause[:120]
    hits = [(m.start(), level) for level, pattern in _ISSUERS if (m := pattern.search(head))]
    return min(hits)[1] if hits else None
