"""ingest FILE…: documents into the knowledge base; one that cannot be read leaves the others untouched."""

import asyncio
import json
import sys
from argparse import Namespace
from dataclasses import dataclass, fields, replace
from pathlib import Path

from bot.cli.amending import Found, look, take
from bot.cli.arguments import add_files, unit_of
from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.cli.progress import shown
from bot.cli.reading import Reading, read_plan
from bot.settings import Settings
from core.clock import system_clock
from core.errors import BadInput
from core.people import Unit, UnitTree
from core.texts import amendments
from core.texts import commands as texts
from knowledge.issuer import find_issuer
from records import documents
from records.session import Begin, Session
from records.units import all_units


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a file; `status`: added, known, changed. `changes`: of earlier documents; `amended`: taken."""

    source_file: str
    status: str
    id: int
    unit: str
    state: str
    obligations: int
    doubts: int
    changes: tuple[Found, ...] = ()
    amended: bool = False


def add(commands: Commands) -> None:
    """The command and its arguments."""
    parser = commands.add_parser(
        "ingest",
        help=texts.INGEST,
        description=texts.INGEST,
        epilog=texts.example(
            "ingest ke-hoach.docx --publish",
            "ingest cong-van.txt --unit PGD-VB --publish",
            "ingest dinh-chinh.docx --publish --amend",
        ),
    )
    add_files(parser)
    parser.add_argument("--unit", metavar="CODE", help=texts.ISSUER)
    parser.add_argument("--publish", action="store_true", help=texts.PUBLISH)
    parser.add_argument("--amend", action="store_true", help=texts.AMEND)
    parser.add_argument("--task", action="append", default=[], metavar="3.12", help=texts.AMEND_TASK)
    parser.add_argument("--json", action="store_true", help=texts.JSON)
    parser.set_defaults(run=run, check=_fault)


def _fault(args: Namespace) -> str:
    if args.task and not args.amend:
        return texts.TASK_NEEDS_AMEND
    return texts.AMEND_NEEDS_PUBLISH if args.amend and not args.publish else ""


def run(args: Namespace, settings: Settings) -> int:
    """1 if any file failed."""
    return asyncio.run(_run(args, settings))


async def _run(args: Namespace, settings: Settings) -> int:
    failed = 0
    async with opened(settings) as begin:
        async with begin() as session:
            tree = UnitTree.of(await all_units(session))
        chosen = unit_of(tree, args.unit) if args.unit else None
        for path in shown(args.files):
            try:
                outcome = await _ingest(path, begin, tree, chosen, args)
            except BadInput as bad:
                print(bad.text, file=sys.stderr)
                failed += 1
            else:
                print(_as_json(outcome) if args.json else _as_text(outcome))
    return 1 if failed else 0


async def _ingest(path: Path, begin: Begin, tree: UnitTree, chosen: Unit | None, args: Namespace) -> Outcome:
    """One file, one transaction. Raises BadInput that names the file."""
    reading = await read_plan(path)
    async with begin() as session:
        outcome = await _put(session, reading, path, tree, chosen, args.publish)
        plan = await documents.plan_of(session, outcome.id)
        found = await look(session, tree, plan, outcome.unit, outcome.id, args.task)
        if args.amend:
            await take(session, found, outcome.id, plan)
        return replace(outcome, changes=tuple(found), amended=args.amend)


async def _put(
    session: Session, reading: Reading, path: Path, tree: UnitTree, chosen: Unit | None, publish: bool
) -> Outcome:
    known = await documents.find_by_digest(session, reading.digest)
    if known:
        return await _again(session, reading, known, chosen, publish)
    issuer = chosen or find_issuer(reading.plan.head, tree)
    if issuer is None:
        raise BadInput(texts.in_file(str(path), texts.NO_ISSUER if tree.units else texts.TOO_FEW_UNITS))
    state = documents.PUBLISHED if publish else documents.DRAFT
    id = await documents.add(session, reading.plan, issuer.code, reading.digest, state, system_clock())
    return _outcome(reading, "added", id, issuer.code, state)


async def _again(
    session: Session, reading: Reading, known: documents.Known, chosen: Unit | None, publish: bool
) -> Outcome:
    """A known document: published or given to another unit where that was asked for, never doubled."""
    unit, state = known.unit, known.state
    if chosen and chosen.code != known.unit:
        unit = chosen.code
        await documents.assign(session, known.id, unit)
    if publish and known.state != documents.PUBLISHED:
        state = documents.PUBLISHED
        await documents.publish(session, known.id)
    status = "known" if (unit, state) == (known.unit, known.state) else "changed"
    return _outcome(reading, status, known.id, unit, state)


def _outcome(reading: Reading, status: str, id: int, unit: str, state: str) -> Outcome:
    plan = reading.plan
    return Outcome(plan.source_file, status, id, unit, state, len(plan.obligations), len(plan.doubts))


def _as_json(outcome: Outcome) -> str:
    kept = {one.name: getattr(outcome, one.name) for one in fields(outcome)}
    return json.dumps(kept | {"changes": [one.values() for one in outcome.changes]}, ensure_ascii=False)


def _as_text(outcome: Outcome) -> str:
    said = _put_as_text(outcome)
    if not outcome.changes:
        return said
    sure = [one.line() for one in outcome.changes if one.sure]
    others = [one.line() for one in outcome.changes if not one.sure]
    published = outcome.state == documents.PUBLISHED
    return f"{said}\n{amendments.ingested(sure, others, taken=outcome.amended, published=published)}"


def _put_as_text(outcome: Outcome) -> str:
    published = outcome.state == documents.PUBLISHED
    if outcome.status == "added":
        return texts.ingested(outcome.source_file, outcome.unit, outcome.obligations, outcome.doubts, published)
    say = texts.known_file if outcome.status == "known" else texts.known_now
    return say(outcome.source_file, outcome.unit, published)
