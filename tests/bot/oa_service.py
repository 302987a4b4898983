"""The local OAuth service at an address, and the grant as a process of ours holds it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.oa_grant import OAGrant
from records.alerts import open_alerts
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_oauth import APP, SECRET, OAuth

PUBLIC_URL = "https://nhacviec.example"


@asynccontextmanager
async def served(oauth: OAuth) -> AsyncIterator[str]:
    """The service's address while it runs."""
    app = web.Application()
    app.add_routes(oauth.routes())
    server = TestServer(app)
    await server.start_server()
    try:
        yield str(server.make_url("")).rstrip("/")
    finally:
        oauth.release()
        await server.close()


def grant_of(begin: Begin, clock: StillClock, url: str, secret: str = SECRET) -> OAGrant:
    return OAGrant.open(begin, clock, APP, secret, url, PUBLIC_URL)


async def alerts(begin: Begin) -> list[str]:
    async with begin() as session:
        return [alert.text for alert in await open_alerts(session)]
