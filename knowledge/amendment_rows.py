"""Rows of a table that sets new days beside old ones."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.amendments import Amending
from core.work import Effect, Part, Passage, Rule
from knowledge.amendment_times import timed
from knowledge.amendment_words import NO_MORE, REVOKES_WORD, item_of
from knowledge.blocks import mask
from knowledge.dates import column
from knowledge.years import Calendar

_I = re.IGNORECASE
_OLD = re.compile(
    r"\b(?:cũ|trước đây|ban đầu|đã (?:thông báo|giao|ban hành|quy định)|(?:theo|tại) (?:công văn|kế hoạch|văn bản))\b",
    _I,
)
_NEW = re.compile(r"\b(?:mới|điều chỉnh|sửa đổi|sửa lại|thay đổi|gia hạn|lùi|nay)\b", _I)
_DAY = re.compile(r"\b(?:thời hạn|thời gian|hạn|ngày|mốc)\b", _I)
_NUMBER = re.compile(r"^(?:stt|tt|số tt|số thứ tự)$", _I)


@dataclass(frozen=True, slots=True)
class _Cells:
    content: str
    old: str
    new: str
    item: str


def of_row(passage: Passage, passages: Sequence[Passage], calendar: Calendar, listed: bool) -> list[Amending]:
    """What the row changes, own numbers left out; empty where it is a row of another table.

    `listed`: the words above say that days are moved; then the one column of days holds the new ones.
    """
    labels = _labels(passage, passages)
    row = _cells(labels, _split(passage.text), listed) if labels else None
    if row is None:
        return []
    base = Amending(Effect.MOVED, passage.place, passage.text.strip(), item=row.item, words=row.content)
    old = column(mask(row.old), calendar, Rule.BY) if row.old else []
    if NO_MORE.search(row.new) or REVOKES_WORD.search(row.new):
        was = next((when.due for when in old if when.due), None)
        return [Amending(Effect.REVOKED, passage.place, base.snippet, item=row.item, words=row.content, was=was)]
    found: list[Amending] = []
    for place, when in enumerate(one for one in column(mask(row.new), calendar, Rule.BY) if one.due or one.months):
        was = old[place].due if place < len(old) else None
        found.append(replace(timed(base, when, row.new), was=was))
    return found or [base]


def _labels(passage: Passage, passages: Sequence[Passage]) -> list[str]:
    """The header of the row's table; empty where it has none."""
    for other in reversed(passages[: passage.place]):
        if other.part is Part.LEAD and other.parent == passage.parent and len(_split(other.text)) > 1:
            return _split(other.text)
        if other.part is not Part.ROW and other.part is not Part.ITEM:
            return []
    return []


def _split(text: str) -> list[str]:
    cells = [cell.strip() for cell in re.split(r"\t|\|", mask(text))]
    first = next((i for i, cell in enumerate(cells) if cell), 0)
    last = next((i for i, cell in enumerate(reversed(cells)) if cell), 0)
    return cells[first : len(cells) - last]


def _cells(labels: list[str], cells: list[str], listed: bool) -> _Cells | None:
    """The cells by their labels, told from the right: a row's number is no part of its passage."""
    pairs = list(zip(reversed(labels), reversed(cells), strict=False))[::-1]
    old = [cell for label, cell in pairs if _OLD.search(label)]
    new = [cell for label, cell in pairs if _NEW.search(label) and not _OLD.search(label)]
    if not (old and new) and listed:
        new = [cell for label, cell in pairs if _DAY.search(label) and not _OLD.search(label)][-1:]
    rest = [cell for label, cell in pairs if cell not in (*old, *new) and not _NUMBER.match(label)]
    if not new or not (rest or old) or not (old or listed):
        return None
    words = max(rest, key=len) if rest else old[0]
    return _Cells(words, " ".join(old), new[0], next(filter(None, map(item_of, (*rest, *old))), ""))
