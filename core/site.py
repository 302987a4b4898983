"""Who is signed in to the staff site, and since when: values alone."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from core.people import Role

LINK_LIVES = timedelta(minutes=10)
IDLE, LONGEST = timedelta(hours=12), timedelta(days=7)  # a session ends after this without a request, and anyway
Ending = Literal["page", "chat", "replaced", "lapsed", "left"]


@dataclass(frozen=True, slots=True)
class SiteSession:
    """A browser that is signed in; `agent`: its kind, no more."""

    id: int
    person: int
    agent: str
    started_at: datetime
    seen_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class SiteAct:
    """What somebody of this unit did on a page, in this role; `person` empty: who was erased since."""

    id: int
    at: datetime
    person: str
    unit: str
    role: Role
    act: str
    about: str


@dataclass(frozen=True, slots=True)
class ApiToken:
    """By which an office's own system reads; `made_by`: a person's id."""

    id: int
    name: str
    unit: str
    made_by: int
    made_at: datetime
    used_at: datetime | None
