"""When somebody is reminded of a task, and why; values alone."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.work import TaskRef


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


@dataclass(frozen=True, slots=True)
class Nudge:
    """A reason to remind of a task on a day; `days` are working days, 0 where there is nothing to count."""

    ref: TaskRef
    due: date
    why: Why
    days: int = 0
