"""Stored files under addresses that expire, for services that fetch pictures by address, and for people."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import structlog
from aiohttp import web

from core.clock import Clock
from core.links import FileLinks
from core.privacy import RETENTION_DAYS
from core.texts import files as texts
from core.texts import storage as say
from records import files
from records.files import FileStore
from records.session import Begin
from records.withdrawn import only_withdrawn
from scheduler.fetch import LookAt, not_at_all
from scheduler.receipts import Receipts
from web.pages import page

_log = structlog.get_logger()

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
        path = await at_hand(site.store, file.sha256) if file and await _is_kept(site, file.sha256) else None
        if file is None or path is None:
            return page("notice.html", 404, title=texts.FILE_GONE_TITLE, text=texts.FILE_GONE)
        return as_file(path, file.name, file.mime)

    app.router.add_get(r"/f/{token:[\w.-]{1,2000}}", show)


async def _is_kept(site: FileSite, sha256: str) -> bool:
    """What was deleted may lie there for some hours still; what was withdrawn is shown to nobody."""
    async with site.begin() as session:
        return sha256 in await files.named(session, [sha256]) and not await only_withdrawn(session, sha256)


async def at_hand(store: FileStore, sha256: str) -> Path | None:
    """Where the bytes lie, brought here first where they must be; None: gone. Raises HTTPServiceUnavailable."""
    try:
        return await asyncio.to_thread(store.at_hand, sha256)
    except FileNotFoundError:
        return None
    except OSError as error:  # their home is out of reach, the disk is full
        raise later(error) from None


def later(error: OSError) -> web.HTTPServiceUnavailable:
    """A page that asks for some minutes."""
    _log.warning("files.not_at_hand", reason=str(error))
    found = page("notice.html", title=say.LATER_TITLE, text=say.LATER)
    headers = {"Cache-Control": "no-store", "Retry-After": "60"}  # seconds
    return web.HTTPServiceUnavailable(text=found.text, content_type="text/html", headers=headers)


def as_file(path: Path, name: str, mime: str) -> web.FileResponse:
    """Pictures and PDF to look at, the rest to save; what is in it can do nothing on our site."""
    how = "inline" if mime.startswith(_SHOWN) else "attachment"
    said = f"{how}; filename*=UTF-8''{quote(name, safe='')}"
    return web.FileResponse(path, headers={"Content-Type": mime, "Content-Disposition": said, **SAFELY})
