"""Where chat services deliver: stored first, acknowledged then."""

from collections.abc import Awaitable, Callable, Sequence

import structlog
from aiohttp import web

from core.errors import Forged, Unreadable
from core.platform import Delivery, Platform

Store = Callable[[Sequence[Delivery]], Awaitable[None]]
Refused = Callable[[str], Awaitable[None]]  # told the service's name when a delivery was forged
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

log = structlog.get_logger(__name__)


def webhook(platform: Platform, store: Store, forged: Refused | None = None) -> Handler:
    """The address for this service: 200 once stored, 403 forged, 400 nothing that could be kept.

    When storing fails the service gets a 500, keeps the delivery and sends it again.
    """

    async def receive(request: web.Request) -> web.Response:
        body = await request.read()
        try:
            deliveries = platform.accept(request.headers, body)
        except Forged:
            log.warning("webhook_forged", platform=platform.name)
            if forged is not None:
                await forged(platform.name)
            raise web.HTTPForbidden from None
        except Unreadable:
            log.warning("webhook_unreadable", platform=platform.name, size=len(body))
            raise web.HTTPBadRequest from None
        await store(deliveries)
        return web.json_response({"ok": True})

    return receive
