"""The program: `main(argv)` runs one command and returns its exit code. The wiring is in `bot.service`."""

from bot.cli.program import main

__all__ = ["main"]
