"""Where media lies: a small CDN whose addresses expire, and what a service does with a picture's address."""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
from aiohttp import web

from core.clock import Clock

JPEG = bytes.fromhex("ffd8ffe000104a46494600010100000100010000ffd9")
AAC = bytes.fromhex("fff15c8001fffc")
LIFETIME = timedelta(hours=24)


@dataclass(slots=True)
class Cdn:
    """Files by name, each until its time; `base` is the address of the server that holds it."""

    clock: Clock
    base: str = ""
    lifetime: timedelta = LIFETIME
    fetched: list[str] = field(default_factory=list)  # names, as they were asked for
    _files: dict[str, tuple[bytes, datetime]] = field(default_factory=dict)

    def put(self, content: bytes, ending: str) -> str:
        """The public address of this content."""
        name = hashlib.sha256(content + str(len(self._files)).encode()).hexdigest()[:24] + ending
        self._files[name] = (content, self.clock() + self.lifetime)
        return f"{self.base}/cdn/{name}"

    async def handle(self, request: web.Request) -> web.Response:
        """404 for what was never there, 403 for what has expired."""
        name = request.match_info["name"]
        self.fetched.append(name)
        content, until = self._files.get(name, (b"", self.clock()))
        if name not in self._files:
            raise web.HTTPNotFound
        if until <= self.clock():
            raise web.HTTPForbidden
        return web.Response(body=content, content_type="image/jpeg" if name.endswith(".jpg") else "audio/aac")


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as the service found it: HEAD, then GET twice."""

    found: bool
    content: bytes = b""
    trouble: str = ""  # what would have made it a black picture in the chat


async def look_at(url: str) -> Seen:
    """Fetch the address as the service does."""
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=10)) as http:
        try:
            async with http.head(url) as answer:
                head = answer.status
            first, second = [await _get(http, url) for _ in range(2)]
        except (aiohttp.ClientError, TimeoutError):
            return Seen(False)
    if first[0] != 200:
        return Seen(False)
    trouble = "" if second == first else f"{url}: the second fetch differs"
    if head != 200:
        trouble = f"{url}: HEAD answers {head}"
    return Seen(True, first[1], trouble)


async def _get(http: aiohttp.ClientSession, url: str) -> tuple[int, bytes]:
    async with http.get(url) as answer:
        return answer.status, await answer.read()
