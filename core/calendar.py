"""A unit's due days as a calendar shows them: values alone."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """An event of whole days, in Vietnam; `last` is its last day. `uid`: the same whatever becomes of it.

    `changed`: since when it says what it says. `due`: the day itself, where the last safe one is another.
    """

    uid: str
    first: date
    last: date
    title: str
    about: str
    changed: datetime
    tentative: bool = False
    place: str = ""  # of an event
    due: date | None = None
    done: bool = False
    event: bool = False


@dataclass(frozen=True, slots=True)
class CalendarOf:
    """Whose calendar: a unit's, or a person's, which shows all of her units."""

    unit: str = ""
    person: int = 0


@dataclass(frozen=True, slots=True)
class CalendarLink:
    """A link that shows a calendar; `read_at`: when a program last asked for it, None: never."""

    id: int
    of: CalendarOf
    made_at: datetime
    read_at: datetime | None = None
