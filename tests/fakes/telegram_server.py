"""A local Bot API server: real HTTP on loopback, scripted people, faults on demand.

    async with TelegramServer(clock) as server:
        lan = server.person("Lan")
        lan.starts()
        ...                                  # the bot, told of `server.url` and `server.token`
        await server.until(lambda: "Nhắc Việc: Chào cô" in server.transcript(lan))

Behaves as the Bot API server's source and documentation say. Left out: several bots at once, media methods, formatted
text, rate limits of its own (ask for a 429 instead), the slow-down of hasty polls.
"""

import asyncio
import inspect
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self, TypeVar

from aiohttp import web

from core.clock import Clock
from tests.fakes.telegram_faults import Fault, Faults
from tests.fakes.telegram_methods import METHODS
from tests.fakes.telegram_params import ApiError, Json, Params, bad, flag, integer, read_params, structure
from tests.fakes.telegram_people import Group, Person, transcript
from tests.fakes.telegram_updates import WEBHOOK_SET
from tests.fakes.telegram_webhook import Sleep, Webhook
from tests.fakes.telegram_world import Chat, World

TOKEN = "7000000001:AAlocal-server-token-of-the-tests-0"
IGNORED_IN_ANSWERS = ("get", "setwebhook", "deletewebhook")
Seen = TypeVar("Seen")


@dataclass(frozen=True, slots=True)
class Call:
    """One call as it came; `status` 0: the bot got no answer."""

    method: str
    params: Params
    status: int
    at: datetime


class TelegramServer:
    """Runs between `start` and `stop`, or as a context. `sleep` passes the time between webhook attempts."""

    def __init__(
        self,
        clock: Clock,
        token: str = TOKEN,
        username: str = "nhacviec_bot",
        name: str = "Nhắc Việc",
        privacy: bool = True,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.token = token
        self.world = World(clock, _bot(token, username, name, privacy), privacy)
        self.calls: list[Call] = []
        self.faults = Faults()
        self.webhook = Webhook(self.world.updates, clock, sleep, self._answered)
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
        app.router.add_route("*", "/{rest:.*}", _not_found)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """End what waits and stop listening; nothing is forgotten."""
        self._stopping.set()
        self.world.updates.end_poll("Conflict: the server stops")
        await self.webhook.close()
        await self._runner.cleanup()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def person(self, name: str, language: str = "vi") -> Person:
        """Somebody who has not met the bot yet."""
        user = self.world.new_user(name, language)
        chat = Chat(user["id"], "private", name, "unknown")
        self.world.chats[chat.id] = chat
        return Person(self.world, user, chat)

    def group(self, title: str, kind: str = "group", forum: bool = False) -> Group:
        """A group without the bot; `kind` group or supergroup."""
        return Group(self.world, self.world.new_group(title, kind, forum))

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
        method = request.match_info["method"]
        params: dict[str, Any] = {}
        try:
            params = await read_params(request)
            self._check_token(request.match_info["token"])
            answer = await self._answer(method, params)
        except ApiError as error:
            answer = _refusal(error)
        except _NoAnswer as lost:
            await self._log(method, params, 0)
            return await self._lose(request, lost.silent)
        await self._log(method, params, answer.status)
        return answer

    async def _answer(self, method: str, params: Params) -> web.Response:
        """The call's result, or what a fault makes of it."""
        fault = self.faults.take(method, params)
        if fault is None:
            return _result(await self._run(method, params))
        if "before" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "before")
        refusal = fault.refusal()
        if refusal is not None:
            raise refusal
        result = _result(await self._run(method, params))
        if "after" in (fault.cut, fault.silent):
            raise _NoAnswer(fault.silent == "after")
        return result if fault.body is None else web.Response(body=fault.body)

    async def _lose(self, request: web.Request, silent: bool) -> web.Response:
        """Drop the connection, now or when the server stops."""
        if silent:
            await self._stopping.wait()
        if request.transport is not None:
            request.transport.abort()
        return web.Response()

    async def _run(self, name: str, params: Params) -> Any:
        """The method's result; names are the same in any case."""
        own = {
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
        }
        if name.lower() in own:
            return await own[name.lower()](params)
        method = METHODS.get(name.lower())
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        called = method(self.world, params)
        return await called if inspect.isawaitable(called) else called

    async def _set_webhook(self, params: Params) -> bool:
        """https, or plain http as a local Bot API server takes it."""
        url, secret = str(params.get("url", "")), str(params.get("secret_token", ""))
        if not url:
            return await self._delete_webhook(params)
        if not url.startswith(("https://", "http://127.0.0.1:")):
            raise bad("bad webhook: An HTTPS URL must be provided for webhook")
        if secret and not re.fullmatch("[A-Za-z0-9_-]{1,256}", secret):
            raise bad("secret token contains unallowed characters")
        self.world.updates.allow(structure(params, "allowed_updates"))
        self._drop_pending(params)
        self.world.updates.end_poll(WEBHOOK_SET)
        await self.webhook.set(url, secret, min(max(integer(params, "max_connections", 40), 1), 100))
        return True

    async def _delete_webhook(self, params: Params) -> bool:
        self._drop_pending(params)
        await self.webhook.set("")
        return True

    async def _webhook_info(self, _: Params) -> Json:
        return self.webhook.info()

    def _drop_pending(self, params: Params) -> None:
        if flag(params, "drop_pending_updates"):
            self.world.updates.waiting.clear()

    def _check_token(self, token: str) -> None:
        if not re.fullmatch(r"\d+:[\w-]+", token):
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    async def _answered(self, call: Json) -> None:
        """A call inside the answer to a webhook; nobody learns what became of it."""
        method = str(call.pop("method"))
        if method.lower().startswith(IGNORED_IN_ANSWERS):
            return
        try:
            await self._run(method, call)
            status = 200
        except ApiError as error:
            status = error.code
        await self._log(method, call, status)

    async def _log(self, method: str, params: Params, status: int) -> None:
        self.calls.append(Call(method, params, status, self.world.clock()))
        async with self._changed:
            self._changed.notify_all()


class _NoAnswer(Exception):
    """The bot is not to hear what became of its call."""

    def __init__(self, silent: bool) -> None:
        super().__init__()
        self.silent = silent


def _bot(token: str, username: str, name: str, privacy: bool) -> Json:
    """getMe."""
    can = {"can_join_groups": True, "can_read_all_group_messages": not privacy, "supports_inline_queries": False}
    also = {"can_connect_to_business": False, "has_main_web_app": False}
    return {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username} | can | also


def _result(result: object) -> web.Response:
    return web.json_response({"ok": True, "result": result})


def _refusal(error: ApiError) -> web.Response:
    body: Json = {"ok": False, "error_code": error.code, "description": error.text}
    if error.parameters:
        body["parameters"] = error.parameters
    wait = error.parameters.get("retry_after")
    return web.json_response(body, status=error.code, headers={"Retry-After": str(wait)} if wait else None)


async def _not_found(_: web.Request) -> web.Response:
    return _refusal(ApiError(404, "Not Found"))
