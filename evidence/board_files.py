"""What the files of a month's board are made from, for who sees it."""

from collections.abc import Callable
from functools import partial

from core.people import Person
from evidence.board import board
from evidence.board_docx import report_docx, report_of
from evidence.board_xlsx import Book
from evidence.desk import Desk
from evidence.figures import figures, register
from evidence.plan_paper import MIME as WORD
from evidence.tables import MIME as EXCEL
from knowledge.periods import Period

MIMES = {"xlsx": EXCEL, "docx": WORD, "csv": "text/csv", "ics": "text/calendar", "png": "image/png"}


async def book_of(desk: Desk, person: Person, month: Period) -> Book:
    """All that the tables say; an office's own tasks stand beside those of the units below."""
    told = figures(desk, person, await board(desk, person, month))
    own = register(desk, [told.own] if told.own else [])
    unit = desk.short_name(person.unit)
    return Book(unit, month.first, desk.now, told, [*register(desk, told.rows)], [*own])


async def report(desk: Desk, person: Person, month: Period) -> Callable[[], bytes]:
    """What writes the report, which needs the database no more."""
    told = figures(desk, person, await board(desk, person, month))
    return partial(report_docx, report_of(desk, desk.index.tree.units[person.unit], month.first, told))
