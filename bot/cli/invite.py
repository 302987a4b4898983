"""invite: a joining code for a unit and a role, with its link and QR where Telegram is set up."""

import asyncio
import io
from argparse import Namespace
from datetime import timedelta

import segno

from bot.cli.arguments import ROLES, unit_of, uses
from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.platforms.telegram import Telegram
from bot.settings import Settings
from core.clock import system_clock
from core.errors import FetchFailed
from core.people import Role, UnitTree
from core.texts import commands as texts
from records.invitations import invite, new_code
from records.units import all_units

VALID_FOR = timedelta(days=14)


def add(commands: Commands) -> None:
    """The command and its arguments."""
    parser = commands.add_parser(
        "invite",
        help=texts.INVITE,
        description=texts.INVITE,
        epilog=texts.example("invite --unit VB-HOAPHUONG --role teacher --uses 20"),
    )
    parser.add_argument("--unit", required=True, metavar="CODE", help=texts.UNIT)
    parser.add_argument("--role", required=True, choices=ROLES, metavar="ROLE", help=texts.INVITED_ROLE)
    parser.add_argument("--uses", type=uses, default=1, metavar="N", help=texts.USES)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """The code is kept only as a hash: it is shown this once."""
    print(asyncio.run(_run(args, settings)))
    return 0


async def _run(args: Namespace, settings: Settings) -> str:
    code, role, until = new_code(), Role(args.role), system_clock() + VALID_FOR
    async with opened(settings) as begin, begin() as session:
        unit = unit_of(UnitTree.of(await all_units(session)), args.unit)
        await invite(session, unit.code, role, args.uses, until, code)
    lines = [texts.invitation(code, unit.name, role.value, args.uses, until), texts.how_to_join(code)]
    name = await _bot_name(settings)
    if name:
        link = f"https://t.me/{name}?start={code}"
        lines += [texts.join_link(link), _qr(link)]
    return "\n".join(lines)


async def _bot_name(settings: Settings) -> str:
    """The bot's name with Telegram; empty where no token is set or the service is out of reach."""
    if settings.telegram_token is None:
        return ""
    telegram = Telegram.open(settings.telegram_token.get_secret_value(), settings.telegram_api_url)
    try:
        return (await telegram.who()).username
    except FetchFailed:
        return ""
    finally:
        await telegram.close()


def _qr(link: str) -> str:
    """As blocks of text, for a phone to read off the screen."""
    out = io.StringIO()
    segno.make(link, micro=False).terminal(out, compact=True)
    return out.getvalue()
