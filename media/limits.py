"""What a process that reads hostile files allows itself."""

import sys
from contextlib import suppress

_MOST_WRITTEN = 300 << 20  # bytes of one file
MOST_OPEN = 64  # files


def limit(seconds: int, memory: int, files: int = MOST_OPEN) -> None:
    """What this process may take, `memory` in bytes; elsewhere the parent's patience is the limit."""
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_NOFILE, files),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in limits:
        with suppress(ValueError, OSError):  # macOS has no limit of memory
            resource.setrlimit(kind, (most, most))
