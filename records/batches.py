"""Many small writes, one transaction: who comes while one is being committed shares the next."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

from records.session import Begin, Session

Item = TypeVar("Item")
_MOST = 200  # items of one transaction


class Batch(Generic[Item]):
    """`add` returns once its items are committed. `write` gets the items of everybody who waits, in order.

    Where a batch fails, each of its members is tried alone, so that nobody pays for another's fault.
    """

    def __init__(self, begin: Begin, write: Callable[[Session, Sequence[Item]], Awaitable[None]]) -> None:
        self._begin = begin
        self._write = write
        self._waiting: list[tuple[Sequence[Item], asyncio.Future[None]]] = []
        self._turn = asyncio.Lock()

    async def add(self, items: Sequence[Item]) -> None:
        """Raises what the database raises for these items."""
        done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((items, done))
        async with self._turn:
            if not done.done():
                await asyncio.shield(asyncio.ensure_future(self._commit()))
        await done

    async def _commit(self) -> None:
        members, self._waiting = self._waiting[:_MOST], self._waiting[_MOST:]
        try:
            await self._transact([item for items, _ in members for item in items])
        except Exception:
            for items, done in members:
                await self._alone(items, done)
            return
        for _, done in members:
            if not done.done():
                done.set_result(None)

    async def _alone(self, items: Sequence[Item], done: "asyncio.Future[None]") -> None:
        try:
            await self._transact(items)
        except Exception as error:
            if not done.done():
                done.set_exception(error)
        else:
            if not done.done():
                done.set_result(None)

    async def _transact(self, items: Sequence[Item]) -> None:
        async with self._begin() as session:
            await self._write(session, items)
