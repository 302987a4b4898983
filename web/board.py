"""The board of a month on the staff site: who has handed in what, to read and to print."""

import re
from datetime import date, timedelta
from typing import Any

from aiohttp import web

from core.clock import local_day
from core.texts import site as texts
from evidence.board import board
from evidence.desk import Desk
from knowledge.periods import Period, whole_month
from web.pages import page
from web.sign_in import HOME, SESSIONS, StaffSite, private, refusal, signed_out, visitor

_MONTH = re.compile(r"(20[0-9]{2})-(0[1-9]|1[0-2])")


def add_to(app: web.Application, site: StaffSite) -> None:
    """The first page of the site; `?thang=2023-12`, else the month that it is."""

    async def show(request: web.Request) -> web.StreamResponse:
        now = site.clock()
        async with site.begin() as session:
            me = await visitor(site, session, request)
            if me is None:
                return signed_out()
            month = _month(request.query.get("thang", ""), local_day(now))
            if month is None:
                return refusal(400, texts.MONTH_TITLE, texts.MONTH)
            desk = Desk(session, site.index(), now)
            found = await board(desk, me.person, month)
        months: dict[str, Any] = {
            "month": month.first,
            "before": _before(month),
            "after": month.last + timedelta(days=1),
        }
        return private(page("site_board.html", say=texts, me=me, board=found, home=HOME, sessions=SESSIONS, **months))

    app.router.add_get(HOME, show)


def _month(said: str, today: date) -> Period | None:
    """None: that is no month."""
    found = _MONTH.fullmatch(said or f"{today:%Y-%m}")
    if found is None:
        return None
    return whole_month(int(found[1]), int(found[2]))


def _before(month: Period) -> date:
    return (month.first - timedelta(days=1)).replace(day=1)
