"""Who is signed in to the staff site, and since when: values alone."""

from collections.abc import Collection
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
class Wanted:
    """What somebody looks for in the journal.

    Of these `units` (None: all), in these `roles`, or by `me` herself; `people`, `act`, from `first` until before
    `end`: only those; None, empty: any. `before`: only what is older than this id.
    """

    me: int
    units: Collection[str] | None
    roles: Collection[Role]
    people: Collection[int] | None = None
    act: str = ""
    first: datetime | None = None
    end: datetime | None = None
    before: int | None = None


@dataclass(frozen=True, slots=True)
class SignIn:
    """When somebody was signed in, with which kind of browser; `ending` None: it is open, or was never used again."""

    id: int
    person: str
    unit: str
    role: Role
    agent: str
    started_at: datetime
    seen_at: datetime
    ending: Ending | None


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
