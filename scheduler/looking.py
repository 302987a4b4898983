"""Looks at each file that was handed in, once: what it is, and a copy that tells neither where nor with what."""

import asyncio
import shutil
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path

import structlog

from core.clock import Clock
from core.media import Looked
from core.mime import UNKNOWN
from media.blanks import make_copy
from media.folder import clean_copy, thumb
from media.process import examine
from media.trouble import Bad
from records import facts, files
from records.files import FileStore, Kept
from records.session import Begin

_log = structlog.get_logger()

PATIENCE = 20.0  # seconds; the person waits for the receipt
AT_ONCE = 2  # a look may take hundreds of megabytes
MOST = 20  # looks made up for in one go
RECENT = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Looker:
    """Never raises for what is in a file; where the look itself cannot be kept, nothing is known of it."""

    begin: Begin
    store: FileStore
    clock: Clock
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def catch_up(self) -> None:
        """Look at what nobody could look at when it came: a full disk, a home out of reach, a crash."""
        async with self.begin() as session:
            missed = await facts.missed(session, self.clock() - RECENT, MOST)
        for kept in missed:
            await self.look(kept)

    async def look(self, kept: Kept) -> None:
        """The file lies in the store."""
        async with self.begin() as session:
            if await facts.known(session, [kept.sha256]):
                return
        out = self.store.coming()  # of its own: the same bytes may be looked at twice at once
        try:
            looked = Looked(kept.mime, trouble="" if kept.size else "empty")
            if kept.mime != UNKNOWN:
                async with self._turn:
                    path = await asyncio.to_thread(self.store.at_hand, kept.sha256)
                    looked = await self._examine(path, out)
            copies = [await self._keep(copy) for copy in (clean_copy(out), thumb(out))]
            async with self.begin() as session:
                await files.note(session, kept, self.clock())
                for copy in filter(None, copies):
                    await files.note(session, copy, self.clock())
                clean, small = (copy.sha256 if copy else None for copy in copies)
                await facts.note(session, kept.sha256, looked, clean, small)
        except OSError as error:  # a full disk, a home out of reach
            _log.warning("look.failed", reason=type(error).__name__)
        finally:
            await asyncio.to_thread(shutil.rmtree, out, ignore_errors=True)

    async def _examine(self, path: Path, out: Path) -> Looked:
        """The copy of a film may take longer than the look: it is made here, and its size once more on the disk."""
        looked = await examine(path, out, timeout=PATIENCE)
        try:
            await asyncio.to_thread(make_copy, path, out)
        except Bad as bad:  # the process was in the hands of the file
            return replace(looked, trouble=bad.trouble)
        return looked

    async def _keep(self, copy: Path | None) -> Kept | None:
        try:
            return await asyncio.to_thread(self.store.keep, copy) if copy else None
        except FileNotFoundError:
            return None
