"""The process that looks at one file, or blurs the faces in it: it limits itself and writes one line of JSON."""

import json
import os
import sys
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path

from media.blurred import save_blurred
from media.look import look

_MOST_WRITTEN = 300 << 20  # bytes of one copy
_MOST_OPEN = 64  # files


def main(path: str, out: str, seconds: str, memory: str) -> None:
    """Look at the file at `path`; `memory` in bytes."""
    _limit(int(seconds), int(memory))
    looked = asdict(look(Path(path), Path(out)))
    looked["taken_at"] = looked["taken_at"] and looked["taken_at"].isoformat()
    sys.stdout.write(json.dumps(looked) + "\n")


def blur(path: str, out: str, seconds: str, memory: str) -> None:
    """Blur the faces in the picture at `path` and say how many there are, or null: no detector; `memory` in bytes."""
    _limit(int(seconds), int(memory))
    if sys.platform != "win32":
        os.nice(10)  # nobody waits in a chat
    try:
        count = save_blurred(Path(path), Path(out))
    except ImportError:
        count = None
    sys.stdout.write(json.dumps(count) + "\n")


def _limit(seconds: int, memory: int) -> None:
    """As far as the system can; elsewhere the parent's patience is the limit."""
    if sys.platform == "win32":
        return
    import resource

    limits = (
        (resource.RLIMIT_AS, memory),
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_FSIZE, _MOST_WRITTEN),
        (resource.RLIMIT_NOFILE, _MOST_OPEN),
        (resource.RLIMIT_CORE, 0),
    )
    for kind, most in limits:
        with suppress(ValueError, OSError):  # macOS has no limit of memory
            resource.setrlimit(kind, (most, most))
