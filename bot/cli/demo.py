"""demo: everything on samples, in the browser; no token, no configuration."""

import asyncio
import shutil
import sys
import webbrowser
from argparse import Namespace
from functools import partial
from pathlib import Path

from pydantic import SecretStr

from bot import demo
from bot.cli.arguments import instant, port
from bot.cli.database import opened
from bot.cli.files import named
from bot.cli.parser import Commands
from bot.cli.reading import read_plan
from bot.december import December
from bot.platforms.web_chat import WebChat
from bot.service import Service, listen, stop_on_signals
from bot.settings import Settings
from core.clock import ShiftedClock
from core.errors import BadInput
from core.people import UnitTree
from core.texts import commands as texts
from core.texts.demo import BOT_NAME
from handlers.context import House
from knowledge.issuer import find_issuer
from knowledge.shelf import Shelf
from media.faces import installed
from records import documents
from records.files import FileStore
from records.session import Begin
from records.units import all_units
from scheduler.looking import Looker
from scheduler.reindex import reindex

HOST = "127.0.0.1"


def add(commands: Commands) -> None:
    """The command and its arguments."""
    parser = commands.add_parser(
        "demo",
        help=texts.DEMO,
        description=texts.DEMO,
        epilog=texts.example("demo", "demo --now 2025-02-10 --port 8090 --no-open"),
    )
    parser.add_argument("--now", type=instant, default=demo.START, metavar="ISO", help=texts.NOW)
    parser.add_argument("--port", type=port, metavar="N", help=texts.PORT)
    parser.add_argument("--no-open", action="store_true", help=texts.NO_OPEN)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """0 once it was told to stop."""
    asyncio.run(_run(args, settings))
    return 0


async def _run(args: Namespace, settings: Settings) -> None:
    at = args.port or settings.port
    with listen(HOST, at) as listening:  # before anything is thrown away: another demo may be running
        own = settings.model_copy(update={"database_url": SecretStr(_new_database(settings.data_dir, at))})
        async with opened(own) as begin:
            clock = ShiftedClock(args.now)
            folder = settings.data_dir / "demo" / str(at)
            talks, store, shelf = WebChat(BOT_NAME, folder=folder / "sent"), FileStore(folder / "files"), Shelf()
            read = partial(publish, begin, clock)
            cast = await demo.prepare(begin, clock, read)
            refresh, looker = partial(reindex, begin, shelf), Looker(begin, store, clock)
            december = December(begin, store, shelf.current, read, refresh, looker.look)
            site = demo.demo_site(talks, cast, clock, begin, folder / "sent", december.fill)
            house = House(f"http://{HOST}:{at}", blurs=installed())
            service = Service(begin, clock, {talks.name: talks}, store, site, house, shelf=shelf)
            await service.run(listening, [], partial(_open, args, at), stop_on_signals())
    print(texts.STOPPED, file=sys.stderr)


def _new_database(data: Path, at: int) -> str:
    """The address of an empty database; what an earlier demo left on this port is removed."""
    folder = data / "demo" / str(at)
    with named(folder):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    return f"sqlite:///{folder / 'demo.db'}"


async def publish(begin: Begin, clock: ShiftedClock, path: Path) -> None:
    """A sample plan into the knowledge base. Raises BadInput where its issuer is not among the sample units."""
    reading = await read_plan(path)
    async with begin() as session:
        issuer = find_issuer(reading.plan.head, UnitTree.of(await all_units(session)))
        if issuer is None:
            raise BadInput(texts.in_file(path.name, texts.NO_ISSUER))
        await documents.add(session, reading.plan, issuer.code, reading.digest, documents.PUBLISHED, clock())


async def _open(args: Namespace, at: int) -> None:
    address = f"http://{HOST}:{at}/chat"
    print(texts.demo_open(address, args.now), file=sys.stderr)
    if not args.no_open and _has_a_window():
        await asyncio.to_thread(webbrowser.open, address)


def _has_a_window() -> bool:
    """False where only a browser of the terminal could be had: it would take the terminal away."""
    try:
        return type(webbrowser.get()) is not webbrowser.GenericBrowser
    except webbrowser.Error:
        return False
