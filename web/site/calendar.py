"""The due days of a month, `?thang=2023-12`, else the month that it is; and a link for the calendar of a phone."""

from datetime import timedelta
from typing import Any

from aiohttp import web

from core.calendar import CalendarOf
from core.clock import local_day
from core.errors import Refused
from core.texts import calendar as chat_texts
from core.texts import site as site_texts
from core.texts import site_calendar as texts
from records import calendars
from reminding.month import calendar
from web.site.frame import HOME, Done, SitePage, Visit, refusal
from web.site.months import month_in


async def _show(visit: Visit) -> web.Response:
    month = month_in(visit.asked("thang"), local_day(visit.now))
    if month is None:
        return refusal(400, site_texts.MONTH_TITLE, site_texts.MONTH)
    values: dict[str, Any] = {
        "its": texts,
        "calendar": await calendar(visit.desk, visit.person, month),
        "month": month.first,
        "before": (month.first - timedelta(days=1)).replace(day=1),
        "after": month.last + timedelta(days=1),
        "board": HOME,
        "link": await calendars.open_one(visit.session, _hers(visit)),
        "has_address": bool(visit.site.house.public_url),
        "about_link": chat_texts,
    }
    return visit.page("calendar.html", **values)


async def _make(visit: Visit) -> Done:
    """As in chat: told once; the one before shows nothing any more."""
    address = visit.site.house.public_url
    if not address:
        raise Refused(chat_texts.NO_ADDRESS)
    token = await calendars.make(visit.session, _hers(visit), visit.person.id, visit.now)
    return Done(chat_texts.opened(f"{address}/calendar/{token}.ics", chat_texts.OWN))


async def _revoke(visit: Visit) -> Done:
    gone = await calendars.revoke(visit.session, _hers(visit), visit.now)
    return Done(chat_texts.REVOKED if gone else chat_texts.NOTHING_TO_REVOKE)


def _hers(visit: Visit) -> CalendarOf:
    return CalendarOf(person=visit.person.id)


PAGE = SitePage("/lich", _show, texts.CALENDAR, acts={"linklich": _make, "thuhoilich": _revoke})
