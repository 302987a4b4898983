"""What an office reads of books and counters: of each school right below it, of further ones by the office between."""

from collections.abc import Sequence
from datetime import date

from core.clock import local_day
from core.daily import BOOKS, Book, Kept
from core.message import Reply
from core.people import Level
from core.texts import daily as texts
from evidence import daily
from evidence.desk import Desk
from knowledge.school_years import month_end


async def books_below(desk: Desk, office: str, book: Book | None, month: date) -> Reply:
    """How many days of a month there are; no more."""
    schools = _schools_below(desk, office)
    only, last = book.id if book and not book.counts else "", month_end(month.year, month.month)
    every = [school for ones in schools.values() for school in ones]
    found = await daily.stand(desk, every, month, last, only)
    if not found:
        return Reply(texts.NOBODY_KEEPS, private=True)
    lines = []
    for unit, ones in schools.items():
        stands = [found[school] for school in ones if school in found]
        if stands and ones == [unit]:
            lines.append(texts.of_unit(desk.short_name(unit), stands[0]))
        elif stands:
            lines.append(texts.of_office(desk.short_name(unit), _together(stands)))
    return Reply(texts.of_month(month, lines), private=True)


async def counts_below(desk: Desk, office: str, book: Book, target: int | None) -> list[str]:
    """A line for each."""
    schools = _schools_below(desk, office)
    every = [school for ones in schools.values() for school in ones]
    found = await daily.count(desk, every, book, local_day(desk.now))
    lines = []
    for unit, ones in schools.items():
        counts, name = [found[school] for school in ones], desk.short_name(unit)
        if ones == [unit]:
            lines.append(texts.of_school(name, counts[0], target))
        else:
            enough = None if target is None else sum(count >= target for count in counts)
            lines.append(texts.counts_of_office(name, sum(counts), len(ones), enough))
    return lines


def _schools_below(desk: Desk, office: str) -> dict[str, list[str]]:
    """By unit right below, by name: the schools there; of a school itself alone. Those that exist today."""
    tree, today = desk.index.tree, local_day(desk.now)
    found: dict[str, list[str]] = {}
    for unit in sorted(desk.owing(office), key=desk.unit_name):
        if tree.units[unit].level is Level.SCHOOL:
            found[unit] = [unit]
        else:
            below = (one for one in tree.below(unit) if one.level is Level.SCHOOL and one.exists_on(today))
            found[unit] = sorted(one.code for one in below)
    return found


def _together(stands: Sequence[Sequence[Kept]]) -> list[tuple[Book, int, int, int]]:
    """By book: how many schools, days there, days asked for."""
    found = []
    for book in BOOKS:
        its = [one for ones in stands for one in ones if one.book is book]
        if its:
            found.append((book, len(its), sum(len(one.there) for one in its), sum(one.asked for one in its)))
    return found
