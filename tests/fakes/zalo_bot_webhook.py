"""Events delivered to the bot's own address: once, unless told otherwise; probed when it is set."""

import asyncio
import ipaddress
import json
from collections import Counter
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from core.clock import Clock
from tests.fakes.telegram_params import ApiError, Json, Params, bad
from tests.fakes.zalo_bot_world import World

SECRET_HEADER = "X-Bot-Api-Secret-Token"
AGENT = "Java/17.0.2"
HINTS = {"webhook.ok": "OK", "webhook.http.403": "Forbidden: check the firewall"}


@dataclass(slots=True)
class Attempt:
    """One delivery as it ended; `status` 0: no answer."""

    event: Json
    status: int


class Webhook:
    """Delivery to one address, one event after the other.

    `retries`: further attempts after a failure. `times`: how often each event is delivered. `reorder`: events wait
    until `settle`, and the last comes first.
    """

    def __init__(self, world: World, clock: Clock) -> None:
        self.url = ""
        self.secret = ""
        self.updated_at = 0
        self.timeout = 5.0  # seconds
        self.retries = 0
        self.times = 1
        self.reorder = False
        self.attempts: list[Attempt] = []
        self._world = world
        self._clock = clock
        self._used: Counter[tuple[str, str]] = Counter()  # by what and day
        self._held: list[Json] = []
        self._last: asyncio.Task[None] | None = None

    async def set(self, params: Params) -> Json:
        """Saved even where the probe fails. Raises ApiError."""
        url, secret = str(params.get("url", "")), str(params.get("secret_token", ""))
        parts, own = urlsplit(url), self._world.switches.loopback_webhooks
        if parts.scheme != "https" and not (own and url.startswith("http://127.0.0.1:")):
            raise bad("url must be https")
        if not 8 <= len(secret) <= 256:
            raise bad("secret_token must have 8 to 256 characters")
        self._use("changes", self._world.switches.webhook_changes)
        self.url, self.secret, self.updated_at = url, secret, self._world.now()
        return {"url": url, "updated_at": self.updated_at, "verification": await self._probe()}

    async def delete(self) -> Json:
        await self.settle()
        self.url, self.updated_at = "", self._world.now()
        return {"url": "", "updated_at": self.updated_at}

    def info(self) -> Json:
        if not self.url:
            raise ApiError(404, "Not Found")
        return {"url": self.url, "updated_at": self.updated_at}

    async def test(self) -> Json:
        self.info()
        self._use("tests", self._world.switches.webhook_tests)
        return await self._probe()

    def push(self, event: Json) -> None:
        """Deliver it when those before it are done."""
        if self.reorder:
            self._held.append(event)
            return
        before = self._last
        self._last = asyncio.get_running_loop().create_task(self._deliver(event, before))

    async def settle(self) -> None:
        """Return when everything was delivered, what was held back too, last first."""
        held, self._held = self._held[::-1], []
        reorder, self.reorder = self.reorder, False
        for event in held:
            self.push(event)
        self.reorder = reorder
        if self._last is not None:
            await self._last

    async def close(self) -> None:
        """Drop what is under way."""
        if self._last is not None:
            self._last.cancel()
            await asyncio.gather(self._last, return_exceptions=True)
            self._last = None

    async def _deliver(self, event: Json, before: "asyncio.Task[None] | None") -> None:
        if before is not None:
            await asyncio.wait([before])
        body: Json = {"ok": True, "result": event} if self._world.switches.wrapped else event
        raw = json.dumps(body, ensure_ascii=False).encode()
        for _ in range(self.times):
            for _ in range(1 + self.retries):
                status = await self._post(raw, {SECRET_HEADER: self.secret, "Content-Type": "application/json"})
                self.attempts.append(Attempt(event, status if isinstance(status, int) else 0))
                if isinstance(status, int) and 200 <= status < 300:
                    break

    async def _probe(self) -> Json:
        """Without a body, a content type or the secret."""
        host = urlsplit(self.url).hostname or ""
        blocked = _is_private(host) and not self._world.switches.loopback_webhooks
        answer = "err.blocked" if blocked else await self._post(b"", {})
        outcome = f"webhook.{_outcome(answer) if isinstance(answer, int) else answer}"
        told: dict[str, Any] = {"ok": outcome == "webhook.ok", "url": self.url, "outcome": outcome}
        told["hint"] = HINTS.get(outcome, "Check that the address can be reached")
        return told | ({"status_code": answer, "latency_ms": 180} if isinstance(answer, int) else {})

    async def _post(self, body: bytes, headers: dict[str, str]) -> int | str:
        """The status, or the outcome of a call without one."""
        wait = aiohttp.ClientTimeout(total=self.timeout)
        headers = headers | {"User-Agent": AGENT}
        skip = {"Content-Type"} if "Content-Type" not in headers else set()
        try:
            async with (
                aiohttp.ClientSession(timeout=wait, skip_auto_headers=skip) as http,
                http.post(self.url, data=body, headers=headers, allow_redirects=False) as answer,
            ):
                return answer.status
        except TimeoutError:
            return "err.timeout"
        except aiohttp.ClientSSLError:
            return "err.tls"
        except aiohttp.ClientConnectorDNSError:
            return "err.dns"
        except aiohttp.ClientError:
            return "err.conn"

    def _use(self, what: str, most: int) -> None:
        day = (what, f"{self._clock():%Y-%m-%d}")
        if self._used[day] >= most:
            raise ApiError(426, f"Daily limit of webhook {what} reached")
        self._used[day] += 1


def _outcome(status: int) -> str:
    if 200 <= status < 300:
        return "ok"
    if status in (403, 404):
        return f"http.{status}"
    return "http.5xx" if status >= 500 else "http.other"


def _is_private(host: str) -> bool:
    try:
        return not ipaddress.ip_address(host).is_global
    except ValueError:
        return host == "localhost" or host.endswith(".local")
