"""A moment that somebody types: "7h30 sáng mai", "14h ngày 5/12", "16:00"."""

import re
from datetime import date, datetime, time, timedelta

from core.clock import VIETNAM
from knowledge.fold import fold
from knowledge.typed_days import DAY, day_in

_HOUR = re.compile(
    r"(?<![\d/])(?P<h>\d{1,2})\s*(?:h|gio|g|:)\s*(?:(?P<m>[0-5]\d)(?![\d/])|(?P<half>ruoi))?(?:\s*phut)?"
)
_AFTER_NOON = re.compile(r"\b(?:chieu|toi|dem)\b")
_NOON = re.compile(r"\btrua\b")
_AHEAD = (
    (re.compile(r"\b(?:hom|chieu|toi|trua|sang)? ?nay\b"), 0),
    (re.compile(r"\b(?:ngay )?mai\b"), 1),
    (re.compile(r"\b(?:ngay kia|mot)\b"), 2),
)
_WEEKDAYS = re.compile(r"\bthu (?P<n>hai|ba|tu|nam|sau|bay|[2-7])\b|\bchu nhat\b")
_NUMBERS = {"hai": 0, "2": 0, "ba": 1, "3": 1, "tu": 2, "4": 2, "nam": 3, "5": 3, "sau": 4, "6": 4, "bay": 5, "7": 5}


def moment_in(words: str, now: datetime) -> datetime | None:
    """The moment that is named, after `now`; without a day the next such hour. None: none is, or it is past."""
    said = fold(words)
    hour = _hour(said)
    if hour is None:
        return None
    today = now.astimezone(VIETNAM).date()
    day, said_day = _day(_HOUR.sub(" ", said, count=1), today)
    if day is None:
        return None
    found = datetime.combine(day, hour, VIETNAM)
    if found <= now and not said_day:
        found += timedelta(days=1)
    return found if found > now else None


def _hour(said: str) -> time | None:
    found = _HOUR.search(said)
    if found is None:
        return None
    hour, minute = int(found["h"]), 30 if found["half"] else int(found["m"] or 0)
    if hour < 12 and (_AFTER_NOON.search(said) or (_NOON.search(said) and hour < 4)):
        hour += 12
    return time(hour, minute) if hour < 24 else None


def _day(said: str, today: date) -> tuple[date | None, bool]:
    """The day, and whether one was named; None: there is no such day."""
    if DAY.search(said):
        return day_in(said, today), True
    if found := _WEEKDAYS.search(said):
        weekday = _NUMBERS[found["n"]] if found["n"] else 6
        return today + timedelta(days=(weekday - today.weekday()) % 7 or 7), True
    for pattern, days in _AHEAD:
        if pattern.search(said):
            return today + timedelta(days=days), True
    return today, False
