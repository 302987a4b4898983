"""A document's file -> its words, read in a process of its own where it takes more than decoding."""

import asyncio
import os
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from core.errors import BadInput
from core.texts import reading as texts
from knowledge.blocks import Source
from knowledge.readers import MAX_BYTES, is_plain, passing, read_file, short
from media.process import confined
from scheduler.reading_child import BAD, READ

_log = structlog.get_logger()

PATIENCE = 120.0  # seconds
MEMORY = 1 << 30  # bytes of address space
_START = "import sys; sys.path.insert(0, sys.argv[1]); from scheduler.reading_child import main; main(*sys.argv[2:])"
_PEEK = 1 << 20  # bytes


async def read_document(path: Path, name: str, *, patience: float = PATIENCE, memory: int = MEMORY) -> Source:
    """The document at `path`, called `name`, within `patience` seconds and `memory` bytes.

    Raises BadInput with what to do next, and OSError where the file or the disk fails; nothing is left behind.
    """
    name = short(name)
    plain = await asyncio.to_thread(_read_plain, path, name)
    if plain:
        return plain
    with TemporaryDirectory(prefix="reading-", ignore_cleanup_errors=True) as folder:
        out = Path(folder)
        said = await confined(_START, path, out, patience, memory, name)
        source = await asyncio.to_thread(passing.read, out) if said == f"{READ}\n".encode() else None
        if source:
            return source
        if said == f"{BAD}\n".encode():
            raise BadInput((out / BAD).read_text("utf-8", "replace")[:500])
    _log.warning("reading.failed", trouble=said if isinstance(said, str) else "broken")
    raise BadInput(texts.too_heavy(name) if said == "bomb" else texts.broken(name))


def _read_plain(path: Path, name: str) -> Source | None:
    """None: it takes more than decoding. Raises BadInput, OSError."""
    with path.open("rb") as file:
        if (size := os.fstat(file.fileno()).st_size) >= MAX_BYTES:
            raise BadInput(texts.too_large(name, size, MAX_BYTES))
        head = file.read(_PEEK)
        return read_file(name, head + file.read()) if is_plain(name, head) or not head else None
