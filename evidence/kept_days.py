"""Which days of a book are there, and which are missing: pure, over when it is kept and what was entered."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import TypeVar

from core.daily import Book, Kept, Rhythm, Span, Written
from knowledge.workdays import Workdays

_One = TypeVar("_One", Span, Written)
_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


def standing(
    book: Book, spans: Sequence[Span], entered: Collection[date], first: date, last: date, today: date, works: Workdays
) -> Kept:
    """Of the days from `first` to `last`; a week belongs where its last working day lies.

    `spans`: when the unit keeps this book. `entered`: also the days of a week that lie outside. What is to be entered
    today is not missing yet.
    """
    if book.rhythm is Rhythm.WEEK:
        return _weeks(book, spans, entered, first, last, today, works)
    there = sorted({day for day in entered if first <= day <= last})
    if book.counts:
        return Kept(book, tuple(there))
    asked = (day for day in _days(first, min(last, today - _DAY)) if works.works(day) and _kept_on(spans, day))
    return Kept(book, tuple(there), tuple(day for day in asked if day not in there))


def by_book(ones: Iterable[_One]) -> dict[tuple[str, str], list[_One]]:
    """By unit and book, in the order they came."""
    found: dict[tuple[str, str], list[_One]] = {}
    for one in ones:
        found.setdefault((one.unit, one.book), []).append(one)
    return found


def _weeks(
    book: Book, spans: Sequence[Span], entered: Collection[date], first: date, last: date, today: date, works: Workdays
) -> Kept:
    there: list[date] = []
    missing: list[date] = []
    monday = first - first.weekday() * _DAY
    while monday <= last:
        week = list(_days(monday, monday + 6 * _DAY))
        working = [day for day in week if works.works(day)]
        if working and first <= working[-1] <= last:
            if found := [day for day in week if day in entered]:
                there.append(found[0])
            elif working[-1] < today and _kept_on(spans, working[0]):
                missing.append(working[-1])
        monday += _WEEK
    return Kept(book, tuple(there), tuple(missing))


def _kept_on(spans: Sequence[Span], day: date) -> bool:
    return any(span.has(day) for span in spans)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + n * _DAY for n in range((last - first).days + 1))
