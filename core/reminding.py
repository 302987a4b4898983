"""When somebody is reminded of a task, and why; values alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.evidence import State
from core.message import Address
from core.work import Due, TaskRef


class Why(StrEnum):
    """What a day is to a task that is due."""

    AHEAD = "ahead"  # so many working days are left
    LAST = "last"  # the last working day on which one is in time for certain
    CLOSING = "closing"  # the day of "trước ngày": later than asked for, not yet overdue
    OVERDUE = "overdue"  # so many working days too late


@dataclass(frozen=True, slots=True)
class Steps:
    """How many working days before and after; from the last of `overdue` on, weekly until `until` working days."""

    ahead: tuple[int, ...] = (7, 3, 1)
    overdue: tuple[int, ...] = (1, 3)
    weekly: int = 5  # working days between two; 0: not again
    until: int = 20


INVITED = 3  # working days before an event: one is told of it then, the evening before, and on its day


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a day stands to a due day; `days` are working days, 0 where there is nothing to count."""

    why: Why
    days: int = 0


@dataclass(frozen=True, slots=True)
class Told:
    """A reminder that was queued for a unit; `sent` once the chat service has taken it."""

    unit: str
    day: date
    group: bool
    sent: bool


@dataclass(frozen=True, slots=True)
class Happening:
    """What the document says of an event besides its first day; empty: nothing. `last`: where it goes on for days.

    `invited`: the unit does not hold it, but is among those who come.
    """

    time: str = ""
    place: str = ""
    guests: str = ""
    last: date | None = None
    invited: bool = False


@dataclass(frozen=True, slots=True)
class Reminder:
    """What a unit is reminded of. `state`: of what it has handed in, where that does not count as done."""

    unit: str
    ref: TaskRef
    title: str
    due: Due
    stand: Stand
    event: Happening | None = None
    tentative: bool = False
    state: State | None = None


class Span(StrEnum):
    """What begins on a day."""

    MONTH = "month"
    WEEK = "week"


@dataclass(frozen=True, slots=True)
class Opening:
    """A month or week that begins; from its first day to its last."""

    span: Span
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units right below an office have handed in what was due; `missing`: the codes of those that have not."""

    ref: TaskRef
    title: str
    due: Due
    expected: int
    given: int
    on_time: int
    missing: tuple[str, ...]


class Kind(StrEnum):
    """Of a message that is written unasked; each goes to a chat or person once a day at most."""

    MORNING = "morning"
    URGENT = "urgent"  # in the afternoon, to groups alone
    EVENING = "evening"  # before an event
    AGAIN = "again"  # as somebody asked for it


@dataclass(frozen=True, slots=True)
class Message:
    """One that is written unasked: to a group (`chat`), to a person, or to her in this chat. `units`: whose tasks."""

    kind: Kind
    day: date
    units: tuple[str, ...]
    text: str
    tasks: tuple[TaskRef, ...]
    chat: Address | None = None
    person: int = 0
    mark: str = ""  # tells messages of one kind and day apart that somebody asked for

    @property
    def to(self) -> str:
        """ "telegram:-100123", "person:12": of a person no account, which may be erased."""
        return f"{self.chat.platform}:{self.chat.chat}" if self.chat and not self.person else f"person:{self.person}"


@dataclass(frozen=True, slots=True)
class Said:
    """A message of a day as it was queued; `sent` once the chat service has taken it."""

    kind: Kind
    group: bool
    person: int | None
    sent: bool
