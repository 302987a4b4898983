"""What a unit has to show of its work: tasks, what was handed in for each, and links by which others look at it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum

from core.evidence import State
from core.message import StoredFile
from core.work import Due


class Standing(StrEnum):
    """How a task of the unit stands."""

    ACCEPTED = "accepted"
    SUBMITTED = "submitted"
    RETURNED = "returned"  # and nothing better came since
    MISSING = "missing"
    AHEAD = "ahead"  # not due yet
    UNDATED = "undated"  # no due day, nothing handed in
    HISTORY = "history"  # was past before the document was known here
    LACKING = "lacking"  # a criterion that nothing serves


GIVEN = (Standing.ACCEPTED, Standing.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file to show; `number` stays the same whatever else is handed in or sent back."""

    number: int
    file: StoredFile


class Why(StrEnum):
    """Why a file is only named where faces are blurred."""

    WAITING = "waiting"  # its blurred copy is not made yet
    FAILED = "failed"  # none could be made
    OTHER = "other"  # no picture: in films and documents faces are not looked for


@dataclass(frozen=True, slots=True)
class Withheld:
    """A file that is named and not shown; where its bytes lie is not told, so that nothing can hand them out."""

    number: int
    name: str
    why: Why


@dataclass(frozen=True, slots=True)
class Proof:
    """What was handed in together; without names of people. What was returned shows no files."""

    code: str
    state: State
    at: datetime
    late: int  # days
    exhibits: tuple[Exhibit, ...] = ()
    withheld: tuple[Withheld, ...] = ()
    deleted: bool = False  # its time was over
    title: str = ""  # of the task it was handed in for, where that is not the item's


@dataclass(frozen=True, slots=True)
class Item:
    """A task, or a criterion; `number` is its place in the document, from 1, whatever part of it is shown."""

    number: int
    title: str
    due: Due | None
    standing: Standing
    proofs: tuple[Proof, ...] = ()
    counts: bool = False  # due by now, so that it is part of the share that is handed in
    mark: str = ""  # a criterion's number, as people say it: "1.2"
    score: Decimal | None = None  # a criterion's own points
    most: Decimal | None = None  # points that it may get

    @property
    def given(self) -> bool:
        return self.standing in GIVEN


@dataclass(frozen=True, slots=True)
class Programme:
    """A document with the unit's tasks in it, or a group of criteria.

    `number` counts the unit's documents from 1, in the order they came.
    """

    number: int
    name: str
    items: tuple[Item, ...]

    @property
    def due(self) -> int:
        return _due(self.items)

    @property
    def given(self) -> int:
        return _given(self.items)


@dataclass(frozen=True, slots=True)
class Cut:
    """What part: of which unit, of one document or all, of one month (YYYY-MM) or all; or by a criteria set, its id.

    `blurred`: of its files only pictures, and of those only copies with the faces blurred.
    """

    unit: str
    document: int | None = None
    month: str = ""
    blurred: bool = False
    criteria: int | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """As it stands on `day`. `office`: the name of who is above the unit, empty: nobody.

    `by`: the criteria set's name by which it is put in order; empty: by document and task.
    """

    cut: Cut
    unit: str
    office: str
    day: date
    programmes: tuple[Programme, ...]
    by: str = ""

    @property
    def items(self) -> Sequence[Item]:
        return [item for programme in self.programmes for item in programme.items]

    @property
    def due(self) -> int:
        """Tasks due by now."""
        return _due(self.items)

    @property
    def given(self) -> int:
        """Those of them that are handed in."""
        return _given(self.items)

    @property
    def exhibits(self) -> dict[int, Exhibit]:
        """Every file by its number."""
        return {one.number: one for item in self.items for proof in item.proofs for one in proof.exhibits}

    @property
    def size(self) -> int:
        """Bytes of all files, each as often as it is shown."""
        return sum(one.file.size for item in self.items for proof in item.proofs for one in proof.exhibits)

    @property
    def waiting(self) -> Sequence[int]:
        """The numbers of pictures whose blurred copies are not made yet."""
        withheld = [one for item in self.items for proof in item.proofs for one in proof.withheld]
        return [one.number for one in withheld if one.why is Why.WAITING]


@dataclass(frozen=True, slots=True)
class Link:
    """Lets whoever has its address look at a dossier; `code` is what people call it by, no part of the address."""

    code: str
    cut: Cut
    expires_at: datetime


class Looked(StrEnum):
    """What somebody with a link asked for."""

    PAGE = "page"
    ZIP = "zip"
    REST = "rest"  # of a ZIP whose download broke
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Visits:
    """Who came by a link, programs that only look at addresses left out. `agents`: kinds of browser."""

    pages: int = 0
    zips: int = 0
    files: int = 0
    visitors: int = 0
    agents: tuple[str, ...] = ()
    last: datetime | None = None


def _due(items: Sequence[Item]) -> int:
    return sum(item.counts for item in items)


def _given(items: Sequence[Item]) -> int:
    return sum(item.counts and item.given for item in items)
