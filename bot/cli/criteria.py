"""criteria: a set of criteria from an Excel or CSV file, all of it or nothing; which sets there are."""

import asyncio
from argparse import Namespace
from pathlib import Path

from bot.cli.arguments import unit_of
from bot.cli.database import opened
from bot.cli.files import read_bytes
from bot.cli.parser import Commands
from bot.settings import Settings
from core.clock import system_clock
from core.criteria import CriteriaSet
from core.errors import BadInput
from core.people import UnitTree
from core.texts import commands as texts
from core.texts import criteria as chat_texts
from core.texts import criteria_lists as say
from core.texts import criteria_writing as writing_texts
from evidence.criteria import binding, give, would_replace
from evidence.desk import Desk
from knowledge.criteria_lists import criteria_of
from knowledge.criteria_sheets import read_sheet
from knowledge.fold import nfc
from knowledge.index import Index
from records import criteria
from records.session import Session
from records.units import all_units

LONGEST_NAME = 100  # characters


def add(commands: Commands) -> None:
    """criteria import FILE --unit CODE --name NAME [--check]; criteria list [--unit CODE]"""
    example = texts.example(*say.EXAMPLES, say.LIST_EXAMPLE)
    parser = commands.add_parser("criteria", help=say.CRITERIA, description=say.CRITERIA, epilog=example)
    verbs = parser.add_subparsers(title=texts.COMMANDS, metavar=texts.COMMAND, required=True)
    reads = verbs.add_parser("import", help=say.IMPORT, description=say.IMPORT, epilog=texts.example(*say.EXAMPLES))
    reads.add_argument("file", type=Path, metavar="FILE", help=say.FILE)
    reads.add_argument("--unit", required=True, metavar="CODE", help=say.UNIT)
    reads.add_argument("--name", required=True, metavar="NAME", help=say.NAME)
    reads.add_argument("--check", dest="only_check", action="store_true", help=say.CHECK)
    reads.set_defaults(run=run_import, check=_fault)
    lists = verbs.add_parser("list", help=say.LIST, description=say.LIST, epilog=texts.example(say.LIST_EXAMPLE))
    lists.add_argument("--unit", metavar="CODE", help=say.ONLY_UNIT)
    lists.set_defaults(run=run_list)


def _fault(args: Namespace) -> str:
    name = " ".join(args.name.split())
    return say.NAME_EMPTY if not name else say.NAME_TOO_LONG if len(name) > LONGEST_NAME else ""


def run_import(args: Namespace, settings: Settings) -> int:
    """Says what was read, and what became of an older set of that name."""
    print(asyncio.run(_import(args, settings)))
    return 0


def run_list(args: Namespace, settings: Settings) -> int:
    """Each set in a line: the unit that gave it, its name, what is in it."""
    print(asyncio.run(_list(args, settings)))
    return 0


async def _import(args: Namespace, settings: Settings) -> str:
    """One transaction. Raises BadInput that names the file and every bad line."""
    data = read_bytes(args.file)
    try:
        listed = criteria_of(read_sheet(args.file.name, data))
    except BadInput as bad:
        raise BadInput(texts.in_file(str(args.file), bad.text)) from None
    name = " ".join(nfc(args.name).split())
    async with opened(settings) as begin, begin() as session:
        desk = await _desk(session)
        unit = unit_of(desk.index.tree, args.unit)
        if args.only_check:
            change = await would_replace(desk, unit.code, name, listed)
            first = say.checked(change.set, unit.name, chat_texts.taken(change.set))
            return "\n".join([first, *([] if change.fresh else writing_texts.replacing(change))])
        return writing_texts.saved(await give(desk, unit.code, name, listed, None), unit.name)


async def _list(args: Namespace, settings: Settings) -> str:
    async with opened(settings) as begin, begin() as session:
        desk = await _desk(session)
        if args.unit:
            sets = await binding(desk, unit_of(desk.index.tree, args.unit).code)
        else:
            sets = await criteria.every(session)
        return "\n".join(_line(desk, one) for one in sets) or say.NONE_YET


def _line(desk: Desk, set: CriteriaSet) -> str:
    return say.listed(set, desk.unit_name(set.unit), chat_texts.taken(set))


async def _desk(session: Session) -> Desk:
    return Desk(session, Index.of((), UnitTree.of(await all_units(session))), system_clock())
