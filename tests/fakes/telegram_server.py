"""A local Bot API server: real HTTP on loopback, scripted people, faults and limits on demand.

    async with TelegramServer(clock) as server:
        lan = server.person("Lan")
        lan.starts()
        ...                                  # the bot, told of `server.url` and `server.token`
        await server.until(lambda: "Nhắc Việc: Chào cô" in server.transcript(lan))

Behaves as the Bot API server's source and documentation say. Each bot has chats of its own: two bots do not meet.
"""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar

from aiohttp import web

from core.clock import Clock
from tests.fakes.telegram_account import Account
from tests.fakes.telegram_faults import Fault, Faults
from tests.fakes.telegram_params import ApiError, Json, Params, read_params
from tests.fakes.telegram_people import Group, Person, transcript
from tests.fakes.telegram_rates import Rates
from tests.fakes.telegram_webhook import Sleep, Webhook
from tests.fakes.telegram_world import World

TOKEN = "7000000001:AAlocal-server-token-of-the-tests-0"
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came; `status` 0: the bot got no answer."""

    method: str
    params: Params
    status: int
    at: datetime
    token: str = TOKEN


class TelegramServer:
    """Runs between `start` and `stop`, or as a context. `sleep` passes the time between webhook attempts.

    Ids are the same in every run with the same `seed`. `world`, `webhook`, `rates`, `person` and `group` are those of
    the bot it begins with; `add_bot` gives another its own.
    """

    def __init__(
        self,
        clock: Clock,
        token: str = TOKEN,
        username: str = "nhacviec_bot",
        name: str = "Nhắc Việc",
        privacy: bool = True,
        sleep: Sleep = asyncio.sleep,
        seed: int = 0,
    ) -> None:
        self.token = token
        self.calls: list[Call] = []
        self.faults = Faults()
        self._clock, self._sleep, self._seed = clock, sleep, seed
        self._first = (token, username, name, privacy)
        self._accounts: dict[str, Account] = {}
        self.add_bot(*self._first)
        self._changed = asyncio.Condition()
        self._stopping = asyncio.Event()
        self._port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    @property
    def world(self) -> World:
        return self._accounts[self.token].world

    @property
    def webhook(self) -> Webhook:
        return self._accounts[self.token].webhook

    @property
    def rates(self) -> Rates:
        return self._accounts[self.token].rates

    def add_bot(self, token: str, username: str, name: str = "Bot", privacy: bool = True) -> Account:
        """Another bot on the same server."""

        async def noted(method: str, params: Params, status: int) -> None:
            await self._log(token, method, params, status)

        account = Account(self._clock, token, username, name, privacy, self._seed, self._sleep, noted)
        self._accounts[token] = account
        return account

    async def start(self) -> None:
        """Listen on a free port of loopback; the same one when started again."""
        self._stopping.clear()
        app = web.Application(client_max_size=64 * 1024**2)
        for method in ("GET", "POST"):
            app.router.add_route(method, "/bot{token}/{method}", self._handle)
        app.router.add_get("/file/bot{token}/{path:.+}", self._download)
        app.router.add_route("*", "/{rest:.*}", _not_found)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """End what waits and stop listening; nothing is forgotten."""
        self._stopping.set()
        for account in self._accounts.values():
            await account.stop()
        await self._runner.cleanup()

    async def reset(self) -> None:
        """As new: the bot it began with, alone, and nothing said or called yet."""
        for account in self._accounts.values():
            await account.stop()
        self._accounts.clear()
        self.add_bot(*self._first)
        self.calls.clear()
        self.faults.waiting.clear()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def person(self, name: str, language: str = "vi", phone: str = "") -> Person:
        """Somebody who has not met the bot yet."""
        return self._accounts[self.token].person(name, language, phone)

    def group(self, title: str, kind: str = "group", forum: bool = False) -> Group:
        """A group without the bot; `kind` group, supergroup or channel."""
        return self._accounts[self.token].group(title, kind, forum)

    def fail(self, fault: Fault) -> None:
        """Let this happen to calls that come."""
        self.faults.waiting.append(fault)

    def inject(self, kind: str, content: object, lane: str = "chat:0") -> int:
        """An update of any shape, even one that no library can parse; its id."""
        return self.world.updates.add(kind, content, lane)

    def transcript(self, where: Person | Group) -> list[str]:
        """What a person sees in that chat."""
        return transcript(where.chat)

    def asked(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        return [call for call in self.calls if call.method.lower() == method.lower()]

    async def until(self, seen: Callable[[], Seen], within: float = 5.0) -> Seen:
        """What `seen` gives as soon as it is true; looked at after every call. TimeoutError after `within` seconds."""
        async with asyncio.timeout(within), self._changed:
            while not (found := seen()):
                await self._changed.wait()
            return found

    async def _handle(self, request: web.Request) -> web.Response:
        method, token = request.match_info["method"], request.match_info["token"]
        params: dict[str, Any] = {}
        try:
            params = await read_params(request)
            answer = await self._answer(self._account(token), method, params)
        except ApiError as error:
            answer = _refusal(error)
        except _NoAnswer as lost:
            await self._log(token, method, params, 0)
            return await self._lose(request, lost.silent)
        await self._log(token, method, params, answer.status)
        return answer

    async def _answer(self, account: Account, method: str, params: Params) -> web.Response:
        """The call's result, or what a fault makes of it."""
        fault = self.faults.take(method, params)
        if fault is None:
            return _result(await account.run(method, params))
        if "before" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "before")
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal
        result = _result(await account.run(method, params))
        if "after" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "after")
        if fault.gate is not None:
            await fault.gate.wait()
        return result if fault.body is None else web.Response(body=fault.body)

    async def _download(self, request: web.Request) -> web.StreamResponse:
        """A file behind a link that getFile gave; to faults this is the method `file`."""
        path, token = request.match_info["path"], request.match_info["token"]
        fault = self.faults.take("file", {"text": path}) or Fault()
        try:
            content = self._account(token).world.files.download(path)
            refusal = ApiError(404, "Not Found") if content is None else fault.refusal()
        except ApiError as error:
            refusal = error
        await self._log(token, "file", {"path": path}, 200 if refusal is None else refusal.code)
        if refusal is not None:
            return _refusal(refusal)
        if fault.cut:
            return await _half(request, content or b"")
        return web.Response(body=content, content_type="application/octet-stream")

    async def _lose(self, request: web.Request, silent: bool) -> web.Response:
        """Drop the connection, now or when the server stops."""
        if silent:
            await self._stopping.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    def _account(self, token: str) -> Account:
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise ApiError(404, "Not Found")
        if token not in self._accounts:
            raise ApiError(401, "Unauthorized")
        return self._accounts[token]

    async def _log(self, token: str, method: str, params: Params, status: int) -> None:
        self.calls.append(Call(method, params, status, self._clock(), token))
        async with self._changed:
            self._changed.notify_all()


class _NoAnswer(Exception):
    """The bot is not to hear what became of its call."""

    def __init__(self, silent: bool) -> None:
        super().__init__()
        self.silent = silent


def _result(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.text}
    if error.parameters:
        body["parameters"] = error.parameters
    wait = error.parameters.get("retry_after")
    return web.json_response(body, status=error.code, headers={"Retry-After": str(wait)} if wait else None)


async def _half(request: web.Request, content: bytes) -> web.StreamResponse:
    """The connection drops in the middle."""
    answer = web.StreamResponse()
    answer.content_length = len(content)
    await answer.prepare(request)
    await answer.write(content[: len(content) // 2])
    if request.transport is not None:
        request.transport.close()
    return answer


async def _not_found(_: web.Request) -> web.Response:
    return _refusal(ApiError(404, "Not Found"))
