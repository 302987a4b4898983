"""All that a handler may use."""

from dataclasses import dataclass
from datetime import datetime

from core.message import Talk
from core.people import Person, Unit
from knowledge.index import Index
from records.session import Session


@dataclass(frozen=True, slots=True)
class Context:
    """Who asks, when, and what is known.

    `unit` is the person's; the group's where the person is unknown or of another line; None: neither is
    known. `session` is committed by the caller.
    """

    person: Person | None
    unit: Unit | None
    now: datetime
    session: Session
    index: Index
    talk: Talk
