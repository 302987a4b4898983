"""outbox list, outbox retry: what waits, what did not go out, and sending that again."""

import asyncio
import json
from argparse import ArgumentTypeError, Namespace
from dataclasses import asdict

from bot.cli.database import opened
from bot.cli.parser import Commands
from bot.settings import Settings
from core.clock import system_clock
from core.errors import BadInput
from core.texts import commands
from core.texts import outbox as texts
from records.letters import FAILED, UNKNOWN, WAITING, Letter, letters, send_again


def add(parsers: Commands) -> None:
    """The command with its two verbs."""
    sample = commands.example(*texts.LIST_EXAMPLES, *texts.RETRY_EXAMPLES)
    whole = parsers.add_parser("outbox", help=texts.OUTBOX, description=texts.OUTBOX, epilog=sample)
    verbs = whole.add_subparsers(title=commands.COMMANDS, metavar=commands.COMMAND, required=True)
    sample = commands.example(*texts.LIST_EXAMPLES)
    parser = verbs.add_parser("list", help=texts.LIST, description=texts.OUTBOX, epilog=sample)
    parser.add_argument("--failed", action="store_true", help=texts.ONLY_FAILED)
    parser.add_argument("--json", action="store_true", help=commands.JSON)
    parser.set_defaults(run=show)
    sample = commands.example(*texts.RETRY_EXAMPLES)
    parser = verbs.add_parser("retry", help=texts.RETRY, description=texts.RETRY, epilog=sample)
    parser.add_argument("id", nargs="?", type=_number, metavar="ID", help=texts.LETTER)
    parser.add_argument("--all", action="store_true", help=texts.ALL)
    parser.set_defaults(run=retry, check=_check)


def show(args: Namespace, settings: Settings) -> int:
    """0, also where there is nothing."""
    if not asyncio.run(_show(args, settings)) and not args.json:
        print(texts.NOTHING_FAILED if args.failed else texts.NOTHING_WAITS)
    return 0


def retry(args: Namespace, settings: Settings) -> int:
    """The running service sends them within half a minute."""
    count = asyncio.run(_retry(args.id, settings))
    if not count and not args.all:
        raise BadInput(texts.NOT_TO_BE_SENT_AGAIN)
    print(texts.sent_again(count))
    return 0


async def _show(args: Namespace, settings: Settings) -> int:
    states = (FAILED, UNKNOWN) if args.failed else (WAITING, FAILED, UNKNOWN)
    count = 0
    async with opened(settings) as begin, begin() as session:
        async for one in letters(session, states):
            print(_json(one) if args.json else _line(one))
            count += 1
    return count


async def _retry(message: int | None, settings: Settings) -> int:
    async with opened(settings) as begin, begin() as session:
        return await send_again(session, system_clock(), message)


def _line(one: Letter) -> str:
    return texts.letter(
        one.id, one.state, one.urgency, one.platform, one.group, one.queued_at, one.attempts, one.reason
    )


def _json(one: Letter) -> str:
    told = asdict(one) | {"urgency": one.urgency.name.lower()}
    return json.dumps(told, ensure_ascii=False, default=lambda instant: instant.isoformat())


def _number(text: str) -> int:
    if not (text.isascii() and text.isdecimal()) or len(text) > 18:
        raise ArgumentTypeError(texts.NOT_A_NUMBER)
    return int(text)


def _check(args: Namespace) -> str:
    return texts.WHICH if (args.id is None) != args.all else ""
