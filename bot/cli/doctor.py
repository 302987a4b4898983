"""doctor: looks at everything that `run` needs and says what is wrong and what to do."""

import asyncio
import json
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from bot.checks.all import examine
from bot.checks.finding import Finding, Premises, good, wrong
from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.logs import start_logs
from bot.settings import Settings, read_settings
from core.clock import system_clock
from core.errors import BadInput
from core.health import Level
from core.texts import commands
from core.texts import doctor as texts

ENV_FILE = Path(".env")


def add(parsers: Commands) -> None:
    """The command and its arguments."""
    parser = parsers.add_parser(
        "doctor", help=texts.DOCTOR, description=texts.DOCTOR, epilog=commands.example("doctor", "doctor --json")
    )
    parser.add_argument("--json", action="store_true", help=commands.JSON)
    parser.set_defaults(run=run, without_settings=True)


def run(args: Namespace) -> int:
    """1 if anything is wrong."""
    found = _findings()
    for one in found:
        print(json.dumps(asdict(one), ensure_ascii=False) if args.json else one.line)
    return int(any(one.level is Level.WRONG for one in found))


def _findings() -> Sequence[Finding]:
    """Without settings that can be read there is nothing more to look at."""
    try:
        settings = read_settings(ENV_FILE)
    except BadInput as bad:
        return [wrong(texts.SETTINGS, bad.text)]
    start_logs(settings, aloud=False)
    return [_configuration(settings), *asyncio.run(_examine(settings))]


def _configuration(settings: Settings) -> Finding:
    some = settings.telegram_token or settings.zalo_bot_token or settings.zalo_oa_app_id
    return good(texts.SETTINGS, texts.SETTINGS_GOOD) if some else wrong(texts.CHANNELS, texts.NO_CHANNEL)


async def _examine(settings: Settings) -> list[Finding]:
    """The rest is looked at also where the database cannot be used."""
    try:
        async with opened(settings) as begin:
            found = await examine(Premises(settings, begin, system_clock, ENV_FILE))
        return [good(texts.DATABASE, texts.DATABASE_GOOD), *found]
    except BadInput as bad:
        found = await examine(Premises(settings, None, system_clock, ENV_FILE))
        return [wrong(texts.DATABASE, bad.text), *found]
