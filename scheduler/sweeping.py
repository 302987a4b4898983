"""Removes bytes that no row names: of what was deleted, and of what a crash has left; never what is just arriving."""

import asyncio
from datetime import timedelta

from core.clock import Clock
from records import files, unwanted
from records.files import FileStore
from records.home import Unreachable
from records.session import Begin

ARRIVING = timedelta(hours=1)  # within it, a row names what has come; a look may take long
FORGOTTEN = timedelta(hours=48)  # an upload page lives for 24
LEAVING = timedelta(hours=3)  # from a home elsewhere: what comes back may be on its way there for two
_AT_ONCE = 500  # asked of the database
_MARKED = 50  # removed from a home within a third of their lease


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
    """The home has no clock of ours: there goes what was deleted, once nothing can be on its way to name it again.

    What cannot be removed is marked no longer, but where the request may still be under way: that waits for the lease.
    """
    while True:
        marked_at, gone, doubtful = clock(), list[str](), ""
        async with begin() as session:
            some = await unwanted.mark(session, marked_at - LEAVING, marked_at, _MARKED)
        try:
            for sha256 in some:
                if clock() > marked_at + unwanted.LEASE / 3:
                    break
                doubtful = sha256
                await asyncio.to_thread(store.delete, sha256)
                gone.append(sha256)
        except Unreachable as error:
            doubtful = doubtful if error.reason == "trouble" else ""
            raise
        finally:
            async with begin() as session:
                await unwanted.forget(session, gone, marked_at)
                await unwanted.leave(session, set(some) - {*gone, doubtful}, marked_at)
        if len(some) < _MARKED:
            return
