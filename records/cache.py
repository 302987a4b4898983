"""What lies at hand of a home elsewhere, kept within bounds."""

from datetime import datetime
from pathlib import Path

from records.files import FROM_HOME, FileStore

_WHOLE = "[0-9a-f][0-9a-f]/*"


def trim(store: FileStore, most: int, before: datetime) -> int:
    """Remove what was last used longest ago, until `most` bytes are left or all was used since; how many files.

    Nothing goes that the home has not: what it lacks is brought there first. Raises Unreachable. When a file was
    last used is what the system notes of it; where it notes no more than when it came, the oldest goes first.
    """
    if store.home is None:
        return 0
    for broken in store.root.glob(f"coming/{FROM_HOME}*"):  # its process was killed
        if _used(broken) < before.timestamp():
            broken.unlink(missing_ok=True)
    found = sorted((_used(path), path.stat().st_size, path) for path in store.root.glob(_WHOLE))
    left, gone = sum(size for _, size, _ in found), 0
    for used, size, path in found:
        if left <= most or used >= before.timestamp():
            break
        store.home.take(path.parent.name + path.name, path)
        path.unlink(missing_ok=True)
        left, gone = left - size, gone + 1
    return gone


def _used(path: Path) -> float:
    stat = path.stat()
    return max(stat.st_atime, stat.st_mtime)
