"""The board of a month: who has handed in what, to read and to print; `?thang=2023-12`, else the month that it is."""

from datetime import date, timedelta
from typing import Any

from aiohttp import web

from core.clock import local_day
from core.texts import exports as exports_texts
from core.texts import site as texts
from evidence.board import board
from knowledge.periods import Period
from web.site.frame import SitePage, Visit, refusal
from web.site.months import month_in


async def _show(visit: Visit) -> web.Response:
    month = month_in(visit.asked("thang"), local_day(visit.now))
    if month is None:
        return refusal(400, texts.MONTH_TITLE, texts.MONTH)
    found = await board(visit.desk, visit.person, month)
    months: dict[str, Any] = {
        "month": month.first,
        "before": _before(month),
        "after": month.last + timedelta(days=1),
    }
    return visit.page("board.html", board=found, files=exports_texts, **months)


def _before(month: Period) -> date:
    return (month.first - timedelta(days=1)).replace(day=1)


PAGE = SitePage("", _show, texts.BOARD)
