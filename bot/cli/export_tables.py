"""export registrations, certificates: what schools have registered, who gets a certificate, as Excel files."""

import asyncio
from argparse import Namespace
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.cli.arguments import unit_of
from bot.cli.database import opened
from bot.cli.files import named
from bot.cli.parser import Commands
from bot.settings import Settings
from core.clock import system_clock
from core.errors import BadInput
from core.people import UnitTree
from core.texts import activities, certificates, dossier
from core.texts import commands as texts
from evidence import certificates as certifying
from evidence import registering
from evidence.desk import Desk
from evidence.shelf import on_shelf
from evidence.tables import MakeTable
from knowledge.index import Index
from records.units import all_units


@dataclass(frozen=True, slots=True)
class _Kind:
    """A table: the command's last word, how it is made, its texts."""

    name: str
    make: MakeTable
    about: str
    out: str
    example: str
    exported: Callable[[str, int], str]


_KINDS = (
    _Kind(
        registering.SHEET,
        registering.table,
        activities.EXPORT,
        activities.OUT,
        activities.EXAMPLE,
        activities.exported,
    ),
    _Kind(
        certifying.SHEET,
        certifying.table,
        certificates.EXPORT,
        certificates.OUT,
        certificates.EXAMPLE,
        certificates.exported,
    ),
)


def add(what: Commands) -> None:
    """Their arguments."""
    for kind in _KINDS:
        epilog = texts.example(kind.example)
        parser = what.add_parser(kind.name, help=kind.about, description=kind.about, epilog=epilog)
        parser.add_argument("--unit", required=True, metavar="CODE", help=texts.UNIT)
        parser.add_argument("--out", required=True, type=Path, metavar="FILE", help=kind.out)
        parser.set_defaults(run=partial(_run, kind))


def _run(kind: _Kind, args: Namespace, settings: Settings) -> int:
    """Raises BadInput where the file is there already, or cannot be written."""
    if args.out.exists():
        raise BadInput(dossier.exists(str(args.out)))
    data, count = asyncio.run(_table(kind, args, settings))
    with named(args.out), args.out.open("xb") as file:
        file.write(data)
    print(kind.exported(str(args.out), count))
    return 0


async def _table(kind: _Kind, args: Namespace, settings: Settings) -> tuple[bytes, int]:
    async with opened(settings) as begin, begin() as session:
        tree = UnitTree.of(await all_units(session))
        unit = unit_of(tree, args.unit).code
        desk = Desk(session, Index.of(await on_shelf(session), tree), system_clock())
        data, _, count = await kind.make(desk, unit)
        return data, count
