"""remind: what is due, for whom, in which chat; with --dry-run all of the day and when, without it that is queued."""

import asyncio
import json
from argparse import Namespace
from dataclasses import asdict
from datetime import datetime

from bot.cli.arguments import instant
from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.settings import Settings
from bot.workdays import read_workdays
from core.clock import system_clock
from core.reminding import Message
from core.texts import commands as texts
from core.texts import reminders as say
from knowledge.shelf import Shelf
from scheduler.reindex import reindex
from scheduler.reminders import Reminders


def add(commands: Commands) -> None:
    """The command and its arguments."""
    example = texts.example(*say.EXAMPLES)
    parser = commands.add_parser("remind", help=say.REMIND, description=say.REMIND, epilog=example)
    parser.add_argument("--now", type=instant, metavar="ISO", help=texts.NOW)
    parser.add_argument("--dry-run", action="store_true", help=say.DRY_RUN)
    parser.add_argument("--json", action="store_true", help=texts.JSON)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """0, also where nothing is due."""
    now = args.now or system_clock()
    found = asyncio.run(_due(settings, now, queue=not args.dry_run))
    if args.json:
        print(json.dumps([_value(at, one) for at, one in found], ensure_ascii=False, indent=1))
    else:
        said = (say.printed(at, ", ".join(one.units), _where(one), one.text) for at, one in found)
        print("\n\n".join(said) or say.NOTHING_DUE)
    return 0


async def _due(settings: Settings, now: datetime, *, queue: bool) -> list[tuple[datetime, Message]]:
    shelf = Shelf(read_workdays(settings).workdays)
    async with opened(settings) as begin:
        await reindex(begin, shelf)
        reminders = Reminders(begin, shelf.current, lambda: now, lambda: None, settings.hours)
        found = await reminders.of_the_day()
        if queue:
            await reminders.work()
    return found


def _where(one: Message) -> str:
    return f"{one.chat.platform}:{one.chat.chat}" if one.chat else f"#{one.person}"


def _value(at: datetime, one: Message) -> dict[str, object]:
    chat = asdict(one.chat) if one.chat else None
    return {
        "at": at.isoformat(),
        "kind": one.kind.value,
        "units": list(one.units),
        "chat": chat,
        "person": one.person or None,
        "tasks": [str(ref) for ref in one.tasks],
        "text": one.text,
    }
