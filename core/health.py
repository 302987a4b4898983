"""How the service is, as who looks at the staff site reads it: no secrets, no addresses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.platform import Limits


class Level(StrEnum):
    """How something that was looked at is."""

    GOOD = "good"
    DOUBT = "doubt"  # works, but somebody should know
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Look:
    """What was looked at, how it is, and what to do where that is not good."""

    subject: str
    level: Level
    text: str
    todo: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A chat service: whether it has answered (None: nobody knows), and what its plan allows."""

    name: str
    works: bool | None
    limits: Limits


@dataclass(frozen=True, slots=True)
class Machine:
    """What the process knows of itself: `looks` of `at` (None: not looked yet); the revision of its index; its chat
    services.
    """

    looks: Sequence[Look] = ()
    at: datetime | None = None
    revision: int = 0
    lines: Sequence[Line] = ()
