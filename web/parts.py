"""The bytes of a file on their way through an upload page: safe on disk before they are counted."""

import asyncio
import fcntl
import hashlib
import os
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from io import FileIO

from aiohttp import ClientError, StreamReader

from core.clock import Clock
from records import files, uploads
from records.files import FileStore, Torn
from records.home import Unreachable
from records.keeping import keep
from records.session import Begin
from records.uploads import Part
from scheduler.fetch import LookAt

BIGGEST = 2 * 1000**3  # bytes of one file
MOST_FILES = 20  # of one page
PIECE = 1024 * 1024  # bytes written at once; as many more come meanwhile
SAFE_EVERY = 32 * 1024 * 1024  # bytes; what a crash may cost
_ASKED, ASKED_AGAIN = 50, 0.1  # times, seconds
_MOST_CHUNKS = 512  # of one call; systems take about a thousand
SILENCE = 30  # seconds without a byte: the sender is gone


class NoPart(Exception):
    """There is no such file on this page, or no more."""


class TooMany(Exception):
    """The page holds MOST_FILES already."""


class Busy(Exception):
    """Somebody else is sending this file."""


class WrongOffset(Exception):
    """The file has another length so far."""

    def __init__(self, received: int) -> None:
        super().__init__(received)
        self.received = received


class TooLong(Exception):
    """More bytes than were announced."""


class _Interrupted(Exception):
    """The sender asks anew how far the file has come: it has given this connection up."""


class Incoming:
    """Writes what comes; one sender a file, kept by a lock on the file, which ends with its process."""

    def __init__(self, begin: Begin, store: FileStore, clock: Clock, look: LookAt) -> None:
        self._begin = begin
        self._store = store
        self._clock = clock
        self._look_at = look
        self._bodies: dict[str, StreamReader] = {}
        self._sums: dict[str, str] = {}  # SHA-256 of what came whole in one go

    async def begin(self, upload: str, name: str, size: int) -> str:
        """A file of `size` bytes is about to come; its id. Raises NoPart where the page is closed, TooMany."""
        async with self._begin() as session:
            if not await uploads.hold(session, upload):
                raise NoPart
            if len(await uploads.parts(session, upload)) >= MOST_FILES:
                raise TooMany
            id = await uploads.add_part(session, upload, name, size, self._clock())
        return id if size else (await self.look(upload, id)).id  # an empty file is whole at once

    async def take(self, upload: str, name: str, body: AsyncIterator[bytes]) -> None:
        """A file of unknown size, all of it or nothing. Raises NoPart, TooMany, TooLong, OSError."""
        id = await self.begin(upload, name, BIGGEST)
        try:
            await self._put(id, body)
        except BaseException:
            self.discard(id)
            async with self._begin() as session:
                await uploads.drop_part(session, id)
            raise

    async def look(self, upload: str, id: str) -> Part:
        """How far the file has come; who is sending it is stopped first. Raises NoPart; Busy while it is put away."""
        if id in self._bodies:
            self._bodies[id].set_exception(_Interrupted())
        for _ in range(_ASKED):
            try:
                async with self._mine(upload, id) as (part, _file):
                    return await self._settled(part)
            except Busy:
                await asyncio.sleep(ASKED_AGAIN)  # its last bytes are being made safe
        part = await self._find(upload, id)
        if part.received >= part.size and not part.file:
            raise Busy  # all has come, but it is not received before it is where it is kept
        return part

    async def append(self, upload: str, id: str, offset: int, body: StreamReader) -> Part:
        """The file with what came before the connection broke. Raises NoPart, Busy, WrongOffset, TooLong, OSError."""
        async with self._mine(upload, id) as (part, file):
            if part.file or offset != part.received:
                raise WrongOffset(part.received)
            self._bodies[id] = body
            try:
                await self._write(part, body, file)
            finally:
                del self._bodies[id]
            return await self._settled(await self._find(upload, id))

    async def remove(self, upload: str, id: str) -> None:
        """The sender does not want to send it after all. Raises NoPart."""
        part = await self.look(upload, id)
        async with self._begin() as session:
            await uploads.drop_part(session, part.id)
        self.discard(part.id)

    def discard(self, id: str) -> None:
        """Remove what has come of a file that will not become whole."""
        self._store.coming(id).unlink(missing_ok=True)

    def stop(self) -> None:
        """End all that is being sent, so that the process can."""
        for body in self._bodies.values():
            body.set_exception(_Interrupted())

    async def _find(self, upload: str, id: str) -> Part:
        async with self._begin() as session:
            parts = await uploads.parts(session, upload)
        part = next((part for part in parts if part.id == id), None)
        if part is None:
            raise NoPart
        return part

    @asynccontextmanager
    async def _mine(self, upload: str, id: str) -> AsyncIterator[tuple[Part, FileIO]]:
        """The file, open and nobody else's; its row tells no more than the disk holds."""
        await self._find(upload, id)
        path = self._store.coming(id)
        with FileIO(os.open(path, os.O_RDWR | os.O_CREAT, 0o600), "r+") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Busy from None
            part = await self._find(upload, id)
            if part.file:
                path.unlink(missing_ok=True)
            elif os.fstat(file.fileno()).st_size < part.received:
                part = await self._note(part, 0)  # its process was killed while the file was put in its place
            yield part, file

    async def _write(self, part: Part, body: StreamReader, file: FileIO) -> None:
        """A piece is written, and what came before is made safe, while the next one comes; summed, if in one go."""
        at = written = safe = part.received
        file.seek(at)
        file.truncate()
        summed = None if at else hashlib.sha256()
        in_thread = asyncio.get_running_loop().run_in_executor  # a piece needs no task of its own
        writing = in_thread(None, write_all, file, [], None)
        syncing = asyncio.create_task(asyncio.sleep(0))
        try:
            while chunks := await _next(body):
                written = await writing
                at += sum(map(len, chunks))
                if at > part.size:
                    raise TooLong
                writing = in_thread(None, write_all, file, chunks, summed)
                if written - safe >= SAFE_EVERY and syncing.done():
                    await syncing
                    syncing, safe = asyncio.create_task(self._make_safe(part, file, written)), written
        finally:
            try:
                written = await writing
            finally:
                await syncing
                if written > safe:
                    await self._make_safe(part, file, written)
        if summed and written == part.size:
            self._sums[part.id] = summed.hexdigest()

    async def _make_safe(self, part: Part, file: FileIO, received: int) -> None:
        await asyncio.to_thread(os.fsync, file.fileno())
        await self._note(part, received)

    async def _note(self, part: Part, received: int) -> Part:
        async with self._begin() as session:
            await uploads.note_received(session, part.id, received)
        return Part(part.id, part.name, part.size, received)

    async def _settled(self, part: Part) -> Part:
        """The file put in its place where all of it has come."""
        if part.file or part.received < part.size:
            return part
        try:
            await self._keep(part.id, part.size)
        except (Torn, FileNotFoundError):
            return await self._note(part, 0)
        return part

    async def _put(self, id: str, body: AsyncIterator[bytes]) -> None:
        had = 0
        with FileIO(self._store.coming(id), "w") as file:
            async for piece in body:
                had += len(piece)
                if had > BIGGEST:
                    raise TooLong
                await asyncio.to_thread(write_all, file, [piece])
        await self._keep(id, had)

    async def _keep(self, id: str, size: int) -> None:
        coming, summed = self._store.coming(id), self._sums.pop(id, "")
        try:
            kept = await keep(self._begin, self._store, self._clock, coming, size=size, sha256=summed)
        except Unreachable:
            self._sums |= {id: summed} if summed else {}  # it is tried again
            raise
        async with self._begin() as session:
            await files.note(session, kept, self._clock())
            await uploads.note_whole(session, id, kept.sha256, kept.size)
        await self._look_at(kept)


async def _next(body: StreamReader) -> list[bytes]:
    """Chunks that together are large enough to be worth a write; empty: no more comes, or the connection broke."""
    chunks: list[bytes] = []
    size, clock = 0, asyncio.get_running_loop().time
    with suppress(_Interrupted, ClientError, ConnectionError, TimeoutError):
        async with asyncio.timeout(SILENCE) as silence:
            while size < PIECE and not body.at_eof():
                chunks.append((await body.readchunk())[0])  # as it came, not copied together
                size += len(chunks[-1])
                silence.reschedule(clock() + SILENCE)
    return chunks if size else []


def write_all(file: FileIO, chunks: Sequence[bytes], summed: "hashlib._Hash | None" = None) -> int:
    """In the order they came; how long the file is then. Raises OSError."""
    left = [memoryview(chunk) for chunk in chunks if chunk]
    if summed:
        for chunk in left:
            summed.update(chunk)
    while left:
        written = os.writev(file.fileno(), left[:_MOST_CHUNKS])
        while left and written >= len(left[0]):
            written -= len(left.pop(0))
        if written:
            left[0] = left[0][written:]
    return file.tell()
