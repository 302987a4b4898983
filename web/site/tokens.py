"""Tokens for the HTTP API: made, shown once, taken back, by the officers of a unit."""

from aiohttp import web

from core.errors import Refused
from core.texts import api as texts
from records import api_tokens
from web.api.site import BASE
from web.site.frame import OFFICERS, Done, SitePage, Visit

_LONGEST = 80  # characters


async def _show(visit: Visit) -> web.Response:
    found = await api_tokens.open_ones(visit.session, visit.person.unit)
    return visit.page("tokens.html", its=texts, tokens=found, described=f"{BASE}/openapi.json")


async def _make(visit: Visit) -> Done:
    name = visit.said("ten")
    if not name:
        raise Refused(texts.NO_NAME)
    if len(name) > _LONGEST:
        raise Refused(texts.TOO_LONG)
    token = await api_tokens.make(visit.session, name, visit.person, visit.now)
    if token is None:
        raise Refused(texts.ENOUGH)
    return Done(texts.made(token), about=name)


async def _revoke(visit: Visit) -> Done:
    which = visit.said("ma")
    if not (which.isdecimal() and len(which) <= 18):
        raise Refused(texts.NOT_THERE)
    if not await api_tokens.revoke(visit.session, visit.person.unit, int(which), visit.now):
        raise Refused(texts.NOT_THERE)
    return Done(texts.REVOKED, about=which)


PAGE = SitePage("/ma-truy-cap", _show, texts.TOKENS, OFFICERS, {"taoma": _make, "thuhoima": _revoke})
