"""A list of criteria, from lines that were typed or the rows of a file: numbers, groups, points; or what is wrong."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from core.criteria import Criterion
from core.errors import BadInput
from core.texts import criteria_lists as texts
from knowledge.fold import fold, nfc

MOST_CRITERIA = 200
LONGEST_TITLE, LONGEST_HINTS = 300, 500  # characters
_NUMBER = re.compile(r"(?:tieu chi|tc)?[\s:.]*(\d{1,3}(?:\.\d{1,3})*(?:\.[a-z])?)[.):]*")
_LETTER = re.compile(r"([ivx]{1,5}|[a-z])[.):]*")
_POINTS = re.compile(r"(\d{1,4}(?:[.,]\d{1,2})?)\s*(?:diem|d)?\.?")
_TOTAL = re.compile(r"(?:tong|cong)(?: |:|$)(?:cong|diem|so)?")
_TYPED = re.compile(
    r"\s*(?:[-*•]\s*)?(?P<number>(?:tieu chi |tc ?)?\d{1,3}(?:\.\d{1,3})*(?=\D)(?:[.):]+\s*|\s*(?=[^\W\d])|\s+)"
    r"|(?:[ivx]{1,5}|[a-z])[.)]\s*)(?P<rest>\S.*)"
)
_MOST = re.compile(
    r"\s*(?:\((?:toi da )?(?P<inside>\d{1,4}(?:[.,]\d{1,2})?) ?(?:diem|d)\.?\)"
    r"|[-–:|]\s*(?:toi da )?(?P<after>\d{1,4}(?:[.,]\d{1,2})?) ?(?:diem|d))\s*[.;]?\s*"
)
_HINTS = re.compile(r"\s*[-–|;,(.]?\s*(?:goi y )?minh chung ?:\s*")


@dataclass(frozen=True, slots=True)
class Row:
    """A row as it was written; `line` counts from 1. `day`: a spreadsheet made a day of the number."""

    line: int
    number: str = ""
    title: str = ""
    most: str = ""
    hints: str = ""
    day: bool = False


def is_listed(text: str) -> bool:
    """Whether any line of this begins as one of a list does."""
    return any(_TYPED.fullmatch(fold(line)) for line in text.splitlines())


def typed(text: str) -> list[Row]:
    """Lines as people type them: "1.1 Môi trường an toàn (10 điểm) - minh chứng: ảnh sân chơi"."""
    found = [_typed(number, " ".join(nfc(line).split())) for number, line in enumerate(text.splitlines(), 1)]
    return [row for row in found if row.title]


def criteria_of(rows: Sequence[Row]) -> tuple[Criterion, ...]:
    """The list, groups as headings of what stands below them. Raises BadInput that names every bad line."""
    rows = [row for row in rows if (row.number or row.title or row.most) and not _is_total(row)]
    if not any(row.number for row in rows):  # a plain list is counted
        rows = [replace(row, number=str(count)) for count, row in enumerate(rows, 1)]
    found: list[tuple[int, Criterion]] = []
    faults: list[tuple[int, str]] = []
    heading = ""
    for row, below in zip(rows, [*rows, Row(0)][1:], strict=True):
        number = _number(row.number)
        if _is_heading(row, number, _number(below.number)):
            heading = f"{number}. {row.title}" if number else row.title
            continue
        if fault := _fault(row, number):
            faults.append((row.line, fault))
            continue
        most = _points(row.most) if row.most else None
        found.append((row.line, Criterion(number or "", row.title, heading, most, row.hints)))
    faults = sorted([*faults, *_faults_together(found)])
    if faults:
        raise BadInput(texts.refused(faults))
    if not found:
        raise BadInput(texts.NOTHING)
    return tuple(one for _, one in found)


def _is_total(row: Row) -> bool:
    """ "Tổng cộng: 100" at the end of a table."""
    said = fold(row.title or row.number)
    return bool(_TOTAL.match(said)) and not (row.title and _number(row.number))


def _is_heading(row: Row, number: str | None, below: str | None) -> bool:
    """Whether it only names the group of what follows."""
    if not row.number:
        return not row.most
    if number is None or not row.title:
        return False
    if below is None or below == "":
        return False
    lettered = not number[0].isdecimal() and below[0].isdecimal()
    return lettered or below.startswith(f"{number}.")


def _fault(row: Row, number: str | None) -> str:
    """Empty: none."""
    if row.day:
        return texts.A_DAY
    if not row.number:
        return texts.NO_NUMBER
    if number is None:
        return texts.bad_number(row.number)
    if not row.title:
        return texts.NO_TITLE
    if row.most and not _points(row.most):
        return texts.bad_points(row.most)
    if len(row.title) > LONGEST_TITLE:
        return texts.LONG_TITLE
    return texts.LONG_HINTS if len(row.hints) > LONGEST_HINTS else ""


def _faults_together(found: Sequence[tuple[int, Criterion]]) -> Iterator[tuple[int, str]]:
    """What is wrong with lines that are right alone."""
    first: dict[str, int] = {}
    scored = any(one.most is not None for _, one in found)
    for line, one in found:
        if one.number in first:
            yield line, texts.number_twice(one.number, first[one.number])
        elif scored and one.most is None:
            yield line, texts.NO_POINTS_HERE
        first.setdefault(one.number, line)
    if len(found) > MOST_CRITERIA:
        yield found[MOST_CRITERIA][0], texts.too_many(MOST_CRITERIA)


def number_of(text: str) -> str | None:
    """The number of a criterion as it is kept: "Tiêu chí 1.2." -> "1.2"; None: it is none."""
    return _number(text) or None


def _number(text: str) -> str | None:
    """Empty for none; None: not understood."""
    said = fold(text).strip()
    if not said:
        return ""
    if found := _NUMBER.fullmatch(said):
        return found[1]
    letter = _LETTER.fullmatch(said)
    return letter[1].upper() if letter else None


def _points(text: str) -> Decimal | None:
    """More than 0; None: not understood."""
    found = _POINTS.fullmatch(fold(text).strip())
    value = Decimal(found[1].replace(",", ".")) if found else Decimal(0)
    return value.normalize() + 0 if value else None


def _typed(number: int, line: str) -> Row:
    found = _TYPED.fullmatch(fold(line))
    if found is None:
        title, most, hints = _parts(line.strip("-*• "))
        return Row(number, "", title, most, hints)
    title, most, hints = _parts(line[found.start("rest") :])
    return Row(number, line[found.start("number") : found.end("number")].strip(), title, most, hints)


def _parts(words: str) -> tuple[str, str, str]:
    """Title, points, hints; the points stand behind the title or at the end."""
    words, last = _without_points(words)
    hints = ""
    if found := _HINTS.search(fold(words)):
        words, hints = words[: found.start()], words[found.end() :].strip(" )")
    title, most = _without_points(words)
    return title.strip(" -–:;,."), most or last, hints


def _without_points(words: str) -> tuple[str, str]:
    """The words before "(10 điểm)" at their end, and the points; empty: there are none."""
    folded = fold(words)
    found = next((one for one in _MOST.finditer(folded) if one.end() == len(folded)), None)
    return (words[: found.start()], found["inside"] or found["after"]) if found else (words, "")
