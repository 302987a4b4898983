"""The upload page: a one-time link through which one person hands in files for one chat."""

from collections.abc import AsyncIterator
from errno import ENOSPC

from aiohttp import BodyPartReader, web

from core.file_names import tidy
from core.programs import named_so
from core.texts import files as texts
from core.texts.privacy import purpose
from core.texts.storage import NOT_NOW
from records import uploads
from records.home import Unreachable
from records.uploads import Upload
from web import files as addresses
from web.files import FileSite
from web.pages import page
from web.parts import PIECE, Incoming, TooLong, TooMany
from web.tus import LEFT_FREE, Tus


def add_to(app: web.Application, site: FileSite) -> None:
    """/upload/<token> and what lies below it, and /f/<token>."""
    incoming = Incoming(site.begin, site.store, site.clock, site.look)
    pages = _Pages(site, incoming)
    at, protocol = r"/upload/{token:[\w-]{1,200}}", Tus(site, incoming, pages.find_open)
    app.router.add_get(at, pages.show)
    app.router.add_post(at, pages.take)
    app.router.add_post(f"{at}/done", pages.finish)
    app.router.add_route("*", f"{at}/files", protocol.answer)
    app.router.add_route("*", f"{at}/files/{{part:[0-9a-f]{{32}}}}", protocol.answer)
    addresses.add_to(app, site)

    async def stop(_app: web.Application) -> None:
        incoming.stop()

    app.on_shutdown.append(stop)


class _Pages:
    """What people see of it."""

    def __init__(self, site: FileSite, incoming: Incoming) -> None:
        self._site = site
        self._incoming = incoming

    async def find_open(self, request: web.Request) -> Upload:
        """The page of the request. Raises HTTPNotFound, HTTPGone."""
        upload = await self._find(request)
        if upload is None:
            raise web.HTTPNotFound(text=texts.LINK_WRONG)
        if upload.closed:
            raise web.HTTPGone(text=texts.LINK_USED_TITLE)
        if upload.expires_at <= self._site.clock():
            raise web.HTTPGone(text=texts.LINK_OLD)
        return upload

    async def show(self, request: web.Request) -> web.Response:
        """The page: to send files, or why no more."""
        return await self._page(request, await self._find(request))

    async def take(self, request: web.Request) -> web.Response:
        """Files of a plain form, for browsers without scripts."""
        upload = await self._find(request)
        try:
            await self.find_open(request)
        except web.HTTPClientError:
            return await self._page(request, upload)
        assert upload is not None
        fault = await self._take_all(request, upload)
        if fault:
            return await self._page(request, upload, fault)
        raise web.HTTPSeeOther(request.path)

    async def finish(self, request: web.Request) -> web.Response:
        """Close the page; the person is told in the chat what has arrived."""
        upload = await self._find(request)
        if upload is None or upload.closed:
            return await self._page(request, upload)
        async with self._site.begin() as session:
            parts = await uploads.parts(session, upload.id)
            whole = any(part.file for part in parts)
            if whole:
                await self._site.receipts.finish(session, upload)
        if not whole:
            return await self._page(request, upload, texts.NOTHING_CAME)
        for part in parts:
            self._incoming.discard(part.id)
        self._site.receipts.told()
        raise web.HTTPSeeOther(request.path.removesuffix("/done"))

    async def _find(self, request: web.Request) -> Upload | None:
        async with self._site.begin() as session:
            return await uploads.find(session, request.match_info["token"])

    async def _page(self, request: web.Request, upload: Upload | None, fault: str = "") -> web.Response:
        if upload is None:
            return page("notice.html", 404, title=texts.LINK_WRONG_TITLE, text=texts.LINK_WRONG)
        async with self._site.begin() as session:
            parts = await uploads.parts(session, upload.id)
        if upload.closed:
            refused = [(part.name, part.malware) for part in parts if part.malware]
            text = texts.link_used([part.file for part in parts if part.file and not part.malware], refused)
            return page("notice.html", 410, title=texts.LINK_USED_TITLE, text=text)
        if upload.expires_at <= self._site.clock():
            return page("notice.html", 410, title=texts.LINK_OLD_TITLE, text=texts.LINK_OLD)
        here, until = f"/upload/{request.match_info['token']}", texts.moment(upload.expires_at)
        values = {"parts": parts, "here": here, "until": until, "fault": fault, "texts": texts}
        values["purpose"] = purpose(self._site.retention_days)
        return page("upload.html", 400 if fault else 200, **values)

    async def _take_all(self, request: web.Request, upload: Upload) -> str:
        """What went wrong, in a sentence; empty: nothing."""
        if request.content_type != "multipart/form-data":
            raise web.HTTPUnsupportedMediaType
        if self._site.store.free() < (request.content_length or 0) + LEFT_FREE:
            return texts.FULL
        try:
            async for field in await request.multipart():
                if not (isinstance(field, BodyPartReader) and field.filename):
                    continue
                name = tidy(field.filename)
                if named_so(name):
                    return texts.PROGRAM
                first = await field.read_chunk(PIECE)
                if not first:
                    return texts.EMPTY
                await self._incoming.take(upload.id, name, _chunks(first, field))
        except (TooMany, TooLong, OSError) as error:
            return _sentence(error)
        return ""


def _sentence(error: Exception) -> str:
    """What to say of it. Raises it where it is no limit of ours, and nothing that will pass."""
    if isinstance(error, TooMany):
        return texts.TOO_MANY
    if isinstance(error, TooLong):
        return texts.TOO_BIG
    if isinstance(error, Unreachable):
        return NOT_NOW
    if isinstance(error, OSError) and error.errno == ENOSPC:
        return texts.FULL
    raise error


async def _chunks(first: bytes, field: BodyPartReader) -> AsyncIterator[bytes]:
    yield first
    while chunk := await field.read_chunk(PIECE):
        yield chunk
