"""people confirm: the operator's word for newcomers whom nobody else can confirm."""

import asyncio
from argparse import Namespace

from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.settings import Settings
from core.clock import system_clock
from core.errors import BadInput
from core.people import State, UnitTree
from core.texts import commands as texts
from handlers.confirming import settle
from records import memberships
from records.units import all_units


def add(verbs: Commands) -> None:
    """The verb and its arguments."""
    sample = texts.example("people confirm", "people confirm 17", "people confirm 17 --refuse")
    parser = verbs.add_parser("confirm", help=texts.PEOPLE_CONFIRM, description=texts.PEOPLE_CONFIRM, epilog=sample)
    parser.add_argument("id", nargs="?", type=int, metavar="ID", help=texts.WAITING_ID)
    parser.add_argument("--refuse", action="store_true", help=texts.REFUSE)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """Lists who waits, or lets one in."""
    print(asyncio.run(_run(args, settings)))
    return 0


async def _run(args: Namespace, settings: Settings) -> str:
    async with opened(settings) as begin, begin() as session:
        tree = UnitTree.of(await all_units(session))
        waiting = {one.membership.id: one for one in await memberships.waiting(session)}
        if args.id is None:
            lines = (
                texts.waits(id, one.name, one.membership.role.value, tree.units[one.membership.unit].name)
                for id, one in waiting.items()
            )
            return "\n".join(lines) or texts.NOBODY_WAITS
        if args.id not in waiting:
            raise BadInput(texts.NOT_WAITING)
        state = State.REFUSED if args.refuse else State.ACTIVE
        await settle(session, tree, waiting[args.id], state, None, system_clock())
    return texts.NOT_LET_IN if args.refuse else texts.LET_IN
