"""Files that people send on the demo's chat page: bytes in a folder, known by an id as long as the demo runs."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass
from io import FileIO
from pathlib import Path
from uuid import uuid4

from core.capabilities import WEB_CHAT
from core.message import FileRef
from core.mime import sniff
from web.parts import write_all

BIGGEST = WEB_CHAT.files_in


class TooLarge(Exception):
    """More than BIGGEST bytes."""


class Empty(Exception):
    """Not one byte."""


class Taken(Exception):
    """Another file has this id."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A whole file; `mime` by its content."""

    id: str
    persona: str
    name: str
    size: int
    mime: str
    path: Path


class SentFiles:
    """`folder` is made with the first file."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, SentFile] = {}

    def find(self, id: str) -> SentFile | None:
        """The file with this id; None: it never came whole."""
        return self._known.get(id)

    def holds(self, persona: str, file: FileRef) -> bool:
        """Whether this persona sent just this file."""
        sent = self.find(file.id)
        return sent is not None and (sent.persona, sent.name, sent.size) == (persona, file.name, file.size)

    async def keep(self, id: str, persona: str, name: str, body: AsyncIterator[bytes]) -> SentFile:
        """The file, whole; sent again under the same id, it is the one that came first.

        `id` is checked by the caller: it becomes a file's name. Raises TooLarge, Empty, Taken, OSError.
        """
        self._folder.mkdir(parents=True, exist_ok=True)
        coming = self._folder / f"coming-{uuid4().hex}"
        try:
            size = await _write(coming, body)
            before = self._known.get(id)
            if before is not None:
                if (before.persona, before.size) != (persona, size):
                    raise Taken
                return before
            path = coming.replace(self._folder / id)
            with path.open("rb") as file:
                sent = SentFile(id, persona, name, size, sniff(file), path)
            return self._known.setdefault(id, sent)
        finally:
            coming.unlink(missing_ok=True)


async def _write(path: Path, body: AsyncIterator[bytes]) -> int:
    """How many bytes there were. Raises TooLarge, Empty."""
    size = 0
    with FileIO(path, "w") as file:
        async for piece in body:
            size += len(piece)
            if size > BIGGEST:
                raise TooLarge
            await asyncio.to_thread(write_all, file, [piece])
    if not size:
        raise Empty
    return size
