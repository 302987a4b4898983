"""A local Zalo Official Account: real HTTP on loopback, scripted people, faults on demand.

    async with ZaloOAServer(clock) as server:
        lan = server.person("Lan")
        lan.follows()
        lan.says("tháng này nộp gì?")
        ...                                  # the bot, told of `server.url`, `server.business_url` and a token
        assert "Nhắc Việc: Chào cô" in server.transcript(lan)

Behaves as documented and observed; where sources disagree, `server.world.switches` and `server.webhook` say which is
true today. Leaving the context fails where a picture was sent whose address does not last. Left out: lists of
followers, histories, tags, articles.
"""

import asyncio
import hashlib
import json
from collections import Counter
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, Self

from aiohttp import web

from core.clock import Clock
from tests.fakes.telegram_params import ApiError, Json, read_params
from tests.fakes.zalo_bot_faults import Fault, Faults
from tests.fakes.zalo_cdn import Cdn
from tests.fakes.zalo_oa_groups import Groups
from tests.fakes.zalo_oa_methods import Method, Methods
from tests.fakes.zalo_oa_people import Group, Person, transcript
from tests.fakes.zalo_oa_templates import Templates
from tests.fakes.zalo_oa_webhook import Webhook
from tests.fakes.zalo_oa_world import OwnedGroup, Template, World

SECRET_KEY = "khoa-bi-mat-cua-oa"


class Grants(Protocol):
    """Who issues tokens; `tests.fakes.zalo_oa_oauth.OAuth` does it as Zalo does."""

    def routes(self) -> list[web.RouteDef]: ...

    def is_valid(self, access_token: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came; `code` is the answer's `error`, None: the bot got no answer."""

    path: str
    params: Json
    token: str
    code: int | None
    at: datetime


class ZaloOAServer:
    """Runs between `start` and `stop`, or as a context. `sleep` passes the time between attempts and of delays."""

    def __init__(
        self,
        clock: Clock,
        grants: Grants,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.grants = grants
        self.cdn = Cdn(clock)
        self.world = World(clock, self.cdn)
        self.webhook = Webhook(SECRET_KEY, clock, sleep)
        self.world.emit = self.webhook.push
        self.calls: list[Call] = []
        self.faults = Faults()
        self.failures: list[str] = []  # pictures whose addresses did not last
        self._sleep = sleep
        parts = (Methods(self.world, self.failures), Groups(self.world, self.failures), Templates(self.world))
        self._methods: dict[str, Method] = {path: call for part in parts for path, call in part.by_path().items()}
        self._a_minute: Counter[str] = Counter()
        self._stopping = asyncio.Event()
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def business_url(self) -> str:
        return f"{self.url}/business"

    async def start(self) -> None:
        """Listen on a free port of loopback; the same one when started again."""
        self._stopping.clear()
        app = web.Application(client_max_size=64 * 1024**2)
        app.router.add_routes(self.grants.routes())
        app.router.add_get("/cdn/{name}", self.cdn.handle)
        app.router.add_route("*", "/{rest:.*}", self._handle)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", self._port).start()
        self._port = self._runner.addresses[0][1]
        self.cdn.base = self.url

    async def stop(self) -> None:
        """End what waits and stop listening; nothing is forgotten."""
        self._stopping.set()
        await self.webhook.close()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        await self.stop()
        if kind is None and self.failures:
            raise AssertionError(self.failures)

    def person(self, name: str) -> Person:
        """Somebody who never had to do with the account."""
        return Person(self.world, self.world.new_user(name))

    def group(self, name: str, *members: Person) -> Group:
        """A group that the account has made, the first member its administrator."""
        group = OwnedGroup(self.world.new_id(), name, "gmf-asset-of-the-test")
        group.members = [member.id for member in members]
        group.admins = group.members[:1]
        self.world.groups[group.id] = group
        return Group(self.world, group)

    def template(self, id: str, **longest: int) -> Template:
        """An approved template with its parameters."""
        self.world.templates[id] = Template(id, longest)
        return self.world.templates[id]

    def fail(self, fault: Fault) -> None:
        """Let this happen to calls that come; `Fault.method` is a path."""
        self.faults.waiting.append(fault)

    def transcript(self, where: Person | Group) -> list[str]:
        """What a person sees in that chat."""
        return transcript(where)

    def asked(self, path: str) -> list[Call]:
        """The calls of one path, oldest first."""
        return [call for call in self.calls if call.path == path]

    async def _handle(self, request: web.Request) -> web.Response:
        """200 whatever becomes of it, but for paths that are not there."""
        params: Json = {}
        token = request.headers.get("access_token", "")
        method = self._methods.get(request.path)
        if method is None:
            return web.Response(status=404, text="404 page not found")
        try:
            params = await _params(request)
            self._count(token)
            answer, code = await self._answer(request.path, method, params), 0
        except ApiError as error:
            answer, code = self._json({"error": error.code, "message": error.text}), error.code
        except _NoAnswer as lost:
            self._log(request.path, params, token, None)
            return await self._lose(request, lost.silent)
        self._log(request.path, params, token, code)
        return answer

    async def _answer(self, path: str, method: Method, params: Json) -> web.Response:
        """The call's result, or what a fault makes of it."""
        fault = self.faults.take(path, _flat(params)) or Fault()
        if fault.delay:
            await self._sleep(fault.delay)
        if "before" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "before")
        if (refusal := fault.refusal()) is not None:
            raise refusal
        if fault.status and fault.body is None:
            return web.Response(status=fault.status, text="<html>")
        data = await method(params)
        if "after" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "after")
        if fault.body is not None:
            return web.Response(body=fault.body, status=fault.status or 200)
        return self._json({"error": 0, "message": "Success"} | ({} if data is None else {"data": data}))

    async def _lose(self, request: web.Request, silent: bool) -> web.Response:
        """Drop the connection, now or when the server stops."""
        if silent:
            await self._stopping.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _count(self, token: str) -> None:
        """A good token, bare in its own header, and not too many calls within a minute. Raises ApiError."""
        if not self.grants.is_valid(token):
            raise ApiError(self.world.switches.expired, "Access token is invalid")
        if self._left() <= 0:
            raise ApiError(-32, "Rate limit exceeded")
        self._a_minute[self._minute()] += 1

    def _left(self) -> int:
        return self.world.switches.a_minute - self._a_minute[self._minute()]

    def _minute(self) -> str:
        return f"{self.world.clock():%Y-%m-%d %H:%M}"

    def _json(self, body: Json) -> web.Response:
        rate = {"X-RateLimit-Limit": str(self.world.switches.a_minute), "X-RateLimit-Remain": str(self._left())}
        text = json.dumps(body, ensure_ascii=False)
        return web.Response(text=text, content_type="application/json", charset="utf-8", headers=rate)

    def _log(self, path: str, params: Json, token: str, code: int | None) -> None:
        self.calls.append(Call(path, params, token, code, self.world.clock()))


class OneGrant:
    """Tokens that a test hands out itself, where OAuth is not the point; also a `Tokens` of the bot.

    `spent`: how often a new one was asked for.
    """

    def __init__(self) -> None:
        self.good = ""
        self.spent = -1
        self.held = self.issue()

    def routes(self) -> list[web.RouteDef]:
        return []

    def is_valid(self, access_token: str) -> bool:
        return access_token == self.good

    def issue(self) -> str:
        """A new token; the one before is good no longer, though the bot still holds it."""
        self.spent += 1
        self.good = hashlib.sha256(str(self.spent).encode()).hexdigest()
        return self.good

    async def access(self) -> str:
        return self.held

    async def renew(self, stale: str) -> str:
        self.held = self.issue()
        return self.held


class _NoAnswer(Exception):
    """The bot is not to hear what became of its call."""

    def __init__(self, silent: bool) -> None:
        super().__init__()
        self.silent = silent


async def _params(request: web.Request) -> Json:
    """Query, JSON, form; the parameters of many GETs come as JSON in `data`."""
    found = await read_params(request)
    if request.method == "GET" and "data" in found:
        try:
            within: Any = json.loads(found["data"])
        except ValueError:
            raise ApiError(-201, "Parameter data is invalid") from None
        return within if isinstance(within, dict) else {}
    return found


def _flat(params: Json) -> Json:
    """To whom and what, where a fault looks for it."""
    recipient, message = params.get("recipient"), params.get("message")
    chat = next(iter(recipient.values()), "") if isinstance(recipient, dict) else ""
    return {"chat_id": chat, "text": message.get("text", "") if isinstance(message, dict) else ""}
