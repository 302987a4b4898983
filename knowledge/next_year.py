"""Last year's plan -> a draft of the next one: days moved, all tentative, the words written anew to match."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.texts import next_year as texts
from core.work import DoubtKind, Head, Kind, Obligation, Part, Passage, Plan, Rule, Status
from knowledge.extract import calendar_of
from knowledge.lunar import feast_in
from knowledge.moving import Move, blank, month_on, move, week_of, years_on
from knowledge.next_year_doubts import doubts_of_moves
from knowledge.plan_years import begins, first_of
from knowledge.school_years import school_year_name
from knowledge.workdays import Workdays
from knowledge.year_text import (
    Day,
    Edit,
    Year,
    as_usual,
    day_edits,
    days_in,
    head_edits,
    in_order,
    joined,
    rewritten,
    year_edits,
)
from knowledge.years import Calendar, calendar_year_in

_FURTHER = re.compile(r"\s*\([^)]{0,80}\)|[^.,;\t\n]{0,40}")
_Key = tuple[int, int]  # a passage, and which of its days


@dataclass(frozen=True, slots=True)
class _Page:
    """A passage, with the days it names."""

    passage: Passage
    calendar: Calendar
    days: Sequence[Day]


@dataclass(slots=True)
class _Moves:
    """What becomes of tasks and of written days; `text` None: the day is left blank. Filled in one pass."""

    tasks: list[Move | None] = field(default_factory=list)
    text: dict[_Key, date | None] = field(default_factory=dict)
    days: dict[date, Move] = field(default_factory=dict)  # of gatherings, which their programmes follow


def moved(plan: Plan, years: int = 1, workdays: Workdays | None = None, first: Plan | None = None) -> Plan:
    """The plan so many years later, nothing of it firm. What was revoked is left out; see docs/plans.md.

    `plan` as it stands today, `first` as it was issued (core.work.Shelved). Every snippet is a run of its passage.
    """
    workdays, year = workdays or Workdays(), Year(begins(plan) or 0, years)
    written = {id(task): old for task, old in zip(plan.obligations, (first or plan).obligations, strict=True)}
    tasks = [task for task in plan.obligations if task.status is not Status.SUPERSEDED]
    calendar = calendar_of(plan.head)
    pages = [_page(passage, calendar) for passage in plan.passages]
    moves = _Moves()
    for task in tasks:
        moves.tasks.append(_moved(task, written[id(task)], pages[task.passage], year, workdays, moves))
    _spread(pages, moves)
    edits = [_edits(page, plan.head, year, moves) for page in pages]
    made = tuple(_passage(page, its, year) for page, its in zip(pages, edits, strict=True))
    new = [
        _task(task, how, pages[task.passage], edits[task.passage], year)
        for task, how in zip(tasks, moves.tasks, strict=True)
    ]
    drafted = replace(plan, head=_head(plan.head, year, calendar), passages=made, obligations=tuple(new), doubts=())
    return replace(drafted, doubts=doubts_of_moves(drafted, replace(plan, obligations=tuple(tasks)), moves.tasks, year))


def _page(passage: Passage, calendar: Calendar) -> _Page:
    within = calendar.within(passage.months)
    return _Page(passage, within, days_in(passage.text, within, passage.part))


def _moved(
    task: Obligation, written: Obligation, page: _Page, year: Year, workdays: Workdays, moves: _Moves
) -> Move | None:
    """Where its days go; the words that name them go with it. None: it has no day."""
    if task.due is None or written.due is None:
        return _undated(task, year, workdays) if task.due is None else move(task, None, year.years, workdays)
    ends = _named(page, written, written.due)
    starts = _named(page, written, written.start) if written.start else []
    keys = [(page.passage.place, n) for n in (*starts, *ends)]
    if feast := feast_in(f"{written.task} {_around(written, page)}"):
        moves.text |= {key: None for key in keys if key not in moves.text}
        return blank(feast, task.due, year.years)
    if not ends and task.due in moves.days and task.kind in (Kind.AGENDA, Kind.EVENT):
        return replace(moves.days[task.due], start=None, kind=None)
    by_words = bool(ends) or task.rule in (Rule.IN_WEEK, Rule.RANGE) or task.note is not None
    weekday = next((page.days[n].weekday for n in ends if page.days[n].weekday is not None), None)
    how = _as_decided(task, move(task, weekday, year.years, workdays, written=by_words), page, ends, moves)
    moves.text |= {(page.passage.place, n): how.start for n in starts}
    moves.text |= {(page.passage.place, n): how.due for n in ends}
    if task.rule is Rule.ON and task.kind is not Kind.AGENDA:
        moves.days.setdefault(task.due, how)
    return how


def _spread(pages: Sequence[_Page], moves: _Moves) -> None:
    """A row's words stand in it and in its parts: both are written alike."""
    for part in pages:
        above = pages[part.passage.parent] if part.passage.parent is not None else None
        at = above.passage.text.find(part.passage.text) if above and part.days else -1
        if above is None or at < 0:
            continue
        there = {day.day_at[0] - at: n for n, day in enumerate(above.days)}
        for n, day in enumerate(part.days):
            own, its = (part.passage.place, n), (above.passage.place, there.get(day.day_at[0], -1))
            for known, other in ((own, its), (its, own)):
                if known in moves.text and other[1] >= 0:
                    moves.text.setdefault(other, moves.text[known])


def _around(task: Obligation, page: _Page) -> str:
    """Its words, with what follows them in brackets or up to a comma: "(trước Tết)"."""
    text, begin = page.passage.text, page.passage.text.find(task.snippet)
    if begin < 0:
        return task.snippet
    end = begin + len(task.snippet)
    further = _FURTHER.match(text, end)
    return text[begin : further.end() if further else end]


def _as_decided(task: Obligation, how: Move, page: _Page, ends: Sequence[int], moves: _Moves) -> Move:
    """Two tasks of the same written day go the same way."""
    known = next((new for n in ends if (new := moves.text.get((page.passage.place, n)))), None)
    return replace(how, due=known) if known and not task.start else how


def _undated(task: Obligation, year: Year, workdays: Workdays) -> Move | None:
    """A week of a month begins on another day; a feast by the moon may leave its month."""
    if task.start and task.rule is Rule.IN_WEEK:
        number = (task.start.day - 1) // 7
        first = years_on(task.start.replace(day=1), year.years)
        monday = first + timedelta(days=(task.start.weekday() - first.weekday()) % 7 + 7 * number)
        monday -= timedelta(days=7 * (monday.month != first.month))
        return Move(monday, None)
    feast = feast_in(f"{task.snippet} {task.task}") if task.months else None
    if feast is None:
        return Move(years_on(task.start, year.years), None) if task.start else None
    months = [month_on(name, year.years) for name in task.months]
    day = feast.near(first_of(months[0]) + timedelta(days=14))
    if f"{day:%Y-%m}" in months:
        return None
    return Move(None, None, DoubtKind.DATE, texts.lunar_month(feast.name, day))


def _named(page: _Page, task: Obligation, day: date) -> list[int]:
    """Which of the passage's days is this one: in the task's own words, and taken for a time, where there is such."""
    begin = page.passage.text.find(task.snippet)
    end = begin + len(task.snippet)
    fits = [n for n, one in enumerate(page.days) if (one.day, one.month) == (day.day, day.month)]
    fits = [n for n in fits if page.days[n].bound or (not page.days[n].cited and _of_year(page.days[n], day))]
    own = [n for n in fits if begin <= page.days[n].day_at[0] < end]
    bound = [n for n in own or fits if page.days[n].bound]
    return bound or own or fits


def _of_year(one: Day, day: date) -> bool:
    return one.year in (None, day.year)


def _edits(page: _Page, head: Head, year: Year, moves: _Moves) -> tuple[Edit, ...]:
    text, part, place = page.passage.text, page.passage.part, page.passage.place
    found = [*head_edits(text, part, head.signer, year)]
    weeks = _weeks(page, year)
    for n, day in enumerate(page.days):
        if (place, n) in moves.text:
            found += day_edits(day, moves.text[place, n], _year_of(day, page.calendar, year))
        elif n in weeks:
            found += day_edits(day, weeks[n], weeks[n].year)
        else:
            found += as_usual(day, year, page.calendar)
    return in_order([*found, *year_edits(text, page.days, year, page.calendar, part)])


def _year_of(day: Day, calendar: Calendar, year: Year) -> int:
    return int(calendar.resolve(day.day, day.month, day.year).month[:4]) + year.years


def _weeks(page: _Page, year: Year) -> dict[int, date]:
    """Both ends of "Tuần 1 (02/9 - 06/9)", also where no task is about it."""
    found: dict[int, date] = {}
    for n, (first, second) in enumerate(zip(page.days, page.days[1:], strict=False)):
        if joined(page.passage.text, first, second):
            days = [page.calendar.resolve(one.day, one.month, one.year).day for one in (first, second)]
            if days[0] and days[1] and days[0] <= days[1]:
                found[n], found[n + 1] = week_of(days[0], days[1], year.years)
    return found


def _passage(page: _Page, edits: Sequence[Edit], year: Year) -> Passage:
    old = page.passage
    return replace(
        old,
        text=rewritten(old.text, edits),
        row=_label(old.row, page, year),
        section=_label(old.section, page, year),
        months=tuple(month_on(name, year.years) for name in old.months),
    )


def _label(words: str, page: _Page, year: Year) -> str:
    """ "9/2023/10" of a row."""
    return rewritten(words, in_order(year_edits(words, (), year, page.calendar, Part.ROW)))


def _task(task: Obligation, how: Move | None, page: _Page, edits: Sequence[Edit], year: Year) -> Obligation:
    how = how or Move(None, None)
    lost = task.due is not None and how.due is None
    return replace(
        task,
        snippet=_run(task.snippet, page, edits, year),
        task=_run(task.task, page, edits, year),
        deliverable=_run(task.deliverable, page, edits, year) if task.deliverable else task.deliverable,
        recurrence=_run(task.recurrence, page, edits, year) if task.recurrence else task.recurrence,
        row=_label(task.row, page, year),
        section=_label(task.section, page, year),
        months=tuple(month_on(name, year.years) for name in task.months),
        start=how.start,
        due=how.due,
        rule=None if lost else task.rule,
        time=None if lost else task.time,
        status=Status.TENTATIVE,
        note=_note(task, how),
    )


def _note(task: Obligation, how: Move) -> str | None:
    """A note that names the days of a week names the new ones."""
    if not (task.note and task.start and how.start and f"{task.start:%d/%m/%Y}" in task.note):
        return task.note
    days = {f"{task.start + timedelta(days=n):%d/%m/%Y}": how.start + timedelta(days=n) for n in range(14)}
    words = task.note
    for old, new in days.items():
        words = words.replace(old, f"{new:%d/%m/%Y}")
    return words


def _run(words: str, page: _Page, edits: Sequence[Edit], year: Year) -> str:
    """Words of the passage as they are in the new one; words that are no run of it are written anew alone."""
    at = page.passage.text.find(words)
    if at >= 0:
        return rewritten(page.passage.text, edits, at, at + len(words))
    days = days_in(words, page.calendar)
    own = [edit for day in days for edit in as_usual(day, year, page.calendar)]
    return rewritten(words, in_order([*own, *year_edits(words, days, year, page.calendar, Part.TEXT)]))


def _head(head: Head, year: Year, calendar: Calendar) -> Head:
    name = school_year_name(year.begins + year.years)
    title = head.title
    if title:
        days = days_in(title, calendar)
        edits = [edit for day in days for edit in as_usual(day, year, calendar)]
        title = rewritten(title, in_order([*edits, *year_edits(title, days, year, calendar, Part.HEAD)]))
        title = title if title != head.title else texts.of_school_year(title, name)
    by_calendar_year = head.school_year is None and calendar_year_in(head.title or "") is not None
    return replace(
        head,
        number=None,
        number_as_written=None,
        number_blank=True,
        date=None,
        date_as_written=None,
        date_precision=None,
        date_month=None,
        title=title,
        school_year=None if by_calendar_year else name,
        replaces=(),
        signer=None,
    )
