"""Bringing bytes into the store while others may be removing the same ones from it."""

import asyncio
from pathlib import Path

from core.clock import Clock
from records import unwanted
from records.files import FileStore, Kept
from records.session import Begin


async def keep(
    begin: Begin, store: FileStore, clock: Clock, coming: Path, *, size: int = 0, md5: str = "", sha256: str = ""
) -> Kept:
    """`FileStore.keep`; what is on its way out of a home elsewhere is called back before, or waited for.

    A row is to name the bytes within hours: then they would be unwanted again. Raises what `FileStore.keep` raises.
    """
    if store.home:
        sum_ = sha256 or (await asyncio.to_thread(store.weigh, coming, md5)).sha256
        async with begin() as session:
            await unwanted.call_back(session, sum_, clock())
        sha256 = sum_
    return await asyncio.to_thread(store.keep, coming, size=size, md5=md5, sha256=sha256)
