"""Telegram: the token, privacy mode, and the way updates take to us."""

from collections.abc import Sequence

from bot.checks.finding import Finding, Premises, doubt, good, wrong
from bot.platforms.telegram import Telegram, WebhookInfo
from bot.platforms.telegram_errors import REJECTED
from bot.settings import Settings
from core.errors import FetchFailed
from core.texts import doctor as texts
from web.app import WEBHOOKS

NAME = texts.TELEGRAM
MANY = 10  # updates that wait; a few do at any time


async def telegram(at: Premises) -> Sequence[Finding]:
    """Nothing where no token is set."""
    settings = at.settings
    if settings.telegram_token is None:
        return []
    api = Telegram.open(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    try:
        me, info = await api.who(), await api.webhook_info()
    except FetchFailed as failure:
        return [wrong(NAME, refusal(failure))]
    finally:
        await api.close()
    found = [good(NAME, texts.telegram_bot(me.username))]
    if not me.reads_all:
        found.append(doubt(NAME, texts.PRIVACY_ON))
    return [*found, *_way(settings, info)]


def refusal(failure: FetchFailed) -> str:
    """Why Telegram does not tell us whose token it is."""
    return texts.TELEGRAM_REJECTED if failure.reason == REJECTED else texts.unreachable(NAME, failure.reason)


def _way(settings: Settings, info: WebhookInfo) -> list[Finding]:
    """By polling or by webhook, as the settings say."""
    if settings.telegram_mode == "polling":
        return [wrong(NAME, texts.polled_but_hooked(info.url, "TELEGRAM"))] if info.url else _waiting(info)
    ours = f"{settings.public_url}{WEBHOOKS['telegram']}"
    if info.url != ours:
        return [wrong(NAME, texts.other_webhook(info.url, ours))]
    if info.last_error:
        say = wrong if info.waiting else doubt
        return [say(NAME, texts.last_error(info.last_error, info.last_error_at)), *_waiting(info)]
    return [good(NAME, texts.webhook_set(ours)), *_waiting(info)]


def _waiting(info: WebhookInfo) -> list[Finding]:
    return [doubt(NAME, texts.waiting(info.waiting))] if info.waiting >= MANY else []
