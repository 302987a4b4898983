"""ClamAV's daemon on loopback, as `man clamd` describes it: zINSTREAM, zVERSION; one command a connection."""

import asyncio
from asyncio import StreamReader, StreamWriter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType

HARM, NAME = b"made-to-harm", "Win.Test.Harm-1"


@dataclass
class FakeClamd:
    """`says`: instead of what it would; None: nothing, for ever. `cuts`: it closes after the command.

    `scanned`: what came whole; not in memory where `keeps` is False.
    """

    folder: Path | None = None  # for a Unix socket
    limit: int = 100_000  # bytes; StreamMaxLength
    version: str = "ClamAV 1.4.6/27500/Sun Dec  3 09:30:00 2023"
    says: str | None = ""
    cuts: bool = False
    keeps: bool = True
    scanned: list[bytes] = field(default_factory=list)
    asked: asyncio.Event = field(default_factory=asyncio.Event)  # something was scanned
    _port: int = 0
    _answering: set["asyncio.Task[None]"] = field(default_factory=set)

    @property
    def address(self) -> str:
        return f"unix:{self.folder / 'clamd.ctl'}" if self.folder else f"tcp://127.0.0.1:{self._port}"

    async def __aenter__(self) -> "FakeClamd":
        await self.starts()
        return self

    async def __aexit__(
        self, _: type[BaseException] | None, __: BaseException | None, ___: TracebackType | None
    ) -> None:
        await self.stops()

    async def starts(self) -> None:
        """At the address at which it was before."""
        if self.folder:
            self._server = await asyncio.start_unix_server(self._accept, self.folder / "clamd.ctl")
        else:
            self._server = await asyncio.start_server(self._accept, "127.0.0.1", self._port)
            self._port = self._server.sockets[0].getsockname()[1]

    async def stops(self) -> None:
        """Whoever asks is refused."""
        self._server.close()
        for task in self._answering:
            task.cancel()
        await asyncio.gather(*self._answering, return_exceptions=True)
        await self._server.wait_closed()
        if self.folder:
            (self.folder / "clamd.ctl").unlink(missing_ok=True)

    def _accept(self, reader: StreamReader, writer: StreamWriter) -> None:
        task = asyncio.create_task(self._converse(reader, writer))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _converse(self, reader: StreamReader, writer: StreamWriter) -> None:
        try:
            with suppress(ConnectionError, asyncio.IncompleteReadError):
                command = await reader.readuntil(b"\0")
                if self.cuts:
                    return
                writer.write((await self._answer(command, reader)).encode() + b"\0")
                await writer.drain()
        finally:
            writer.close()
            with suppress(ConnectionError):
                await writer.wait_closed()

    async def _answer(self, command: bytes, reader: StreamReader) -> str:
        if command == b"zVERSION\0":
            return self.says or self.version
        if command != b"zINSTREAM\0":
            return "UNKNOWN COMMAND"
        data, size = b"", 0
        while length := int.from_bytes(await reader.readexactly(4), "big"):
            size += length
            if size > self.limit:
                return "INSTREAM size limit exceeded. ERROR"
            piece = await reader.readexactly(length)
            data += piece if self.keeps else b""
        self.scanned.append(data)
        self.asked.set()
        if self.says is None:
            await asyncio.Event().wait()
        return self.says or f"stream: {f'{NAME} FOUND' if HARM in data else 'OK'}"
