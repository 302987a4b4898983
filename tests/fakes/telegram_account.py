"""One bot as the local Bot API server keeps it: its chats and updates, its webhook, and what it may send."""

import inspect
import re
from collections.abc import Awaitable, Callable
from typing import Any

from core.clock import Clock
from tests.fakes.telegram_methods import METHODS
from tests.fakes.telegram_params import ApiError, Json, Params, bad, flag, integer, structure
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_rates import Rates
from tests.fakes.telegram_updates import WEBHOOK_SET
from tests.fakes.telegram_webhook import Sleep, Webhook
from tests.fakes.telegram_world import Chat, World

FREE = ("sendchataction",)  # begins like a message, and is none
IGNORED_IN_ANSWERS = ("get", "setwebhook", "deletewebhook")
Noted = Callable[[str, Params, int], Awaitable[None]]


class Account:
    """`noted` is told of the calls that come inside an answer to the webhook."""

    def __init__(
        self, clock: Clock, token: str, username: str, name: str, privacy: bool, seed: int, sleep: Sleep, noted: Noted
    ) -> None:
        self.token = token
        self.world = World(clock, _bot(token, username, name, privacy), privacy, seed)
        self.world.updates.sleep = sleep
        self.webhook = Webhook(self.world.updates, clock, sleep, self._answered)
        self.rates = Rates()
        self._noted = noted
        self._own = {
            "setwebhook": self._set_webhook,
            "deletewebhook": self._delete_webhook,
            "getwebhookinfo": self._webhook_info,
        }

    def person(self, name: str, language: str = "vi", phone: str = "") -> Person:
        """Somebody who has not met the bot yet."""
        user = self.world.new_user(name, language)
        chat = Chat(user["id"], "private", name, "unknown")
        self.world.chats[chat.id] = chat
        return Person(self.world, user, chat, phone)

    def group(self, title: str, kind: str = "group", forum: bool = False) -> Group:
        """A group without the bot; `kind` group, supergroup or channel."""
        return Group(self.world, self.world.new_group(title, kind, forum))

    async def run(self, name: str, params: Params) -> Any:
        """The method's result; names are the same in any case."""
        lower = name.lower()
        if lower in self._own:
            return await self._own[lower](params)
        method = METHODS.get(lower)
        if method is None:
            raise ApiError(404, "Not Found: method not found")
        if lower.startswith("send") and lower not in FREE:
            self._charge(params)
        called = method(self.world, params)
        return await called if inspect.isawaitable(called) else called

    async def stop(self) -> None:
        self.world.updates.end_poll("Conflict: the server stops")
        await self.webhook.close()

    def _charge(self, params: Params) -> None:
        named = str(params.get("chat_id", ""))
        chat = self.world.chats.get(int(named)) if re.fullmatch(r"-?\d{1,18}", named) else None
        if chat is not None:
            count = len(structure(params, "media", [None]))
            self.rates.charge(chat.id, chat.is_group, count, self.world.clock())

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

    async def _answered(self, call: Json) -> None:
        """A call inside the answer to a webhook; nobody learns what became of it."""
        method = str(call.pop("method"))
        if method.lower().startswith(IGNORED_IN_ANSWERS):
            return
        try:
            await self.run(method, call)
            status = 200
        except ApiError as error:
            status = error.code
        await self._noted(method, call, status)


def _bot(token: str, username: str, name: str, privacy: bool) -> Json:
    """getMe."""
    can = {"can_join_groups": True, "can_read_all_group_messages": not privacy, "supports_inline_queries": False}
    also = {"can_connect_to_business": False, "has_main_web_app": False}
    return {"id": int(token.partition(":")[0]), "is_bot": True, "first_name": name, "username": username} | can | also
