"""setup: from a token to a working bot; every answer is tried on the real service before anything is written."""

import argparse
import asyncio
import secrets
from argparse import Namespace
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from bot.checks.reach import LOOPBACK, trouble_at
from bot.cli.asking import Asking, Untried, tell
from bot.cli.parser import Commands
from bot.cli.setup_oa import Account
from bot.env_file import read, write
from bot.platforms.telegram import Telegram
from bot.platforms.telegram_errors import REJECTED
from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_oa_client import Declined, Lost, NotSent
from bot.platforms.zalo_oauth import APP_INACTIVE, WRONG_SECRET, ZaloOAuth
from bot.settings import Settings, read_settings
from core.errors import BadInput, FetchFailed
from core.texts import commands, consent
from core.texts import setup as texts

ENV_FILE = Path(".env")
_BOTS = ("ZALO_BOT", "TELEGRAM")
_ACCOUNT = ("ZALO_OA_APP_SECRET", "ZALO_OA_SECRET_KEY", "ZALO_OA_REFRESH_TOKEN")


def add(commands_of: Commands) -> None:
    """The command and its arguments."""
    parser = commands_of.add_parser(
        "setup",
        help=texts.SETUP,
        description=texts.SETUP,
        epilog=commands.example("setup", "setup --set ZALO_BOT_TOKEN=123456:abc"),
    )
    parser.add_argument("--set", action="append", type=_pair, metavar="NAME=VALUE", help=texts.SET)
    parser.set_defaults(run=run, without_settings=True)


def run(args: Namespace) -> int:
    """Raises BadInput where a given answer is no good or none comes; nothing is written then."""
    kept = read(ENV_FILE)
    return asyncio.run(_run(Asking(kept, dict(args.set) if args.set else None), _standing(kept)))


def _standing(kept: Mapping[str, str]) -> Settings:
    """Where services and database are; also where the settings cannot be read, which may be what is being mended."""
    try:
        return read_settings(ENV_FILE)
    except BadInput:
        addresses = {name.lower(): value for name, value in kept.items() if name.endswith("_API_URL")}
        return Settings.model_construct(None, **addresses)


async def _run(asking: Asking, settings: Settings) -> int:
    if asking.given is None:
        tell(texts.WELCOME)
    trying = Trying(settings, asking)
    await asking.ask("ZALO_BOT_TOKEN", trying.zalo_bot)
    await asking.ask("TELEGRAM_TOKEN", trying.telegram)
    account = await _ask_account(asking, trying)
    if not (account or any(asking.value(f"{name}_TOKEN") for name in _BOTS)):
        raise BadInput(texts.NOTHING)
    _choose_ways(asking)
    write(ENV_FILE, asking.values)
    tell(texts.written(ENV_FILE.name))
    if account:
        tell(await account.to_copy())
    tell(texts.NEXT_STEPS)
    return 0


async def _ask_account(asking: Asking, trying: "Trying") -> Account | None:
    """The Official Account, and the address that it needs; the refresh token last: trying it uses it up."""
    app_id = await asking.ask("ZALO_OA_APP_ID", trying.anything)
    if not app_id:
        asking.values.update(dict.fromkeys(_ACCOUNT, ""))
        await asking.ask("PUBLIC_URL", trying.public_url)
        return None
    secret = await asking.ask("ZALO_OA_APP_SECRET", trying.app_secret, needed=True)
    await asking.ask("ZALO_OA_SECRET_KEY", trying.secret_key, needed=True)
    address = await asking.ask("PUBLIC_URL", trying.public_url, needed=True)
    account = Account(trying.settings, app_id, secret, address.rstrip("/"))
    await asking.ask("ZALO_OA_REFRESH_TOKEN", account.try_refresh)
    return account


class Trying:
    """Each answer against the service it is for; raises BadInput with what to do."""

    def __init__(self, settings: Settings, asking: Asking) -> None:
        self.settings = settings
        self._asking = asking

    async def zalo_bot(self, token: str) -> str:
        """The bot's name."""
        service = ZaloBot.open(token, self.settings.zalo_bot_api_url)
        try:
            me = await service.me()
            return texts.is_bot(me.display_name or me.account_name)
        except FetchFailed as failure:
            raise _refused(failure) from None
        finally:
            await service.close()

    async def telegram(self, token: str) -> str:
        """The bot's name."""
        if not token.partition(":")[0].isdecimal():
            raise BadInput(texts.REJECTED)
        service = Telegram.open(token, self.settings.telegram_api_url)
        try:
            return texts.is_bot(f"@{(await service.who()).username}")
        except FetchFailed as failure:
            raise _refused(failure) from None
        finally:
            await service.close()

    async def app_secret(self, secret: str) -> str:
        """A code that was never given shows whether id and secret are right; nothing is used up by it."""
        app = ZaloOAuth(self._asking.value("ZALO_OA_APP_ID"), secret, self.settings.zalo_oauth_url)
        try:
            await app.exchange("setup", "setup")
        except Declined as no:
            known = {APP_INACTIVE: consent.APP_OFF, WRONG_SECRET: texts.WRONG_SECRET}
            if no.code in known:
                raise BadInput(known[no.code]) from None
        except (NotSent, Lost) as error:
            raise Untried(texts.not_now(str(error))) from None
        return texts.APP_RIGHT

    async def secret_key(self, key: str) -> str:
        """Often mistaken for the app's secret."""
        if key == self._asking.value("ZALO_OA_APP_SECRET"):
            raise BadInput(texts.SAME_KEY)
        return ""

    async def public_url(self, url: str) -> str:
        """Trouble is told and no more: this program may not run yet."""
        if not url.startswith("https://") and urlsplit(url).hostname not in LOOPBACK:
            raise BadInput(texts.HTTPS)
        trouble = await trouble_at(url.rstrip("/"))
        return texts.address_lost(trouble) if trouble else texts.address_found(url)

    async def anything(self, _: str) -> str:
        """What cannot be tried by itself."""
        return ""


def _choose_ways(asking: Asking) -> None:
    """Webhooks where there is an address, with a secret for each made once; else polling."""
    for name in _BOTS:
        hooked = bool(asking.value("PUBLIC_URL") and asking.value(f"{name}_TOKEN"))
        asking.values[f"{name}_MODE"] = asking.kept.get(f"{name}_MODE", "webhook") if hooked else ""
        if hooked and not asking.value(f"{name}_WEBHOOK_SECRET"):
            asking.values[f"{name}_WEBHOOK_SECRET"] = secrets.token_urlsafe(32)


def _refused(failure: FetchFailed) -> BadInput:
    """The services say it in the same words."""
    return BadInput(texts.REJECTED) if failure.reason == REJECTED else Untried(texts.not_now(failure.reason))


def _pair(text: str) -> tuple[str, str]:
    """NAME=VALUE of one of the questions. Raises ArgumentTypeError."""
    name, equals, value = text.partition("=")
    name = name.upper().removeprefix("NHACVIEC_")
    if not equals or name not in texts.QUESTIONS:
        raise argparse.ArgumentTypeError(texts.NOT_A_SETTING + ", ".join(texts.QUESTIONS))
    return name, value
