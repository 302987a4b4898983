"""The chat services with credentials: opened, connected, and listened to by polling or webhook."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import structlog
from pydantic import SecretStr

from bot.oa_consent import OAConsent
from bot.oa_grant import OAGrant
from bot.oa_tokens import KeptTokens
from bot.platforms import zalo_bot
from bot.platforms.telegram import Telegram
from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_oa import ZaloOA
from bot.platforms.zalo_template import ZaloTemplate
from bot.polling import Source, UntilDriving, alert_key, always, pause, poll_forever
from bot.settings import Settings
from core.clock import Clock
from core.errors import Act, FetchFailed
from core.platform import Connected, Platform
from core.texts import delivery as texts
from records.alerts import clear_alert, raise_alert
from records.session import Begin
from web.app import WEBHOOKS
from web.consent import Consent

_log = structlog.get_logger()

Note = Callable[[str, bool], None]  # what /readyz says of a channel from now on
Sleep = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Channel:
    """A chat service and how it is listened to. `source` None: it calls our webhook.

    `connect` learns who we are there and sets or deletes the webhook; it raises FetchFailed. `chores`: what is to be
    done every few minutes. `alert_of`: what the operator must be told of a delivery.
    """

    platform: Connected
    connect: Callable[[], Awaitable[object]]
    source: Source | None = None
    floor: timedelta = timedelta(0)  # from one asking to the next
    chores: tuple[Callable[[], Awaitable[object]], ...] = ()
    alert_of: Callable[[bytes], str | None] | None = None
    consent: Consent | None = None
    also: tuple[Platform, ...] = ()  # other ways out through the same service
    closing: tuple[Callable[[], Awaitable[object]], ...] = ()  # before the platform itself
    links: Callable[[], Sequence[str]] = tuple  # as `House.links`; known once it is connected

    async def close(self) -> None:
        """Close all connections."""
        for step in (*self.closing, self.platform.close):
            await step()

    @property
    def name(self) -> str:
        return self.platform.name

    @property
    def mode(self) -> str:
        return "polling" if self.source else "webhook"


def open_channels(settings: Settings, begin: Begin, clock: Clock) -> list[Channel]:
    """Those with credentials; no network yet."""
    found = (_telegram(settings), _zalo_bot(settings), _zalo_oa(settings, begin, clock))
    return [channel for channel in found if channel]


def _telegram(settings: Settings) -> Channel | None:
    if settings.telegram_token is None:
        return None
    secret = _secret(settings.telegram_webhook_secret)
    telegram = Telegram.open(_secret(settings.telegram_token), settings.telegram_api_url, secret)
    links = partial(_start_links, telegram)
    if settings.telegram_mode == "polling":
        return Channel(telegram, _in_turn(telegram.connect, telegram.delete_webhook), telegram, links=links)
    hook = partial(telegram.set_webhook, _hook(settings, telegram.name), secret)
    return Channel(telegram, _in_turn(telegram.connect, hook), links=links)


def _start_links(telegram: Telegram) -> tuple[str, ...]:
    """Opening it sends "/start CODE" (Telegram's deep links)."""
    name = telegram.me.username
    return (f"https://t.me/{name}?start={{code}}",) if name else ()


def _zalo_bot(settings: Settings) -> Channel | None:
    if settings.zalo_bot_token is None:
        return None
    secret = _secret(settings.zalo_bot_webhook_secret)
    zalo = ZaloBot.open(_secret(settings.zalo_bot_token), settings.zalo_bot_api_url, secret)
    if settings.zalo_bot_mode == "polling":
        return Channel(zalo, _in_turn(zalo.connect, zalo.delete_webhook), zalo, zalo_bot.FLOOR)
    hook = partial(_set_webhook, zalo, _hook(settings, zalo.name), secret)
    return Channel(zalo, _in_turn(zalo.connect, hook))


async def _set_webhook(zalo: ZaloBot, url: str, secret: str) -> None:
    """The service keeps an address that it cannot reach as well: then nothing comes, and only it knows why."""
    found = await zalo.set_webhook(url, secret)
    if found is not None and found.outcome and not found.ok:
        _log.warning("channel.webhook_unreached", platform=zalo.name, outcome=found.outcome)


def _zalo_oa(settings: Settings, begin: Begin, clock: Clock) -> Channel | None:
    """Its webhook is set in Zalo's developer console, by hand."""
    template = settings.zalo_oa_template
    app, secret, public_url = settings.zalo_oa_app_id, _secret(settings.zalo_oa_app_secret), settings.public_url or ""
    if app is None:
        return None
    grant = OAGrant.open(begin, clock, app, secret, settings.zalo_oauth_url, public_url)
    tokens = KeptTokens(grant)
    addresses = settings.zalo_oa_api_url, settings.zalo_oa_business_url
    account = ZaloOA.open(app, _secret(settings.zalo_oa_secret_key), tokens, *addresses, clock=clock)
    steps = [account.connect]
    if settings.zalo_oa_refresh_token:
        steps.insert(0, partial(tokens.seed, _secret(settings.zalo_oa_refresh_token)))
    return Channel(
        account,
        _in_turn(*steps),
        chores=(tokens.renew_if_due,),
        alert_of=account.alert_of,
        consent=OAConsent(grant),
        also=(ZaloTemplate(account.send_template, template, settings.zalo_oa_template_field),) if template else (),
        closing=(tokens.close,),
    )


async def listen_to(
    channel: Channel,
    connected: Note,
    begin: Begin,
    clock: Clock,
    wake: Callable[[], None],
    sleep: Sleep = asyncio.sleep,
    until_driving: UntilDriving = always,
) -> None:
    """Connect, trying again while the service is out of reach; then poll for ever, or leave it to the webhook."""
    failures = 0
    while True:
        try:
            await channel.connect()
            break
        except FetchFailed as failure:
            failures += 1
            _log.warning("channel.unreachable", platform=channel.name, reason=failure.reason, failures=failures)
            if failure.act is Act.OPERATOR:
                await _alert(channel, failure, begin, clock)
            await sleep(pause(failures, 0).total_seconds())
    async with begin() as session:
        await clear_alert(session, alert_key(channel.name), clock())
    connected(channel.name, True)
    if channel.source is None:
        await asyncio.Event().wait()  # updates come to the webhook
    else:
        await poll_forever(channel.source, begin, clock, wake, floor=channel.floor, until_driving=until_driving)


async def _alert(channel: Channel, failure: FetchFailed, begin: Begin, clock: Clock) -> None:
    async with begin() as session:
        await raise_alert(
            session, alert_key(channel.name), texts.does_not_let_us_in(channel.name, failure.reason), clock()
        )


def _in_turn(*steps: Callable[[], Awaitable[object]]) -> Callable[[], Awaitable[None]]:
    async def all_steps() -> None:
        for step in steps:
            await step()

    return all_steps


def _hook(settings: Settings, name: str) -> str:
    return f"{settings.public_url}{WEBHOOKS[name]}"


def _secret(value: SecretStr | None) -> str:
    return value.get_secret_value() if value else ""
