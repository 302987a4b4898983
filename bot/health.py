"""What the running service looks at of itself, beside what it does: the disk, its timed jobs, programs beside it."""

import asyncio
import shutil
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from bot.checks.places import LITTLE, TOO_LITTLE
from bot.checks.scanner import OLD, WITHIN
from core.clock import Clock
from core.errors import ScanFailed
from core.health import Level, Line, Look, Machine
from core.platform import Platform
from core.texts import site_health as texts
from knowledge.readers import office, tesseract
from knowledge.shelf import Shelf
from media.clamd import Clamd
from media.faces import installed

FIRST, EVERY = 60.0, 600.0  # seconds until it looks by itself, and between two times
QUIET = timedelta(minutes=5)  # in which some timed job has run


@dataclass
class Health:
    """Looks now and then, and soon after somebody has asked; never while a page is made."""

    clock: Clock
    folder: Path
    shelf: Shelf
    platforms: Mapping[str, Platform]
    connected: Mapping[str, bool]
    scanner: Clamd | None
    _looks: Sequence[Look] = ()
    _at: datetime | None = None
    _ran: dict[str, tuple[datetime, bool]] = field(default_factory=dict)
    _asked: asyncio.Event = field(default_factory=asyncio.Event)

    def machine(self) -> Machine:
        """As it was when last looked at."""
        self._asked.set()
        lines = [Line(name, self.connected.get(name), one.limits) for name, one in self.platforms.items()]
        looks = (*self._jobs(), *self._looks)
        return Machine(looks, self._at, self.shelf.revision, lines)

    def ran(self, job: str, well: bool) -> None:
        """A timed job has ended."""
        self._ran[job] = (self.clock(), well)

    async def run(self) -> None:
        """Until cancelled."""
        pause = FIRST
        while True:
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._asked.wait()
            await self.look()
            self._asked.clear()
            pause = EVERY

    async def look(self) -> None:
        """At everything, once."""
        threads = [asyncio.to_thread(one) for one in (self._disk, _scans, _office)]
        self._looks = [*await asyncio.gather(self._scanner(), *threads), _faces()]
        self._at = self.clock()

    def _jobs(self) -> list[Look]:
        if not self._ran:
            return []
        last = max(at for at, _ in self._ran.values())
        failed = [job for job, (_, well) in self._ran.items() if not well]
        quiet = self.clock() - last > QUIET
        level = Level.WRONG if quiet else Level.DOUBT if failed else Level.GOOD
        return [Look(texts.JOBS, level, texts.jobs(last, failed), "" if level is Level.GOOD else texts.JOBS_TODO)]

    def _disk(self) -> Look:
        try:
            free = shutil.disk_usage(self.folder).free
        except OSError:
            return Look(texts.DISK, Level.WRONG, texts.DISK_UNREADABLE, texts.DISK_UNREADABLE_TODO)
        level = Level.WRONG if free < TOO_LITTLE else Level.DOUBT if free < LITTLE else Level.GOOD
        return Look(texts.DISK, level, texts.disk(free), "" if level is Level.GOOD else texts.DISK_TODO)

    async def _scanner(self) -> Look:
        if self.scanner is None:
            return Look(texts.SCANNER, Level.GOOD, texts.NO_SCANNER)
        try:
            made = (await self.scanner.version(timeout=WITHIN)).signatures_at
        except ScanFailed:
            return Look(texts.SCANNER, Level.WRONG, texts.SCANNER_BAD, texts.SCANNER_TODO)
        age = self.clock() - made if made else timedelta(0)
        if age > OLD:
            return Look(texts.SCANNER, Level.DOUBT, texts.old_signatures(age.days), texts.SIGNATURES_TODO)
        return Look(texts.SCANNER, Level.GOOD, texts.SCANNER_GOOD)


def _scans() -> Look:
    """What is missing is no fault: such files are refused with a sentence."""
    if tesseract.reads_vietnamese():
        return Look(texts.SCANS, Level.GOOD, texts.SCANS_GOOD)
    said = texts.NO_VIETNAMESE if tesseract.program() else texts.NO_SCANS
    return Look(texts.SCANS, Level.DOUBT, said, texts.SCANS_TODO)


def _office() -> Look:
    if office.program():
        return Look(texts.OFFICE, Level.GOOD, texts.OFFICE_GOOD)
    return Look(texts.OFFICE, Level.DOUBT, texts.NO_OFFICE, texts.OFFICE_TODO)


def _faces() -> Look:
    return Look(texts.FACES, Level.GOOD, texts.FACES_GOOD if installed() else texts.NO_FACES)
