"""Headings that name a time: "Tháng 9/2025", "Tuần 2 (08/12 - 12/12)", "II. Nhiệm vụ trọng tâm tháng 12"."""

import re

from core.work import Rule
from knowledge.fold import fold
from knowledge.moments import When
from knowledge.months import months_in
from knowledge.tables import week_in
from knowledge.years import Calendar

_MONTH = re.compile(
    r"(?P<before>[^\d:;.]{0,80}?)\bthang\s+(?P<list>\d{1,2}(?!\d)(?:\s*(?:[,+&\-–]|va|"
    r"den)\s*(?:thang\s+)?\d{1,2}(?!\d)(?!/\d{1,2}(?!\d)))*)"
    r"\s*(?:[/.\-]\s*|\s*nam\s+)?(?P<year>20\d\d)?(?P<after>.*)"
)
_PLAN = re.compile(r"\b(?:ke hoach|nhiem vu|cong tac|trong tam|noi dung|cong viec|lich|chuong trinh|hoat dong)\b")
_LOOKS_BACK = re.compile(r"\b(?:danh gia|ket qua|kiem diem|so ket|tinh hinh|da (?:thuc hien|lam)|nhan xet|uu diem)\b")
_WEEK = re.compile(r"tuan\s+(?:le\s+)?(?:thu\s+)?(?:\d{1,2}|[ivx]+|nhat|hai|ba|tu|nam|dau|cuoi)\b")
_BACK_OR_PLAIN = re.compile(r"[\s:.,()\-–*]*(?:nam hoc 20\d\d\s*[-–]\s*20\d\d)?[\s:.()]*")


def titled_time(words: str, calendar: Calendar) -> When | None:
    """The month or week that a heading sets for what stands under it; None for every other line."""
    folded = " ".join(fold(words).split()).strip(" *")
    if _LOOKS_BACK.search(folded):
        return None
    if _WEEK.match(folded):
        return week_in(words, folded, calendar)
    found = _MONTH.match(folded)
    if not found:
        return None
    bare = not found["before"].strip(" *-–(") and (
        _BACK_OR_PLAIN.fullmatch(found["after"]) or found["after"].lstrip().startswith(":")
    )
    short = found["after"].lstrip().startswith(":") and len(found["after"]) > 80
    if not (bare or _PLAN.search(found["before"])) or short or (not bare and len(found["after"].split()) > 10):
        return None
    return _in_months(found["list"], found["year"], len(words), calendar)


def _in_months(words: str, year: str | None, length: int, calendar: Calendar) -> When | None:
    if not (year or calendar.known):
        return None
    got = months_in(words, calendar, int(year) if year else None)
    return When(0, length, Rule.IN_MONTH, months=got[0]) if got else None
