"""run: the service, with every channel that has credentials."""

import asyncio
import socket
import sys
from argparse import Namespace
from functools import partial

from bot.channels import listen_to_telegram, open_telegram
from bot.cli.arguments import instant
from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.platforms.telegram import Telegram
from bot.service import Service, listen, stop_on_signals
from bot.settings import Settings
from core.clock import Clock, ShiftedClock, system_clock
from core.texts import commands as texts


def add(commands: Commands) -> None:
    """The command and its arguments."""
    parser = commands.add_parser(
        "run", help=texts.RUN, description=texts.RUN, epilog=texts.example("run", "run --now 2023-12-01T08:00")
    )
    parser.add_argument("--now", type=instant, metavar="ISO", help=texts.NOW)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """0 once it was told to stop. Raises BadInput where there is no channel, port or database."""
    asyncio.run(_run(settings, ShiftedClock(args.now) if args.now else system_clock))
    return 0


async def _run(settings: Settings, clock: Clock) -> None:
    telegram = open_telegram(settings)
    with listen(settings.host, settings.port) as listening:
        await serve(telegram, settings, clock, listening, stop_on_signals())
    print(texts.STOPPED, file=sys.stderr)


async def serve(
    telegram: Telegram, settings: Settings, clock: Clock, listening: socket.socket, stop: asyncio.Event
) -> None:
    """Every channel with credentials, until `stop` is set."""
    async with opened(settings) as begin:
        service = Service(begin, clock, {telegram.name: telegram}, connected={telegram.name: False})
        note = partial(service.note, telegram.name)
        channel = partial(listen_to_telegram, telegram, settings, clock, note)
        try:
            await service.run(listening, [channel], partial(_say_running, settings), stop)
        finally:
            await telegram.close()


async def _say_running(settings: Settings) -> None:
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    print(texts.running([f"Telegram ({settings.telegram_mode})"], address), file=sys.stderr)
