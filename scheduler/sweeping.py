"""Removes bytes that no row names: of what was deleted, and of what a crash has left; never what is just arriving."""

import asyncio
from datetime import timedelta

from core.clock import Clock
from records import files
from records.files import FileStore
from records.session import Begin

ARRIVING = timedelta(hours=1)  # within it, a row names what has come; a look may take long
FORGOTTEN = timedelta(hours=48)  # an upload page lives for 24
_AT_ONCE = 500  # asked of the database


async def sweep(begin: Begin, store: FileStore, clock: Clock) -> int:
    """How many are gone from here. What is named again between the question and the deed was put there anew, and stays.

    Raises Unreachable where the bytes have a home elsewhere that cannot be used; the rest waits.
    """
    gone = 0
    found = await asyncio.to_thread(store.untouched, ARRIVING)
    for begin_at in range(0, len(found), _AT_ONCE):
        some = found[begin_at : begin_at + _AT_ONCE]
        async with begin() as session:
            named = await files.named(session, some)
        for sha256 in set(some) - named:
            gone += await asyncio.to_thread(store.delete_untouched, sha256, ARRIVING)
    await asyncio.to_thread(store.drop_forgotten, FORGOTTEN)
    if store.home:
        await _sweep_home(begin, store, clock)
    return gone


async def _sweep_home(begin: Begin, store: FileStore, clock: Clock) -> None:
    """The home has no clock of ours: there goes what was deleted, once nothing can be on its way to name it again."""
    while True:
        async with begin() as session:
            some = await files.unwanted(session, clock() - ARRIVING, _AT_ONCE)
        if not some:
            return
        for sha256 in some:
            await asyncio.to_thread(store.delete, sha256)
        async with begin() as session:
            await files.forget(session, some)
