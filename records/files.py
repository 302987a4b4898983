"""The bytes, named by their SHA-256, on disk and in their home; and the rows that say which are whole."""

import hashlib
import os
import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from threading import Lock
from typing import BinaryIO
from uuid import uuid4
from weakref import WeakValueDictionary

from sqlalchemy import select

from core.mime import sniff
from records import unwanted
from records.file_tables import FileRow
from records.home import Home
from records.session import Session, insert_into

_PIECE = 1 << 20  # bytes read at once
_SHA256 = 64  # digits
FROM_HOME = "home-"  # so begin the names of what is on its way here


@dataclass(frozen=True, slots=True)
class Kept:
    """Bytes that are whole and safe on disk."""

    sha256: str
    size: int
    mime: str


class Torn(Exception):
    """A file is not what was announced."""


class FileStore:
    """A folder of files named by their content: `ab/cdef…`, and in `coming` those that are not whole yet.

    With a `home` elsewhere the bytes are kept there for good, and the folder holds those that were used lately.
    All methods but `path` and `coming` wait for the disk or the home: call them in a thread.
    """

    def __init__(self, root: Path, home: Home | None = None) -> None:
        self.root = root
        self.home = home
        self._coming = root / "coming"  # in the same file system, so that a rename is all or nothing
        self._turns: WeakValueDictionary[str, Lock] = WeakValueDictionary()

    def path(self, sha256: str) -> Path:
        """Where the bytes lie, if they are here. Raises ValueError for what is no SHA-256."""
        if len(sha256) != _SHA256 or not set(sha256) <= set("0123456789abcdef"):
            raise ValueError("not a SHA-256")
        return self.root / sha256[:2] / sha256[2:]

    def coming(self, name: str = "") -> Path:
        """Where a file is put together until it is whole; `name` of our own making, empty: a fresh one."""
        self._coming.mkdir(parents=True, exist_ok=True)
        return self._coming / (name or uuid4().hex)

    def keep(self, coming: Path, *, size: int = 0, md5: str = "", sha256: str = "") -> Kept:
        """Take the whole file in; once this returns it survives a crash, and nothing lies at `coming`.

        `sha256`: as it was summed while it was written; empty: it is read once more. Raises FileNotFoundError where
        nothing lies there, Torn where it is not of the `size` (0: any) or `md5` (empty: any) that was announced, and
        Unreachable where it could not be brought home: then it lies at `coming` still.
        """
        with coming.open("rb") as file:
            kept = Kept(sha256, os.fstat(file.fileno()).st_size, sniff(file)) if sha256 else _read(file, md5.lower())
            os.utime(file.fileno())  # put here now, however long ago it was written: see `untouched`
        if size and size != kept.size:
            raise Torn
        if self.home:
            self.home.take(kept.sha256, coming)
        self._settle(coming, kept.sha256)
        return kept

    def keep_bytes(self, data: bytes) -> Kept:
        """`keep`, of what was made here. Raises OSError, Unreachable."""
        coming = self.coming()
        try:
            coming.write_bytes(data)
            return self.keep(coming)
        finally:
            coming.unlink(missing_ok=True)

    def weigh(self, coming: Path, md5: str = "") -> Kept:
        """What the whole file would be kept as. Raises FileNotFoundError, Torn."""
        with coming.open("rb") as file:
            return _read(file, md5.lower())

    def at_hand(self, sha256: str) -> Path:
        """Where the bytes lie, brought here first where they must be.

        Raises FileNotFoundError where they are nowhere, Unreachable, and OSError for a full disk.
        """
        path = self.path(sha256)
        with self._turns.setdefault(sha256, Lock()):  # of two that want it, one waits
            if not path.is_file():
                self._bring(sha256)
        return path

    def holds(self, sha256: str, size: int) -> bool:
        """Whether there are such bytes, here or at home, of this size. Raises Unreachable."""
        path = self.path(sha256)
        if path.is_file():
            return path.stat().st_size == size
        return self.home is not None and self.home.size(sha256) == size

    def delete(self, sha256: str) -> None:
        """They are gone from their home and from here; another machine may still have them at hand.

        Raises Unreachable: then they are still here.
        """
        path = self.path(sha256)
        if self.home:
            self.home.remove(sha256)
        path.unlink(missing_ok=True)

    def untouched(self, time: timedelta) -> list[str]:
        """The SHA-256 of all that was put here, or put here again, so long ago or longer, by the disk's own clock."""
        before = self._now() - time.total_seconds()
        found = []
        for home in self.root.glob("[0-9a-f][0-9a-f]/*"):
            with suppress(FileNotFoundError):  # another process sweeps too
                if home.stat().st_mtime <= before:
                    found.append(f"{home.parent.name}{home.name}")
        return found

    def delete_untouched(self, sha256: str, time: timedelta) -> bool:
        """`delete`, unless the same bytes were put here since, even in this very moment; whether they are gone."""
        home, aside = self.path(sha256), self.coming(f"gone-{sha256}")
        before = self._now() - time.total_seconds()
        with suppress(FileNotFoundError):
            home.rename(aside)
            if aside.stat().st_mtime <= before:
                aside.unlink()
                return True
            aside.rename(home)
        return False

    def drop_forgotten(self, time: timedelta) -> None:
        """Remove what never became whole, and was not written to for so long."""
        before = self._now() - time.total_seconds()
        for left in self._coming.iterdir():
            with suppress(FileNotFoundError):
                if left.stat().st_mtime <= before:
                    shutil.rmtree(left) if left.is_dir() else left.unlink()

    def _now(self) -> float:
        """The disk's clock; that of another machine may be wrong."""
        probe = self.coming()
        probe.touch()
        try:
            return probe.stat().st_mtime
        finally:
            probe.unlink()

    def free(self) -> int:
        """Bytes that still fit on the disk."""
        self._coming.mkdir(parents=True, exist_ok=True)
        return shutil.disk_usage(self._coming).free

    def _bring(self, sha256: str) -> None:
        if self.home is None:
            raise FileNotFoundError(sha256)
        coming = self.coming(f"{FROM_HOME}{uuid4().hex}")
        try:
            with coming.open("w+b") as file:
                self.home.bring(sha256, file)
                file.seek(0)
                if _read(file, "").sha256 != sha256:
                    raise FileNotFoundError(f"{sha256} is damaged")
            self._settle(coming, sha256)
        finally:
            coming.unlink(missing_ok=True)

    def _settle(self, coming: Path, sha256: str) -> None:
        """Put the file in its place, to stay there through a crash."""
        with coming.open("rb") as file:
            os.fsync(file.fileno())
        home = self.path(sha256)
        home.parent.mkdir(parents=True, exist_ok=True)
        coming.replace(home)
        for folder in (home.parent, self.root):
            _sync(folder)


async def named(session: Session, some: Sequence[str]) -> set[str]:
    """Those of them that a row says are here; of what has malware in it the row alone is kept."""
    found = select(FileRow.sha256).where(FileRow.sha256.in_(some), ~unwanted.is_infected(FileRow.sha256))
    return set(await session.scalars(found))


async def find(session: Session, sha256: str) -> Kept | None:
    """What a row says of these bytes; None: there is none."""
    row = await session.get(FileRow, sha256)
    return None if row is None else Kept(row.sha256, row.size, row.mime)


async def note(session: Session, kept: Kept, now: datetime) -> None:
    """From now on a row says that these bytes are here; saying it again changes nothing.

    Raises Unreachable in the rare case that they are just being removed: they must be kept anew.
    """
    await unwanted.take_off(session, kept.sha256, now)
    statement = insert_into(session, FileRow).values(sha256=kept.sha256, size=kept.size, mime=kept.mime, stored_at=now)
    await session.execute(statement.on_conflict_do_nothing())


def _read(file: BinaryIO, md5: str) -> Kept:
    """Raises Torn where the bytes have another MD5; empty: none was announced."""
    sums = [hashlib.sha256(), *([hashlib.md5(usedforsecurity=False)] if md5 else [])]
    size = 0
    while piece := file.read(_PIECE):
        for one in sums:
            one.update(piece)
        size += len(piece)
    if md5 and sums[-1].hexdigest() != md5:
        raise Torn
    return Kept(sums[0].hexdigest(), size, sniff(file))


def _sync(folder: Path) -> None:
    """Make names in the folder durable, where the system can."""
    if hasattr(os, "O_DIRECTORY"):
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
