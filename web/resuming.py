"""Sending what is made on the way, so that a download that broke goes on where it was (RFC 9110, section 14)."""

import asyncio
from collections.abc import Iterator, Mapping

import structlog
from aiohttp import web

from evidence.archive import Archive

_log = structlog.get_logger()


async def send(request: web.Request, archive: Archive, headers: Mapping[str, str]) -> web.StreamResponse:
    """The archive, or the part of it that is asked for."""
    tag = f'"{archive.tag}"'
    told = {**headers, "Accept-Ranges": "bytes", "ETag": tag}
    part = _part(request, archive.size, tag)
    begin, end = part or (0, archive.size)
    if begin >= end:
        return web.Response(status=416, headers={**told, "Content-Range": f"bytes */{archive.size}"})
    if part:
        told["Content-Range"] = f"bytes {begin}-{end - 1}/{archive.size}"
    response = web.StreamResponse(status=206 if part else 200, headers=told)
    response.content_length = end - begin
    await response.prepare(request)
    if request.method != "HEAD":
        pieces = archive.pieces(begin, end)
        try:
            while piece := await asyncio.to_thread(_next, pieces):
                await response.write(piece)
        except ConnectionError:
            raise  # the visitor has left
        except OSError as error:
            _log.warning("archive.broken_off", reason=type(error).__name__)
            if request.transport:
                request.transport.abort()  # so that it is not taken for the whole
            return response
    await response.write_eof()
    return response


def _part(request: web.Request, size: int, tag: str) -> tuple[int, int] | None:
    """From which byte up to, not with, which; empty where that lies beyond the end; None: all is asked for.

    A range that is not understood, or that is of something older, is passed over.
    """
    if "Range" not in request.headers or request.headers.get("If-Range", tag) != tag:
        return None
    try:
        asked = request.http_range
    except ValueError:
        return None
    begin, end = asked.start or 0, size if asked.stop is None else asked.stop
    return (max(0, size + begin) if begin < 0 else begin), min(end, size)


def _next(pieces: Iterator[bytes]) -> bytes:
    return next(pieces, b"")
