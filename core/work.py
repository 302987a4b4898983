"""What is owed, to whom, by when: a document, its passages, its obligations, and the doubts about them."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from core.people import Level, Ownership

_Day = date  # inside Head, `date` is a field


class Kind(StrEnum):
    """What an obligation asks for."""

    DEADLINE = "deadline"  # hand in, or finish by
    ACTIVITY = "activity"  # to be done in the period
    EVENT = "event"
    AGENDA = "agenda"  # an item of an event's programme, with times
    PERIODIC = "periodic"  # standing, tied to a period of the year
    RECURRING = "recurring"  # repeated on a fixed day


class Rule(StrEnum):
    """How the date binds. `BEFORE` excludes the day, `BY` includes it."""

    BEFORE = "before"
    BY = "by"
    ON = "on"
    RANGE = "range"
    IN_WEEK = "in-week"
    IN_MONTH = "in-month"
    IN_QUARTER = "in-quarter"
    IN_YEAR = "in-year"
    PERIOD = "period"
    TENTATIVE_MONTH = "tentative-month"
    WEEKLY = "recurring-weekly"
    MONTHLY = "recurring-monthly"
    YEARLY = "recurring-yearly"
    RELATIVE = "relative"
    EVENT = "event"


class Status(StrEnum):
    """Whether the obligation stands."""

    FIRM = "firm"
    TENTATIVE = "tentative"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True)
class Due:
    """The day by which something is due; `before`: the paper says "trước ngày", that day itself is too late."""

    day: date
    before: bool = False

    @property
    def last(self) -> date:
        """The last day that is in time."""
        return self.day - timedelta(days=self.before)


@dataclass(frozen=True, slots=True)
class Contact:
    """A way to reach somebody, as the document names it; `kind`: email, web, phone, system, zalo-group."""

    kind: str
    value: str


@dataclass(frozen=True, slots=True)
class Head:
    """What a document says about itself; None: it does not say. Names follow the outer contract."""

    doc_type: str | None = None
    number: str | None = None  # None where the paper leaves it blank
    number_as_written: str | None = None
    number_blank: bool = False
    issuing_body: str | None = None
    level: Level | None = None
    province: str | None = None
    district: str | None = None  # district, commune or ward
    place: str | None = None
    date: _Day | None = None  # None where the day is blank
    date_as_written: str | None = None
    date_precision: str | None = None  # day, month, year
    date_month: str | None = None  # YYYY-MM, also where the day is blank
    title: str | None = None
    school_year: str | None = None  # 2023-2024
    addressees: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    cites: tuple[str, ...] = ()
    contacts: tuple[Contact, ...] = ()
    signer: str | None = None
    signer_title: str | None = None


class Part(StrEnum):
    """What a passage is in its document."""

    HEAD = "head"  # number, place and date, title, addressees
    BASIS = "basis"  # "Căn cứ …"
    HEADING = "heading"  # "II. NỘI DUNG", "a. Chỉ tiêu phấn đấu"
    LEAD = "lead"  # opens a list: "Hồ sơ gồm:"
    ITEM = "item"  # a list item
    ROW = "row"  # a table row's words
    TEXT = "text"
    CLOSING = "closing"  # "Nơi nhận", signature


@dataclass(frozen=True, slots=True)
class Spot:
    """Where in its file something stands, as a person finds it; 0 and "" where the file has no such thing.

    `table` and `row` count from 1 within the page, sheet or document; `cell` as in Excel ("B7"); `file`: of several in
    one archive or letter. `scanned`: read from a picture, letters and digits may be wrong.
    """

    page: int = 0
    sheet: str = ""
    table: int = 0
    row: int = 0
    cell: str = ""
    file: str = ""
    scanned: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A literal run of the document, with its place.

    `place` counts passages from 0; `parent` is the place of the heading or lead line it stands under;
    `section` the numbers above it ("III.B.3.4"); `row` block and row of a table ("9/2023/10", "2").
    """

    place: int
    line: int  # of the file, from 1
    text: str
    part: Part = Part.TEXT
    section: str = ""
    row: str = ""
    parent: int | None = None
    months: tuple[str, ...] = ()  # YYYY-MM, from a month block
    spot: Spot | None = None  # None: a text file, whose `line` says it


@dataclass(frozen=True, slots=True)
class Obligation:
    """One thing somebody owes; names and values follow the outer contract.

    `snippet` is a literal run of the document: the clause that holds the date, or the task's own words.
    `due` is the date as written; `rule` says whether that day still counts. `passage` is a `Passage.place`.
    """

    snippet: str
    task: str
    line: int
    passage: int
    kind: Kind = Kind.ACTIVITY
    section: str = ""
    row: str = ""
    months: tuple[str, ...] = ()
    start: date | None = None
    due: date | None = None
    rule: Rule | None = None
    time: str | None = None  # HH:MM or HH:MM-HH:MM
    recurrence: str | None = None
    from_level: Level | None = None
    from_explicit: bool = False
    to_level: Level | None = None
    channel: str | None = None
    deliverable: str | None = None
    status: Status = Status.FIRM
    note: str | None = None
    ownership: tuple[Ownership, ...] = ()  # schools it is for; empty: all

    @property
    def until(self) -> Due | None:
        """ "trước 16 giờ ngày 05/12" leaves the morning of that day."""
        return Due(self.due, self.rule is Rule.BEFORE and not self.time) if self.due else None


class DoubtKind(StrEnum):
    """Why a person should look, the worst first."""

    SCANNED = "scanned"  # a date that was read from a picture
    DATE = "date"  # a day that does not exist, a year or a weekday that contradicts the paper
    TIERS = "tiers"  # an office hands on before its schools have handed in
    PAST = "past"  # due before the paper was issued
    FIGURES = "figures"  # two that contradict each other
    ORDER = "order"  # a gathering before the reports that it is about
    RECEIVER = "receiver"  # who gets it is not named
    JOINED = "joined"  # a row that may belong to the one above
    CLOSED = "closed"  # due on a Sunday or holiday
    SOON = "soon"  # hardly any time is left
    READER = "reader"  # what the reader of the file had to guess


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something a person should look at; `message` is one Vietnamese sentence, `question` another.

    `words` are a literal run of the document; `task` a place in the plan's obligations, None: no single one.
    """

    line: int
    message: str
    kind: DoubtKind = DoubtKind.READER
    question: str = ""
    words: str = ""
    task: int | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """A document, read: its head, its passages in order, what it asks for, what is doubtful."""

    source_file: str  # the file's name, without folders
    head: Head
    passages: tuple[Passage, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    doubts: tuple[Doubt, ...] = ()


@dataclass(frozen=True, slots=True, order=True)
class TaskRef:
    """Which task is meant: `document` is `Shelved.id`, `number` the place in its plan's `obligations`, from 0."""

    document: int
    number: int

    def __str__(self) -> str:
        """ "3.12" """
        return f"{self.document}.{self.number}"

    @classmethod
    def parse(cls, words: str) -> "TaskRef | None":
        """As `str` writes it; None: this is none."""
        document, _, number = words.partition(".")
        return cls(int(document), int(number)) if document.isdecimal() and number.isdecimal() else None


class Effect(StrEnum):
    """What a later document does to an obligation of an earlier one."""

    MOVED = "moved"  # another day
    REVOKED = "revoked"  # it is not asked for any more
    RESTATED = "restated"  # a paper that replaces the whole earlier one says it again, with its own day


@dataclass(frozen=True, slots=True)
class Change:
    """An obligation as a later document leaves it, since the day `since`; a person has confirmed it.

    `start`, `due`, `rule`, `time` are the new ones, as in Obligation; None where it is revoked, or said again as it
    was. For a month or quarter without a day `start` is its first one. `passage` is a `Passage.place` of the later
    document `by` (a `Shelved.id`), `snippet` a literal run of it.
    """

    ref: TaskRef  # of the earlier one; it stays what evidence and reminders are about
    effect: Effect
    by: int
    passage: int
    snippet: str
    since: date
    start: date | None = None
    due: date | None = None
    rule: Rule | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Shelved:
    """A published plan in the knowledge base: whose it is and since when it is known.

    `plan` is as it stands today; `changes` made it so from `first`, the oldest first; `first` None: none did.
    """

    id: int
    unit: str  # the issuing unit's code
    plan: Plan
    ingested_on: date
    changes: tuple[Change, ...] = ()
    first: Plan | None = None
