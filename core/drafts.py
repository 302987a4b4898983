"""A document that an officer sent to be read: how far it is, what was decided about it, who changed what."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.amendments import Proposal
from core.work import Plan


class Stage(StrEnum):
    """How far a draft is."""

    READING = "reading"
    READ = "read"  # it is being checked
    FAILED = "failed"  # it cannot be read, or is known already
    PUBLISHED = "published"
    DROPPED = "dropped"


OPEN = (Stage.READING, Stage.READ)


class Fate(StrEnum):
    """What was decided about a doubt."""

    KEPT = "kept"
    CORRECTED = "corrected"
    DROPPED = "dropped"  # with its item


class Act(StrEnum):
    """What somebody did to a draft."""

    SENT = "sent"
    DRAFTED = "drafted"  # by the bot, from an older one
    READ = "read"  # by the bot
    KEPT = "kept"  # a doubt: as it was read
    CORRECTED = "corrected"
    DROPPED = "dropped"  # an item
    RESTORED = "restored"
    ISSUER = "issuer"
    AMENDS = "amends"  # an earlier obligation is changed
    AMENDS_NOT = "amends-not"
    PUBLISHED = "published"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Draft:
    """`plan` None: not read yet. `issuer` a code, empty: not known. `settled` by a doubt's number in the plan, from 0.

    `dropped`: numbers of obligations, from 0. `proposals`: what it may change of earlier documents, in its order.
    `revision` grows with every change. `attempts`: how often it was begun to
    be read. `document`: once it is published.
    """

    id: int
    code: str
    unit: str  # the sender's
    person: int
    name: str  # the file's
    sha256: str
    stage: Stage
    made_at: datetime
    plan: Plan | None = None
    issuer: str = ""
    digest: str = ""
    settled: Mapping[int, Fate] = field(default_factory=dict)
    dropped: frozenset[int] = frozenset()
    proposals: tuple[Proposal, ...] = ()
    revision: int = 1
    attempts: int = 0
    document: int | None = None

    @property
    def read(self) -> Plan:
        """What was read; only of one that was."""
        assert self.plan is not None
        return self.plan


@dataclass(frozen=True, slots=True)
class Edit:
    """Who changed what; `by` a name, empty: the bot. `item` counts from 1; None: the draft as a whole."""

    at: datetime
    by: str
    what: Act
    item: int | None = None
    before: str = ""
    after: str = ""
