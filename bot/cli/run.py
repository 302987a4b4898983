"""run: the service, with every channel that has credentials."""

import asyncio
import socket
import sys
from argparse import Namespace
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from bot.channels import Channel, Note, listen_to, open_channels
from bot.cli.arguments import instant
from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.polling import UntilDriving
from bot.running import Loop, Wake, settle
from bot.service import Service, listen, stop_on_signals
from bot.settings import Settings
from bot.storage import open_store
from bot.workdays import Watched
from core.clock import Clock, ShiftedClock, system_clock
from core.errors import BadInput
from core.platform import Platform
from core.texts import commands as texts
from core.texts import workdays as calendars
from core.texts.delivery import NAMES
from handlers.context import House
from knowledge.shelf import Shelf
from media.clamd import Clamd
from media.faces import installed
from records.session import Begin

THREADS = 32  # they wait for the disk and the bucket; Python would have six on a small machine


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
    if not (settings.telegram_token or settings.zalo_bot_token or settings.zalo_oa_app_id):
        raise BadInput(texts.NO_CHANNEL)
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
    with listen(settings.host, settings.port) as listening:
        await serve(settings, clock, listening, stop_on_signals())
    print(texts.STOPPED, file=sys.stderr)


async def serve(settings: Settings, clock: Clock, listening: socket.socket, stop: asyncio.Event) -> None:
    """Every channel with credentials, until `stop` is set."""
    async with opened(settings) as begin:
        channels = open_channels(settings, begin, clock)
        house = House(
            settings.public_url or "",
            settings.confirm_joins,
            settings.confirm_evidence,
            confirm_notices=settings.confirm_notices,
            blurs=installed(),
            links=partial(_links, channels),
            retention_days=settings.retention_days,
            hours=settings.hours,
        )
        platforms: dict[str, Platform] = {channel.name: channel.platform for channel in channels}
        platforms |= {other.name: other for channel in channels for other in channel.also}
        calendar = Watched(settings)
        if calendar.first.fault:
            print(f"{calendars.SUBJECT}: {calendar.first.fault}", file=sys.stderr)
        service = Service(
            begin,
            clock,
            platforms,
            open_store(settings),
            house=house,
            consent=next((channel.consent for channel in channels if channel.consent), None),
            watchers={channel.name: channel.alert_of for channel in channels if channel.alert_of},
            chores=[chore for channel in channels for chore in channel.chores],
            scanner=Clamd(settings.clamav) if settings.clamav else None,
            shelf=Shelf(calendar.first.workdays),
            calendar=calendar.look,
            connected={channel.name: False for channel in channels},
        )
        loops = [partial(_listening, channel, service.note, clock) for channel in channels]
        try:
            await service.run(listening, loops, partial(_begun, settings, channels), stop)
        finally:
            for channel in channels:
                await channel.close()


def _links(channels: Sequence[Channel]) -> list[str]:
    return [link for channel in channels for link in channel.links()]


def _listening(
    channel: Channel, note: Note, clock: Clock, begin: Begin, wake: Wake, until_driving: UntilDriving
) -> Loop:
    return listen_to(channel, note, begin, clock, wake, until_driving=until_driving)


async def _begun(settings: Settings, channels: Sequence[Channel]) -> None:
    settle()
    address = settings.public_url or f"http://{settings.host}:{settings.port}"
    named = [f"{NAMES[channel.name]} ({channel.mode})" for channel in channels]
    print(texts.running(named, address), file=sys.stderr)
