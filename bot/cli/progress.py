"""A progress bar on a terminal, for what takes longer than two seconds."""

import sys
import time
from collections.abc import Iterator, Sequence
from typing import TextIO, TypeVar

from core.texts import commands as texts

AFTER = 2.0  # seconds
WIDTH = 30  # characters
_EVERY = 0.1  # seconds

T = TypeVar("T")


def shown(items: Sequence[T], stream: TextIO = sys.stderr) -> Iterator[T]:
    """The items one by one; how many are done is drawn on `stream` where that is a terminal."""
    if not stream.isatty():
        yield from items
        return
    started = time.monotonic()
    drawn = 0.0
    for done, item in enumerate(items):
        now = time.monotonic()
        if now - started > AFTER and now - drawn > _EVERY:
            stream.write(f"\r{bar(done, len(items))}")
            stream.flush()
            drawn = now
        yield item
    if drawn:
        stream.write("\r" + " " * len(bar(len(items), len(items))) + "\r")
        stream.flush()


def bar(done: int, total: int) -> str:
    """[#####.....] 5/10"""
    filled = WIDTH * done // max(total, 1)
    return f"[{'#' * filled}{'.' * (WIDTH - filled)}] {done}/{total} {texts.PROGRESS}"
