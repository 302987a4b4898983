"""Looks at a file in a process of its own, so that the worst a hostile file can do is to end that process."""

import asyncio
import json
import math
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import structlog

from core.media import TROUBLES, Looked, Trouble, inside_of
from core.mime import UNKNOWN, sniff
from media.folder import forget

_log = structlog.get_logger()

MEMORY = 600 << 20  # bytes of address space
_LAST_WORDS = 5  # seconds; a process that was killed leaves at once
_HOUSE = Path(__file__).parents[1]
_START = "import sys; sys.path.insert(0, sys.argv[1]); from media.child import main; main(*sys.argv[2:])"
_ENVIRONMENT = {"OPENBLAS_NUM_THREADS": "1"}  # numpy else sets memory aside for every core
_TOO_MUCH = {-getattr(signal, name) for name in ("SIGKILL", "SIGXCPU", "SIGXFSZ", "SIGABRT") if hasattr(signal, name)}
_TYPES: dict[str, tuple[type, ...]] = {  # what a child may say of itself; it may be in the hands of the file
    "mime": (str,),
    "width": (int,),
    "height": (int,),
    "pages": (int, type(None)),
    "seconds": (int, float, type(None)),
    "phash": (str,),
    "located": (bool,),
    "taken_at": (datetime, type(None)),
    "trouble": (str,),
    "clean": (bool,),
    "thumb": (bool,),
    "inside": (dict, type(None)),
}
_MOST_SAID = 1 << 20  # bytes of a line


async def examine(path: Path, out: Path, *, timeout: float = 60, memory: int = MEMORY) -> Looked:  # noqa: ASYNC109
    """What `media.look.look` finds, within `timeout` seconds and `memory` bytes; never an exception.

    A look that took too much is a "bomb", one that fell over "broken"; then no copy lies in `out`.
    """
    try:
        looked = await _look(path, out, timeout, memory)
    except OSError as error:
        _log.warning("media.not_started", error=type(error).__name__)
        looked = "broken"
    if isinstance(looked, Looked):
        return looked
    _log.warning("media.failed", trouble=looked)
    return await asyncio.to_thread(_given_up, path, out, looked)


async def _look(path: Path, out: Path, patience: float, memory: int) -> Looked | Trouble:
    """Raises OSError where no process can be started."""
    said = await confined(_START, path, out, patience, memory)
    return said if isinstance(said, str) else _heard(said) or "broken"


async def confined(start: str, path: Path, out: Path, patience: float, memory: int, *more: str) -> bytes | Trouble:
    """The line that a child says of the file at `path`, within these limits; it ends before this does.

    `start`: its Python, as `_START`; `more` it is told besides. Raises OSError where no process can be started.
    """
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-I", "-c", start, str(_HOUSE)),
        *(str(path), str(out), str(math.ceil(patience)), str(memory), *more),
        stdin=DEVNULL,
        stdout=PIPE,
        stderr=DEVNULL,
        limit=_MOST_SAID,
        env=None if sys.platform == "win32" else _ENVIRONMENT,  # no settings, no tokens; Windows needs its own
        start_new_session=sys.platform != "win32",  # so that what it started ends with it
    )
    try:
        async with asyncio.timeout(patience):
            return await _answer(child)
    except TimeoutError:
        return "bomb"
    finally:
        await _end(child)


async def _end(child: Process) -> None:
    """Also of one that fills its pipe: asyncio sees the end of a process only once its pipe is read empty."""
    with suppress(ProcessLookupError, PermissionError):
        if sys.platform != "win32":
            os.killpg(child.pid, signal.SIGKILL)
        elif child.returncode is None:
            child.kill()
    if child.returncode is None:
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS):
                await child.communicate()


async def _answer(child: Process) -> bytes | Trouble:
    assert child.stdout is not None
    try:
        line = await child.stdout.readline()
    except ValueError:  # longer than any answer
        return "broken"
    code = await child.wait()
    if code in _TOO_MUCH:
        return "bomb"
    return line if code == 0 else "broken"


def _heard(line: bytes) -> Looked | None:
    """None for what no look says."""
    try:
        said = json.loads(line)
        said["taken_at"] = said["taken_at"] and datetime.fromisoformat(said["taken_at"])
        fits = said.keys() == _TYPES.keys() and all(type(said[name]) in _TYPES[name] for name in _TYPES)
        said["inside"] = said["inside"] and inside_of(said["inside"])
        return Looked(**said) if fits and said["trouble"] in TROUBLES else None
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def _given_up(path: Path, out: Path, trouble: Trouble) -> Looked:
    mime = UNKNOWN
    with suppress(OSError):
        forget(out)
        with path.open("rb") as file:
            mime = sniff(file)
    return Looked(mime, trouble=trouble)
