"""Removes bytes that no row names: of what was deleted, and of what a crash has left; never what is just arriving."""

import asyncio
from datetime import timedelta

from records import files
from records.files import FileStore
from records.session import Begin

ARRIVING = timedelta(hours=1)  # within it, a row names what has come; a look may take long
FORGOTTEN = timedelta(hours=48)  # an upload page lives for 24
_AT_ONCE = 500  # asked of the database


async def sweep(begin: Begin, store: FileStore) -> int:
    """How many are gone. What is named again between the question and the deed was put there anew, and stays."""
    gone = 0
    found = await asyncio.to_thread(store.untouched, ARRIVING)
    for begin_at in range(0, len(found), _AT_ONCE):
        some = found[begin_at : begin_at + _AT_ONCE]
        async with begin() as session:
            named = await files.named(session, some)
        for sha256 in set(some) - named:
            gone += await asyncio.to_thread(store.delete_untouched, sha256, ARRIVING)
    await asyncio.to_thread(store.drop_forgotten, FORGOTTEN)
    return gone
