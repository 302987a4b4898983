"""The pages of a draft's file as it came, drawn: for the officer who checks it; no transaction waits for that."""

from aiohttp import web

from core.drafts import Draft
from core.errors import Refused
from evidence.desk import Desk
from noticing.drafts import own
from scheduler.picturing import Pictures
from web.files import at_hand
from web.site.draft import DRAFT
from web.site.frame import HOME, StaffSite, nothing_here, private, signed_out, visitor


def add_to(app: web.Application, site: StaffSite) -> None:
    """GET of a page by its number."""
    app.router.add_get(f"{HOME}{DRAFT}/trang/{{number:[0-9]{{1,4}}}}", _Drawn(site).show)


class _Drawn:
    def __init__(self, site: StaffSite) -> None:
        self._site, self._pictures = site, Pictures()

    async def show(self, request: web.Request) -> web.StreamResponse:
        draft = await self._own(request)
        if isinstance(draft, web.Response):
            return draft
        path = await at_hand(self._site.store, draft.sha256)
        drawn = await self._pictures.of(draft.sha256, int(request.match_info["number"]), path) if path else None
        return private(web.Response(body=drawn, content_type="image/jpeg")) if drawn else nothing_here()

    async def _own(self, request: web.Request) -> Draft | web.Response:
        async with self._site.begin() as session:
            me = await visitor(self._site, session, request)
            if me is None:
                return signed_out()
            desk = Desk(session, self._site.index(), self._site.clock())
            try:
                return await own(desk, me.person, request.match_info["code"])
            except Refused:
                return nothing_here()
