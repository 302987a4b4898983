"""The board of a month as files: Excel, CSV, a report in Word, a calendar; `?thang=2023-12`, else the month that it is.

What is in them, and whose, is the board's own matter.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial
from tempfile import TemporaryFile
from typing import IO

from aiohttp import web

from core.clock import local_day
from core.texts import exports as texts
from core.texts import site as site_texts
from evidence.board_csv import board_csv
from evidence.board_files import MIMES, book_of, report
from evidence.board_xlsx import board_xlsx
from knowledge.periods import Period
from reminding import ics
from reminding.board_calendar import month_entries
from web.site.frame import SitePage, Visit, private, refusal
from web.site.months import month_in

Write = Callable[[IO[bytes]], object]


def _page(name: str, stem: str, prepare: Callable[[Visit, Period], Awaitable[Write]]) -> SitePage:
    """A file below the site's address. It is written beside the loop, and sent in pieces when the database is free."""
    ending = name.rpartition(".")[2]

    async def show(visit: Visit) -> web.StreamResponse:
        month = month_in(visit.asked("thang"), local_day(visit.now))
        if month is None:
            return refusal(400, site_texts.MONTH_TITLE, site_texts.MONTH)
        file = await asyncio.to_thread(_written, await prepare(visit, month))
        answer = web.Response(body=file, content_type=MIMES[ending])
        answer.headers["Content-Disposition"] = f'attachment; filename="{texts.file_name(stem, month.first, ending)}"'
        return private(answer)

    return SitePage(f"/{name}", show)


def _written(write: Write) -> IO[bytes]:
    file = TemporaryFile()  # noqa: SIM115  aiohttp closes it when it is sent
    write(file)
    file.seek(0)
    return file


async def _excel(visit: Visit, month: Period) -> Write:
    return partial(board_xlsx, await book_of(visit.desk, visit.person, month))


async def _csv(visit: Visit, month: Period) -> Write:
    book = await book_of(visit.desk, visit.person, month)
    return lambda file: file.writelines(board_csv(book.lines))


async def _word(visit: Visit, month: Period) -> Write:
    made = await report(visit.desk, visit.person, month)
    return lambda file: file.write(made())


async def _calendar(visit: Visit, month: Period) -> Write:
    entries = await month_entries(visit.desk, visit.person, month)
    name = visit.desk.short_name(visit.person.unit)
    return lambda file: file.write(ics.write(texts.calendar(name, month.first), entries))


PAGES = (
    _page("bang.xlsx", "tien-do", _excel),
    _page("bang.csv", "tien-do", _csv),
    _page("bao-cao.docx", "bao-cao-tien-do", _word),
    _page("lich.ics", "lich", _calendar),
)
