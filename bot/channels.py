"""The chat services with credentials: opened, connected, and listened to by polling or webhook."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog

from bot.platforms.telegram import Telegram
from bot.polling import pause, poll_forever
from bot.settings import Settings
from core.clock import Clock
from core.errors import BadInput, FetchFailed
from core.texts import commands as texts
from records.session import Begin
from web.app import WEBHOOKS

_log = structlog.get_logger()


def open_telegram(settings: Settings) -> Telegram:
    """No network yet. Raises BadInput where no token is set."""
    if settings.telegram_token is None:
        raise BadInput(texts.NO_CHANNEL)
    secret = settings.telegram_webhook_secret
    token, hook = settings.telegram_token.get_secret_value(), secret.get_secret_value() if secret else ""
    return Telegram.open(token, settings.telegram_api_url, hook)


async def listen_to_telegram(
    telegram: Telegram,
    settings: Settings,
    clock: Clock,
    connected: Callable[[bool], None],
    begin: Begin,
    wake: Callable[[], None],
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
) -> None:
    """Connect, trying again while Telegram is out of reach; then poll for ever, or leave it to the webhook."""
    failures = 0
    while True:
        try:
            await _connect(telegram, settings)
            break
        except FetchFailed as failure:
            failures += 1
            _log.warning("telegram.unreachable", reason=str(failure), failures=failures)
            await sleep(pause(failures, 0).total_seconds())
    connected(True)
    if settings.telegram_mode == "polling":
        await poll_forever(telegram, begin, clock, wake)
    else:
        await asyncio.Event().wait()  # updates come to /webhook/telegram


async def _connect(telegram: Telegram, settings: Settings) -> None:
    await telegram.connect()
    if settings.telegram_mode == "polling":
        await telegram.delete_webhook()
    elif settings.telegram_webhook_secret and settings.public_url:
        secret = settings.telegram_webhook_secret.get_secret_value()
        await telegram.set_webhook(settings.public_url + WEBHOOKS[telegram.name], secret)
