"""Telegram: the Bot API through python-telegram-bot, raw updates in, plain text and buttons out."""

import hmac
import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, BinaryIO
from urllib.parse import urlencode, urlsplit

from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    BotCommandScopeAllPrivateChats,
    BotCommandScopeDefault,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    LinkPreviewOptions,
    Update,
)
from telegram.constants import ChatAction, UpdateType
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, TelegramError

from bot.platforms.telegram_inbound import GENERAL, NAME, Me, inbound
from bot.platforms.telegram_request import AiohttpRequest, NotSent, Throttled
from core.capabilities import TELEGRAM, TELEGRAM_GROUP
from core.errors import FetchFailed, Forged, SendFailed, Unreadable
from core.message import Address, Choice, FileRef, Inbound, Outbound
from core.platform import Delivery, Limits

SECRET_HEADER = "x-telegram-bot-api-secret-token"
ALLOWED = [UpdateType.MESSAGE, UpdateType.CALLBACK_QUERY, UpdateType.MY_CHAT_MEMBER]
REJECTED = "the token was rejected"  # what FetchFailed says of a wrong token
OFFLINE_WAIT = timedelta(seconds=5)
UNKNOWN_WAIT = timedelta(seconds=30)
TOKEN_WAIT = timedelta(minutes=5)  # somebody has to mend the settings first
ROW = 24  # characters side by side that a phone shows without cutting them
_LOOPBACK = ("127.0.0.1", "localhost", "::1")
_SPOKEN_IN = ("message", "edited_message", "channel_post", "my_chat_member", "callback_query")
_GARBAGE = (TelegramError, KeyError, TypeError, ValueError, AttributeError)  # a 200 with a body nobody can parse

# A sample update, as `accept` and `poll` store it:
# {"update_id": 7, "message": {"message_id": 3, "date": 1701388800, "text": "/han",
#   "entities": [{"type": "bot_command", "offset": 0, "length": 4}],
#   "chat": {"id": 42, "type": "private", "first_name": "Lan"},
#   "from": {"id": 42, "is_bot": false, "first_name": "Lan"}}}


@dataclass(frozen=True, slots=True)
class Telegram:
    """A `Platform` and a `Polled`. Network calls work between `start` and `close`; `accept` and `read` always."""

    bot: Bot = field(repr=False)  # its repr holds the token
    polls: AiohttpRequest = field(repr=False)
    webhook_secret: str = field(repr=False)
    poll_timeout: timedelta
    name: str = NAME
    limits: Limits = TELEGRAM
    group_limits: Limits = TELEGRAM_GROUP

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
        return cls(bot, polls, webhook_secret, poll_timeout)

    @property
    def me(self) -> Me:
        """Who the bot is; without its user name before `start`."""
        try:
            return Me(self.bot.id, self.bot.username)
        except RuntimeError:
            return Me(int(self.bot.token.partition(":")[0] or 0))

    async def start(
        self, commands: Sequence[tuple[str, str]] = (), group_commands: Sequence[tuple[str, str]] | None = None
    ) -> None:
        """Learn who the bot is and show its (command, description) lists; may be called again after a failure.

        `group_commands` None: groups see the same list. Raises FetchFailed.
        """
        with _asking():
            await self.bot.initialize()
            await self.bot.set_my_commands(commands, BotCommandScopeDefault())
            await self.bot.set_my_commands(commands, BotCommandScopeAllPrivateChats())
            in_groups = commands if group_commands is None else group_commands
            await self.bot.set_my_commands(in_groups, BotCommandScopeAllGroupChats())

    async def close(self) -> None:
        """Close all connections."""
        await self.bot.shutdown()

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have updates delivered to this https address. Raises FetchFailed."""
        with _asking():
            await self.bot.set_webhook(url, allowed_updates=ALLOWED, secret_token=secret)

    async def delete_webhook(self) -> None:
        """Keep updates until they are polled. Raises FetchFailed."""
        with _asking():
            await self.bot.delete_webhook()

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """One update, as it came. Raises Forged, Unreadable."""
        given = {key.lower(): value for key, value in headers.items()}.get(SECRET_HEADER, "")
        genuine = hmac.compare_digest(_bytes(given), _bytes(self.webhook_secret))
        if not self.webhook_secret or not genuine:
            raise Forged(NAME)
        return [_delivery(_object(body), body)]

    async def poll(self, offset: str) -> tuple[list[Delivery], str]:
        """Waits up to `poll_timeout` for something new. Raw JSON, so that no update can block those behind it."""
        asked = {"timeout": int(self.poll_timeout.total_seconds()), "allowed_updates": json.dumps(ALLOWED)}
        query = urlencode(asked | ({"offset": offset} if offset else {}))
        patience = self.poll_timeout.total_seconds() + 10
        with _asking():
            batch: Any = await self.polls.post(f"{self.bot.base_url}/getUpdates?{query}", read_timeout=patience)
            known = [update for update in batch if _is_update(update)]
        if batch and not known:
            raise FetchFailed("no update of the batch has an id")
        last = max((update["update_id"] for update in known), default=None)
        return [_delivery(update, json.dumps(update).encode()) for update in known], _next(offset, last)

    def read(self, raw: bytes) -> Inbound | None:
        """See `telegram_inbound.inbound`. Raises Unreadable."""
        update = _object(raw)
        try:
            return inbound(Update.de_json(update, self.bot), self.me)
        except Exception as error:  # PTB checks no types: an odd update fails anywhere, as anything
            raise Unreadable(type(error).__name__) from error

    async def send(self, message: Outbound) -> str:
        """The message id within its chat. Raises SendFailed."""
        with _sending():
            sent = await self.bot.send_message(
                message.address.chat,
                message.text,
                message_thread_id=_topic(message.address),
                link_preview_options=LinkPreviewOptions(is_disabled=True),
                reply_markup=_keyboard(message.choices),
                reply_to_message_id=int(message.reply_to) if message.reply_to.isdecimal() else None,
                allow_sending_without_reply=True if message.reply_to else None,
            )
            return str(sent.message_id)

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """Up to 20 MiB. Raises FetchFailed."""
        with _asking():
            found = await self.bot.get_file(file.id)
            into.write(await found.download_as_bytearray())

    async def typing(self, address: Address) -> None:
        """Shown for five seconds, or until the next message."""
        with suppress(TelegramError):
            await self.bot.send_chat_action(address.chat, ChatAction.TYPING, _topic(address))

    async def acknowledge(self, raw: bytes) -> None:
        """End the waiting sign on the button that this update says was pressed; a failure is ignored."""
        with suppress(Unreadable, *_GARBAGE):
            press = _object(raw).get("callback_query")
            if press is not None:
                await self.bot.answer_callback_query(str(press["id"]))


def _object(raw: bytes) -> dict[str, Any]:
    """The update as JSON. Raises Unreadable for anything but an object with a number."""
    try:
        update = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise Unreadable("not JSON") from error
    if not _is_update(update):
        raise Unreadable("no update_id")
    found: dict[str, Any] = update
    return found


def _is_update(update: object) -> bool:
    return isinstance(update, dict) and type(update.get("update_id")) is int


def _delivery(update: dict[str, Any], raw: bytes) -> Delivery:
    return Delivery(NAME, str(update["update_id"]), raw, _lane(update))


def _lane(update: dict[str, Any]) -> str:
    """The chat: a press waits for the message before it, though Telegram sends them apart. Guesses nothing."""
    for part in filter(None, map(update.get, _SPOKEN_IN)):
        try:
            return str(part.get("message", part)["chat"]["id"])
        except (KeyError, TypeError, AttributeError):
            continue
    press = update.get("callback_query")
    return f"callback:{press.get('id', '')}" if isinstance(press, dict) else ""


def _next(offset: str, last: int | None) -> str:
    return offset if last is None else str(last + 1)


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


def _topic(address: Address) -> int | None:
    return int(address.thread) if address.thread not in ("", str(GENERAL)) else None


def _keyboard(choices: Sequence[Choice]) -> InlineKeyboardMarkup | None:
    """Short choices side by side, in their order; a long one has a row of its own."""
    rows: list[list[InlineKeyboardButton]] = []
    room = 0
    for choice in choices:
        width = len(choice.label) + 3
        if width > room:
            rows.append([])
            room = ROW
        rows[-1].append(InlineKeyboardButton(choice.label, callback_data=choice.value))
        room -= width
    return InlineKeyboardMarkup(rows) if rows else None


@contextmanager
def _asking() -> Iterator[None]:
    """Telegram's refusals as FetchFailed; the cause of a rejected token is dropped, for it names the token."""
    try:
        yield
    except InvalidToken:
        raise FetchFailed(REJECTED) from None
    except Conflict as error:
        raise FetchFailed(f"conflict: {error.message}") from error
    except NotSent as error:
        raise FetchFailed(f"offline: {error.message}") from error
    except _GARBAGE as error:
        raise FetchFailed(f"{type(error).__name__}: {error}"[:200]) from error


@contextmanager
def _sending() -> Iterator[None]:
    """Telegram's refusals as SendFailed; BadRequest is a NetworkError to PTB, but repeating it is no use."""
    try:
        yield
    except Throttled as error:
        raise SendFailed("throttled", error.retry_in) from error
    except ChatMigrated as error:
        raise SendFailed("moved", timedelta(0), moved_to=str(error.new_chat_id)) from error
    except Forbidden as error:
        raise SendFailed(_barred(error.message), None) from error
    except BadRequest as error:
        raise SendFailed(f"refused: {error.message}", None) from error
    except InvalidToken:
        raise SendFailed(REJECTED, TOKEN_WAIT) from None
    except NotSent as error:
        raise SendFailed("offline", OFFLINE_WAIT) from error
    except _GARBAGE as error:
        raise SendFailed("unknown", UNKNOWN_WAIT, unknown=True) from error


def _barred(text: str) -> str:
    """403 from a person is "blocked", from a group "kicked"; only the text tells them apart."""
    return "blocked" if "user" in text else "kicked"
