"""A file fetched from a public address that a chat service named, never from inside our own network."""

import asyncio
import socket
from datetime import timedelta
from http import HTTPStatus
from ipaddress import ip_address
from typing import BinaryIO
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

from core.errors import FetchFailed

WITHIN = timedelta(minutes=2)
MOST_REDIRECTS = 3
PIECE = 64 * 1024  # bytes
_FOR_GOOD = (HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND, HTTPStatus.GONE)


async def download(url: str, into: BinaryIO, most: int, *, local: bool = False) -> None:
    """Write what lies at `url` into `into`, at most `most` bytes. Raises FetchFailed.

    `local`: addresses of this machine and its network are allowed; only where the service itself runs there.
    """
    wait = aiohttp.ClientTimeout(total=WITHIN.total_seconds(), connect=5.0)
    connector = aiohttp.TCPConnector(resolver=ThreadedResolver() if local else _PublicOnly())
    async with aiohttp.ClientSession(connector=connector, timeout=wait) as http:
        for _ in range(MOST_REDIRECTS + 1):
            _check(url, local)
            try:
                further = await _one(http, url, into, most)
            except (aiohttp.ClientError, TimeoutError, OSError) as error:
                raise FetchFailed(type(error).__name__) from error
            if further is None:
                return
            url = further
    raise FetchFailed("too many redirects", gone=True)


async def _one(http: aiohttp.ClientSession, url: str, into: BinaryIO, most: int) -> str | None:
    """One request; where to go on, None: done."""
    async with http.get(url, allow_redirects=False) as answer:
        if 300 <= answer.status < 400:
            return urljoin(url, answer.headers.get("Location", ""))
        if answer.status != HTTPStatus.OK:
            raise FetchFailed(f"status {answer.status}", gone=answer.status in _FOR_GOOD)
        had = 0
        async for piece in answer.content.iter_chunked(PIECE):
            had += len(piece)
            if had > most:
                raise FetchFailed("too large", gone=True)
            await asyncio.to_thread(into.write, piece)
    return None


def _check(url: str, local: bool) -> None:
    """Raises FetchFailed for anything but http(s), and for the number of a private address."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        raise FetchFailed("no address", gone=True) from None
    if parts.scheme not in ("http", "https") or not host:
        raise FetchFailed("no address", gone=True)
    if not local and _is_number(host) and not _is_public(host):
        raise FetchFailed("private address", gone=True)


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _is_public(host: str) -> bool:
    address = ip_address(host)
    return (getattr(address, "ipv4_mapped", None) or address).is_global


class _PublicOnly(AbstractResolver):
    """Names resolve to public addresses or not at all, so that a name cannot lead inside either."""

    def __init__(self) -> None:
        self._resolver = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._resolver.resolve(host, port, family)
        if not all(_is_public(one["host"]) for one in found):
            raise OSError("private address")
        return found

    async def close(self) -> None:
        await self._resolver.close()
