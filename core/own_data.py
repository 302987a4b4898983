"""What is kept of one person, for that person alone; other people only by the names of who decided or looked."""

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A unit she belongs, or belonged, to; `since` None: as the staff list says."""

    unit: str
    role: str
    state: str
    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Channel:
    """An account of hers with a chat service; `account` is the service's id for it."""

    service: str
    account: str
    linked_at: datetime


@dataclass(frozen=True, slots=True)
class Step:
    """Who did what to a submission; `what`: core.evidence.State, "seen" or "deleted"; `by` empty: the bot."""

    at: datetime
    what: str
    by: str
    note: str


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file as she gave it; `path` in the ZIP, empty: it is not kept (`state`: wanted, stored, lost, deleted)."""

    name: str
    state: str
    sha256: str
    size: int
    received_at: datetime
    path: str = ""


@dataclass(frozen=True, slots=True)
class Given:
    """Something that she handed in."""

    code: str
    unit: str
    task: str
    due: date | None
    state: str
    caption: str
    opened_at: datetime
    handed_in_at: datetime | None
    deleted_at: datetime | None
    log: tuple[Step, ...]
    files: tuple[OwnFile, ...]


@dataclass(frozen=True, slots=True)
class InStead:
    """She spoke in a principal's stead (`as_deputy`), or had somebody speak in hers; `other`: that person's name."""

    unit: str
    as_deputy: bool
    other: str
    since: datetime
    until: date
    ended_at: datetime | None


@dataclass(frozen=True, slots=True)
class Request:
    """What she wrote down for her unit of what somebody asked about data (core.privacy.DataRequest)."""

    code: str
    unit: str
    kind: str
    words: str
    made_at: datetime
    answered_at: datetime | None
    done_at: datetime | None
    outcome: str


@dataclass(frozen=True, slots=True)
class Told:
    """A message to her that is still kept."""

    at: datetime
    service: str
    text: str
    state: str


@dataclass(frozen=True, slots=True)
class Noticed:
    """What she did with a notice to many; `what`: written, approved, acknowledged."""

    at: datetime
    what: str
    code: str
    text: str
    files: tuple[OwnFile, ...] = ()  # that she sent to go with it


@dataclass(frozen=True, slots=True)
class Noted:
    """What she did in lists of her school; `what`: registered an activity, named authors, opened a book.

    `text`: the activity, the names, the book.
    """

    at: datetime
    what: str
    unit: str
    text: str


@dataclass(frozen=True, slots=True)
class OwnData:
    """All of it, as it was at `until`; units are codes until somebody names them."""

    until: datetime
    name: str
    phone: str
    places: tuple[Place, ...]
    channels: tuple[Channel, ...]
    submissions: tuple[Given, ...]
    messages: tuple[Told, ...]
    in_stead: tuple[InStead, ...] = ()
    requests: tuple[Request, ...] = ()
    notices: tuple[Noticed, ...] = ()
    noted: tuple[Noted, ...] = ()

    @property
    def files(self) -> tuple[OwnFile, ...]:
        """Those that she gets."""
        given = [one.files for one in self.submissions] + [one.files for one in self.notices]
        return tuple(file for files in given for file in files if file.path)
