"""A small file from the page of documents becomes a draft: kept first, as no network is waited for in a transaction."""

import asyncio
from urllib.parse import quote

from aiohttp import web
from aiohttp.web_request import FileField

from core.file_names import tidy
from core.people import Person
from core.programs import named_so
from core.texts import files as file_texts
from core.texts import site as frame_texts
from core.texts import site_papers as texts
from core.texts import storage
from evidence.desk import Desk
from evidence.drafts import may_publish
from records import drafts, files, site_acts
from records.files import Kept
from records.home import Unreachable
from records.keeping import keep
from web.site.forms import Form, said, same
from web.site.frame import HOME, StaffSite, nothing_here, onward, refusal, signed_out, visitor
from web.site.papers import PAPERS

SEND = f"{HOME}{PAPERS}/gui"
_TOLD = 60  # seconds


def add_to(app: web.Application, site: StaffSite) -> None:
    """POST of a form with the file `tep`."""
    app.router.add_post(SEND, _Sending(site).take)


class _Sending:
    def __init__(self, site: StaffSite) -> None:
        self._site = site

    async def take(self, request: web.Request) -> web.StreamResponse:
        try:
            form = await said(request)
        except web.HTTPRequestEntityTooLarge:
            return refusal(413, frame_texts.FORM_TITLE, frame_texts.TOO_LARGE)
        if wrong := await self._wrong(request, form):
            return wrong
        file = form.get("tep")
        name, data = (tidy(file.filename), file.file.read()) if isinstance(file, FileField) else ("", b"")
        if why := _why_not(name, data):
            return refusal(422, frame_texts.FORM_TITLE, why)
        try:
            kept = await self._kept(data)
        except Unreachable:
            return refusal(503, frame_texts.FORM_TITLE, storage.NOT_NOW)
        return await self._opened(request, kept, name)

    async def _wrong(self, request: web.Request, form: Form) -> web.Response | None:
        """What is answered to who may not; None: an officer, from a page of ours."""
        async with self._site.begin() as session:
            me = await visitor(self._site, session, request)
            if me is None:
                return signed_out()
            if not may_publish(Desk(session, self._site.index(), self._site.clock()), me.person):
                return nothing_here()
        return None if same(form.get("form"), me.form) else refusal(403, frame_texts.FORM_TITLE, frame_texts.FORM)

    async def _kept(self, data: bytes) -> Kept:
        """Raises Unreachable, OSError."""
        coming = self._site.store.coming()
        try:
            await asyncio.to_thread(coming.write_bytes, data)
            return await keep(self._site.begin, self._site.store, self._site.clock, coming)
        finally:
            coming.unlink(missing_ok=True)

    async def _opened(self, request: web.Request, kept: Kept, name: str) -> web.Response:
        now = self._site.clock()
        async with self._site.begin() as session:
            me = await visitor(self._site, session, request)
            if me is None:
                return signed_out()
            person: Person = me.person
            await files.note(session, kept, now)
            draft = await drafts.open_new(session, person.unit, person.id, name, kept.sha256, now)
            await site_acts.note(session, me.session, person, "vb-gui", draft.code, now)
        self._site.told()
        answer = onward(f"{HOME}{PAPERS}")
        self._site.keep(answer, self._site.told_cookie, quote(texts.sent(name)), _TOLD)
        return answer


def _why_not(name: str, data: bytes) -> str:
    """A sentence; empty: it can be taken."""
    if not name:
        return texts.NO_FILE
    if named_so(name):
        return file_texts.PROGRAM
    return "" if data else file_texts.EMPTY
