"""The chat channels: connected or not, what is left of their plans, what did not go out lately and why."""

from aiohttp import web

from core.texts import site_channels as texts
from evidence.channels import channels
from web.site.frame import OFFICERS, SitePage, Visit
from web.site.units import UNITS


async def _show(visit: Visit) -> web.Response:
    found = await channels(visit.session, visit.site.machine().lines, visit.now)
    return visit.page("channels.html", its=texts, channels=found, units=UNITS)


PAGE = SitePage("/kenh", _show, roles=OFFICERS)
