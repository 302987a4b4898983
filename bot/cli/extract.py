"""extract FILE… [--json]: what was understood of a document; writes nothing."""

import asyncio
import json
import sys
from argparse import Namespace

from bot.cli.arguments import add_files
from bot.cli.parser import Commands
from bot.cli.progress import shown
from bot.cli.reading import read_plan
from bot.settings import Settings
from core.errors import BadInput
from core.texts import commands as texts
from core.texts import reading
from knowledge.plan_json import contract_json


def add(commands: Commands) -> None:
    """The command and its arguments."""
    parser = commands.add_parser(
        "extract",
        help=texts.EXTRACT,
        description=texts.EXTRACT,
        epilog=texts.example("extract ke-hoach.docx", "extract --json samples/plans/*.txt > doc.jsonl"),
    )
    add_files(parser)
    parser.add_argument("--json", action="store_true", help=texts.JSON)
    parser.set_defaults(run=run)


def run(args: Namespace, settings: Settings) -> int:
    """1 if any file could not be read; the others are printed all the same."""
    failed = 0
    for path in shown(args.files):
        try:
            plan = asyncio.run(read_plan(path)).plan
        except BadInput as bad:
            print(bad.text, file=sys.stderr)
            failed += 1
        else:
            print(json.dumps(contract_json(plan), ensure_ascii=False) if args.json else reading.summary(plan))
    return 1 if failed else 0
