"""When somebody wants to be reminded again, in the words people use for it."""

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta

from core.clock import VIETNAM
from knowledge.typed_days import day_in
from noticing.when import moment_in

MORNING, AFTERNOON, EVENING = time(8), time(14), time(19)  # what "sáng mai", "chiều nay" and "tối nay" mean
SOON = timedelta(hours=1)  # what "chiều nay" means in the afternoon
FURTHEST = timedelta(days=31)

_NO_MINUTE = re.compile(r"\d ?(?:h|gio|:) ?[6-9]\d")
_AFTER = re.compile(r"(?:sau )?(?P<count>\d{1,3}) (?P<unit>tieng|gio|phut|ngay)(?: nua)?")
_DAY = re.compile(r"(?:(?:vao )?(?:ngay )?)?\d{1,2}[/.-]\d{1,2}(?:[/.-]\d{4})?")
_WEEKDAY = re.compile(r"thu (?P<day>hai|ba|tu|nam|sau|bay|[2-7])(?: tuan (?:nay|sau|toi))?|dau tuan sau|tuan sau")
_WEEKDAYS = {"hai": 0, "ba": 1, "tu": 2, "nam": 3, "sau": 4, "bay": 5, **{str(n + 2): n for n in range(6)}}


def meant(said: str, now: datetime) -> datetime | None:
    """The instant, after now; `said` without marks. None: no such words, or too far off."""
    local = now.astimezone(VIETNAM)
    found = next(filter(None, (read(said, local) for read in _READERS)), None)
    return found if found and now < found <= now + FURTHEST else None


def _part_of_day(said: str, now: datetime) -> datetime | None:
    for words, day, at in (
        (("chieu nay", "chieu"), 0, AFTERNOON),
        (("toi nay", "toi"), 0, EVENING),
        (("mai", "ngay mai", "sang mai", "hom sau"), 1, MORNING),
        (("chieu mai",), 1, AFTERNOON),
        (("toi mai",), 1, EVENING),
        (("ngay kia", "ngay mot", "mot"), 2, MORNING),
    ):
        if said in words:
            found = _at(now.date() + timedelta(days=day), at)
            return found if found > now else _rounded(now + SOON)
    return None


def _hour(said: str, now: datetime) -> datetime | None:
    return None if _NO_MINUTE.search(said) else moment_in(said, now)


def _after(said: str, now: datetime) -> datetime | None:
    found = _AFTER.fullmatch(said)
    if found is None or (found["unit"] == "gio" and not (said.startswith("sau ") or said.endswith(" nua"))):
        return None  # "15 giờ" is an hour
    count = int(found["count"])
    if found["unit"] == "ngay":
        return _at(now.date() + timedelta(days=count), MORNING)
    return now + (timedelta(minutes=count) if found["unit"] == "phut" else timedelta(hours=count))


def _day(said: str, now: datetime) -> datetime | None:
    named = day_in(said, now.date()) if _DAY.fullmatch(said) else None
    return _at(named, MORNING) if named else None


def _weekday(said: str, now: datetime) -> datetime | None:
    found = _WEEKDAY.fullmatch(said)
    if found is None:
        return None
    ahead = (_WEEKDAYS[found["day"] or "hai"] - now.weekday()) % 7 or 7
    if said.endswith(("tuan sau", "tuan toi")) and ahead + now.weekday() < 7:
        ahead += 7
    return _at(now.date() + timedelta(days=ahead), MORNING)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, VIETNAM)


def _rounded(at: datetime) -> datetime:
    """To the next five minutes."""
    return at + timedelta(minutes=-at.minute % 5, seconds=-at.second, microseconds=-at.microsecond)


_READERS: tuple[Callable[[str, datetime], datetime | None], ...] = (_part_of_day, _after, _hour, _day, _weekday)
