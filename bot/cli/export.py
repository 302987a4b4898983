"""export: a unit's dossier as a ZIP, for where no link can be opened; its calendar, its tables."""

import asyncio
from argparse import Namespace
from contextlib import suppress
from pathlib import Path

from bot.cli import export_calendar, export_tables
from bot.cli.arguments import month, unit_of
from bot.cli.database import opened
from bot.cli.files import named
from bot.cli.parser import Commands
from bot.settings import Settings
from bot.storage import open_store
from core.clock import system_clock
from core.dossier import Cut, Dossier
from core.errors import BadInput
from core.people import Unit, UnitTree
from core.texts import activities, calendar, certificates
from core.texts import commands as texts
from core.texts import dossier as say
from core.texts import dossier_criteria as by_texts
from core.texts.storage import trouble
from evidence.criteria import binding
from evidence.desk import Desk
from evidence.dossier import gather
from evidence.packing import pack
from evidence.shelf import on_shelf
from knowledge.criteria_match import named_sets
from knowledge.index import Index
from media.blurring import NoDetector
from records.files import FileStore
from records.home import Unreachable
from records.units import all_units
from scheduler.blurring import Blurrer


def add(commands: Commands) -> None:
    """The command, what it exports, and their arguments."""
    example = texts.example(*say.EXPORT_EXAMPLES, calendar.EXAMPLE, activities.EXAMPLE, certificates.EXAMPLE)
    parser = commands.add_parser("export", help=say.EXPORT, description=say.EXPORT, epilog=example)
    what = parser.add_subparsers(title=say.EXPORT_WHAT, metavar=texts.COMMAND, required=True)
    dossier = what.add_parser("dossier", help=say.EXPORT_DOSSIER, description=say.EXPORT_DOSSIER, epilog=example)
    dossier.add_argument("--unit", required=True, metavar="CODE", help=texts.UNIT)
    dossier.add_argument("--month", type=month, metavar="YYYY-MM", help=say.EXPORT_MONTH)
    dossier.add_argument("--criteria", metavar="NAME", help=by_texts.EXPORT)
    dossier.add_argument("--blurred", action="store_true", help=say.EXPORT_BLURRED)
    dossier.add_argument("--out", required=True, type=Path, metavar="FILE", help=say.EXPORT_OUT)
    dossier.set_defaults(run=run, check=_fault)
    export_calendar.add(what)
    export_tables.add(what)


def _fault(args: Namespace) -> str:
    return by_texts.NOT_BOTH if args.criteria is not None and args.month else ""


def run(args: Namespace, settings: Settings) -> int:
    """Raises BadInput where the file is there already, or cannot be written; where no faces can be found."""
    if args.out.exists():
        raise BadInput(say.exists(str(args.out)))
    store = open_store(settings)
    dossier = asyncio.run(_dossier(args, settings, store))
    _write(dossier, store, args.out)
    print(say.exported(str(args.out), len(dossier.exhibits), dossier.given, dossier.due, dossier.by))
    return 0


async def _dossier(args: Namespace, settings: Settings, store: FileStore) -> Dossier:
    async with opened(settings) as begin:
        async with begin() as session:
            tree = UnitTree.of(await all_units(session))
            unit = unit_of(tree, args.unit)
            index = Index.of(await on_shelf(session), tree)
            set = (
                None if args.criteria is None else await _set(Desk(session, index, system_clock()), unit, args.criteria)
            )
        cut = Cut(unit.code, month=args.month or "", blurred=args.blurred, criteria=set)
        if cut.blurred:
            await _blur(Blurrer(begin, store, system_clock, lambda: index), cut)
        async with begin() as session:
            return await gather(session, index, cut, system_clock())


async def _set(desk: Desk, unit: Unit, words: str) -> int:
    """The id of the unit's set that the words name. Raises BadInput."""
    sets = await binding(desk, unit.code)
    found = named_sets(sets, words)
    if len(found) != 1:
        raise BadInput(by_texts.no_such_set(words, [one.name for one in found or sets]))
    return found[0].id


async def _blur(blurrer: Blurrer, cut: Cut) -> None:
    """Make all copies that are missing. Raises BadInput."""
    try:
        while await blurrer.blur_some(cut):
            pass
    except NoDetector:
        raise BadInput(say.EXPORT_NO_DETECTOR) from None


def _write(dossier: Dossier, store: FileStore, out: Path) -> None:
    """All of it or nothing: what was stopped leaves no half of a ZIP under that name."""
    coming = out.with_name(f"{out.name}.part")
    with named(out):
        try:
            with coming.open("wb") as file:
                for piece in pack(dossier, store).pieces():
                    file.write(piece)
            if out.exists():  # since we looked
                raise BadInput(say.exists(str(out)))
            coming.rename(out)
        except Unreachable as error:
            raise BadInput(trouble(error.reason, error.code)) from None
        finally:
            with suppress(FileNotFoundError):
                coming.unlink()
