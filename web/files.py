"""Stored files under addresses that expire, for services that fetch pictures by address, and for people."""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from aiohttp import web

from core.clock import Clock
from core.links import FileLinks
from core.privacy import RETENTION_DAYS
from core.texts import files as texts
from records.files import FileStore
from records.session import Begin
from scheduler.fetch import LookAt, not_at_all
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
    look: LookAt = not_at_all
    retention_days: int = RETENTION_DAYS  # as the page says


def add_to(app: web.Application, site: FileSite) -> None:
    """/f/<token>, by GET and HEAD, as often as it is asked for; also in parts."""

    async def show(request: web.Request) -> web.StreamResponse:
        file = site.links.open(request.match_info["token"], site.clock())
        path = site.store.path(file.sha256) if file else None
        if file is None or path is None or not path.is_file():
            return page("notice.html", 404, title=texts.FILE_GONE_TITLE, text=texts.FILE_GONE)
        return as_file(path, file.name, file.mime)

    app.router.add_get(r"/f/{token:[\w.-]{1,2000}}", show)


def as_file(path: Path, name: str, mime: str) -> web.FileResponse:
    """Pictures and PDF to look at, the rest to save; what is in it can do nothing on our site."""
    how = "inline" if mime.startswith(_SHOWN) else "attachment"
    said = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    return web.FileResponse(path, headers={"Content-Type": mime, "Content-Disposition": said, **SAFELY})
