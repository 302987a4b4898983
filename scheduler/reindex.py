"""Units and documents -> a new index on the shelf, whenever they changed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from core.people import UnitTree
from core.work import Shelved
from evidence.shelf import on_shelf
from knowledge.index import Index
from knowledge.shelf import Shelf
from knowledge.workdays import Workdays
from records.documents import revision
from records.session import Begin
from records.units import all_units

_log = structlog.get_logger()

EVERY = 5.0  # seconds between two looks; another process may have changed something


async def reindex(begin: Begin, shelf: Shelf) -> bool:
    """Build a new index where the shelf's is out of date; whether it was. Questions go on meanwhile."""
    async with begin() as session:
        number = await revision(session)
        if number == shelf.revision:
            return False
        units = await all_units(session)
        documents = await on_shelf(session)
    shelf.put(await asyncio.to_thread(_built, documents, UnitTree.of(units), shelf.workdays), number)
    _log.info("index.built", revision=number, units=len(units), documents=len(documents))
    return True


def _built(documents: Sequence[Shelved], tree: UnitTree, workdays: Workdays) -> Index:
    """With the names folded: who asks for one first does not wait for that."""
    index = Index.of(documents, tree, workdays)
    index.called.prepare()
    return index


async def keep_fresh(
    begin: Begin,
    shelf: Shelf,
    calendar: Callable[[], Workdays | None] = lambda: None,
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Look again and again, until cancelled; a database out of reach leaves the old index in use.

    `calendar`: one by which deadlines are counted from now on, None: as before.
    """
    while True:
        await sleep(EVERY)
        try:
            if workdays := await asyncio.to_thread(calendar):
                shelf.count_by(workdays)
            await reindex(begin, shelf)
        except Exception:
            _log.exception("index.failed")
