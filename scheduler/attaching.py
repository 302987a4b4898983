"""The files of a message, brought to hand before it is sent."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta

import structlog

from core.message import FileOut, StoredFile
from core.texts import storage as texts
from records.outbox import Claimed

_log = structlog.get_logger()

FILES_TIMEOUT = timedelta(seconds=45)  # until they are at hand

Attach = Callable[[StoredFile], Awaitable[FileOut]]


async def with_files(claimed: Claimed, attach: Attach, longest: int) -> Claimed:
    """With its files; one that cannot be had holds up nobody: the words say that it is missing."""
    message = claimed.message
    found = await asyncio.gather(*(_in_time(attach(file)) for file in claimed.stored))
    files = tuple(one for one in found if isinstance(one, FileOut))
    missing = [(file.name, one) for file, one in zip(claimed.stored, found, strict=True) if isinstance(one, OSError)]
    if missing:
        _log.warning("deliver.without_files", outbox=claimed.id, missing=len(missing))
        gone = [name for name, error in missing if isinstance(error, FileNotFoundError)]
        later = [name for name, error in missing if not isinstance(error, FileNotFoundError)]
        text = f"{message.text}\n\n{texts.without(gone, later)}"
        message = replace(message, text=text if len(text) <= longest else message.text)
    return replace(claimed, message=replace(message, files=files))


async def _in_time(attaching: Awaitable[FileOut]) -> FileOut | OSError:
    """Why not, where it is gone, out of reach or too slow, or the disk is full."""
    try:
        async with asyncio.timeout(FILES_TIMEOUT.total_seconds()):
            return await attaching
    except OSError as error:
        return error
