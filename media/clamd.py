"""Asks ClamAV's daemon whether there is malware in a file; the protocol is that of `man clamd`.

Over plain sockets, not asyncio's streams: where a file is too large clamd says so and closes while we still write, and
a stream forgets what it has not read once a write has failed.
"""

import asyncio
import socket
import struct
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from core.errors import ScanFailed
from core.scan import Scan, Verdict

_CHUNK = 256 * 1024  # bytes; all of a file that is in memory
_LONGEST_ANSWER = 4096  # bytes
_LONGEST_NAME = 100  # characters
_LIMITS = "Heuristics.Limits.Exceeded"  # with AlertExceedsMax: not malware, but not scanned to the end


@dataclass(frozen=True, slots=True)
class Version:
    """`signatures_at`: when its signatures were made, to the day; None: it does not say."""

    program: str
    signatures_at: datetime | None


@dataclass(frozen=True, slots=True)
class Clamd:
    """`address`: tcp://host:port or unix:/path. Every question has a connection of its own."""

    address: str

    async def scan(self, path: Path, *, timeout: float) -> Verdict:  # noqa: ASYNC109
        """Within `timeout` seconds. Raises ScanFailed, and OSError where the file cannot be opened."""
        with await asyncio.to_thread(path.open, "rb") as file:

            async def pieces() -> AsyncIterator[bytes]:
                yield b"zINSTREAM\0"
                while piece := await asyncio.to_thread(file.read, _CHUNK):
                    yield struct.pack("!I", len(piece)) + piece
                yield struct.pack("!I", 0)

            return _verdict(await self._ask(pieces(), timeout))

    async def version(self, *, timeout: float) -> Version:  # noqa: ASYNC109
        """Within `timeout` seconds. Raises ScanFailed."""

        async def pieces() -> AsyncIterator[bytes]:
            yield b"zVERSION\0"

        return _version(await self._ask(pieces(), timeout))

    async def _ask(self, pieces: AsyncIterator[bytes], patience: float) -> str:
        try:
            async with asyncio.timeout(patience):
                with await self._connected() as line:
                    return await _answer(line, pieces)
        except TimeoutError as error:
            raise ScanFailed("timeout") from error
        except (OSError, UnicodeError) as error:  # the latter of a host's name
            raise ScanFailed("unreachable") from error

    async def _connected(self) -> socket.socket:
        """Raises OSError: the last of the host's addresses says why."""
        loop, where = asyncio.get_running_loop(), urlsplit(self.address)
        places: list[tuple[int, Any]] = [(socket.AF_UNIX, where.path)]
        if where.scheme == "tcp":
            found = await loop.getaddrinfo(where.hostname, where.port, type=socket.SOCK_STREAM)
            places = [(family, place) for family, *_, place in found]
        fault = OSError("no address")
        for family, place in places:
            line = socket.socket(family)
            line.setblocking(False)
            try:
                await loop.sock_connect(line, place)
                return line
            except OSError as error:
                line.close()
                fault = error
            except BaseException:
                line.close()
                raise
        raise fault


async def _answer(line: socket.socket, pieces: AsyncIterator[bytes]) -> str:
    """What is said once all was sent, or before. Raises ScanFailed, OSError."""
    loop, answer = asyncio.get_running_loop(), b""
    with suppress(BrokenPipeError, ConnectionResetError):  # it has said why before it closed
        async for piece in pieces:
            await loop.sock_sendall(line, piece)
    while not answer.endswith(b"\0"):
        said = await loop.sock_recv(line, _LONGEST_ANSWER)
        if not said:
            raise ScanFailed("broken off")
        answer += said
        if len(answer) > _LONGEST_ANSWER:
            raise ScanFailed("not understood")
    return answer[:-1].decode(errors="replace")


def _verdict(answer: str) -> Verdict:
    """Raises ScanFailed for what says neither."""
    said = answer.removeprefix("stream: ")
    if said == "OK":
        return Verdict(Scan.CLEAN)
    if said.endswith(" FOUND") and not said.startswith(_LIMITS):
        return Verdict(Scan.FOUND, said.removesuffix(" FOUND")[:_LONGEST_NAME])
    if said.startswith((_LIMITS, "INSTREAM size limit exceeded")):
        return Verdict(Scan.TOO_LARGE)
    raise ScanFailed("refused" if said.endswith("ERROR") else "not understood")


def _version(answer: str) -> Version:
    """ "ClamAV 1.4.6/27500/Mon Dec  4 08:00:00 2023", without a zone; without signatures "ClamAV 1.4.6"."""
    if not answer.startswith("ClamAV"):
        raise ScanFailed("not understood")
    program, _, made = answer.partition("/")
    with suppress(ValueError):
        at = datetime.strptime(f"{made.partition('/')[2]} +0000", "%a %b %d %H:%M:%S %Y %z")
        return Version(program, at)
    return Version(program, None)
