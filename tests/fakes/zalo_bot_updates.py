"""Events waiting for the bot, and the long poll that fetches them one by one."""

import asyncio
from collections import deque
from contextlib import suppress

from tests.fakes.telegram_params import ApiError, Json

NO_NEWS = "Request timeout"
WEBHOOK_SET = "You cannot use this API while a webhook is set. Please remove the webhook first"


class Updates:
    """The queue of one bot. `replay`: what was served comes back with every poll, at once; else it is gone."""

    def __init__(self) -> None:
        self.replay = False
        self.waiting: deque[Json] = deque()
        self.polled = asyncio.Event()  # set while a poll is under way
        self._served: deque[Json] = deque()
        self._polls: list[asyncio.Event] = []  # under way, each woken by news
        self._closed = ""

    def add(self, event: Json) -> None:
        """Queue an event; one of the polls under way gets it."""
        self.waiting.append(event)
        self._wake()

    def open(self) -> None:
        """Polls may wait."""
        self._closed = ""

    def close(self, why: str) -> None:
        """Refuse polls until `open`, those under way too."""
        self._closed = why
        self._wake()

    async def poll(self, seconds: float) -> Json:
        """The next event, as soon as there is one; after `seconds`, real ones, 408."""
        woken = asyncio.Event()
        self._polls.append(woken)
        self.polled.set()
        try:
            with suppress(TimeoutError):
                async with asyncio.timeout(seconds):
                    while (found := self._next()) is None:
                        woken.clear()
                        await woken.wait()
                    return found
            raise ApiError(408, NO_NEWS)
        finally:
            self._polls.remove(woken)
            if not self._polls:
                self.polled.clear()

    def _wake(self) -> None:
        for woken in self._polls:
            woken.set()

    def _next(self) -> Json | None:
        if self._closed:
            raise ApiError(400, self._closed)
        if self.waiting:
            event = self.waiting.popleft()
        elif self.replay and self._served:
            event = self._served.popleft()
        else:
            return None
        self._served.append(event)
        return event
