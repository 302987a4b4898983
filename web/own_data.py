"""What is kept of one person, for whoever has the link that she was sent."""

import asyncio
from urllib.parse import quote

from aiohttp import web

from core.own_data import OwnData
from core.texts import privacy as texts
from core.texts.files import moment, size
from evidence.desk import Desk
from evidence.own_data import gather, pack
from records import own_data
from records.home import Unreachable
from records.own_data import OwnLink
from web.dossier import DossierSite
from web.files import later
from web.pages import page
from web.private import PAGE, gone, private
from web.resuming import send


def add_to(app: web.Application, site: DossierSite) -> None:
    """/du-lieu/<token> and its ZIP, by GET and HEAD alone."""

    async def opened(request: web.Request) -> tuple[OwnLink, OwnData]:
        now = site.clock()
        async with site.begin() as session:
            link = await own_data.find_link(session, request.match_info["token"], now)
            if link is None:
                raise gone()
            return link, await gather(Desk(session, site.index(), link.made_at), link.person)

    async def show(request: web.Request) -> web.StreamResponse:
        link, data = await opened(request)
        total, until = size(sum(one.size for one in data.files)), moment(link.expires_at)
        return private(page("own_data.html", say=texts, data=data, here=request.path, total=total, until=until))

    async def download(request: web.Request) -> web.StreamResponse:
        _, data = await opened(request)
        try:
            archive = await asyncio.to_thread(pack, data, site.store)
        except Unreachable as error:
            raise later(error) from None
        name = f"attachment; filename*=UTF-8''{quote(texts.ZIP, safe='')}"
        return await send(request, archive, {**PAGE, "Content-Type": "application/zip", "Content-Disposition": name})

    async def nothing(request: web.Request) -> web.StreamResponse:
        raise gone()

    at = r"/du-lieu/{token:[\w-]{1,200}}"
    app.router.add_get(at, show)
    app.router.add_get(f"{at}.zip", download)
    app.router.add_get("/du-lieu/{rest:.*}", nothing)
