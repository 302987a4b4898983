"""ask: the answer that the chat would give, to one question or to a whole file of them."""

import asyncio
import sys
from argparse import Namespace
from datetime import datetime
from pathlib import Path

from bot.cli.arguments import LEVELS, ROLES, asker_of, instant, unit_of
from bot.cli.batch import line_out, read_batch, write_lines
from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.cli.progress import shown
from bot.settings import Settings
from bot.workdays import read_workdays
from core.clock import system_clock
from core.texts import commands as texts
from knowledge.answer import answer
from knowledge.index import Index
from knowledge.shelf import Shelf
from scheduler.reindex import reindex


def add(commands: Commands) -> None:
    """The command and its arguments."""
    parser = commands.add_parser(
        "ask",
        help=texts.ASK,
        description=texts.ASK,
        epilog=texts.example(*texts.ASK_EXAMPLES),
    )
    parser.add_argument("question", nargs="?", metavar="QUESTION", help=texts.QUESTION)
    parser.add_argument("--now", type=instant, metavar="ISO", help=texts.NOW)
    parser.add_argument("--unit", metavar="CODE", help=texts.UNIT)
    parser.add_argument("--role", choices=(*ROLES, *LEVELS), default="", metavar="ROLE", help=texts.ROLE)
    parser.add_argument("--json", action="store_true", help=texts.JSON)
    parser.add_argument("--batch", type=Path, metavar="IN.jsonl", help=texts.BATCH)
    parser.add_argument("--out", type=Path, metavar="OUT.jsonl", help=texts.OUT)
    parser.set_defaults(run=run, check=check)


def check(args: Namespace) -> str:
    """What is wrong with the arguments together; empty: nothing."""
    if args.out and not args.batch:
        return texts.OUT_NEEDS_BATCH
    if args.batch and args.question is not None:
        return texts.QUESTION_OR_BATCH
    return "" if args.batch or args.question is not None else texts.NOTHING_TO_ASK


def run(args: Namespace, settings: Settings) -> int:
    """0, also where the documents do not hold the answer."""
    index = asyncio.run(_index(settings))
    now = args.now or system_clock()
    if args.batch:
        _answer_all(args, index, now)
        return 0
    unit = unit_of(index.tree, args.unit) if args.unit else None
    found = answer(index, args.question, asker_of(unit, args.role), now)
    print(line_out("", found) if args.json else found.text)
    return 0


async def _index(settings: Settings) -> Index:
    shelf = Shelf(read_workdays(settings).workdays)
    async with opened(settings) as begin:
        await reindex(begin, shelf)
    return shelf.current()


def _answer_all(args: Namespace, index: Index, now: datetime) -> None:
    asked = read_batch(args.batch, index.tree, now)
    lines = [line_out(one.id, answer(index, one.question, one.asker, one.now)) for one in shown(asked)]
    if args.out is None:
        print(*lines, sep="\n")
        return
    write_lines(args.out, lines)
    print(texts.answered(len(lines), str(args.out)), file=sys.stderr)
