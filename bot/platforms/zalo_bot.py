"""The Zalo Bot Platform ("Bot Creator"): one static token, no buttons, pictures by address only."""

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from http import HTTPStatus
from typing import BinaryIO

from bot.platforms.download import download
from bot.platforms.zalo_bot_client import REJECTED, Declined, Json, Lost, Me, NotSent, Verification, ZaloBotClient
from bot.platforms.zalo_bot_inbound import NAME, event_of, inbound, known_id, message_of
from bot.platforms.zalo_bot_send import send
from core.capabilities import ZALO_BOT, ZALO_BOT_GROUP
from core.errors import Act, FetchFailed, Forged, Unreadable
from core.message import Address, FileRef, Inbound, Outbound
from core.platform import Delivery, Limits

SECRET_HEADER = "x-bot-api-secret-token"
FLOOR = timedelta(seconds=1)  # between two polls: the service may serve the same update again at once
MOST_FETCHED = 20 * 1024 * 1024  # bytes

# A sample event, as `accept` and `poll` store it; some deliver it within {"ok": true, "result": …}:
# {"event_name": "message.text.received", "message": {"message_id": "2d75aa10b3c4d5e6f708", "date": 1701388800000,
#   "from": {"id": "9f1c2b7a4e5d60718293", "display_name": "Lan", "is_bot": false},
#   "chat": {"id": "9f1c2b7a4e5d60718293", "chat_type": "PRIVATE"}, "text": "tháng này nộp gì?"}}


@dataclass(frozen=True, slots=True)
class ZaloBot:
    """A `Connected` platform and a `Polled`. https://bot.zapps.me/docs"""

    client: ZaloBotClient = field(repr=False)
    webhook_secret: str = field(repr=False)
    poll_timeout: timedelta
    name: str = NAME
    limits: Limits = ZALO_BOT
    group_limits: Limits = ZALO_BOT_GROUP

    @classmethod
    def open(
        cls,
        token: str,
        api_url: str = "https://bot-api.zaloplatforms.com",
        webhook_secret: str = "",
        poll_timeout: timedelta = timedelta(seconds=25),
    ) -> "ZaloBot":
        """No network yet. Without a secret no webhook call is accepted."""
        return cls(ZaloBotClient(token, api_url), webhook_secret, poll_timeout)

    async def connect(self) -> None:
        """Learn what the bot is called. Raises FetchFailed."""
        await self.me()

    async def close(self) -> None:
        """Close all connections."""
        await self.client.close()

    async def me(self) -> Me:
        """Who the bot is, and whether it may join groups. Raises FetchFailed."""
        with _asking():
            return await self.client.get_me()

    async def set_webhook(self, url: str, secret: str) -> Verification | None:
        """What the service found when it called `url`; None: it was set already. Raises FetchFailed.

        The service takes few changes a day and does not say which secret it has: delete the webhook to change that.
        """
        if await self.webhook_info() == url:
            return None
        with _asking():
            return await self.client.set_webhook(url, secret)

    async def delete_webhook(self) -> None:
        """Updates are to be polled. Raises FetchFailed."""
        if await self.webhook_info():
            with _asking():
                await self.client.delete_webhook()

    async def webhook_info(self) -> str:
        """The address that the service calls; empty: none. Raises FetchFailed."""
        with _asking():
            return await self.client.get_webhook_info()

    async def test_webhook(self) -> Verification:
        """Let the service call the webhook now; it does so a few times a day. Raises FetchFailed."""
        with _asking():
            return await self.client.test_webhook()

    def accept(self, headers: Mapping[str, str], body: bytes) -> list[Delivery]:
        """One event, as it came; nothing for a probe, which may lack the secret. Raises Forged, Unreadable."""
        if not self._is_genuine(headers):
            if _is_probe(body):
                return []
            raise Forged(NAME)
        return [_delivery(event, body)] if body.strip() and (event := event_of(body)) else []

    async def poll(self, offset: str) -> tuple[list[Delivery], str]:
        """Waits up to `poll_timeout` for something new. Nothing confirms an update: the same may come again."""
        try:
            found = await self.client.get_updates(self.poll_timeout)
        except Declined as no:
            if no.code == HTTPStatus.REQUEST_TIMEOUT:
                return [], offset
            if no.code == HTTPStatus.BAD_REQUEST:  # somebody has set a webhook meanwhile
                raise FetchFailed(str(no), act=Act.OPERATOR) from None
            raise _unanswered(no) from None
        except (NotSent, Lost) as error:
            raise _unanswered(error) from None
        events = [event for event in found if isinstance(event, dict)]
        if found and not events:
            raise FetchFailed("no update of the batch is an object")
        return [_delivery(event, json.dumps(event).encode()) for event in events], offset

    def read(self, raw: bytes) -> Inbound | None:
        """See `zalo_bot_inbound.inbound`. Raises Unreadable."""
        me = self.client.me
        return inbound(event_of(raw), (me.display_name, me.account_name))

    async def send(self, message: Outbound) -> str:
        """The id of the last message sent for it. Raises SendFailed."""
        return await send(self.client, message, self.limits)

    async def fetch(self, file: FileRef, into: BinaryIO) -> None:
        """From where the service says it lies, soon: such addresses do not last. Raises FetchFailed."""
        await download(file.url, into, MOST_FETCHED, local=self.client.local)

    async def typing(self, address: Address) -> None:
        """Shown until the next message."""
        with suppress(NotSent, Lost, Declined):
            await self.client.send_chat_action(address.chat)

    async def acknowledge(self, raw: bytes) -> None:
        """There are no buttons."""

    def _is_genuine(self, headers: Mapping[str, str]) -> bool:
        given = {key.lower(): value for key, value in headers.items()}.get(SECRET_HEADER, "")
        same = hmac.compare_digest(_bytes(given), _bytes(self.webhook_secret))
        return same and self.webhook_secret != ""


def _is_probe(body: bytes) -> bool:
    """Nothing, or an object in which nobody says anything."""
    if not body.strip():
        return True
    try:
        event = event_of(body)
    except Unreadable:
        return False
    return "message" not in event and "event_name" not in event


def _delivery(event: Json, raw: bytes) -> Delivery:
    """Named by its message; an event without one by what it says."""
    message = message_of(event)
    chat = message.get("chat")
    lane = known_id(chat.get("id")) if isinstance(chat, dict) else ""
    return Delivery(NAME, known_id(message.get("message_id")) or _digest(event), raw, lane)


def _digest(event: Json) -> str:
    return "event:" + hashlib.sha256(json.dumps(event, sort_keys=True).encode()).hexdigest()


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogateescape")


@contextmanager
def _asking() -> Iterator[None]:
    try:
        yield
    except (NotSent, Lost, Declined) as error:
        raise _unanswered(error) from None


def _unanswered(error: NotSent | Lost | Declined) -> FetchFailed:
    if isinstance(error, NotSent):
        return FetchFailed(f"offline: {error}")
    if isinstance(error, Declined) and error.code == HTTPStatus.UNAUTHORIZED:
        return FetchFailed(REJECTED, act=Act.OPERATOR)
    return FetchFailed(str(error))
