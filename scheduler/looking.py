"""Looks at each file that was handed in, once: for malware, what it is, and a copy that tells neither where nor how."""

import asyncio
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

import structlog

from core.clock import Clock
from core.errors import ScanFailed
from core.media import Looked
from core.mime import PROGRAM, UNKNOWN
from core.programs import FOUND, found_inside
from core.scan import Scan, Verdict
from core.texts import files as texts
from media.blanks import make_copy
from media.clamd import Clamd
from media.folder import clean_copy, thumb
from media.process import examine
from media.trouble import Bad
from records import facts, files, scans
from records.alerts import raise_alert
from records.files import FileStore, Kept
from records.keeping import keep
from records.session import Begin
from scheduler.sweeping import ARRIVING

_log = structlog.get_logger()

PATIENCE = 20.0  # seconds; the person waits for the receipt
AT_ONCE = 2  # a look may take hundreds of megabytes
ALERT = "scanner"


@dataclass(frozen=True, slots=True)
class Looker:
    """Never raises for what is in a file; where the look itself cannot be kept, nothing is known of it.

    `scanner` None: nothing is scanned.
    """

    begin: Begin
    store: FileStore
    clock: Clock
    scanner: Clamd | None = None
    _turn: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))

    async def look(self, kept: Kept, patience: float = PATIENCE, *, again: bool = False) -> bool:
        """The file lies in the store; with malware in it, it is removed. False: it has to be looked at again later.

        `patience`: seconds for the scanner. `again`: it was received long ago, and may be deleted meanwhile.
        """
        try:
            async with self.begin() as session:
                known = await scans.verdict(session, kept.sha256)
            if known is None or (known.scan is Scan.NONE and self.scanner):
                async with self._turn:
                    known = await self._look(kept, patience, anew=known is None, again=again)
            if known.malware:
                await self._remove(kept.sha256)
            return True
        except ScanFailed as failure:
            _log.warning("scan.failed", reason=failure.reason)
            await self._alert()
        except OSError as error:  # a full disk, a home out of reach
            _log.warning("look.failed", reason=type(error).__name__)
        return False

    async def _look(self, kept: Kept, patience: float, *, anew: bool, again: bool) -> Verdict:
        """Scanned before anything else reads it; `anew`: nothing is known of it. Raises ScanFailed, OSError."""
        path = await asyncio.to_thread(self.store.at_hand, kept.sha256)
        verdict = await self._scan(path, kept, patience)
        out = self.store.coming()  # of its own: the same bytes may be looked at twice at once
        try:
            looked = Looked(kept.mime, trouble="" if kept.size else "empty")
            if anew and not verdict.malware and kept.mime != UNKNOWN:
                looked = await self._examine(path, out)
            if looked.inside and looked.inside.programs:
                verdict = Verdict(Scan.FOUND, found_inside(looked.inside.programs))
                looked = replace(looked, inside=None)
            copies = [await self._keep(copy) for copy in (clean_copy(out), thumb(out))]
            async with self.begin() as session:
                if again and not await files.named(session, [kept.sha256]):
                    return verdict
                await files.note(session, kept, self.clock())
                for copy in filter(None, copies):
                    await files.note(session, copy, self.clock())
                clean, small = (copy.sha256 if copy else None for copy in copies)
                await facts.note(session, kept.sha256, looked, clean, small)
                await scans.note(session, kept.sha256, verdict, self.clock())
            return verdict
        finally:
            await asyncio.to_thread(shutil.rmtree, out, ignore_errors=True)

    async def _scan(self, path: Path, kept: Kept, patience: float) -> Verdict:
        if kept.mime == PROGRAM:
            return Verdict(Scan.FOUND, FOUND)
        return await self.scanner.scan(path, timeout=patience) if self.scanner else Verdict(Scan.NONE)

    async def _remove(self, sha256: str) -> None:
        """With the copies of it that were made before it was known; what others have at hand goes with their sweep."""
        async with self.begin() as session:
            copies = await scans.drop_copies(session, sha256, self.clock())
        await asyncio.to_thread(self.store.delete, sha256)
        for copy in copies:
            await asyncio.to_thread(self.store.delete_untouched, copy, ARRIVING)

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
            return await keep(self.begin, self.store, self.clock, copy) if copy else None
        except FileNotFoundError:
            return None

    async def _alert(self) -> None:
        async with self.begin() as session:
            await raise_alert(session, ALERT, texts.NOT_SCANNED, self.clock())
