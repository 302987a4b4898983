"""Our address as others reach it, and our clock beside theirs."""

import json
from collections.abc import Sequence
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from urllib.parse import urlsplit

import aiohttp

from bot.checks.finding import Finding, Premises, doubt, good, wrong
from bot.settings import Settings
from core.texts import doctor as texts

WITHIN = aiohttp.ClientTimeout(total=10)  # seconds
LOOPBACK = ("127.0.0.1", "localhost", "::1")
SKEW = timedelta(seconds=60)


async def public_url(at: Premises) -> Sequence[Finding]:
    """Https, reached from here, and answered by us. Not needed by who only polls."""
    settings = at.settings
    if settings.public_url is None:
        lost = settings.zalo_bot_token is not None  # no pictures, no links to send files by
        return [doubt(texts.PUBLIC_URL, texts.NO_PUBLIC_URL)] if lost else []
    found = [] if settings.public_url.startswith("https://") else [wrong(texts.PUBLIC_URL, texts.NOT_HTTPS)]
    fault = await trouble_at(settings.public_url)
    if fault:
        return [*found, wrong(texts.PUBLIC_URL, fault)]
    return [*found, good(texts.PUBLIC_URL, texts.reached(settings.public_url))]


async def clock(at: Premises) -> Sequence[Finding]:
    """Signatures and tokens live by the clock; whichever service answers first tells the time."""
    for address in _services(at.settings):
        try:
            async with _session(address) as http, http.head(address, allow_redirects=False) as answer:
                told = answer.headers.get("Date", "")
            off = at.clock() - parsedate_to_datetime(told)
        except (aiohttp.ClientError, TimeoutError, OSError, ValueError, TypeError):
            continue
        seconds = int(abs(off).total_seconds())
        if abs(off) > SKEW:
            return [wrong(texts.CLOCK, texts.skewed(seconds, ahead=off > timedelta(0)))]
        return [good(texts.CLOCK, texts.CLOCK_RIGHT)]
    return []


async def trouble_at(address: str) -> str:
    """What keeps this address from being ours; empty: nothing."""
    try:
        async with _session(address) as http, http.get(f"{address}/healthz", allow_redirects=False) as answer:
            body = await answer.content.read(1000)
            return "" if answer.status == HTTPStatus.OK and _is_ours(body) else texts.not_us(address, answer.status)
    except aiohttp.ClientSSLError:
        return texts.bad_certificate(address)
    except aiohttp.ClientConnectorDNSError:
        return texts.no_such_name(address)
    except (aiohttp.ClientError, TimeoutError, OSError, ValueError):
        return texts.not_reached(address)


def _is_ours(body: bytes) -> bool:
    try:
        return bool(json.loads(body) == {"ok": True})
    except ValueError:
        return False


def _services(settings: Settings) -> list[str]:
    used = (
        (settings.telegram_token, settings.telegram_api_url),
        (settings.zalo_bot_token, settings.zalo_bot_api_url),
        (settings.zalo_oa_app_id, settings.zalo_oa_api_url),
    )
    return [address for credential, address in used if credential]


def _session(address: str) -> aiohttp.ClientSession:
    """Proxies as the environment says, but not on the way to a local server."""
    return aiohttp.ClientSession(timeout=WITHIN, trust_env=urlsplit(address).hostname not in LOOPBACK)
