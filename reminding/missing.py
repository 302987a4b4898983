"""Days that are missing in the books that schools keep: said once, to the principal, the next working morning."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from core.clock import local_day
from core.daily import BOOKS, Book, Rhythm, Span, Written
from core.people import Role
from core.texts import daily as texts
from evidence.desk import Desk
from evidence.kept_days import by_book, standing
from knowledge.workdays import Workdays
from records import daily, memberships
from reminding.asked import said_on

_DAY, _WEEK = timedelta(days=1), timedelta(days=7)


async def missed(desk: Desk, since: date | None) -> dict[str, tuple[Sequence[int], str]]:
    """By unit: its principals, and what they read of it this morning; also of what was to be said on a day after
    `since`. Nobody in their stead, and no group: it is about who was to write.
    """
    day, workdays = local_day(desk.now), desk.index.workdays
    looked = [one for one in said_on(day, since) if workdays.works(one)] if workdays.works(day) else []
    if not looked:
        return {}
    before = [workdays.last(one - _DAY) for one in looked]
    spans = await daily.spans(desk.session, None, before[0] - _WEEK, before[-1])
    if not spans:
        return {}
    tree = desk.index.tree
    units = [one for one in dict.fromkeys(span.unit for span in spans) if (at := tree.get(one)) and at.exists_on(day)]
    written = await daily.written(desk.session, units, before[0] - _WEEK, before[-1] + _WEEK)
    kept, entered = by_book(spans), by_book(written)
    lines = {unit: _lines(unit, kept, entered, looked, workdays) for unit in units}
    heads = await memberships.by_unit(desk.session, [unit for unit in units if lines[unit]], Role.PRINCIPAL)
    return {unit: (ones, texts.missed(desk.short_name(unit), lines[unit])) for unit, ones in heads.items()}


def _lines(
    unit: str,
    kept: Mapping[tuple[str, str], Sequence[Span]],
    entered: Mapping[tuple[str, str], Sequence[Written]],
    looked: Sequence[date],
    workdays: Workdays,
) -> list[tuple[Book, Sequence[date]]]:
    found: list[tuple[Book, Sequence[date]]] = []
    for book in BOOKS:
        spans = kept.get((unit, book.id), ())
        there = {one.day for one in entered.get((unit, book.id), ())}
        days = [
            day
            for morning in looked
            if spans and _is_over(book, morning, before := workdays.last(morning - _DAY))
            for day in standing(book, spans, there, before, before, morning, workdays).missing
        ]
        if days:
            found.append((book, days))
    return found


def _is_over(book: Book, morning: date, before: date) -> bool:
    """Of a weekly book the week must be over."""
    return book.rhythm is not Rhythm.WEEK or morning.isocalendar()[:2] != before.isocalendar()[:2]
