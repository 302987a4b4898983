"""A local Zalo Bot Platform: real HTTP on loopback, scripted people, faults on demand.

    async with ZaloBotServer(clock) as server:
        lan = server.person("Lan")
        lan.says("tháng này nộp gì?")
        ...                                  # the bot, told of `server.url` and `server.token`
        await server.until(lambda: "Bot Nhắc Việc: Chào cô" in server.transcript(lan))

Behaves as observed and documented; where sources disagree, `server.world.switches` says which is true today.
Leaving the context fails where a picture was sent whose address does not last.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar

from aiohttp import web

from core.clock import Clock
from tests.fakes.telegram_params import ApiError, Json, Params, bad, read_params
from tests.fakes.zalo_bot_faults import Fault, Faults
from tests.fakes.zalo_bot_methods import Methods
from tests.fakes.zalo_bot_people import Group, Person, transcript
from tests.fakes.zalo_bot_updates import WEBHOOK_SET, Updates
from tests.fakes.zalo_bot_webhook import Webhook
from tests.fakes.zalo_bot_world import World
from tests.fakes.zalo_cdn import Cdn

TOKEN = "3141592653589793238:may-chu-cua-bai-kiem-thu"
LONGEST_POLL = 30.0  # seconds, where a call does not say
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came; `status` 0: the bot got no answer."""

    method: str
    params: Params
    status: int
    at: datetime


class ZaloBotServer:
    """Runs between `start` and `stop`, or as a context. `sleep` passes the time of a delay."""

    def __init__(
        self,
        clock: Clock,
        token: str = TOKEN,
        name: str = "Bot Nhắc Việc",
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.token = token
        self.cdn = Cdn(clock)
        self.world = World(clock, _bot(token, name), self.cdn)
        self.world.emit = self._emit
        self.updates = Updates()
        self.webhook = Webhook(self.world, clock)
        self.calls: list[Call] = []
        self.faults = Faults()
        self.failures: list[str] = []  # pictures whose addresses did not last
        self._sleep = sleep
        self._methods = Methods(self.world, self.failures).by_name() | {
            "getUpdates": self._get_updates,
            "setWebhook": self._set_webhook,
            "testWebhook": self._test_webhook,
            "deleteWebhook": self._delete_webhook,
            "getWebhookInfo": self._webhook_info,
        }
        self._changed = asyncio.Condition()
        self._stopping = asyncio.Event()
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    async def start(self) -> None:
        """Listen on a free port of loopback; the same one when started again."""
        self._stopping.clear()
        app = web.Application(client_max_size=64 * 1024**2)
        for method in ("GET", "POST"):
            app.router.add_route(method, "/bot{token}/{method}", self._handle)
        app.router.add_get("/cdn/{name}", self.cdn.handle)
        app.router.add_route("*", "/{rest:.*}", self._not_found)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.cdn.base = self.url
        if not self.webhook.url:
            self.updates.open()

    async def stop(self) -> None:
        """End what waits and stop listening; nothing is forgotten."""
        self._stopping.set()
        self.updates.close("the server stops")
        await self.webhook.close()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, kind: object, *_: object) -> None:
        await self.stop()
        if kind is None and self.failures:
            raise AssertionError(self.failures)

    def person(self, name: str, protected: bool = False) -> Person:
        """Somebody who has not met the bot yet."""
        return Person(self.world, self.world.new_chat(name, group=False), protected)

    def group(self, title: str) -> Group:
        """A group without the bot."""
        return Group(self.world, self.world.new_chat(title, group=True))

    def fail(self, fault: Fault) -> None:
        """Let this happen to calls that come."""
        self.faults.waiting.append(fault)

    def inject(self, event: Any) -> None:
        """An event of any shape, even one that nobody can parse."""
        self._emit(event)

    def transcript(self, where: Person | Group) -> list[str]:
        """What a person sees in that chat."""
        return transcript(where.chat)

    def asked(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method == method]

    async def until(self, seen: Callable[[], Seen], within: float = 5.0) -> Seen:
        """What `seen` gives as soon as it is true; looked at after every call. TimeoutError after `within` seconds."""
        async with asyncio.timeout(within), self._changed:
            while not (found := seen()):
                await self._changed.wait()
            return found

    def _emit(self, event: Json) -> None:
        """To the webhook, or to whoever polls."""
        if self.webhook.url:
            self.webhook.push(event)
        else:
            self.updates.add(event)

    async def _handle(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        params: dict[str, Any] = {}
        try:
            params = await read_params(request)
            self._check_token(request.match_info["token"])
            answer = await self._answer(method, params)
        except ApiError as error:
            answer = self._refusal(error)
        except _NoAnswer as lost:
            await self._log(method, params, 0)
            return await self._lose(request, lost.silent)
        await self._log(method, params, answer.status)
        return answer

    async def _answer(self, method: str, params: Params) -> web.Response:
        """The call's result, or what a fault makes of it."""
        fault = self.faults.take(method, params) or Fault()
        if fault.delay:
            await self._sleep(fault.delay)
        if "before" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "before")
        if (refusal := fault.refusal()) is not None:
            return self._refusal(refusal, fault.status)
        answer = self._result(await self._run(method, params))
        if "after" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "after")
        return answer if fault.body is None else web.Response(body=fault.body, status=fault.status or 200)

    async def _lose(self, request: web.Request, silent: bool) -> web.Response:
        """Drop the connection, now or when the server stops."""
        if silent:
            await self._stopping.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _run(self, name: str, params: Params) -> object:
        method = self._methods.get(name)
        if method is None:
            raise bad("unknown method")
        return await method(params)

    async def _get_updates(self, params: Params) -> Json:
        """`timeout` as text or number; `offset` and `limit` mean nothing here."""
        try:
            seconds = float(params.get("timeout", LONGEST_POLL))
        except (TypeError, ValueError):
            raise bad("timeout is no number") from None
        return await self.updates.poll(max(seconds, 0.0))

    async def _set_webhook(self, params: Params) -> Json:
        found = await self.webhook.set(params)
        self.updates.close(WEBHOOK_SET)
        return found

    async def _delete_webhook(self, _: Params) -> Json:
        self.updates.open()
        return await self.webhook.delete()

    async def _test_webhook(self, _: Params) -> Json:
        return await self.webhook.test()

    async def _webhook_info(self, _: Params) -> Json:
        return self.webhook.info()

    def _check_token(self, token: str) -> None:
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    def _result(self, result: object) -> web.Response:
        body: Json = {"ok": True} | ({} if result is None else {"result": result})
        return _json(body | ({"error_code": 0} if self.world.switches.zero_on_success else {}), 200)

    def _refusal(self, error: ApiError, status: int = 0) -> web.Response:
        """The HTTP status is the error code, unless told otherwise."""
        body: Json = {"ok": False, "description": error.text, self.world.switches.code_field: error.code}
        usual = 200 if self.world.switches.refuse_with_200 else error.code
        return _json(body, status or usual)

    async def _not_found(self, _: web.Request) -> web.Response:
        return self._refusal(ApiError(404, "Not Found"))

    async def _log(self, method: str, params: Params, status: int) -> None:
        self.calls.append(Call(method, params, status, self.world.clock()))
        async with self._changed:
            self._changed.notify_all()


class _NoAnswer(Exception):
    """The bot is not to hear what became of its call."""

    def __init__(self, silent: bool) -> None:
        super().__init__()
        self.silent = silent


def _bot(token: str, name: str) -> Json:
    """getMe."""
    own = {"id": token.partition(":")[0], "account_name": "bot.nhacviec", "account_type": "BASIC"}
    return own | {"display_name": name}


def _json(body: Json, status: int) -> web.Response:
    text = json.dumps(body, ensure_ascii=False)
    return web.Response(text=text, status=status, content_type="application/json", charset="utf-8")
