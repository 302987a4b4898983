"""drafts list, show, publish: the documents that officers are checking in chat, from the shell."""

import asyncio
from argparse import Namespace
from collections.abc import Coroutine
from typing import Any

from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.settings import Settings
from core.clock import system_clock
from core.drafts import Draft, Stage
from core.errors import BadInput
from core.people import UnitTree
from core.texts import amendments, commands, reading
from core.texts import draft_commands as texts
from core.texts import drafts as chat_texts
from evidence.desk import Desk
from evidence.shelf import on_shelf
from knowledge.drafting import final, open_doubts, unticked
from knowledge.index import Index
from knowledge.proposed import open_proposals
from noticing.amending import lines
from noticing.publishing import publish
from records import drafts
from records.session import Session
from records.units import all_units

SHOWN = 50  # of a list


def add(parsers: Commands) -> None:
    """The command with its three verbs."""
    sample = commands.example(*texts.EXAMPLES)
    whole = parsers.add_parser("drafts", help=texts.DRAFTS, description=texts.DRAFTS, epilog=sample)
    verbs = whole.add_subparsers(title=commands.COMMANDS, metavar=commands.COMMAND, required=True)
    parser = verbs.add_parser("list", help=texts.LIST, description=texts.LIST, epilog=sample)
    parser.set_defaults(run=lambda args, settings: _done(_list(settings)))
    parser = verbs.add_parser("show", help=texts.SHOW, description=texts.SHOW, epilog=sample)
    parser.add_argument("code", metavar="CODE", help=texts.CODE)
    parser.set_defaults(run=lambda args, settings: _done(_show(args.code, settings)))
    parser = verbs.add_parser("publish", help=texts.PUBLISH, description=texts.PUBLISH, epilog=sample)
    parser.add_argument("code", metavar="CODE", help=texts.CODE)
    parser.add_argument("--anyway", action="store_true", help=texts.ANYWAY)
    parser.set_defaults(run=lambda args, settings: _done(_publish(args, settings)))


def _done(work: Coroutine[Any, Any, str]) -> int:
    print(asyncio.run(work))
    return 0


async def _list(settings: Settings) -> str:
    async with opened(settings) as begin, begin() as session:
        found = await drafts.latest(session, SHOWN)
    return "\n".join(map(texts.line, found)) or texts.NONE


async def _show(code: str, settings: Settings) -> str:
    async with opened(settings) as begin, begin() as session:
        draft = await _of(session, code)
        log = chat_texts.log(draft.code, await drafts.log(session, draft.id))
        changed = await _changes(session, draft)
    read = reading.summary(final(draft)) if draft.plan else ""
    doubts = [f"  • {draft.read.doubts[number].message}" for number in open_doubts(draft)]
    return "\n".join([texts.line(draft), *([read] * bool(read)), *doubts, *changed, log])


async def _changes(session: Session, draft: Draft) -> list[str]:
    """The earlier tasks that it changes, and what was answered."""
    if not draft.proposals:
        return []
    tree = UnitTree.of(await all_units(session))
    found = lines(Desk(session, Index.of(await on_shelf(session), tree), system_clock()), draft)
    return [chat_texts.OF_EARLIER, *(f"  {one}" for one in found)] if found else []


async def _publish(args: Namespace, settings: Settings) -> str:
    """Raises BadInput where something stands against it."""
    now = system_clock()
    async with opened(settings) as begin, begin() as session:
        draft = await _of(session, args.code)
        if draft.stage is not Stage.READ:
            raise BadInput(texts.NOT_READ)
        if not draft.issuer:
            raise BadInput(texts.NO_ISSUER)
        if asked := open_proposals(draft):
            raise BadInput(amendments.unasked(len(asked)))
        if count := unticked(draft):
            raise BadInput(chat_texts.unticked(count))
        if open_doubts(draft) and not args.anyway:
            raise BadInput(texts.doubtful(len(open_doubts(draft))))
        tree = UnitTree.of(await all_units(session))
        at = settings.hours.open_at(now)
        done = await publish(Desk(session, Index.of(await on_shelf(session), tree), now), draft, None, at)
        if done is None:
            raise BadInput(chat_texts.known(draft.name))
    return chat_texts.published(*done, at, now)


async def _of(session: Session, code: str) -> Draft:
    """Raises BadInput."""
    found = await drafts.by_code(session, code)
    if found is None:
        raise BadInput(texts.NO_SUCH)
    return found
