"""A unit's dossier for whoever has a link to it: to look at and to download, never to change."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from aiohttp import web

from core.clock import Clock
from core.dossier import Dossier, Link, Looked
from core.privacy import RETENTION_DAYS
from core.texts import dossier as texts
from core.texts.files import size
from core.texts.privacy import purpose
from evidence.criteria_form import MIME
from evidence.criteria_forms import form_of
from evidence.desk import Desk
from evidence.dossier import gather
from evidence.packing import pack
from knowledge.index import Index
from records import dossiers
from records.files import FileStore
from records.home import Unreachable
from records.session import Begin, Session
from web.files import as_file, at_hand, later
from web.pages import page
from web.private import PAGE, PRIVATE, gone, private
from web.resuming import send
from web.visitors import address, agent


@dataclass(frozen=True, slots=True)
class DossierSite:
    """What the pages need. `index` gives what is on the shelf now; `waited_for` is told that a copy is not made yet."""

    begin: Begin
    store: FileStore
    index: Callable[[], Index]
    clock: Clock
    waited_for: Callable[[], None] = lambda: None
    retention_days: int = RETENTION_DAYS  # as the page says


def add_to(app: web.Application, site: DossierSite) -> None:
    """/dossier/<token>, its ZIP, its form and its files, by GET and HEAD alone."""
    pages, at = _Pages(site), r"/dossier/{token:[\w-]{1,200}}"
    app.router.add_get(at, pages.show)
    app.router.add_get(f"{at}.zip", pages.download)
    app.router.add_get(f"{at}.xlsx", pages.download_form)
    app.router.add_get(f"{at}/f/{{number:[0-9]{{1,18}}}}", pages.show_file)
    app.router.add_get("/dossier/{rest:.*}", pages.nothing)


class _Pages:
    """What a link opens. Whatever is wrong with it, the answer is the same."""

    def __init__(self, site: DossierSite) -> None:
        self._site = site

    async def show(self, request: web.Request) -> web.StreamResponse:
        """All at a glance."""
        async with self._site.begin() as session:
            link, dossier = await self._open(session, request)
            await self._note(session, request, link, Looked.PAGE)
        if dossier.waiting:
            self._site.waited_for()
        shown: dict[str, Any] = {"dossier": dossier, "link": link, "here": request.path, "total": dossier.size}
        shown["purpose"] = purpose(self._site.retention_days)
        return private(page("dossier.html", say=texts, size=size, **shown))

    async def download(self, request: web.Request) -> web.StreamResponse:
        """The ZIP, from where the browser wants to go on."""
        async with self._site.begin() as session:
            link, dossier = await self._open(session, request)
            begins = request.headers.get("Range", "bytes=0-").startswith("bytes=0-")
            await self._note(session, request, link, Looked.ZIP if begins else Looked.REST)
        try:
            archive = await asyncio.to_thread(pack, dossier, self._site.store)
        except Unreachable as error:
            raise later(error) from None
        name = f"attachment; filename*=UTF-8''{quote(texts.file_name(dossier), safe='')}"
        return await send(request, archive, {**PAGE, "Content-Type": "application/zip", "Content-Disposition": name})

    async def download_form(self, request: web.Request) -> web.StreamResponse:
        """The self-assessment form of a dossier by criteria."""
        async with self._site.begin() as session:
            link, _ = await self._open(session, request)
            desk = Desk(session, self._site.index(), self._site.clock())
            made = await form_of(desk, link.cut.unit, link.cut.criteria)
            if made is None:
                raise gone()
            await self._note(session, request, link, Looked.FILE)
        data, file_name = made
        name = f"attachment; filename*=UTF-8''{quote(file_name, safe='')}"
        return web.Response(body=data, headers={**PAGE, "Content-Type": MIME, "Content-Disposition": name})

    async def show_file(self, request: web.Request) -> web.StreamResponse:
        """One file of this dossier; of no other."""
        async with self._site.begin() as session:
            link, dossier = await self._open(session, request)
        exhibit = dossier.exhibits.get(int(request.match_info["number"]))
        path = await at_hand(self._site.store, exhibit.file.sha256) if exhibit else None
        if exhibit is None or path is None:
            raise gone()
        async with self._site.begin() as session:
            await self._note(session, request, link, Looked.FILE)
        shown = as_file(path, exhibit.file.name, exhibit.file.mime)
        shown.headers.update(PRIVATE)
        return shown

    async def nothing(self, request: web.Request) -> web.StreamResponse:
        """Not even the shape of a link."""
        raise gone()

    async def _open(self, session: Session, request: web.Request) -> tuple[Link, Dossier]:
        """Raises HTTPNotFound for a link that is wrong, expired or revoked."""
        now = self._site.clock()
        link = await dossiers.find(session, request.match_info["token"], now)
        if link is None:
            raise gone()
        return link, await gather(session, self._site.index(), link.cut, now)

    async def _note(self, session: Session, request: web.Request, link: Link, what: Looked) -> None:
        now = self._site.clock()
        await dossiers.note_visit(session, link, what, agent(request), address(request), now)
