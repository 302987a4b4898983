"""The board of a month: who has handed in what, to read and to print; `?thang=2023-12`, else the month that it is."""

import re
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from core.clock import local_day
from core.texts import site as texts
from evidence.board import board
from knowledge.periods import Period, whole_month
from web.site.frame import SitePage, Visit, refusal

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


async def _show(visit: Visit) -> web.Response:
    month = _month(visit.asked("thang"), local_day(visit.now))
    if month is None:
        return refusal(400, texts.MONTH_TITLE, texts.MONTH)
    found = await board(visit.desk, visit.person, month)
    months: dict[str, Any] = {
        "month": month.first,
        "before": _before(month),
        "after": month.last + timedelta(days=1),
    }
    return visit.page("board.html", board=found, **months)


def _month(said: str, today: date) -> Period | None:
    """None: that is no month."""
    found = _MONTH.fullmatch(said or f"{today:%Y-%m}")
    if found is None:
        return None
    return whole_month(int(found[1]), int(found[2]))


def _before(month: Period) -> date:
    return (month.first - timedelta(days=1)).replace(day=1)


PAGE = SitePage("", _show, texts.BOARD)
