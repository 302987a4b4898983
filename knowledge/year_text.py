"""The words of a plan in the year to come: its days, months and years are written anew, those of other papers stay."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from core.work import Part
from knowledge.blocks import mask
from knowledge.dates import find
from knowledge.fold import fold
from knowledge.moments import WEEKDAY, date_words, weekday_of
from knowledge.moving import nearest, years_on
from knowledge.years import Calendar

BLANK = "…"
Place = tuple[int, int]  # from the first character to after the last

_DAY = re.compile(date_words("a", joined=True))
_JOINER = r"\s*(?:[-–,]|den(?:\s+het)?|va|toi)\s*(?:ngay\s+)?"
_LONE = re.compile(rf"\b(?:tu|ngay|trong|vao)\s*\(?\s*(?P<x>\d{{1,2}}){_JOINER}(?:het\s+)?$")
_JOINED = re.compile(rf"{_JOINER}(?:het\s+)?(?:ngay\s+)?")
_WEEKDAY_BEFORE = re.compile(rf"(?P<w>{WEEKDAY})\s*,?\s*\(?\s*(?:ngay\s*:?\s*)?$")
_WEEKDAY_AFTER = re.compile(rf"\s*[,(]*\s*(?P<w>{WEEKDAY})")
_PAPER = re.compile(r"(?:\d{1,5}(?:-[\wĐ]{1,5})?|[Ss]ố\s*:?)\s*/\s*(?:(?:19|20)\d\d\s*/\s*)?[A-ZĐ]{2,}[\w&\-]*")
_LAW = re.compile(r"\bluat\b[^.;,]{0,40}?20\d\d")
_KINDS = (
    r"cong\s+van|thong\s+tu|nghi\s+dinh|quyet\s+dinh|nghi\s+quyet|chi\s+thi|thong\s+bao|ket\s+luan|cong\s+dien|luat"
)
_BASIS = re.compile(rf"\b(?:can\s+cu|thuc\s+hien|theo)\s+(?:cac\s+)?(?:{_KINDS}|ke\s+hoach\s+so|huong\s+dan\s+so)\b")
_CLAUSE_ENDS = re.compile(r"[;)]|[.,](?=\s|$)(?!\s*ngay\b)|$")
_BASIS_ENDS = re.compile(r";|\.(?=\s|$)|,\s+(?=(?:phong|so|ubnd|uy ban|truong)\b)|$")
_ISSUED_ONCE = re.compile(r"\s*,?\s*[^.;]{0,60}\bban\s+hanh\b")
_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
_TWO_YEARS = re.compile(r"(?<!\d)(20\d\d)\s*[-–—/]\s*(20\d\d)(?!\d)")
_STAGE = re.compile(r"\bgiai\s+doan\b[^.;\d]{0,20}(?:\d\s*\()?$")
_UNTIL = re.compile(r"\b(?:(?:den|toi|tam\s+nhin|tu)\s+(?:nam\s+)?|luat\s+(?:\w+\s+){0,4})$")
_MONTH = re.compile(r"(?<![\d/])(\d{1,2})\s*(?:/|,?\s*nam\s+)\s*$")
_ISSUED = re.compile(r"ngày\s*(?P<d>\d{1,2})?[.…\s]*tháng\s*(?P<m>\d{1,2})?[.…\s]*năm\s*(?P<y>20\d\d)", re.IGNORECASE)
_NUMBER = re.compile(r"^\W*số\s*:?\s*(?P<n>\d+)\s*/", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Year:
    """`begins`: the first year of the old plan's school year; `years`: how many it is moved on."""

    begins: int
    years: int

    def is_its_own(self, year: int) -> bool:
        """Whether a year belongs to the plan's own time."""
        return self.begins - 1 <= year <= self.begins + 2


@dataclass(frozen=True, slots=True)
class Day:
    """A day in a text and where its digits stand; `month_at` None: it shares the month of the next one.

    `bound`: the grammar of dates takes it for a time of the plan. `cited`: of another paper.
    """

    day: int
    month: int
    year: int | None
    day_at: Place
    month_at: Place | None
    year_at: Place | None
    weekday: int | None = None
    bound: bool = False
    cited: bool = False


@dataclass(frozen=True, slots=True)
class Edit:
    """These characters become `new`."""

    start: int
    end: int
    new: str


def days_in(text: str, calendar: Calendar, part: Part = Part.TEXT) -> list[Day]:
    """The days that a text names, in order; `text` NFC."""
    folded = fold(text)
    if not any(map(str.isdigit, folded)):
        return []
    cited = cited_in(text, part)
    times = [(w.start, w.end) for w in find(mask(text), calendar) if w.due or w.first]
    return [day for found in _DAY.finditer(folded) for day in _days(found, cited, times)]


def _days(found: re.Match[str], cited: Sequence[Place], times: Sequence[Place]) -> Iterator[Day]:
    month, year = found["am"] or found["an"], found["ay"] or found["az"]
    if not (1 <= int(found["ad"]) <= 31 and 1 <= int(month) <= 12):
        return
    text, at = found.string, found.start("ad")
    before, after = _WEEKDAY_BEFORE.search(text[:at]), _WEEKDAY_AFTER.match(text, found.end())
    named = before or after
    bound = _within(at, times)
    quoted = _within(at, cited) or bool(_ISSUED_ONCE.match(text, found.end()))
    if lone := _LONE.search(text[:at]):
        yield Day(int(lone["x"]), int(month), None, lone.span("x"), None, None, bound=_within(lone.start("x"), times))
    yield Day(
        int(found["ad"]),
        int(month),
        int(year) + 2000 * (len(year) == 2) if year else None,
        found.span("ad"),
        found.span("am" if found["am"] else "an"),
        found.span("ay" if found["ay"] else "az") if year else None,
        weekday_of(" ".join(named["w"].split())) if named else None,
        bound,
        quoted and not bound,
    )


def cited_in(text: str, part: Part = Part.TEXT) -> list[Place]:
    """Where other papers are named, with all that belongs to their names; "ngày 29/8/2024 … năm học 2024-2025" too."""
    folded, ends = fold(text), _BASIS_ENDS if part is Part.BASIS else _CLAUSE_ENDS
    starts = [found.start() for found in _PAPER.finditer(text)]
    starts += [found.start() for found in _BASIS.finditer(folded)] if part is Part.BASIS else []
    found: list[Place] = []
    for start in sorted(starts):
        end = ends.search(folded, start + 3)
        if end and not _within(start, found):
            found.append((start, end.start()))
    return found + [law.span() for law in _LAW.finditer(folded) if not _within(law.start(), found)]


def joined(text: str, first: Day, second: Day) -> bool:
    """Whether these are the two ends of a week: "Tuần 1 (02/9 - 06/9)"."""
    folded, end = fold(text), max(place[1] for place in (first.day_at, first.month_at, first.year_at) if place)
    between = folded[end : second.day_at[0]]
    return bool(_JOINED.fullmatch(between)) and "tuan" in folded[max(0, first.day_at[0] - 20) : first.day_at[0]]


def day_edits(day: Day, new: date | None, year: int) -> Iterator[Edit]:
    """`new` None: day and month are left blank; `year`: of the blank day."""
    shown = (BLANK, BLANK) if new is None else (_like(day.day_at, new.day), _like(day.month_at, new.month))
    if day.month_at is None and new is not None and new.month != day.month:
        shown = (f"{shown[0]}/{new.month}", "")
    yield Edit(*day.day_at, shown[0])
    if day.month_at:
        yield Edit(*day.month_at, shown[1])
    if day.year_at:
        number = new.year if new else year
        yield Edit(*day.year_at, f"{number % 100:02d}" if day.year_at[1] - day.year_at[0] == 2 else str(number))


def _like(at: Place | None, number: int) -> str:
    """As wide as it was written: "05" stays two digits."""
    return f"{number:0{at[1] - at[0]}d}" if at else ""


def as_usual(day: Day, year: Year, calendar: Calendar) -> Iterator[Edit]:
    """A day that no task is about: some years on, on the weekday that is named."""
    if day.cited or (day.year is None and day.weekday is None):
        return
    if day.year is not None and not year.is_its_own(day.year):
        return
    old = calendar.resolve(day.day, day.month, day.year).day
    if old is None:
        if day.year_at and day.year:
            yield Edit(*day.year_at, str(day.year + year.years))
        return
    new = years_on(old, year.years)
    new = new if day.weekday is None else nearest(new, day.weekday)
    yield from day_edits(day, new, new.year)


def year_edits(text: str, days: Sequence[Day], year: Year, calendar: Calendar, part: Part) -> Iterator[Edit]:
    """Years that are no part of a day: "năm học 2024-2025", "tháng 10/2024", "năm 2025"; not "giai đoạn 2021-2025"."""
    folded, cited = fold(text), cited_in(text, part)
    taken = [day.year_at for day in days if day.year_at]
    for pair in _TWO_YEARS.finditer(text):
        taken.append(pair.span())
        first, last = int(pair[1]), int(pair[2])
        own = last - first == 1 and year.is_its_own(first) and not _STAGE.search(folded[: pair.start()])
        if own and not _within(pair.start(), cited):
            yield from (Edit(*pair.span(n), str(int(pair[n]) + year.years)) for n in (1, 2))
    for found in _YEAR.finditer(text):
        if not (_within(found.start(), taken) or _within(found.start(), cited)):
            new = _new_year(folded, found, year, calendar)
            yield from (Edit(*found.span(), str(new)) for _ in range(new is not None))


def _new_year(folded: str, found: re.Match[str], year: Year, calendar: Calendar) -> int | None:
    written, before = int(found.group()), folded[: found.start()]
    if not year.is_its_own(written) or _UNTIL.search(before):
        return None
    month = _MONTH.search(before)
    if month and 1 <= int(month[1]) <= 12:
        return int(calendar.resolve(1, int(month[1]), written).month[:4]) + year.years
    return written + year.years if written >= year.begins else None


def head_edits(text: str, part: Part, signer: str | None, year: Year) -> Iterator[Edit]:
    """Number, day of issue and signer of the old paper are left blank."""
    if part is Part.HEAD:
        for found in _ISSUED.finditer(text):
            yield Edit(*found.span("y"), str(int(found["y"]) + year.years))
            yield from (Edit(*found.span(name), BLANK) for name in ("d", "m") if found[name])
        if number := _NUMBER.match(text):
            yield Edit(*number.span("n"), BLANK)
    if signer and part is Part.CLOSING and (at := text.find(signer)) >= 0:
        yield Edit(at, at + len(signer), BLANK)


def stages_in(text: str) -> Iterator[tuple[int, int]]:
    """ "giai đoạn 2021-2025": its first and last year."""
    for pair in _TWO_YEARS.finditer(text):
        if int(pair[2]) - int(pair[1]) > 1:
            yield int(pair[1]), int(pair[2])


def in_order(edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Sorted, of overlapping ones the first that was given."""
    kept: list[Edit] = []
    for edit in edits:
        if all(edit.end <= one.start or one.end <= edit.start for one in kept):
            kept.append(edit)
    return tuple(sorted(kept, key=lambda edit: edit.start))


def rewritten(text: str, edits: Sequence[Edit], start: int = 0, end: int | None = None) -> str:
    """text[start:end] with the edits; `edits` in order. A run of the old text gives a run of the new one."""
    end = len(text) if end is None else end
    made, at = "", start
    for edit in edits:
        if start <= edit.start < end or start < edit.end <= end:
            made += text[at : edit.start] + edit.new
            at = max(at, edit.end)
    return made + text[at : max(at, end)]


def _within(at: int, places: Iterable[Place]) -> bool:
    return any(start <= at < end for start, end in places)
