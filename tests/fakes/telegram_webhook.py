"""Updates delivered to the bot's own address: in order within a lane, lanes side by side, again until accepted."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable

import aiohttp

from core.clock import Clock
from tests.fakes.telegram_params import Json
from tests.fakes.telegram_updates import Updates, Waiting

ANSWER_WITHIN = 60.0  # seconds
LONGEST_OBEYED = 3600.0  # seconds of a Retry-After
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
Sleep = Callable[[float], Awaitable[None]]
Answered = Callable[[Json], Awaitable[object]]


class Webhook:
    """Delivery to one address.

    `lose_answers`: so many 2xx answers get lost, and the update comes again. `attempts`: so many failures, and its lane
    rests until the webhook is set again (0: as the service does, until the update is too old).
    """

    def __init__(self, updates: Updates, clock: Clock, sleep: Sleep, answered: Answered) -> None:
        self.url = ""
        self.secret = ""
        self.connections = 40
        self.lose_answers = 0
        self.attempts = 0
        self._updates = updates
        self._clock = clock
        self._sleep = sleep
        self._answered = answered
        self._lanes: dict[str, deque[Waiting]] = {}
        self._work: set[asyncio.Task[None]] = set()
        self._slots = asyncio.Semaphore(self.connections)
        self._client: aiohttp.ClientSession | None = None
        self._turn = asyncio.Lock()
        self._last_error: Json = {}

    async def set(self, url: str, secret: str = "", connections: int = 40) -> None:
        """Deliver to `url` from now on, what waits first; an empty one stops delivery."""
        async with self._turn:  # a caller that gave up waiting may ask again meanwhile
            await self.close()
            self.url, self.secret, self.connections = url, secret, connections
            self._slots = asyncio.Semaphore(connections)
            self._updates.listener = self._push if url else None
            if url:
                self._client = aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN))
                for update in list(self._updates.alive()):
                    self._push(update)

    async def close(self) -> None:
        """Stop delivering; nothing is forgotten."""
        client, self._client = self._client, None
        for task in self._work:
            task.cancel()
        try:
            await asyncio.gather(*self._work, return_exceptions=True)
            self._work.clear()
            self._lanes.clear()
        finally:  # also where the caller gives up meanwhile
            if client is not None:
                await client.close()

    async def idle(self) -> None:
        """Return when every lane is worked off or rests."""
        await asyncio.gather(*self._work)

    def info(self) -> Json:
        """getWebhookInfo."""
        told: Json = {
            "url": self.url,
            "has_custom_certificate": False,
            "pending_update_count": len(self._updates.alive()),
        }
        if self.url:
            told |= {"max_connections": self.connections} | self._last_error
        return told

    def _push(self, update: Waiting) -> None:
        """Put it at the end of its lane; a lane that was empty gets somebody to work it off."""
        lane = self._lanes.get(update.lane)
        if lane is not None:
            lane.append(update)
            return
        self._lanes[update.lane] = deque([update])
        task = asyncio.get_running_loop().create_task(self._work_off(update.lane))
        self._work.add(task)
        task.add_done_callback(self._work.discard)

    async def _work_off(self, name: str) -> None:
        lane = self._lanes[name]
        while lane and await self._deliver(lane[0]):
            self._updates.forget(lane.popleft())
        if not lane:
            del self._lanes[name]

    async def _deliver(self, update: Waiting) -> bool:
        """Until accepted or too old; False: no more attempts."""
        failures = 0
        while self._clock() < update.dies:
            async with self._slots:
                asked = await self._post(update)
            if asked is None:
                return True
            failures += 1
            if failures == self.attempts:
                return False
            await self._sleep(asked or _pause(failures))
        return True

    async def _post(self, update: Waiting) -> float | None:
        """None: accepted. Else how many seconds the other side asked to wait, 0 where it did not."""
        assert self._client is not None
        headers = {"Content-Type": "application/json"} | ({SECRET_HEADER: self.secret} if self.secret else {})
        body = json.dumps(update.body).encode()
        try:
            async with self._client.post(self.url, data=body, headers=headers, allow_redirects=False) as answer:
                text = await answer.text()
                status, wait = answer.status, answer.headers.get("Retry-After", "")
        except (aiohttp.ClientError, TimeoutError) as error:
            return self._failed(f"Connection failed: {type(error).__name__}")
        if not 200 <= status <= 299:
            self._failed(f"Wrong response from the webhook: {status}")
            return min(float(wait), LONGEST_OBEYED) if wait.isdigit() else 0.0
        if self.lose_answers:
            self.lose_answers -= 1
            return self._failed("Read timeout expired")
        await self._answer(text)
        return None

    async def _answer(self, text: str) -> None:
        """The body of a 2xx may carry one call, whose outcome nobody is told."""
        try:
            call = json.loads(text)
        except ValueError:
            return
        if isinstance(call, dict) and "method" in call:
            await self._answered(call)

    def _failed(self, why: str) -> float:
        self._last_error = {"last_error_date": int(self._clock().timestamp()), "last_error_message": why}
        return 0.0


def _pause(failures: int) -> float:
    """At once, then 2, 4, 8 … up to 60 seconds."""
    return 0.0 if failures == 1 else min(2.0 ** (failures - 1), 60.0)
