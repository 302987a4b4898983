"""Months and weeks as lists and spans of days."""

import re
from datetime import date, timedelta

from knowledge.years import Calendar


def months_between(first: date, last: date) -> tuple[str, ...]:
    """Every month from one day to the other, YYYY-MM; at most two years of them."""
    count = (last.year - first.year) * 12 + last.month - first.month
    names = [divmod(first.year * 12 + first.month - 1 + i, 12) for i in range(min(count, 24) + 1)]
    return tuple(f"{year:04d}-{month + 1:02d}" for year, month in names)


def year_months(calendar: Calendar) -> tuple[str, ...]:
    """The months in which something standing is done: the block's, else those left of the school year."""
    if calendar.year and not calendar.months:
        return months_between(date(calendar.year, 1, 1), date(calendar.year, 12, 31))
    begins = calendar.begins()
    if calendar.months or begins is None:
        return calendar.months
    first = date(begins, 8, 1)
    if calendar.issued and calendar.issued > first:
        first = calendar.issued.replace(day=1)
    return months_between(first, max(first, date(begins + 1, 7, 31)))


def week_of(number: int, year: int, month: int) -> tuple[date, date]:
    """Monday to Sunday of a month's n-th week; the first is the one with its first Monday; 0: the last one."""
    first = date(year, month, 1)
    monday = first + timedelta(days=(7 - first.weekday()) % 7)
    if number == 0:
        following = date(year + month // 12, month % 12 + 1, 1)
        monday = following - timedelta(days=1 + (following - timedelta(days=1)).weekday())
        number = 1
    monday += timedelta(weeks=number - 1)
    return monday, monday + timedelta(days=6)


def months_in(words: str, calendar: Calendar, year: int | None = None) -> tuple[tuple[str, ...], bool] | None:
    """The months of "9, 10/2024", "6+7 /2024", "9 đến 12"; and whether a written year was put right."""
    pieces = re.findall(r"(\d{1,2})(?!\d)(?:\s*/\s*(20\d\d))?\s*(den|[-–])?", words.replace("het", ""))
    if not pieces or not all(1 <= int(m) <= 12 for m, _, _ in pieces):
        return None
    year = year or next((int(y) for _, y, _ in reversed(pieces) if y), None)
    names: list[str] = []
    likely = False
    for index, (number, own, _) in enumerate(pieces):
        written = calendar.resolve(1, int(number), int(own) if own else year)
        likely = likely or written.likely
        spanned = index > 0 and pieces[index - 1][2]
        if spanned:
            begin, end = (date(int(n[:4]), int(n[5:]), 1) for n in (names[-1], written.month))
            begin = begin.replace(year=begin.year - (begin > end))
            names[-1:] = months_between(begin, end)
        else:
            names.append(written.month)
    return tuple(dict.fromkeys(names)), likely


def quarter(day: date) -> tuple[str, ...]:
    """The three months, YYYY-MM, of the quarter with this day in it."""
    first = 3 * ((day.month - 1) // 3) + 1
    return tuple(f"{day.year:04d}-{month:02d}" for month in range(first, first + 3))
