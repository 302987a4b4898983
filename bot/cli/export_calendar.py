"""export calendar: a unit's due days as an .ics file, for where no link can be opened."""

import asyncio
from argparse import Namespace
from datetime import date
from pathlib import Path

from bot.cli.arguments import month, unit_of
from bot.cli.database import opened
from bot.cli.files import named
from bot.cli.parser import Commands
from bot.settings import Settings
from bot.workdays import read_workdays
from core.calendar import Entry
from core.clock import local_day, system_clock
from core.errors import BadInput
from core.people import UnitTree
from core.texts import calendar as say
from core.texts import commands as texts
from core.texts import dossier
from evidence.desk import Desk
from evidence.shelf import on_shelf
from knowledge.index import Index
from knowledge.school_years import month_end
from records.units import all_units
from reminding.calendar import between, feed
from reminding.ics import write


def add(what: Commands) -> None:
    """Its arguments."""
    parser = what.add_parser("calendar", help=say.EXPORT, description=say.EXPORT, epilog=texts.example(say.EXAMPLE))
    parser.add_argument("--unit", required=True, metavar="CODE", help=texts.UNIT)
    parser.add_argument("--month", type=month, metavar="YYYY-MM", help=dossier.EXPORT_MONTH)
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help=say.OUT)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """Raises BadInput where the file is there already, or cannot be written."""
    if args.out.exists():
        raise BadInput(dossier.exists(str(args.out)))
    name, entries = asyncio.run(_entries(args, settings))
    with named(args.out), args.out.open("xb") as file:
        file.write(write(name, entries))
    print(say.exported(str(args.out), len(entries)))
    return 0


async def _entries(args: Namespace, settings: Settings) -> tuple[str, tuple[Entry, ...]]:
    async with opened(settings) as begin, begin() as session:
        tree = UnitTree.of(await all_units(session))
        unit = unit_of(tree, args.unit).code
        now = system_clock()
        workdays = read_workdays(settings).workdays
        desk = Desk(session, Index.of(await on_shelf(session), tree, workdays), now)
        name = say.name([desk.short_name(unit)])
        if not args.month:
            return name, await feed(desk, [unit], local_day(now))
        year, number = map(int, args.month.split("-"))
        last = month_end(year, number)
        return name, await between(desk, [unit], date(year, number, 1), last, last)
