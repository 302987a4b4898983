"""What was handed in for which task, and how it stands."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from core.clock import local_day
from core.message import Address, StoredFile
from core.work import Due, TaskRef


class State(StrEnum):
    """How a submission stands."""

    COMING = "coming"  # files may still follow
    UNPLACED = "unplaced"  # received; for which task is not known
    KEPT = "kept"  # received; said to be no evidence
    QUESTIONED = "questioned"  # breaks a rule of its document; waits for the giver's word
    HELD = "held"  # waits for the principal's word
    SUBMITTED = "submitted"  # waits for the office
    RETURNED = "returned"
    ACCEPTED = "accepted"
    WITHDRAWN = "withdrawn"


class Act(StrEnum):
    """What happens to a submission that stands as before."""

    SEEN = "seen"  # somebody looked at its files
    ASKED = "asked"  # the office has a question
    ANSWERED = "answered"
    DELETED = "deleted"  # some of its files
    STORED = "stored"  # put into the store of shared material
    UNSTORED = "unstored"


NO_PART = "-"
IN_STEAD = "in stead"  # the note of what somebody said in the stead of a principal
DONE = (State.SUBMITTED, State.ACCEPTED)  # the school has done its part
AT_OFFICE = (*DONE, State.RETURNED)  # handed in to the office, which sees it


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands something in, and in which chat. `person` is an id, `unit` a code; None: not known."""

    address: Address
    sender: str
    group: bool = False
    person: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Came:
    """Of a submission what tells how its unit stands with the task; an office is not told of `deleted_at`."""

    code: str
    state: State
    handed_in_at: datetime | None = None
    deleted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Submission:
    """What one person handed in together. `title` and `due` are the task's as they stood when it was placed."""

    id: int
    code: str  # short, by which people speak of it
    giver: Giver
    state: State
    opened_at: datetime
    caption: str = ""
    task: TaskRef | None = None
    among: tuple[TaskRef, ...] = ()  # tasks that the message named which was answered
    title: str = ""
    due: Due | None = None
    again: bool = False  # an earlier one for the same task was returned
    shared_from: str = ""  # the code of that whose files serve this task too
    message_id: str = ""  # the last message of it, to answer in a group
    handed_in_at: datetime | None = None
    deleted_at: datetime | None = None  # its files, and what was written with them

    @property
    def came(self) -> Came:
        return Came(self.code, self.state, self.handed_in_at, self.deleted_at)


@dataclass(frozen=True, slots=True)
class Event:
    """Who did what to a submission; `person` None: the bot itself, or not known. `note`: what was said with it."""

    at: datetime
    what: State | Act
    person: int | None
    name: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission with its files, who gave it, and what the office asked about it and was answered, in order.

    `since`: from when it waits for who looks at it now; None: not known. `parts`: by SHA-256, which part of its dossier
    a file is, where its giver said so (`NO_PART`: none of them).
    """

    submission: Submission
    files: tuple[StoredFile, ...]
    giver_name: str = ""
    talk: tuple[Event, ...] = ()
    since: datetime | None = None
    parts: Mapping[str, str] = field(default_factory=dict)

    @property
    def waits_from(self) -> datetime:
        return self.since or self.submission.handed_in_at or self.submission.opened_at


def days_late(due: Due | None, at: datetime) -> int:
    """How many days after the due day; 0: in time. The due day itself is no delay, even after "trước ngày"."""
    return max(0, (local_day(at) - due.day).days) if due else 0
