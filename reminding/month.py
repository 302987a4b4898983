"""A month as a calendar: what is due on which day, what an office waits for, days off, what will be reminded of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from core.calendar import Entry
from core.clock import local_day
from core.people import Person, Role
from core.reminding import Reminder
from core.texts import site_calendar as texts
from core.work import Due
from evidence import progress
from evidence.desk import Desk
from evidence.standing import Standing
from knowledge.periods import Period
from reminding.ahead import ahead
from reminding.calendar import between
from reminding.steps import last_safe

EARLIER = timedelta(days=15)  # at most, that the last safe day lies before the due day
State = Literal["done", "late", "open"]


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is due; `below`: of the units below. `due`: the day itself, `about`: more words, empty: none."""

    title: str
    state: State
    due: date
    below: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Day:
    """`off`: nobody works; `called`: the holiday's name, or why it is worked although it is a weekend."""

    day: date
    is_today: bool
    off: bool
    called: str
    items: Sequence[Item]
    reminders: Sequence[Reminder]


@dataclass(frozen=True, slots=True)
class Calendar:
    """`weeks` from Monday to Sunday; None: a day of another month."""

    weeks: Sequence[Sequence[Day | None]]

    @property
    def days(self) -> list[Day]:
        return [day for week in self.weeks for day in week if day]


async def calendar(desk: Desk, person: Person, month: Period) -> Calendar:
    """What this person's unit owes and, for an officer, what she waits for; reminders from today on."""
    today = local_day(desk.now)
    items: dict[date, list[Item]] = {}
    for entry in await between(desk, [person.unit], month.first, month.last, month.last):
        for day in _days(max(entry.first, month.first), min(entry.last, month.last)):
            items.setdefault(day, []).append(_own(entry, today))
    if person.role is Role.STAFF:
        asked = replace(month, last=month.last + EARLIER)
        for ones in (await progress.of_office(desk, person.unit, asked)).values():
            due = next((one.due for one in ones if one.due and one.due.day == one.day), ones[0].due)
            if due is not None:
                items.setdefault(last_safe(due, desk.index.workdays), []).append(_below(ones, due, today))
    first = max(month.first, today)
    told = await ahead(desk, person.unit, first, month.last) if first <= month.last else {}
    return Calendar(_weeks(desk, month, today, items, told))


def _own(entry: Entry, today: date) -> Item:
    due = entry.due or entry.last
    state: State = "done" if entry.done else "late" if due < today and not entry.event else "open"
    return Item(entry.title, state, due, about=entry.about)


def _below(ones: Sequence[Standing], due: Due, today: date) -> Item:
    given = sum(one.is_in for one in ones)
    state: State = "done" if given == len(ones) else "late" if due.day < today else "open"
    return Item(texts.below(ones[0].title, due, given, len(ones)), state, due.day, below=True)


def _weeks(
    desk: Desk,
    month: Period,
    today: date,
    items: Mapping[date, Sequence[Item]],
    told: Mapping[date, Sequence[Reminder]],
) -> list[list[Day | None]]:
    workdays = desk.index.workdays
    first = month.first - timedelta(days=month.first.weekday())
    last = month.last + timedelta(days=6 - month.last.weekday())
    shown: list[Day | None] = []
    for day in _days(first, last):
        called = workdays.called(day) or (texts.WORKED if workdays.works(day) and day.weekday() > 4 else "")
        its = Day(day, day == today, not workdays.works(day), called, items.get(day, ()), told.get(day, ()))
        shown.append(its if month.first <= day <= month.last else None)
    return [shown[at : at + 7] for at in range(0, len(shown), 7)]


def _days(first: date, last: date) -> list[date]:
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]
