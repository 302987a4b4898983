"""Working days in Vietnam: weekends and public holidays, Tết by the lunar calendar, from the `holidays` package."""

from datetime import date, timedelta
from functools import lru_cache

import holidays
from lunardate import LunarDate


@lru_cache(maxsize=64)
def _off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


def is_working(day: date) -> bool:
    """Monday to Friday and no public holiday; swapped days are not known here."""
    return day.weekday() < 5 and day not in _off(day.year)


def last_working(day: date) -> date:
    """This day if it is a working day, else the last one before it."""
    while not is_working(day):
        day -= timedelta(days=1)
    return day


def working_after(day: date, count: int) -> date:
    """The working day that is so many of them after this one."""
    while count:
        day += timedelta(days=1)
        count -= is_working(day)
    return day


@lru_cache(maxsize=64)
def tet(year: int) -> date:
    """The first day of the lunar year that begins in this calendar year."""
    first: date = LunarDate(year, 1, 1).to_solar_date()
    return first
