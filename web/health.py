"""Is the process alive, and can it work?"""

from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

Ready = Callable[[], Awaitable[Mapping[str, bool]]]


async def alive(request: web.Request) -> web.Response:
    """200 as long as the process answers."""
    return web.json_response({"ok": True})


def readiness(ready: Ready) -> Callable[[web.Request], Awaitable[web.Response]]:
    """200 when every part works, else 503; the parts by name."""

    async def answer(request: web.Request) -> web.Response:
        parts = dict(await ready())
        works = all(parts.values())
        return web.json_response({"ready": works, "parts": parts}, status=200 if works else 503)

    return answer
