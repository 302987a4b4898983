"""Blurs the faces in a picture in a process of its own."""

import json
from pathlib import Path

import structlog

from media.process import confined

_log = structlog.get_logger()

MEMORY = 1 << 30  # bytes of address space; a square picture takes 700 MB
_START = "import sys; sys.path.insert(0, sys.argv[1]); from media.child import blur; blur(*sys.argv[2:])"


class NoDetector(Exception):
    """Nothing is wrong with the picture: nobody can look for faces here."""


async def blur(path: Path, out: Path, *, timeout: float = 120, memory: int = MEMORY) -> int | None:  # noqa: ASYNC109
    """How many faces are blurred in the copy at `out`; None: none could be made, what lies there is of no use.

    `path`: a clean copy. Within `timeout` seconds and `memory` bytes. Raises NoDetector, or OSError where no process
    can be started.
    """
    said = await confined(_START, path, out, timeout, memory)
    if said == b"null\n":
        raise NoDetector
    if isinstance(said, bytes) and said.strip().isdigit():
        return int(json.loads(said))
    _log.warning("media.not_blurred", trouble=said if isinstance(said, str) else "broken")
    return None
