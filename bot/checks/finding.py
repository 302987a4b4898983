"""What a check gives: one line for the operator; and what a check may look at."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bot.settings import Settings
from core.clock import Clock
from core.health import Level
from core.texts import doctor as texts
from records.session import Begin


@dataclass(frozen=True, slots=True)
class Finding:
    """`subject` is the name of what was looked at; `text` says what is so and, where it is not good, what to do."""

    subject: str
    level: Level
    text: str

    @property
    def line(self) -> str:
        return f"{texts.SIGNS[self.level]} {self.subject}: {self.text}"


@dataclass(frozen=True, slots=True)
class Premises:
    """`begin` None: the database cannot be used."""

    settings: Settings
    begin: Begin | None
    clock: Clock
    env_file: Path


Check = Callable[[Premises], Awaitable[Sequence[Finding]]]


def good(subject: str, text: str) -> Finding:
    """All is well."""
    return Finding(subject, Level.GOOD, text)


def doubt(subject: str, text: str) -> Finding:
    """Something to know."""
    return Finding(subject, Level.DOUBT, text)


def wrong(subject: str, text: str) -> Finding:
    """Something to mend."""
    return Finding(subject, Level.WRONG, text)
