"""Makes the copies with blurred faces that open links to dossiers show; the links say which are wanted."""

import asyncio
from collections.abc import Callable
from pathlib import Path

import structlog

from core.clock import Clock
from core.dossier import Cut
from evidence.dossier import gather
from knowledge.index import Index
from media.blurring import NoDetector, blur
from records import dossiers, faces, files
from records.files import FileStore, Kept
from records.keeping import keep
from records.session import Begin

_log = structlog.get_logger()

AT_ONCE = 20  # pictures of one link before it is another's turn; each takes seconds


class Blurrer:
    """One picture after the other, so that the service keeps its pace."""

    def __init__(self, begin: Begin, store: FileStore, clock: Clock, index: Callable[[], Index]) -> None:
        self._begin = begin
        self._store = store
        self._clock = clock
        self._index = index
        self._work = asyncio.Event()

    def wake(self) -> None:
        """There may be new links, or new pictures under them."""
        self._work.set()

    async def run(self) -> None:
        """Blur until cancelled; after trouble the rest is tried again when woken."""
        while True:
            self._work.clear()
            try:
                while await self.blur_ready():
                    pass
            except NoDetector:
                _log.warning("blurring.no_detector")
            except Exception:
                _log.exception("blurring.trouble")
            await self._work.wait()

    async def blur_ready(self) -> int:
        """One round: some pictures of each open link that shows blurred faces; how many."""
        async with self._begin() as session:
            links = await dossiers.blurred(session, self._clock())
        return sum([await self.blur_some(link.cut) for link in links])

    async def blur_some(self, cut: Cut) -> int:
        """How many pictures were tried; 0: each has its copy, or none can be made. Raises NoDetector, OSError."""
        async with self._begin() as session:
            dossier = await gather(session, self._index(), cut, self._clock())
            wanted = await faces.to_blur(session, dossier.waiting[:AT_ONCE])
        for clean in wanted:
            await self._blur(clean)
        return len(wanted)

    async def _blur(self, clean: str) -> None:
        out = self._store.coming()
        try:
            path = await asyncio.to_thread(self._store.at_hand, clean)
            count = await blur(path, out)
            kept = await self._keep(out) if count is not None else None
        finally:
            out.unlink(missing_ok=True)
        async with self._begin() as session:
            if kept and await faces.is_wanted(session, clean):
                await files.note(session, kept, self._clock())
            await faces.note(session, clean, kept.sha256 if kept else None, count or 0)

    async def _keep(self, copy: Path) -> Kept | None:
        """None: it is not there, though a process that may be in the hands of the picture said so."""
        try:
            return await keep(self._begin, self._store, self._clock, copy)
        except FileNotFoundError:
            return None
