"""The files of a submission, for who may see them: as chat shows them, never the originals with place and device.

Browsers keep them, and ask each time whether they may still show them: who has no right any more sees nothing.
"""

from dataclasses import replace

from aiohttp import web

from core.message import StoredFile
from evidence import proof
from evidence.desk import Desk
from records import facts, submissions
from records.session import Session
from web.files import as_file, at_hand
from web.private import PRIVATE
from web.site.frame import HOME, StaffSite, nothing_here, signed_out, visitor
from web.site.proof import CODE

_THUMB = "image/jpeg"  # media.copies.save_thumb
_KEPT = {**PRIVATE, "Cache-Control": "private, no-cache"}


def add_to(app: web.Application, site: StaffSite) -> None:
    """/minh-chung/<code>/tep/<number>, and small pictures under /anh-nho/."""
    at, number, files = f"{HOME}/minh-chung/{CODE}", "{number:[0-9]{1,18}}", _Files(site)
    app.router.add_get(f"{at}/tep/{number}", files.whole)
    app.router.add_get(f"{at}/anh-nho/{number}", files.small)


class _Files:
    """By GET and HEAD; also in parts, so that a film can be begun anywhere."""

    def __init__(self, site: StaffSite) -> None:
        self._site = site

    async def whole(self, request: web.Request) -> web.StreamResponse:
        return await self._send(request, small=False)

    async def small(self, request: web.Request) -> web.StreamResponse:
        return await self._send(request, small=True)

    async def _send(self, request: web.Request, *, small: bool) -> web.StreamResponse:
        async with self._site.begin() as session:
            me = await visitor(self._site, session, request, is_use=False)
            if me is None:
                return signed_out()
            house = self._site.house
            desk = Desk(session, self._site.index(), self._site.clock(), house.confirm_evidence, house.retention_days)
            found = await submissions.find(session, request.match_info["code"])
            if found is None or not await proof.sees(desk, me.person, found):
                return nothing_here()
            file = await _file(session, found.id, int(request.match_info["number"]), small)
            if file is None:
                return nothing_here()
            await proof.note_seen(desk, me.person, found)
        path = await at_hand(self._site.store, file.sha256)
        if path is None:
            return nothing_here()
        shown = as_file(path, file.name, file.mime)
        shown.headers.update(_KEPT)
        return shown


async def _file(session: Session, submission: int, number: int, small: bool) -> StoredFile | None:
    """Of this submission and shown to others; of a picture that has no small copy the picture."""
    shown = await facts.shown(session, [submission])
    file = next((one for _, its, one in shown if its == number), None)
    if file is None or not small:
        return file
    if not file.mime.startswith("image/"):
        return None
    thumb = await facts.thumb(session, number)
    return replace(file, sha256=thumb, mime=_THUMB) if thumb else file
