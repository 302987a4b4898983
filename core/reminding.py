"""When somebody is reminded of a task, and why; values alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.evidence import State
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


EVENT = Steps(ahead=(3, 1), overdue=(), weekly=0)  # an invitation, and the last working day before


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
class Reminder:
    """What a unit is reminded of. `state`: of what it has handed in, where that does not count as done."""

    unit: str
    ref: TaskRef
    title: str
    due: Due
    stand: Stand
    event: bool = False
    tentative: bool = False
    state: State | None = None
