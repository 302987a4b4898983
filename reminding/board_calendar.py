"""A month of the board as entries of a calendar: the own unit's days, and for an office what the units below owe."""

from collections.abc import Iterator, Sequence

from core.calendar import Entry
from core.people import Person
from core.texts import exports as texts
from evidence.board import board
from evidence.desk import Desk
from evidence.figures import Figures, count, figures
from knowledge.periods import Period
from records import calendars
from reminding.calendar import between


async def month_entries(desk: Desk, person: Person, month: Period) -> Sequence[Entry]:
    """By day."""
    own = await between(desk, [person.unit], month.first, month.last, month.last)
    told = figures(desk, person, await board(desk, person, month))
    home = f"{person.unit}-board@{await calendars.namespace(desk.session)}.nhacviec"
    below = _of_columns(desk, told, home) if told.below else ()
    return sorted([*own, *below], key=lambda one: (one.first, one.uid))


def _of_columns(desk: Desk, told: Figures, home: str) -> Iterator[Entry]:
    """One for each task and day, not one for each of 500 schools."""
    for number, (task, due) in enumerate(told.columns):
        ones = told.column(number)
        if due is None or not ones:
            continue
        counted = count(cell for _, cell in ones)
        of = ones[0][1].task
        title = texts.entry(task, due, counted.there, counted.all, texts.units(schools=told.schools))
        day = of.day or due.day
        yield Entry(f"{of.ref}-{day:%Y%m%d}-{home}", due.last, due.last, title, texts.as_of(desk.now), desk.now)
