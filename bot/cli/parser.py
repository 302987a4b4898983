"""argparse in Vietnamese: help, and a fault as one line."""

import argparse
from typing import Any, NoReturn, TypeAlias

from core.errors import BadInput
from core.texts import commands as texts


class WrongUse(BadInput):
    """The command was called wrongly: exit code 2."""


class Parser(argparse.ArgumentParser):
    """Raises WrongUse instead of leaving the program; long options are written out whole."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Format, **options)
        self._positionals.title = texts.ARGUMENTS
        self._optionals.title = texts.OPTIONS
        self.add_argument("-h", "--help", action="help", help=texts.HELP)

    def error(self, message: str) -> NoReturn:
        raise WrongUse(texts.wrong_use(message, self.prog))


# What `add_subparsers` gives; argparse has no public name for it.
Commands: TypeAlias = "argparse._SubParsersAction[Parser]"


class _Format(argparse.RawDescriptionHelpFormatter):
    """Opens with "Cách dùng"."""

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, texts.USAGE if prefix is None else prefix)
