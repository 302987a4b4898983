"""Stored files under addresses that expire, for services that fetch pictures by address, and for people."""

from dataclasses import dataclass
from urllib.parse import quote

from aiohttp import web

from core.clock import Clock
from core.links import FileLinks
from core.message import StoredFile
from core.texts import files as texts
from records.files import FileStore
from records.session import Begin
from scheduler.receipts import Receipts
from web.pages import page

_SHOWN = ("image/", "application/pdf")  # the rest is saved, not shown
SAFELY = {
    # what the browser's own viewers of pictures and PDF need, and nothing that a file could ask for itself
    "Content-Security-Policy": "default-src 'none'; img-src 'self'; object-src 'self'; style-src 'unsafe-inline'; "
    "frame-ancestors 'none'",
    "Cache-Control": "private, max-age=3600",
}


@dataclass(frozen=True, slots=True)
class FileSite:
    """What the addresses of files and the upload pages need."""

    begin: Begin
    store: FileStore
    links: FileLinks
    clock: Clock
    receipts: Receipts


def add_to(app: web.Application, site: FileSite) -> None:
    """/f/<token>, by GET and HEAD, as often as it is asked for; also in parts."""

    async def show(request: web.Request) -> web.StreamResponse:
        file = site.links.open(request.match_info["token"], site.clock())
        path = site.store.path(file.sha256) if file else None
        if file is None or path is None or not path.is_file():
            return page("notice.html", 404, title=texts.FILE_GONE_TITLE, text=texts.FILE_GONE)
        headers = {"Content-Type": file.mime, "Content-Disposition": disposition(file), **SAFELY}
        return web.FileResponse(path, headers=headers)

    app.router.add_get(r"/f/{token:[\w.-]{1,2000}}", show)


def disposition(file: StoredFile) -> str:
    """Whether the browser shows it or saves it, and under which name."""
    how = "inline" if file.mime.startswith(_SHOWN) else "attachment"
    return f"{how}; filename*=UTF-8''{quote(file.name, safe='')}"
