"""The tus 1.0 protocol (https://tus.io/protocols/resumable-upload): uploads that go on where they broke off.

Core, creation and termination, so that any client of the protocol can send to an upload page.
"""

from base64 import b64decode
from binascii import Error as NotBase64
from collections.abc import Awaitable, Callable
from errno import ENOSPC

from aiohttp import web

from core.file_names import tidy
from core.programs import named_so
from core.texts import files as texts
from core.texts.storage import NOT_NOW
from records.home import Unreachable
from records.uploads import Upload
from web.files import FileSite
from web.parts import BIGGEST, Busy, Incoming, NoPart, TooLong, TooMany, WrongOffset

VERSION = "1.0.0"
LEFT_FREE = 200 * 1000**2  # bytes of the disk that uploads leave to the rest
NO_ROOM = 507

_ALWAYS = {"Tus-Resumable": VERSION, "Cache-Control": "no-store"}
_ABOUT = {"Tus-Version": VERSION, "Tus-Extension": "creation,termination", "Tus-Max-Size": str(BIGGEST)}
_STREAM = "application/offset+octet-stream"

Open = Callable[[web.Request], Awaitable[Upload]]


class _Denied(Exception):
    """The answer to a request that cannot be granted; the page shows `text` to the person."""

    def __init__(self, status: int, text: str = "", offset: int | None = None) -> None:
        super().__init__(status)
        self.headers = {} if offset is None else {"Upload-Offset": str(offset)}
        self.status = status
        self.text = text


class Tus:
    """The addresses below an upload page; `find_open` gives the page of a request, or raises an HTTP error."""

    def __init__(self, site: FileSite, incoming: Incoming, find_open: Open) -> None:
        self._site = site
        self._incoming = incoming
        self._find_open = find_open

    async def answer(self, request: web.Request) -> web.Response:
        """Any request; an old proxy may know no PATCH, then the method stands in a header."""
        method = request.headers.get("X-HTTP-Method-Override", request.method).upper()
        if method == "OPTIONS":
            return web.Response(status=204, headers=_ALWAYS | _ABOUT)
        try:
            if request.headers.get("Tus-Resumable") != VERSION:
                raise _Denied(412)
            upload = await self._find_open(request)
            return await self._granted(method, request, upload)
        except _Denied as denied:
            about = _ABOUT if denied.status == 412 else {}
            return web.Response(status=denied.status, text=denied.text, headers=_ALWAYS | about | denied.headers)
        except NoPart:
            return web.Response(status=404, headers=_ALWAYS)
        except Unreachable:  # the client asks again by itself
            return web.Response(status=503, text=NOT_NOW, headers=_ALWAYS)
        except OSError as error:
            if error.errno != ENOSPC:
                raise
            return web.Response(status=NO_ROOM, text=texts.FULL, headers=_ALWAYS)

    async def _granted(self, method: str, request: web.Request, upload: Upload) -> web.Response:
        part = request.match_info.get("part", "")
        do = self._create if not part and method == "POST" else self._methods().get(method) if part else None
        if do is None:
            raise _Denied(405)
        return await do(request, upload, part)

    def _methods(self) -> dict[str, Callable[[web.Request, Upload, str], Awaitable[web.Response]]]:
        return {"HEAD": self._look, "PATCH": self._append, "DELETE": self._remove}

    async def _create(self, request: web.Request, upload: Upload, _part: str) -> web.Response:
        length = _number(request, "Upload-Length")
        if not length:
            raise _Denied(400, texts.EMPTY)
        if length > BIGGEST:
            raise _Denied(413, texts.TOO_BIG)
        name = _name(request)
        if named_so(name):
            raise _Denied(400, texts.PROGRAM)
        if self._site.store.free() < length + LEFT_FREE:
            raise _Denied(NO_ROOM, texts.FULL)
        try:
            id = await self._incoming.begin(upload.id, name, length)
        except TooMany:
            raise _Denied(403, texts.TOO_MANY) from None
        return web.Response(status=201, headers=_ALWAYS | {"Location": f"{request.path.rstrip('/')}/{id}"})

    async def _look(self, request: web.Request, upload: Upload, id: str) -> web.Response:
        try:
            part = await self._incoming.look(upload.id, id)
        except Busy:
            raise _Denied(423, texts.BUSY) from None
        return web.Response(headers=_ALWAYS | {"Upload-Offset": str(part.received), "Upload-Length": str(part.size)})

    async def _append(self, request: web.Request, upload: Upload, id: str) -> web.Response:
        if request.content_type != _STREAM:
            raise _Denied(415)
        try:
            part = await self._incoming.append(upload.id, id, _number(request, "Upload-Offset"), request.content)
        except WrongOffset as wrong:
            raise _Denied(409, offset=wrong.received) from None
        except Busy:
            raise _Denied(423, texts.BUSY) from None
        except TooLong:
            raise _Denied(413) from None
        return web.Response(status=204, headers=_ALWAYS | {"Upload-Offset": str(part.received)})

    async def _remove(self, request: web.Request, upload: Upload, id: str) -> web.Response:
        await self._incoming.remove(upload.id, id)
        return web.Response(status=204, headers=_ALWAYS)


def _number(request: web.Request, header: str) -> int:
    value = request.headers.get(header, "")
    if not (value.isascii() and value.isdecimal() and len(value) < 16):
        raise _Denied(400)
    return int(value)


def _name(request: web.Request) -> str:
    """`filename` of Upload-Metadata: pairs of a key and a value in base64."""
    for pair in request.headers.get("Upload-Metadata", "").split(","):
        key, _, value = pair.strip().partition(" ")
        if key == "filename":
            try:
                return tidy(b64decode(value, validate=True).decode("utf-8", "replace")) or texts.nameless("", "")
            except NotBase64:
                raise _Denied(400) from None
    return texts.nameless("", "")
