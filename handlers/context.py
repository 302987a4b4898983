"""All that a handler may use."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.hours import Hours
from core.message import Inbound, Reply, Talk
from core.people import Person, Unit
from core.platform import Limits
from core.privacy import RETENTION_DAYS
from knowledge.index import Index
from records.session import Session


@dataclass(frozen=True, slots=True)
class House:
    """How this installation is set up; the same for every message."""

    public_url: str = ""  # where people reach our pages; empty: nowhere
    confirm_joins: bool = False  # who joins by a code waits for somebody's word
    confirm_evidence: bool = True  # what a teacher hands in waits for the principal's word
    confirm_notices: bool = False  # a notice waits for a second person's word
    blurs: bool = False  # faces can be blurred here: a detector is installed
    links: Callable[[], Sequence[str]] = tuple  # addresses that open the bot with a joining code, for "{code}"
    retention_days: int = RETENTION_DAYS  # that evidence is kept; 0: for good
    hours: Hours = Hours()


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, when, and what is known.

    `unit` is the person's; the group's where the person is unknown or of another line; None: neither is
    known. `session` is committed by the caller. `limits`: what the service can do in this kind of chat.
    """

    person: Person | None
    unit: Unit | None
    now: datetime
    session: Session
    index: Index
    talk: Talk
    limits: Limits
    house: House = House()


Does = Callable[[Inbound, Context, str], Awaitable[Reply | None]]
"""What a command does with a message and what is written after its name."""
