"""The servers of the uploads benchmark, one a process: our upload page, and a plain one that writes to disk."""

import asyncio
import os
import sys
from collections.abc import Callable, Coroutine, Mapping, Sequence
from functools import partial
from pathlib import Path

from aiohttp import web

from core.clock import system_clock
from core.evidence import Giver
from core.links import FileLinks
from core.message import Address
from core.people import UnitTree
from core.platform import Delivery
from knowledge.index import Index
from records import uploads
from records.files import FileStore
from records.session import migrate, open_engine, opener
from scheduler.looking import Looker
from scheduler.receipts import Receipts
from web.app import READ_AHEAD, build
from web.files import FileSite

PAGES = 8  # people who send at once


async def plain(port: int, folder: Path, *, safe: bool = False) -> None:
    """A PATCH is written to a file of its own, piece by piece; nothing is checked, `safe`: but it is on the disk."""

    async def take(request: web.Request) -> web.Response:
        with (folder / request.match_info["name"]).open("wb") as file:
            async for piece in request.content.iter_chunked(256 * 1024):
                await asyncio.to_thread(file.write, piece)
            if safe:
                await asyncio.to_thread(os.fsync, file.fileno())
        return web.Response(status=204)

    app = web.Application(client_max_size=0)
    app.router.add_patch("/{name}", take)
    await _serve(app, port, [])


async def nhacviec(port: int, folder: Path) -> None:
    """The site as the service builds it, on SQLite; the pages are opened beforehand."""
    engine = open_engine(f"sqlite:///{folder / 'bench.db'}")
    await migrate(engine)
    begin, store, index = opener(engine), FileStore(folder / "files"), Index.of((), UnitTree.of(()))
    receipts = Receipts(begin, lambda: index, system_clock, lambda: None)
    looker = Looker(begin, store, system_clock)
    site = FileSite(begin, store, FileLinks("benchmark"), system_clock, receipts, looker.look)
    async with begin() as session:
        givers = [Giver(Address("bench", str(number)), str(number)) for number in range(PAGES)]
        offers = [await uploads.offer(session, giver, system_clock()) for giver in givers]
    app = build(platforms={}, store=_nowhere, ready=_ready, demo=None, files=site)
    await _serve(app, port, [f"/upload/{offer.token}" for offer in offers], read_bufsize=READ_AHEAD)


async def _serve(app: web.Application, port: int, pages: Sequence[str], **options: int) -> None:
    runner = web.AppRunner(app, access_log=None, **options)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()
    print("ready", *pages, flush=True)
    await asyncio.Event().wait()


async def _nowhere(deliveries: Sequence[Delivery]) -> None:
    """Nothing is delivered here."""


async def _ready() -> Mapping[str, bool]:
    return {}


SERVERS: Mapping[str, Callable[[int, Path], Coroutine[None, None, None]]] = {
    "plain": plain,
    "safe": partial(plain, safe=True),
    "nhacviec": nhacviec,
}

if __name__ == "__main__":
    asyncio.run(SERVERS[sys.argv[1]](int(sys.argv[2]), Path(sys.argv[3])))
