"""The Official Account: its three keys, the grant, verification, plan, groups, and what is left to send."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.checks.finding import Finding, Premises, doubt, good, wrong
from bot.oa_consent import OAConsent
from bot.oa_grant import OAGrant
from bot.oa_tokens import KeptTokens
from bot.platforms.zalo_oa import ZaloOA
from bot.platforms.zalo_oa_account import About, Account, OwnGroup, Quota
from bot.settings import Settings
from core.clock import Clock, local_day
from core.errors import Act, FetchFailed
from core.texts import consent, oa_errors
from core.texts import doctor as texts
from records.session import Begin

NAME = texts.ZALO_OA
SOON = timedelta(days=14)
LITTLE = 5  # a fifth of the plan's messages
_CONSENT = (consent.NO_GRANT, oa_errors.NOT_AUTHORISED, oa_errors.TOKEN)  # what consenting anew mends


async def zalo_oa(at: Premises) -> Sequence[Finding]:
    """Nothing where no app is set. The grant is kept in the database: without it no more than the keys is looked at."""
    keys = _keys(at.settings)
    if at.settings.zalo_oa_app_id is None or at.begin is None:
        return keys
    return [*keys, *await _asked(at, at.begin)]


def grant_of(settings: Settings, begin: Begin, clock: Clock) -> OAGrant:
    """The grant as the settings name it."""
    id, secret = settings.zalo_oa_app_id or "", settings.zalo_oa_app_secret
    key = secret.get_secret_value() if secret else ""
    return OAGrant.open(begin, clock, id, key, settings.zalo_oauth_url, settings.public_url or "")


def _keys(settings: Settings) -> list[Finding]:
    """Missing ones are a fault of the settings as a whole."""
    secret, key = settings.zalo_oa_app_secret, settings.zalo_oa_secret_key
    words = [one.get_secret_value() for one in (secret, key) if one] + [settings.zalo_oa_app_id or ""]
    return [wrong(NAME, texts.SAME_KEYS)] if settings.zalo_oa_app_id and len(set(words)) < len(words) else []


async def _asked(at: Premises, begin: Begin) -> list[Finding]:
    """What the service says of the account."""
    settings, grant = at.settings, grant_of(at.settings, begin, at.clock)
    tokens = KeptTokens(grant)
    api = ZaloOA.open("", "", tokens, settings.zalo_oa_api_url, settings.zalo_oa_business_url)
    try:
        if settings.zalo_oa_refresh_token:
            await tokens.seed(settings.zalo_oa_refresh_token.get_secret_value())
        found = _account(await api.account.learn(), at.clock())
        return [*found, *await _messages(api.account), *await _groups(api.account)]
    except FetchFailed as failure:
        link = await OAConsent(grant).link() if failure.reason.startswith(_CONSENT) else ""
        return [wrong(NAME, _refusal(failure, link))]
    finally:
        await tokens.close()
        await api.close()


def _refusal(failure: FetchFailed, link: str) -> str:
    if link:
        return texts.consent_at(failure.reason, link)
    return failure.reason if failure.act is Act.OPERATOR else texts.unreachable(NAME, failure.reason)


def _account(about: About, now: datetime) -> list[Finding]:
    found = [good(NAME, texts.account(about.name, about.package, about.valid_through))]
    if not about.verified:
        found.append(wrong(NAME, oa_errors.NOT_VERIFIED))
    if not about.cloud_account:
        found.append(doubt(NAME, texts.NO_CLOUD_ACCOUNT))
    ends = _day(about.valid_through)
    if ends is not None and ends < local_day(now) + SOON:
        found.append((wrong if ends < local_day(now) else doubt)(NAME, texts.plan_ends(about.valid_through)))
    return found


async def _messages(account: Account) -> list[Finding]:
    """Of a plan that counts them."""
    left = [quota for quota in await account.message_quota() if quota.total]
    return [finding for quota in left if (finding := _of_quota(quota))]


def _of_quota(quota: Quota) -> Finding | None:
    if quota.remain <= 0:
        return wrong(NAME, texts.no_messages_left(quota.total))
    few = quota.remain * LITTLE <= quota.total
    return doubt(NAME, texts.few_messages_left(quota.remain, quota.total)) if few else None


async def _groups(account: Account) -> list[Finding]:
    """A plan may have none."""
    try:
        groups = await account.groups()
    except FetchFailed as failure:
        return [doubt(NAME, texts.groups_not_had(failure.reason))]
    return [wrong(NAME, _off(group)) for group in groups if not group.enabled]


def _off(group: OwnGroup) -> str:
    return texts.group_off(group.name, group.deleted_on)


def _day(written: str) -> date | None:
    """As the service writes it: 31/12/2026."""
    try:
        day, month, year = map(int, written.split("/"))
        return date(year, month, day)
    except ValueError:
        return None
