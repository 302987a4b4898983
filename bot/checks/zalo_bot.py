"""The Zalo Bot: the token, groups, the webhook as Zalo itself finds it, and what is left of the plan."""

from collections.abc import Sequence

from bot.checks.finding import Finding, Premises, doubt, good, wrong
from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_bot_client import REJECTED
from bot.settings import Settings
from core import quota
from core.errors import FetchFailed
from core.texts import doctor as texts
from records import usage
from web.app import WEBHOOKS

NAME = texts.ZALO_BOT
CAP = "426"  # so does the refusal begin when the webhook was tested too often today


async def zalo_bot(at: Premises) -> Sequence[Finding]:
    """Nothing where no token is set."""
    settings = at.settings
    if settings.zalo_bot_token is None:
        return []
    api = ZaloBot.open(settings.zalo_bot_token.get_secret_value(), settings.zalo_bot_api_url)
    try:
        me = await api.me()
        found = [good(NAME, texts.zalo_bot(me.display_name or me.account_name))]
        if not me.can_join_groups:
            found.append(doubt(NAME, texts.NO_GROUPS))
        found += await _way(settings, api)
    except FetchFailed as failure:
        return [wrong(NAME, refusal(failure))]
    finally:
        await api.close()
    return [*found, *await _plan(at, api)]


def refusal(failure: FetchFailed) -> str:
    """Why Zalo does not tell us whose token it is."""
    return texts.ZALO_REJECTED if failure.reason == REJECTED else texts.unreachable(NAME, failure.reason)


async def _way(settings: Settings, api: ZaloBot) -> list[Finding]:
    """By polling or by webhook, as the settings say. Raises FetchFailed."""
    url = await api.webhook_info()
    if settings.zalo_bot_mode == "polling":
        return [wrong(NAME, texts.polled_but_hooked(url, "ZALO_BOT"))] if url else []
    ours = f"{settings.public_url}{WEBHOOKS['zalo_bot']}"
    return [wrong(NAME, texts.other_webhook(url, ours))] if url != ours else [await _tested(api, ours)]


async def _tested(api: ZaloBot, ours: str) -> Finding:
    """Zalo calls us now and says what it found."""
    try:
        told = await api.test_webhook()
    except FetchFailed as failure:
        if failure.reason.startswith(CAP):
            return doubt(NAME, texts.TESTED_TOO_OFTEN)
        return doubt(NAME, texts.not_tested(failure.reason))
    if told.ok:
        return good(NAME, texts.webhook_set(ours))
    return wrong(NAME, texts.webhook_outcome(told.outcome, told.hint, told.status_code))


async def _plan(at: Premises, api: ZaloBot) -> list[Finding]:
    """Messages, people and groups of the plan that are nearly or wholly used."""
    if at.begin is None:
        return []
    async with at.begin() as session:
        used = await usage.of(session, api.name, at.clock())
    texts_by_key = quota.warnings(api.name, api.limits, used)
    return [(wrong if key.endswith(":full") else doubt)(NAME, text) for key, text in texts_by_key.items() if text]
