"""units import, people import: a register from a CSV file, all of it or nothing."""

import asyncio
from argparse import Namespace
from collections.abc import Awaitable, Callable
from pathlib import Path

from bot.cli import confirm
from bot.cli.arguments import unit_of
from bot.cli.database import opened
from bot.cli.files import read_bytes
from bot.cli.parser import Commands
from bot.settings import Settings
from core.csv_lines import decode
from core.errors import BadInput
from core.people import UnitTree
from core.registers import read_people, read_units
from core.texts import commands as texts
from records.session import Session
from records.units import Imported, all_units, import_people, import_units

Import = Callable[[Session, str], Awaitable[Imported]]


def add_units(commands: Commands) -> None:
    """units import FILE.csv"""
    _add(commands, "units", texts.UNITS, texts.UNITS_NAME, _import_units)


def add_people(commands: Commands) -> None:
    """people import FILE.csv, people confirm [ID]"""
    verbs = _add(commands, "people", texts.PEOPLE, texts.PEOPLE_NAME, _import_people)
    confirm.add(verbs)


def _add(commands: Commands, name: str, what: str, of: str, imports: Import) -> Commands:
    sample = texts.example(f"{name} import samples/{name}.csv")
    register = commands.add_parser(name, help=what, description=what, epilog=sample)
    verbs = register.add_subparsers(title=texts.COMMANDS, metavar=texts.COMMAND, required=True)
    parser = verbs.add_parser("import", help=texts.IMPORT, description=what, epilog=sample)
    parser.add_argument("file", type=Path, metavar="FILE.csv", help=texts.CSV_FILE)
    parser.set_defaults(run=run, imports=imports, of=of)
    return verbs


def run(args: Namespace, settings: Settings) -> int:
    """Says how many lines were new, changed or known."""
    done = asyncio.run(_run(args.file, args.imports, settings))
    print(texts.imported(args.of, done.added, done.changed, done.same))
    return 0


async def _run(path: Path, imports: Import, settings: Settings) -> Imported:
    """One transaction. Raises BadInput that names the file and every bad line."""
    data = read_bytes(path)
    async with opened(settings) as begin, begin() as session:
        try:
            return await imports(session, decode(data))
        except BadInput as bad:
            raise BadInput(texts.in_file(str(path), bad.text)) from None


async def _import_units(session: Session, text: str) -> Imported:
    return await import_units(session, read_units(text, await all_units(session)))


async def _import_people(session: Session, text: str) -> Imported:
    tree = UnitTree.of(await all_units(session))
    return await import_people(session, read_people(text, lambda words: unit_of(tree, words).code))
