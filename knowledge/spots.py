"""A table row with the passage that holds it and what it inherits."""

import re
from dataclasses import dataclass

from core.people import Level
from knowledge.actors import Side, actors
from knowledge.blocks import mask
from knowledge.columns import Role
from knowledge.fold import fold
from knowledge.outline import Entry
from knowledge.setting import Setting
from knowledge.tables import Cell, Line
from knowledge.wording import plain

TIMES = (Role.DUE, Role.TIME, Role.DAY)
_HANDS_IN = re.compile(r"\b(?:gui|nop|bao\s+cao|dang\s+ky)\b")


@dataclass(frozen=True, slots=True)
class RowSpot:
    """A row with the passage that holds it and what it inherits."""

    line: Line
    entry: Entry
    setting: Setting

    def first(self, *roles: Role) -> Cell | None:
        """The first filled cell of these columns."""
        return next(iter(self.line.of(*roles)), None)

    def words(self, *roles: Role) -> str:
        """The words of that cell; "" where there is none."""
        cell = self.first(*roles)
        return plain(cell.said) if cell else ""


def level_in(words: str, side: Side) -> Level | None:
    """The level of the first actor named."""
    named = actors(words, side)
    return named[0].level if named else None


def hands_in(text: str) -> bool:
    """Whether something is to be sent, handed in or signed up for."""
    return bool(_HANDS_IN.search(fold(mask(text))))
