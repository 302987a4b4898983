"""What lies at hand of a home elsewhere, kept within bounds."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from records.files import FROM_HOME, FileStore

_WHOLE = "[0-9a-f][0-9a-f]/*"


@dataclass(frozen=True, slots=True)
class Trimmed:
    """How many files went, and how many would have to but are nowhere else."""

    gone: int = 0
    only_here: int = 0


def trim(store: FileStore, most: int, before: datetime) -> Trimmed:
    """Remove what was last used longest ago, until `most` bytes are left or all was used since.

    What the home lacks stays, and is not brought there: it may be the last copy, or deleted on another machine. When
    a file was last used is what the system notes of it; where it notes no more than when it came, the oldest goes
    first. Raises Unreachable.
    """
    if store.home is None:
        return Trimmed()
    for broken in store.root.glob(f"coming/{FROM_HOME}*"):  # its process was killed
        if _used(broken) < before.timestamp():
            broken.unlink(missing_ok=True)
    found = sorted((_used(path), path.stat().st_size, path) for path in store.root.glob(_WHOLE))
    left, gone, only_here = sum(size for _, size, _ in found), 0, 0
    for used, size, path in found:
        if left <= most or used >= before.timestamp():
            break
        if store.home.size(path.parent.name + path.name) == size:
            path.unlink(missing_ok=True)
            left, gone = left - size, gone + 1
        else:
            only_here += 1
    return Trimmed(gone, only_here)


def _used(path: Path) -> float:
    stat = path.stat()
    return max(stat.st_atime, stat.st_mtime)
