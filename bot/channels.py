"""The chat services with credentials: opened, connected, and listened to by polling or webhook."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta

import structlog
from pydantic import SecretStr

from bot.platforms import zalo_bot
from bot.platforms.telegram import Telegram
from bot.platforms.zalo_bot import ZaloBot
from bot.polling import Source, pause, poll_forever
from bot.settings import Settings
from core.clock import Clock
from core.errors import Act, FetchFailed
from core.platform import Connected
from core.texts import delivery as texts
from records.alerts import clear_alert, raise_alert
from records.session import Begin
from web.app import WEBHOOKS

_log = structlog.get_logger()

Note = Callable[[str, bool], None]  # what /readyz says of a channel from now on
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Channel:
    """A chat service and how it is listened to. `source` None: it calls our webhook."""

    platform: Connected
    prepare: Callable[[], Awaitable[object]]  # after connecting: set or delete the webhook. Raises FetchFailed
    source: Source | None = None
    floor: timedelta = timedelta(0)  # from one asking to the next

    @property
    def name(self) -> str:
        return self.platform.name

    @property
    def mode(self) -> str:
        return "polling" if self.source else "webhook"


def open_telegram(settings: Settings) -> Channel | None:
    """No network yet; None where no token is set."""
    if settings.telegram_token is None:
        return None
    secret = _secret(settings.telegram_webhook_secret)
    token = settings.telegram_token.get_secret_value()
    telegram = Telegram.open(token, settings.telegram_api_url, secret)
    if settings.telegram_mode == "polling":
        return Channel(telegram, telegram.delete_webhook, telegram)
    return Channel(telegram, lambda: telegram.set_webhook(_hook(settings, telegram.name), secret))


def open_zalo_bot(settings: Settings) -> Channel | None:
    """No network yet; None where no token is set."""
    if settings.zalo_bot_token is None:
        return None
    secret = _secret(settings.zalo_bot_webhook_secret)
    zalo = ZaloBot.open(settings.zalo_bot_token.get_secret_value(), settings.zalo_bot_api_url, secret)
    if settings.zalo_bot_mode == "polling":
        return Channel(zalo, zalo.delete_webhook, zalo, zalo_bot.FLOOR)
    return Channel(zalo, lambda: zalo.set_webhook(_hook(settings, zalo.name), secret))


async def listen_to(
    channel: Channel,
    connected: Note,
    begin: Begin,
    clock: Clock,
    wake: Callable[[], None],
    sleep: Sleep = asyncio.sleep,
) -> None:
    """Connect, trying again while the service is out of reach; then poll for ever, or leave it to the webhook."""
    failures = 0
    while True:
        try:
            await channel.platform.connect()
            await channel.prepare()
            break
        except FetchFailed as failure:
            failures += 1
            _log.warning("channel.unreachable", platform=channel.name, reason=failure.reason, failures=failures)
            if failure.act is Act.OPERATOR:
                await _alert(channel, failure, begin, clock)
            await sleep(pause(failures, 0).total_seconds())
    async with begin() as session:
        await clear_alert(session, _key(channel), clock())
    connected(channel.name, True)
    if channel.source is None:
        await asyncio.Event().wait()  # updates come to the webhook
    else:
        await poll_forever(channel.source, begin, clock, wake, floor=channel.floor)


async def _alert(channel: Channel, failure: FetchFailed, begin: Begin, clock: Clock) -> None:
    async with begin() as session:
        await raise_alert(session, _key(channel), texts.does_not_let_us_in(channel.name, failure.reason), clock())


def _key(channel: Channel) -> str:
    return f"channel:{channel.name}"


def _hook(settings: Settings, name: str) -> str:
    return f"{settings.public_url}{WEBHOOKS[name]}"


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
