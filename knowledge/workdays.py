"""Working days in Vietnam: weekends and public holidays, Tết by the lunar calendar, from the `holidays` package."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

import holidays
from lunardate import LunarDate

_DAY = timedelta(days=1)


@lru_cache(maxsize=64)
def _off(year: int) -> frozenset[date]:
    return frozenset(holidays.country_holidays("VN", years=year))


@lru_cache(maxsize=64)
def _names(year: int) -> Mapping[date, str]:
    return dict(holidays.country_holidays("VN", years=year, language="vi"))


@dataclass(frozen=True)
class Workdays:
    """The calendar of an office. `moved`: days that somebody has declared working (True) or free (False)."""

    moved: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """As declared; else Monday to Friday and no public holiday."""
        declared = self.moved.get(day)
        return (day.weekday() < 5 and day not in _off(day.year)) if declared is None else declared

    def called(self, day: date) -> str:
        """The name of the public holiday that this day is off for; empty: it is none."""
        return "" if self.works(day) else _names(day.year).get(day, "")

    def last(self, day: date) -> date:
        """This day if it is a working day, else the last one before it."""
        while not self.works(day):
            day -= _DAY
        return day

    def next(self, day: date) -> date:
        """This day if it is a working day, else the first one after it."""
        while not self.works(day):
            day += _DAY
        return day

    def between(self, first: date, last: date) -> int:
        """How many working days come after `first`, up to and with `last`; 0 where `last` is not later."""
        return sum(self.works(first + n * _DAY) for n in range(1, (last - first).days + 1))

    def after(self, day: date, count: int) -> date:
        """The working day that is so many of them after this one."""
        while count:
            day += _DAY
            count -= self.works(day)
        return day


_PUBLISHED = Workdays()


def last_working(day: date) -> date:
    """This day if it is a working day, else the last one before it; swapped days are not known here."""
    return _PUBLISHED.last(day)


def working_after(day: date, count: int) -> date:
    """The working day that is so many of them after this one; swapped days are not known here."""
    return _PUBLISHED.after(day, count)


@lru_cache(maxsize=64)
def tet(year: int) -> date:
    """The first day of the lunar year that begins in this calendar year."""
    first: date = LunarDate(year, 1, 1).to_solar_date()
    return first
