"""What was handed in for which task, and how it stands."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.clock import local_day
from core.message import Address, StoredFile
from core.work import TaskRef


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


DONE = (State.SUBMITTED, State.ACCEPTED)  # the school has done its part


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands something in, and in which chat. `person` is an id, `unit` a code; None: not known."""

    address: Address
    sender: str
    group: bool = False
    person: int | None = None
    unit: str | None = None


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
    due: date | None = None
    again: bool = False  # an earlier one for the same task was returned
    message_id: str = ""  # the last message of it, to answer in a group
    handed_in_at: datetime | None = None
    deleted_at: datetime | None = None  # its files, and what was written with them


@dataclass(frozen=True, slots=True)
class Handed:
    """A submission with its files, and who gave it."""

    submission: Submission
    files: tuple[StoredFile, ...]
    giver_name: str = ""


def days_late(due: date | None, at: datetime) -> int:
    """How many days after the due day; 0: in time. The due day itself is no delay, even after "trước ngày"."""
    return max(0, (local_day(at) - due).days) if due else 0
