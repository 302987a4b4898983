"""What happens in chat shows on the open page: a stream that says that something has changed, and no more."""

import asyncio

import structlog
from aiohttp import web

from records import pulse
from web.site.frame import HOME, StaffSite, signed_out, visitor

BEATS = 15  # looks after which a stream is tried, and its session looked at again
_log = structlog.get_logger()


def add_to(app: web.Application, site: StaffSite) -> None:
    """/trang-quan-ly/thay-doi: server-sent events, for who is signed in."""
    live = _Live(site)
    app.router.add_get(f"{HOME}/thay-doi", live.stream)
    app.on_shutdown.append(live.close)
    app.on_cleanup.append(live.end)


class _Live:
    """One look at the database for all pages that are open, and none where there is none."""

    def __init__(self, site: StaffSite) -> None:
        self._site = site
        self._streams: set[asyncio.Queue[str | None]] = set()
        self._looking: asyncio.Task[None] | None = None
        self._rest: asyncio.Future[object] | None = None
        self._is_over = False

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """The pulse now, and whenever it is another."""
        if not await self._is_signed_in(request):
            return signed_out()
        if self._is_over:
            return web.Response(status=503)
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "Cache-Control": "no-store"})
        await response.prepare(request)
        coming: asyncio.Queue[str | None] = asyncio.Queue()
        self._streams.add(coming)
        try:
            await response.write(f"retry: 5000\n\ndata: {await self._pulse()}\n\n".encode())
            self._begin()
            while (said := await coming.get()) is not None and (said or await self._is_signed_in(request)):
                await response.write(f"data: {said}\n\n".encode() if said else b": still here\n\n")
        except ConnectionResetError:
            pass  # the page is gone; it comes back by itself
        finally:
            self._streams.discard(coming)
            if not self._streams and self._rest:
                self._rest.cancel()
        return response

    async def close(self, app: web.Application) -> None:
        """All streams end, and none begins; the pages come back to whoever serves then."""
        self._is_over = True
        self._tell(None)

    async def end(self, app: web.Application) -> None:
        """Nothing is looked at any more."""
        self._streams.clear()
        if self._rest:
            self._rest.cancel()
        if self._looking:
            await self._looking

    def _begin(self) -> None:
        if self._looking is None or self._looking.done():
            self._looking = asyncio.create_task(self._look())

    async def _look(self) -> None:
        last, beats = "", 0
        try:
            while self._streams:
                found = await self._pulse()
                beats += 1
                if found != last or beats % BEATS == 0:
                    self._tell(found if found != last else "")
                last = found
                if self._streams:  # the last one may have gone meanwhile: nobody would end the rest
                    self._rest = asyncio.ensure_future(self._site.pause())
                    await asyncio.wait([self._rest])
        except Exception as error:  # the database is away: the pages come back and ask anew
            _log.warning("live_stopped", error=type(error).__name__)
            self._tell(None)

    def _tell(self, what: str | None) -> None:
        for stream in self._streams:
            stream.put_nowait(what)

    async def _pulse(self) -> str:
        async with self._site.begin() as session:
            return await pulse.of(session)

    async def _is_signed_in(self, request: web.Request) -> bool:
        """An open page is no use of the session: it still ends by itself."""
        async with self._site.begin() as session:
            return await visitor(self._site, session, request, is_use=False) is not None
