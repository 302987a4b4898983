"""A notice: what an office or a school writes to many, to whom, and what has become of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from core.message import Address
from core.people import Level, Ownership, Role
from core.work import TaskRef

LONGEST = 3000  # characters of a notice; what is longer is a file
CODE_LENGTH = 6


class Kind(StrEnum):
    """What a notice is to an earlier one."""

    FIRST = "first"
    CORRECTION = "correction"  # to exactly those who got the earlier one
    REMINDER = "reminder"  # to those of them who have not acknowledged it


class Stage(StrEnum):
    """How far a notice is."""

    DRAFT = "draft"
    ASKING = "asking"  # confirmed; a second person must agree
    REFUSED = "refused"  # the second person does not
    GOING = "going"  # goes out, or will at its time
    PAUSED = "paused"
    CANCELLED = "cancelled"  # what had not gone out stays here
    DONE = "done"  # nothing is left to send


class Fate(StrEnum):
    """What has become of a notice for one recipient."""

    WAITING = "waiting"
    HELD = "held"  # the service's plan has no more messages this month
    SENT = "sent"  # the service has taken it and given its id
    UNKNOWN = "unknown"  # nobody can know whether it arrived
    FAILED = "failed"
    UNREACHABLE = "unreachable"  # there was no way there when it was confirmed
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a notice is for. Of what is empty there is no condition.

    Without `roles` it goes to the groups of the units, or to who speaks for a unit that has none; with `roles` to each
    of the people with one of them, in private. `missing`: those units alone that have not handed this in.
    """

    units: tuple[str, ...] = ()  # codes
    levels: tuple[Level, ...] = ()
    ownership: tuple[Ownership, ...] = ()
    roles: tuple[Role, ...] = ()
    missing: TaskRef | None = None
    without: tuple[str, ...] = ()  # codes

    @property
    def each(self) -> bool:
        """Whether everybody is to acknowledge; else one for her unit is enough."""
        return bool(self.roles)


@dataclass(frozen=True, slots=True)
class Notice:
    """`revision` grows with every change of a draft. `about`: the id of the earlier notice.

    `author` None: the command line. `asks`: its recipients are asked to acknowledge it.
    `starts_at` None: at once. `night`: also in quiet hours. `why`: for what it is paused, empty: somebody said so.
    """

    id: int
    code: str
    unit: str
    author: int | None
    kind: Kind
    text: str
    audience: Audience
    stage: Stage
    revision: int
    made_at: datetime
    about: int | None = None
    files: tuple[int, ...] = ()  # ids of received files
    starts_at: datetime | None = None
    night: bool = False
    why: str = ""
    confirmed_at: datetime | None = None
    ended_at: datetime | None = None
    approver: int | None = None
    deleted_at: datetime | None = None  # its words and files, whose time was over
    asks: bool = True


@dataclass(frozen=True, slots=True)
class Place:
    """Where a notice goes for a unit: a group, or a person in private. `address` None: there is no way there.

    `also`: further units that the same person is written to for, in the same message.
    """

    unit: str
    address: Address | None
    person: int | None = None
    first: int | None = None  # the recipient of the earlier notice whom this is about
    also: tuple[str, ...] = ()

    @property
    def group(self) -> bool:
        return self.person is None


@dataclass(frozen=True, slots=True)
class Recipient:
    """A place that was frozen when the notice was confirmed, and how it stands there now; one for each of its units.

    `reason`: why it failed; of what was sent, why it went to `heads` instead of their group, `heads_got` of whom have
    it. `acked_by`: the name of who acknowledged.
    """

    id: int
    place: Place
    fate: Fate
    name: str = ""  # of the person; empty: a group
    reason: str = ""
    heads: int = 0
    heads_got: int = 0
    sent_at: datetime | None = None
    acked_at: datetime | None = None
    acked_by: str = ""


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """What came of an acknowledgement. `fresh` False: it was acknowledged before, by `by` at `at`."""

    unit: str
    by: str
    at: datetime
    fresh: bool
    also: tuple[str, ...] = ()  # further units for which it counts
