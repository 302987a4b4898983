"""What a later document says that it changes, and which earlier obligations an officer is asked about."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from core.work import Effect, Rule, TaskRef


@dataclass(frozen=True, slots=True)
class Amending:
    """One thing that a paper says it changes, in its own words; nothing is looked up yet.

    `snippet` is a literal run of passage `passage`. `numbers`: of the earlier paper as written ("123/PGDĐT-MN"), empty:
    it names none. `item`: what the sentence names of it, folded ("7", "iii.b.2"), `words` the task's own.
    `was` None: the old day is not said. `start`, `due`, `rule`, `time`: the new ones, as in Change; `rule` None beside
    a new day: it binds as the old one did.
    `whole`: the earlier paper as such, not one item of it. `own`: numbers of this plan's obligations that come from it.
    """

    effect: Effect
    passage: int
    snippet: str
    numbers: tuple[str, ...] = ()
    item: str = ""
    words: str = ""
    was: date | None = None
    start: date | None = None
    due: date | None = None
    rule: Rule | None = None
    time: str | None = None
    whole: bool = False
    own: tuple[int, ...] = ()


class Verdict(StrEnum):
    """What the officer said."""

    OPEN = "open"
    CONFIRMED = "confirmed"
    REFUSED = "refused"  # it is about something else, or about nothing that is known


@dataclass(frozen=True, slots=True)
class Proposal:
    """An earlier obligation that an `Amending` is likely to be about, for an officer to confirm.

    `ref` None: nothing that is published fits. `rivals`: others that fit nearly as well, best first.
    """

    amending: Amending
    ref: TaskRef | None = None
    rivals: tuple[TaskRef, ...] = ()
    verdict: Verdict = Verdict.OPEN
