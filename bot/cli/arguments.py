"""Values on the command line: instants, numbers, units and roles."""

import argparse
import re
from datetime import datetime
from pathlib import Path

from bot.cli.parser import WrongUse
from core.clock import VIETNAM
from core.people import Asker, Level, Role, Unit, UnitTree
from core.texts import commands as texts
from core.texts import dossier
from knowledge.unit_names import units_named

ROLES = tuple(role.value for role in Role)
LEVELS = tuple(level.value for level in (Level.DISTRICT, Level.COMMUNE, Level.DEPARTMENT))


def instant(text: str) -> datetime:
    """An ISO date or instant; without a zone it is Vietnam's. Raises ArgumentTypeError."""
    try:
        value = datetime.fromisoformat(text)
        value = value if value.tzinfo else value.replace(tzinfo=VIETNAM)
        value.astimezone(VIETNAM).isoformat()  # the first and last days of the calendar have no other zone
    except (ValueError, OverflowError):
        raise argparse.ArgumentTypeError(texts.NOT_AN_INSTANT) from None
    return value


def month(text: str) -> str:
    """YYYY-MM. Raises ArgumentTypeError."""
    if re.fullmatch(r"(?:19|20)\d\d-(?:0[1-9]|1[0-2])", text, re.ASCII):
        return text
    raise argparse.ArgumentTypeError(dossier.NOT_A_MONTH)


def port(text: str) -> int:
    """A port of TCP."""
    return _whole(text, 65535, texts.NOT_A_PORT)


def uses(text: str) -> int:
    """How many people may use a code."""
    return _whole(text, 1000, texts.NOT_POSITIVE)


def days(text: str) -> int:
    """How long something lasts."""
    return _whole(text, 366, texts.NOT_A_YEAR)


def _whole(text: str, most: int, must: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text[:9]) <= most:
        return int(text)
    raise argparse.ArgumentTypeError(must)


def unit_of(tree: UnitTree, words: str) -> Unit:
    """The unit with this code, name or alias. Raises WrongUse where there is none, or more than one."""
    found = units_named(tree, words)
    if not found:
        raise WrongUse(texts.unknown_unit(words) if tree.units else texts.TOO_FEW_UNITS)
    if len(found) > 1:
        raise WrongUse(texts.several_units(words, (unit.code for unit in found)))
    return found[0]


def asker_of(unit: Unit | None, role: str) -> Asker:
    """On whose behalf; a level's name stands for the staff of a unit of that level; "" is a teacher."""
    if role in LEVELS:
        return Asker(unit, Role.STAFF, Level(role))
    level = unit.level if unit else Level.SCHOOL
    return Asker(unit, Role(role) if role else Role.TEACHER, level)


def add_files(parser: argparse.ArgumentParser) -> None:
    """FILE…"""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help=texts.FILES)
