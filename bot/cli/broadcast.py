"""broadcast: a notice from the command line; shown first, and sent by the running service."""

import asyncio
from argparse import Namespace
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from bot.cli.arguments import instant, unit_of
from bot.cli.database import opened
from bot.cli.files import read_bytes
from bot.cli.parser import Commands, WrongUse
from bot.settings import Settings
from bot.storage import open_store
from core.clock import system_clock
from core.errors import BadInput
from core.message import StoredFile
from core.notices import LONGEST, Audience, Notice, Stage
from core.people import Unit, UnitTree
from core.texts import broadcast as say
from core.texts import commands as texts
from core.texts import notice_reports as report_texts
from core.texts import notices as notice_texts
from core.texts.storage import trouble
from evidence.desk import Desk
from evidence.shelf import on_shelf
from knowledge.index import Index
from media.clamd import Clamd
from noticing.audience import meant, resembling
from noticing.preview import preview
from noticing.running import confirm
from noticing.tasks import tasks_named
from records import files, notice_files, notice_kept, notices
from records.files import FileStore, Kept
from records.home import Unreachable
from records.session import Begin, Session
from records.units import all_units
from scheduler.looking import Looker


def add(commands: Commands) -> None:
    """The command and its arguments."""
    example = texts.example(*say.EXAMPLES)
    parser = commands.add_parser("broadcast", help=say.BROADCAST, description=say.BROADCAST, epilog=example)
    parser.add_argument("--unit", required=True, metavar="CODE", help=say.UNIT)
    parser.add_argument("--to", required=True, metavar="AUDIENCE", help=say.TO)
    parser.add_argument("--text", required=True, metavar="T", help=say.TEXT)
    parser.add_argument("--file", nargs="+", type=Path, default=[], metavar="F", help=say.FILE)
    parser.add_argument("--at", type=instant, metavar="ISO", help=say.AT)
    parser.add_argument("--dry-run", action="store_true", help=say.DRY_RUN)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """0 once it is confirmed, or shown. Raises BadInput where it reaches nobody, or a word is not understood."""
    print(asyncio.run(_broadcast(args, settings, system_clock())))
    return 0


async def _broadcast(args: Namespace, settings: Settings, now: datetime) -> str:
    if len(args.text) > LONGEST:
        raise WrongUse(notice_texts.too_long(len(args.text)))
    if args.at and args.at <= now:
        raise WrongUse(say.PAST)
    async with opened(settings) as begin:
        async with begin() as session:
            tree = UnitTree.of(await all_units(session))
            index = Index.of(await on_shelf(session), tree)
            unit = unit_of(tree, args.unit)
            audience = await _audience(Desk(session, index, now), unit, args.to)
        kept = [(path.name, await _keep(begin, settings, path)) for path in args.file if not args.dry_run]
        async with begin() as session:
            said = await _written(Desk(session, index, now), unit, audience, args, settings, kept)
            if args.dry_run:
                await session.rollback()
    return said


async def _written(
    desk: Desk, unit: Unit, audience: Audience, args: Namespace, settings: Settings, kept: list[tuple[str, Kept]]
) -> str:
    notice = await notices.write(desk.session, unit.code, None, args.text.strip(), audience, desk.now)
    ids = [await _attach(desk.session, notice, name, one, desk.now) for name, one in kept]
    night = args.at is not None and not settings.hours.is_open(args.at)  # who names an hour at night means it
    notice = await notices.change(desk.session, notice, files=ids, starts_at=args.at, night=night)
    shown = await preview(desk, notice, settings.hours)
    if not shown.reach.ways:
        raise BadInput(say.nobody(args.to))
    if shown.files.bad:
        raise BadInput(say.bad_files(shown.files.bad))
    if args.dry_run:
        return shown.text
    stage = Stage.ASKING if settings.confirm_notices else Stage.GOING
    await confirm(desk.session, notice, shown.reach.all, shown.at, desk.now, stage)
    begun = report_texts.begun(notice.code, len(shown.reach.ways), shown.at, desk.now)
    return "\n\n".join([shown.text, say.must_be_approved(notice.code) if stage is Stage.ASKING else begun])


async def _audience(desk: Desk, unit: Unit, words: str) -> Audience:
    """Raises WrongUse for what is not understood."""
    found = meant(desk.index.called, unit.code, words)
    if found.kept:
        kept = await notice_kept.find(desk.session, unit.code, notice_kept.LIST, found.kept)
        if kept is None:
            raise WrongUse(notice_texts.no_list(found.kept))
        return notices.from_json(kept)
    if found.unclear:
        near = resembling(desk.index.called, unit.code, found.unclear)
        raise WrongUse(notice_texts.unclear(found.unclear, [one.name for one in near]))
    if not found.task:
        return found.audience
    tasks = tasks_named(desk, unit.code, found.task)
    if not tasks or not tasks[0].certain:
        raise WrongUse(notice_texts.no_task(found.task))
    return replace(found.audience, missing=tasks[0].ref)


async def _keep(begin: Begin, settings: Settings, path: Path) -> Kept:
    """The file's bytes are safe where they are kept, and looked at. Raises BadInput."""
    store = open_store(settings)
    kept = await asyncio.to_thread(_take_in, store, read_bytes(path))
    scanner = Clamd(settings.clamav) if settings.clamav else None
    async with begin() as session:
        await files.note(session, kept, system_clock())
    await Looker(begin, store, system_clock, scanner).look(kept)
    return kept


def _take_in(store: FileStore, data: bytes) -> Kept:
    try:
        return store.keep_bytes(data)
    except Unreachable as error:
        raise BadInput(trouble(error.reason, error.code)) from None


async def _attach(session: Session, notice: Notice, name: str, kept: Kept, now: datetime) -> int:
    return await notice_files.add(
        session, notice.unit, StoredFile(kept.sha256, name, kept.mime, kept.size), notice.code, now
    )
