"""How the service is: each thing with a sign, a word, and what to do next."""

from aiohttp import web

from core.texts import site_health as texts
from evidence.health import looks
from web.site.frame import OFFICERS, SitePage, Visit


async def _show(visit: Visit) -> web.Response:
    machine = visit.site.machine()
    found = await looks(visit.session, machine, visit.now)
    return visit.page("health.html", its=texts, looks=found, at=machine.at)


PAGE = SitePage("/suc-khoe", _show, texts.TITLE, OFFICERS)
