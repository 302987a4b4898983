"""A page of a document as a picture, drawn in a process of its own; those drawn lately are kept."""

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from media.process import confined
from scheduler.picturing_child import DRAWN

_log = structlog.get_logger()

PATIENCE = 20.0  # seconds
MEMORY = 1 << 30  # bytes of address space
AT_ONCE = 2
KEPT = 60  # pictures; one takes some 150 kB
BIGGEST = 4 << 20  # bytes of a picture
_START = "import sys; sys.path.insert(0, sys.argv[1]); from scheduler.picturing_child import main; main(*sys.argv[2:])"


@dataclass(frozen=True)
class Pictures:
    """What was drawn, by file and page."""

    _drawn: OrderedDict[tuple[str, int], bytes] = field(default_factory=OrderedDict, repr=False)
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def of(self, sha256: str, number: int, path: Path) -> bytes | None:
        """The page of the file at `path` as JPEG; None: it cannot be drawn. Raises OSError."""
        key = (sha256, number)
        async with self._turn:
            if key not in self._drawn:
                made = await _drawn(path, number)
                if made is None:
                    return None
                self._drawn[key] = made
            self._drawn.move_to_end(key)
            while len(self._drawn) > KEPT:
                self._drawn.popitem(last=False)
            return self._drawn[key]


async def _drawn(path: Path, number: int) -> bytes | None:
    with TemporaryDirectory(prefix="drawing-", ignore_cleanup_errors=True) as folder:
        out = Path(folder)
        said = await confined(_START, path, out, PATIENCE, MEMORY, str(number))
        made = out / DRAWN
        if said == f"{DRAWN}\n".encode() and made.stat().st_size <= BIGGEST:
            return await asyncio.to_thread(made.read_bytes)
    if isinstance(said, str):
        _log.warning("drawing.failed", trouble=said)
    return None
