"""The figures of the board as the pictures show them: of a task, a month, a school; and the calendar of a month."""

from collections.abc import Iterable, Sequence
from datetime import date

from core.clock import local_day
from core.people import Person
from core.texts import exports as export_texts
from core.texts import pictures as texts
from core.texts import site as site_texts
from core.work import Due, TaskRef
from evidence.board import Board, Row, board
from evidence.desk import Desk
from evidence.figures import BEHIND, ORDER, Count, Figures, count, figures
from evidence.owing import Cell, Mark
from knowledge.periods import Period, whole_month
from media.month_card import MOST_LINES, DueDay, DueLine, MonthCard
from media.progress_card import MOST_NAMES, Name, ProgressCard, Share

MOST_TASKS = 5  # of a school's, by name
_WORST: tuple[Mark, ...] = ("overdue", "returned", "open", "held", "in", "accepted")
_Due = tuple[date, Mark, str]  # a task's last day in time, how it stands, and its words


async def month_card(desk: Desk, person: Person, month: Period) -> ProgressCard | None:
    """Of an office: how many of the units below owe nothing; of a school its tasks. None: nothing is due then."""
    found = await board(desk, person, month)
    told = figures(desk, person, found)
    if not told.below:
        return _of_row(desk, found.own, texts.progress_of(month.first))
    if not told.rows:
        return None
    counted, units = told.count, export_texts.units(schools=told.schools)
    names = [Name(_worst(cells), texts.owing(unit, len(cells))) for unit, cells in told.behind]
    return ProgressCard(
        kicker=desk.short_name(person.unit),
        title=texts.progress_of(month.first),
        part=len(told.rows) - len(names),
        whole=len(told.rows),
        words=texts.owes_nothing(units),
        aside=texts.on_time(counted.on_time, counted.due, counted.there, counted.all),
        shares=_shares(counted),
        head=texts.behind(len(names)),
        names=names[:MOST_NAMES],
        more=texts.more(len(names) - MOST_NAMES, units),
        foot=export_texts.as_of(desk.now),
    )


async def task_card(desk: Desk, person: Person, ref: TaskRef, day: date) -> ProgressCard | None:
    """Who of the units below has handed in this task, of this day. None: none of them owes it then."""
    told = figures(desk, person, await board(desk, person, whole_month(day.year, day.month)))
    place = told.place(ref, str(day)) if told.below else None
    if place is None:
        return None
    (title, due), ones = told.columns[place], told.column(place)
    counted, units = count(cell for _, cell in ones), export_texts.units(schools=told.schools)
    names = [Name(cell.mark, unit) for unit, cell in ones if cell.mark in BEHIND]
    return ProgressCard(
        kicker=texts.under(desk.short_name(person.unit), due),
        title=title,
        part=counted.there,
        whole=counted.all,
        words=texts.handed_in(units),
        aside=texts.on_time(counted.on_time, counted.due),
        shares=_shares(counted),
        head=texts.behind(len(names)),
        names=names[:MOST_NAMES],
        more=texts.more(len(names) - MOST_NAMES, units),
        foot=export_texts.as_of(desk.now),
    )


async def school_card(desk: Desk, person: Person, unit: str, month: Period) -> ProgressCard | None:
    """Of the own unit, or as an office sees one of those below. None: not hers to see, or nothing is due then."""
    found = await board(desk, person, month)
    row = found.own if unit == person.unit else _row_of(found, unit)
    return _of_row(desk, row, texts.school_of(month.first)) if row else None


def _row_of(found: Board, unit: str) -> Row | None:
    return next((row for row in found.rows if row.code == unit), None)


def _of_row(desk: Desk, row: Row, kicker: str) -> ProgressCard | None:
    cells = [cell for cell in row.cells if cell]
    if not cells:
        return None
    counted = count(cells)
    left = sorted((cell for cell in cells if cell.mark in (*BEHIND, "open")), key=lambda cell: _WORST.index(cell.mark))
    return ProgressCard(
        kicker=kicker,
        title=row.unit,
        part=counted.there,
        whole=counted.all,
        words=texts.handed_in(texts.TASK),
        aside=texts.on_time(row.on_time, row.due),
        shares=_shares(counted),
        head=texts.to_do(len(left)),
        names=[Name(cell.mark, texts.task(cell.title, cell.due)) for cell in left[:MOST_TASKS]],
        more=texts.more(len(left) - MOST_TASKS, texts.TASK),
        foot=export_texts.as_of(desk.now),
    )


def _shares(counted: Count) -> Sequence[Share]:
    return [Share(mark, counted.marks[mark], texts.state(mark)) for mark in ORDER if counted.marks.get(mark)]


async def calendar_card(desk: Desk, person: Person, month: Period) -> MonthCard:
    """The last days in time: of an office's, with how many of the units below are in."""
    told, today = figures(desk, person, await board(desk, person, month)), local_day(desk.now)
    found = sorted(_dues(told, month), key=lambda one: (one[0], one[2]))
    days: dict[int, list[Mark]] = {}
    for day, mark, _ in found:
        days.setdefault(day.day, []).append(mark)
    shown = sorted(sorted(found, key=lambda one: one[0] < today)[:MOST_LINES])  # what is over gives way
    return MonthCard(
        title=texts.month(month.first),
        kicker=texts.calendar_of(desk.short_name(person.unit)),
        first=month.first,
        today=today,
        weekdays=texts.WEEKDAYS,
        days={day: DueDay(min(marks, key=_WORST.index), texts.tasks(len(marks))) for day, marks in days.items()},
        lines=[DueLine(mark, f"{day:%d/%m}", words) for day, mark, words in shown],
        more=texts.more(len(found) - len(shown), texts.TASK) if found else site_texts.NO_TASKS,
        foot=export_texts.as_of(desk.now),
    )


def _dues(told: Figures, month: Period) -> Iterable[_Due]:
    for number, (title, due) in enumerate(told.columns):
        cells = [cell for _, cell in told.column(number)]
        if due is None or not cells:
            continue
        counted = count(cells)
        words = texts.of_all(counted.there, counted.all, title) if told.below else title
        yield _last(due, month), _worst(cells), words


def _last(due: Due, month: Period) -> date:
    """The last day in time; where that is of the month before, the day itself."""
    return due.last if due.last >= month.first else due.day


def _worst(cells: Iterable[Cell]) -> Mark:
    return min((cell.mark for cell in cells), key=_WORST.index)
