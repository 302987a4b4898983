"""Events delivered to the app's own address: signed over the bytes, retried along a ladder, then never again."""

import asyncio
import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import aiohttp

from core.clock import Clock
from tests.fakes.telegram_params import Json
from tests.fakes.zalo_oa_world import APP_ID

LADDER = (30, 300, 900, 1800, 3600)  # seconds
ANSWER_WITHIN = 2.0  # seconds
HEADER_AHEAD = timedelta(milliseconds=250)


@dataclass(frozen=True, slots=True)
class Attempt:
    """One delivery as it ended; `status` 0: no answer in time."""

    event: Json
    status: int
    num_retry: str = ""


class Webhook:
    """Delivery to one address, events side by side; `secret_key` is the OA's, not the app's.

    `times`: how often each event is delivered. `reorder`: events wait until `settle`, and the last comes first.
    `mac`: how the signature is written. `own_timestamp`: the header has its own, and that one is signed.
    `any_status`: whatever is not 200 is a failure; else only a connection that fails.
    """

    def __init__(self, secret_key: str, clock: Clock, sleep: Callable[[float], Awaitable[None]]) -> None:
        self.url = ""
        self.subscribed = False
        self.secret_key = secret_key
        self.within = ANSWER_WITHIN
        self.times = 1
        self.reorder = False
        self.mac = "mac={}"
        self.own_timestamp = False
        self.any_status = True
        self.attempts: list[Attempt] = []
        self._clock = clock
        self._sleep = sleep
        self._held: list[Json] = []
        self._work: set[asyncio.Task[None]] = set()

    async def save(self, url: str, probe: bytes = b"{}") -> bool:
        """As the developer's console does it: an unsigned probe first, which must get a 200."""
        status = await self._post(url, probe, {"Content-Type": "application/json"})
        if status == 200:
            self.url, self.subscribed = url, True
        return status == 200

    def push(self, event: Json) -> None:
        """Deliver it, unless nobody wants events any more."""
        if not self.subscribed:
            return
        if self.reorder:
            self._held.append(event)
            return
        for _ in range(self.times):
            task = asyncio.get_running_loop().create_task(self._deliver(event))
            self._work.add(task)
            task.add_done_callback(self._work.discard)

    async def settle(self) -> None:
        """Return when everything was delivered or given up; what was held back goes out last first."""
        reorder, self.reorder = self.reorder, False
        held, self._held = self._held[::-1], []
        for event in held:
            self.push(event)
            await asyncio.gather(*self._work)
        self.reorder = reorder
        while self._work:
            await asyncio.gather(*self._work)

    async def close(self) -> None:
        """Drop what is under way."""
        for task in self._work:
            task.cancel()
        await asyncio.gather(*self._work, return_exceptions=True)

    def signed(self, event: Json) -> tuple[bytes, dict[str, str]]:
        """The body and the headers, as they go over the wire."""
        body, timestamp, headers = written(event), str(event.get("timestamp", "")), {}
        if self.own_timestamp:
            timestamp = str(int((self._clock() + HEADER_AHEAD).timestamp() * 1000))
            headers["X-ZEvent-Timestamp"] = timestamp
        if "tracking_id" in event.get("message", {}):
            headers["X-ZEvent-Server"] = "ZNS"
        summed = hashlib.sha256(APP_ID.encode() + body + timestamp.encode() + self.secret_key.encode()).hexdigest()
        headers["X-ZEvent-Signature"] = self.mac.format(summed)
        return body, headers | {"Content-Type": "application/json"}

    async def _deliver(self, event: Json) -> None:
        body, headers = self.signed(event)
        for number, pause in enumerate((0, *LADDER)):
            if pause:
                await self._sleep(pause)
            again = {"num_retry": str(number)} if number else {}
            status = await self._post(self.url, body, headers | again)
            self.attempts.append(Attempt(event, status, str(number or "")))
            if status == 200 or (status and not self.any_status):
                return
        self.subscribed = False  # somebody has to switch it on again by hand

    async def _post(self, url: str, body: bytes, headers: dict[str, str]) -> int:
        """The status; 0 where none came within the deadline."""
        wait = aiohttp.ClientTimeout(total=self.within)
        try:
            async with (
                aiohttp.ClientSession(timeout=wait) as http,
                http.post(url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                return answer.status
        except (aiohttp.ClientError, TimeoutError):
            return 0


def written(event: Json) -> bytes:
    """As no JSON library of ours would write it again: keys backwards, odd spaces, slashes escaped."""
    text = json.dumps(dict(reversed(event.items())), ensure_ascii=False, separators=(" ,", ":  "))
    return b" " + text.replace("/", "\\/").encode() + b"\n"
