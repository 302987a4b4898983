"""Knowing when no transaction is open: a worker that is cancelled in the midst of one leaves the database locked."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

from records.session import Begin, Session


class Transactions:
    """A `Begin` that counts: call it as `async with transactions() as session`."""

    def __init__(self, begin: Begin) -> None:
        self._begin = begin
        self._open = 0
        self._none_open = asyncio.Event()
        self._none_open.set()
        self._closed = False

    @asynccontextmanager
    async def __call__(self) -> AsyncIterator[Session]:
        if self._closed:
            await asyncio.Event().wait()  # until cancelled
        self._open += 1
        self._none_open.clear()
        try:
            async with self._begin() as session:
                yield session
        finally:
            self._open -= 1
            if not self._open:
                self._none_open.set()

    def close(self) -> None:
        """Let no transaction begin any more: who tries waits until it is cancelled."""
        self._closed = True

    async def idle(self, within: timedelta) -> None:
        """Return at an instant when none is open, or after this long; do not await between it and a cancel."""
        with suppress(TimeoutError):
            async with asyncio.timeout(within.total_seconds()):
                while self._open:
                    await self._none_open.wait()
