"""The pieces of a written time: hours, weekday, day; as patterns over folded text, and what they mean."""

import re
from dataclasses import dataclass
from datetime import date

from core.work import Rule
from knowledge.years import Calendar, Written

CLOCK = r"\d{1,2}\s*(?:h(?![a-z])|gio\b|g(?=\d)|:(?=\d\d))\s*(?:\d{2}(?![\d/]))?\s*(?:['’´`]|phut\b)?"
WEEKDAY = r"(?:(?:sang|chieu|toi)\s+)?(?:(?:ngay\s+)?thu\s+(?:hai|ba|tu|nam|sau|bay|[2-7])\b|chu\s+nhat\b|t[2-7]\b)"
_DAYS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}
CODES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_SPOKEN = re.compile(r"(?:\bngay|\bmung|\bhom|\bden|\bva|[-–,(:])\s*$|\b(?:truoc|nhat|het|han|sang)\s*$")
_WEEKS = re.compile(r"\btuan\s+$")
_GROUPS = re.compile(r"\b(?:lop|khoi|cum|tiet|dot|lan|muc|so|bai|vong|diem|mau|to|tre)\s+$")
_CLOCK_PARTS = re.compile(r"(\d{1,2})\s*(?:h|gio|g|:)\s*(\d{2})?")


@dataclass(frozen=True, slots=True)
class When:
    """A time that a text names. `start` to `end` is its place, the words that bind it ("trước") included.

    `due` is the day as written; `months` every month it touches, YYYY-MM; `doubt` a Vietnamese sentence for a person.
    `bare`: no word says how the day binds. `was`: the day that it takes the place of, where both are written together;
    `former`: it no longer counts.
    """

    start: int
    end: int
    rule: Rule
    due: date | None = None
    first: date | None = None
    time: str | None = None
    months: tuple[str, ...] = ()
    recurrence: str | None = None
    tentative: bool = False
    doubt: str | None = None
    note: str | None = None
    bare: bool = False
    was: date | None = None
    former: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """A day in a text, with its hour; `day` None where the calendar has no such day."""

    day: date | None
    month: str
    time: str | None
    doubt: str | None


def moment(p: str, *, joined: bool = False) -> str:
    """The pattern of a day with optional hour and weekday; group names begin with `p`.

    `joined`: a hyphen may tie it to another day.
    """
    hours = rf"(?:(?:hoi|luc|tu)\s+)?(?P<{p}h>{CLOCK}(?:\s*(?:[-–]|den)\s*{CLOCK})?)\s*,?\s*(?:(?:sang|chieu|toi)\s+)?"
    day = r"(?:hom\s+nay\s*,?\s*\(?\s*)?(?:trong\s+)?(?:cac\s+)?(?:(?:ngay|mung)\s*:?\s*|(?:sang|chieu|toi)\s+)?"
    tail = rf"(?:\s*[,(]*\s*{WEEKDAY}\s*\)?)?(?:\s*,?\s*(?:luc|hoi|vao luc)\s*(?P<{p}e>{CLOCK}))?"
    return rf"(?:{hours})?(?:{WEEKDAY}\s*,?\s*)?\(?\s*{day}" + date_words(p, joined=joined) + tail


def named(found: re.Match[str], p: str) -> bool:
    """Whether the word "ngày", a weekday or an hour stands before the day's number."""
    before = found.string[found.start() : found.start(f"{p}d")]
    return bool(
        found[f"{p}h"]
        or found[f"{p}e"]
        or re.search(r"\bngay|\bmung|\bthu\b|\bchu nhat|\b(?:sang|chieu|toi)\b", before)
    )


def date_words(p: str, *, joined: bool = False) -> str:
    """The pattern of day and month, with or without a year: "25/9", "25/9/2024", "25 tháng 9 năm 2024"."""
    # "7h30 - 8h00" names no 30/8, "3-4/2027" no 3/4
    hour = r"(?!\s*h(?![a-z])|\s*gio\b|:\d\d|g\d)"
    months = r"(?!\s*-\s*\d+\s*/\s*20)"
    slashed = rf"{months}\s*[/.\-]\s*(?P<{p}m>\d{{1,2}})(?!\d){hour}(?:\s*[/.\-]\s*(?P<{p}y>20\d\d|\d\d)(?!\d))?"
    spoken = rf"\s+thang\s+(?P<{p}n>\d{{1,2}})(?!\d)(?:\s*,?\s*(?:nam\s+|/\s*)(?P<{p}z>20\d\d)(?!\d))?"
    before, after = ("/.", "/.") if joined else ("/.,\\-", "/.\\-")
    return rf"(?<![\d{before}])(?P<{p}d>\d{{1,2}})(?:{slashed}|{spoken})(?![{after}]\w)"


def moment_of(found: re.Match[str], p: str, calendar: Calendar, like: Moment | None = None) -> Moment | None:
    """What the groups of `moment(p)` mean; None where the numbers are no date. `like` lends its year."""
    part = found.groupdict()
    day, month = int(part[f"{p}d"]), int(part[f"{p}m"] or part[f"{p}n"])
    if not (1 <= day <= 31 and 1 <= month <= 12):
        return None
    if part[f"{p}m"] and not (part[f"{p}y"] or part[f"{p}h"]) and _counts(found, p):
        return None
    if part[f"{p}n"] and not _SPOKEN.search(found.string[: found.start(f"{p}d")]):
        return None  # "3 tháng 12" after "tuần" or "sau" is no day
    year = part[f"{p}y"] or part[f"{p}z"]
    number = int(year) + (2000 if len(year) == 2 else 0) if year else None
    if number is None and like is not None and like.day is not None:
        number = like.day.year - (month > like.day.month)
    if number is None and not calendar.known:
        return None
    written = calendar.resolve(day, month, number)
    doubt = _doubt(f"{day}/{month}" + (f"/{number}" if number else ""), written)
    return Moment(written.day, written.month, _time(part, p), doubt)


def _counts(found: re.Match[str], p: str) -> bool:
    """ "tuần 3-4", "cụm 1-2": numbers of weeks or groups."""
    before = found.string[max(0, found.start(f"{p}d") - 20) : found.start(f"{p}d")]
    hyphen = "-" in found.string[found.end(f"{p}d") : found.start(f"{p}m")]
    return bool(_WEEKS.search(before) or (hyphen and _GROUPS.search(before)))


def clock(text: str) -> str | None:
    """ "8h10- 8h30" -> "08:10-08:30"; None where an hour does not exist."""
    times = [(int(h), int(m or 0)) for h, m in _CLOCK_PARTS.findall(text)]
    if not times or any(h > 24 or m > 59 for h, m in times):
        return None
    return "-".join(f"{h:02d}:{m:02d}" for h, m in times[:2])


def weekday_of(text: str) -> int | None:
    """Monday is 0; None where the folded text names no weekday."""
    found = re.search(r"\b(?:thu\s+|t(?=[2-7]))(hai|ba|tu|nam|sau|bay|[2-7])\b|(\bchu\s+nhat\b)", text)
    if not found:
        return None
    return 6 if found[2] else _DAYS[found[1]]


def _time(part: dict[str, str | None], p: str) -> str | None:
    for name in ("h", "e"):
        words = part.get(f"{p}{name}")
        if words:
            return clock(words)
    return None


def _doubt(shown: str, written: Written) -> str | None:
    if written.day is None:
        return f"Ngày {shown} không có trong lịch; cần hỏi lại ngày đúng."
    if written.likely:
        return f"Ngày {shown} sớm hơn ngày ban hành và ngoài năm học của văn bản; có lẽ là {written.day:%d/%m/%Y}."
    return None
