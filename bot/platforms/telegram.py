"""Telegram: the Bot API through python-telegram-bot, raw updates in, plain text, files and buttons out."""

import hmac
import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

from telegram import Bot, Update
from telegram.constants import ChatAction, UpdateType
from telegram.error import TelegramError

from bot.platforms.telegram_commands import show_commands
from bot.platforms.telegram_errors import GARBAGE, asking, sending
from bot.platforms.telegram_inbound import NAME, Me, inbound
from bot.platforms.telegram_keyboard import asks_phone, markup
from bot.platforms.telegram_raw import delivery, is_update, update_of
from bot.platforms.telegram_request import AiohttpRequest
from bot.platforms.telegram_send import deliver, topic
from core.capabilities import TELEGRAM, TELEGRAM_GROUP
from core.errors import FetchFailed, Forged, Unreadable
from core.message import Address, FileRef, Inbound, Outbound
from core.platform import Delivery, Limits

SECRET_HEADER = "x-telegram-bot-api-secret-token"
ALLOWED = [UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER]
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class WebhookInfo:
    """What Telegram says of the way updates take to us."""

    url: str  # empty: they wait to be polled
    waiting: int  # updates that were not taken yet
    last_error: str = ""
    last_error_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Telegram:
    """A `Connected` and a `Polled`. Network calls work between `connect` (or `who`) and `close`; `read` always."""

    bot: Bot = field(repr=False)  # its repr holds the token
    calls: AiohttpRequest = field(repr=False)
    polls: AiohttpRequest = field(repr=False)
    webhook_secret: str = field(repr=False)
    poll_timeout: timedelta
    name: str = NAME
    limits: Limits = TELEGRAM
    group_limits: Limits = TELEGRAM_GROUP
    phone_asked: set[str] = field(default_factory=set, repr=False)  # chats where the keyboard for it may still stand

    @classmethod
    def open(
        cls,
        token: str,
        api_url: str = "https://api.telegram.org",
        webhook_secret: str = "",
        poll_timeout: timedelta = timedelta(seconds=25),
        read_timeout: timedelta = timedelta(seconds=10),
    ) -> "Telegram":
        """No network yet. `api_url` is without /bot; without a secret no webhook call is accepted."""
        base = api_url.rstrip("/")
        proxied = urlsplit(base).hostname not in _LOOPBACK
        polls = AiohttpRequest(connections=2, from_environment=proxied)
        calls = AiohttpRequest(read_timeout=read_timeout.total_seconds(), from_environment=proxied)
        bot = Bot(token, f"{base}/bot", f"{base}/file/bot", request=calls, get_updates_request=polls)
        return cls(bot, calls, polls, webhook_secret, poll_timeout)

    @property
    def me(self) -> Me:
        """Who the bot is; without its user name before `connect`."""
        try:
            return Me(self.bot.id, self.bot.username, self.bot.can_read_all_group_messages)
        except RuntimeError:
            return Me(int(self.bot.token.partition(":")[0] or 0))

    async def who(self) -> Me:
        """Ask Telegram whose token this is. Raises FetchFailed."""
        with asking():
            await self.bot.initialize()
        return self.me

    async def connect(self) -> None:
        """Learn who the bot is and show its commands. Raises FetchFailed."""
        await self.who()
        with asking():
            await show_commands(self.bot)

    async def close(self) -> None:
        """Close all connections."""
        await self.bot.shutdown()

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates delivered to this https address. Raises FetchFailed."""
        with asking():
            await self.bot.set_webhook(url, allowed_updates=ALLOWED, secret_token=secret)

    async def delete_webhook(self) -> None:
        """Keep updates until they are polled. Raises FetchFailed."""
        with asking():
            await self.bot.delete_webhook()

    async def webhook_info(self) -> WebhookInfo:
        """Raises FetchFailed."""
        with asking():
            told = await self.bot.get_webhook_info()
            return WebhookInfo(told.url, told.pending_update_count, told.last_error_message or "", told.last_error_date)

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """One update, as it came. Raises Forged, Unreadable."""
        given = {key.lower(): value for key, value in headers.items()}.get(SECRET_HEADER, "")
        genuine = hmac.compare_digest(_bytes(given), _bytes(self.webhook_secret))
        if not self.webhook_secret or not genuine:
            raise Forged(NAME)
        return [delivery(update_of(body), body)]

    async def poll(self, offset: str) -> tuple[list[Delivery], str]:
        """Waits up to `poll_timeout` for something new. Raw JSON, so that no update can block those behind it."""
        asked = {"timeout": int(self.poll_timeout.total_seconds()), "allowed_updates": json.dumps(ALLOWED)}
        query = urlencode(asked | ({"offset": offset} if offset else {}))
        patience = self.poll_timeout.total_seconds() + 10
        with asking():
            batch: Any = await self.polls.post(f"{self.bot.base_url}/getUpdates?{query}", read_timeout=patience)
            known = [update for update in batch if is_update(update)]
        if batch and not known:
            raise FetchFailed("no update of the batch has an id")
        following = str(max(update["update_id"] for update in known) + 1) if known else offset
        return [delivery(update, json.dumps(update).encode()) for update in known], following

    def read(self, raw: bytes) -> Inbound | None:
        """See `telegram_inbound.inbound`. Raises Unreadable."""
        update = update_of(raw)
        try:
            return inbound(Update.de_json(update, self.bot), self.me)
        except Exception as error:  # PTB checks no types: an odd update fails anywhere, as anything
            raise Unreadable(type(error).__name__) from error

    async def send(self, message: Outbound) -> str:
        """The id, within its chat, of the message that holds the text. Raises SendFailed."""
        chat = message.address.chat
        clear = chat in self.phone_asked and not message.choices
        with sending():
            sent = await deliver(self.bot, message, markup(message, clear=clear))
        if asks_phone(message):
            self.phone_asked.add(chat)
        elif clear:
            self.phone_asked.discard(chat)
        return sent

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """What Telegram hands to bots: up to 20 MiB. Raises FetchFailed."""
        if file.size > self.limits.files_in:
            raise FetchFailed("file is too big", gone=True)
        with asking():
            found = await self.bot.get_file(file.id)
            await self.calls.download(str(found.file_path), into)

    async def typing(self, address: Address) -> None:
        """Shown for five seconds, or until the next message."""
        with suppress(TelegramError):
            await self.bot.send_chat_action(address.chat, ChatAction.TYPING, topic(address))

    async def acknowledge(self, raw: bytes) -> None:
        """End the waiting sign on the button that this update says was pressed; a failure is ignored."""
        with suppress(Unreadable, *GARBAGE):
            press = update_of(raw).get("callback_query")
            if press is not None:
                await self.bot.answer_callback_query(str(press["id"]))


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")
