"""The command line: reads the settings, runs the command, and says what is wrong in one line."""

import os
import sys
from collections.abc import Sequence
from contextlib import suppress

from bot.cli import (
    ask,
    broadcast,
    criteria,
    demo,
    doctor,
    drafts,
    export,
    extract,
    ingest,
    invite,
    outbox,
    registers,
    remind,
    run,
    setup,
)
from bot.cli.parser import Parser, WrongUse
from bot.logs import start_logs
from bot.settings import read_settings
from core.errors import BadInput
from core.texts import commands as texts

FAILED, WRONG, INTERRUPTED = 1, 2, 130

_COMMANDS = (
    demo.add,
    run.add,
    setup.add,
    doctor.add,
    extract.add,
    ingest.add,
    drafts.add,
    ask.add,
    registers.add_units,
    registers.add_people,
    invite.add,
    remind.add,
    broadcast.add,
    outbox.add,
    export.add,
    criteria.add,
)


def main(argv: Sequence[str] | None = None) -> int:
    """The exit code: 0, 1 for a failure, 2 for wrong use."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):  # not a real stream
            stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    try:
        return _run(argv)
    except BadInput as bad:
        return _failed(bad.text, WRONG if isinstance(bad, WrongUse) else FAILED)
    except KeyboardInterrupt:
        return _failed(texts.INTERRUPTED, INTERRUPTED)
    except BrokenPipeError:  # `| head` has seen enough; Python must not try again when it ends
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except OSError as error:
        return _failed(texts.file_trouble(str(error.filename or texts.OUTPUT), error.strerror or ""), FAILED)


def parser() -> Parser:
    """All commands."""
    whole = Parser(description=texts.PROGRAM, epilog=texts.MORE_HELP)
    commands = whole.add_subparsers(title=texts.COMMANDS, metavar=texts.COMMAND, required=True)
    for add in _COMMANDS:
        add(commands)
    return whole


def _run(argv: Sequence[str] | None) -> int:
    args = parser().parse_args(argv)
    if fault := args.check(args) if "check" in args else "":
        raise WrongUse(texts.wrong_use(fault))
    if "without_settings" in args:  # works also where they cannot be read
        return int(args.run(args))
    settings = read_settings()
    start_logs(settings, aloud=args.run is run.run)
    code: int = args.run(args, settings)
    sys.stdout.flush()
    return code


def _failed(text: str, code: int) -> int:
    print(" ".join(text.split()), file=sys.stderr)
    return code
