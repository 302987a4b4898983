"""What the API takes and gives; its OpenAPI document is made from these."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Code = Annotated[str, Field(min_length=1, max_length=64)]
Month = Annotated[str, Field(pattern=r"^20[0-9]{2}-(0[1-9]|1[0-2])$", description="YYYY-MM", examples=["2023-12"])]
State = Literal["accepted", "submitted", "returned", "missing"]


class Asked(BaseModel):
    """Parameters; others than these are an error."""

    model_config = ConfigDict(extra="forbid")


class Given(BaseModel):
    """Part of an answer."""

    model_config = ConfigDict(frozen=True)


class Nothing(Asked):
    """No parameters."""


class InMonth(Asked):
    """`month`: else the one that it is."""

    month: Month | None = None


class ProgressAsked(InMonth):
    """Which rows, and which part of them."""

    unit: Code | None = Field(None, description="only this unit")
    state: State | None = None
    offset: int = Field(0, ge=0, le=1_000_000)
    limit: int = Field(500, ge=1, le=5000)


class Me(Given):
    """Whose token it is."""

    token: str
    unit: str
    unit_name: str


class UnitOut(Given):
    """A unit of the own line: itself and those below."""

    code: str
    name: str
    level: str
    parent: str | None
    ownership: str | None
    valid_from: date | None
    valid_to: date | None


class Units(Given):
    """All of them."""

    units: list[UnitOut]


class TaskOut(Given):
    """A task; `sentence` stands in the document letter for letter."""

    id: str = Field(description="document and number of the task: 3.12", examples=["3.12"])
    title: str
    due: date | None
    before: bool = Field(description="the day itself is too late")
    document: int
    document_name: str
    sentence: str


class Tasks(Given):
    """Of the month, by day."""

    month: str
    tasks: list[TaskOut]


class ProgressRow(Given):
    """How a unit stands with a task; `due` is the unit's own day."""

    unit: str
    task: str
    title: str
    due: date | None
    state: State
    days_late: int
    handed_in_at: datetime | None
    submission: str | None = Field(description="its code")


class Progress(Given):
    """A part of the rows; `total`: of all."""

    month: str
    total: int
    rows: list[ProgressRow]


class FileOut(Given):
    """A file of a submission; its bytes are not given here."""

    name: str
    mime: str
    size: int
    sha256: str


class SubmissionOut(Given):
    """What was handed in together."""

    code: str
    unit: str | None
    task: str | None
    title: str
    due: date | None
    state: str
    handed_in_at: datetime | None
    files: list[FileOut]


class DocumentOut(Given):
    """A published document."""

    id: int
    unit: str
    number: str | None
    date: date | None
    title: str | None
    school_year: str | None
    tasks: int


class Documents(Given):
    """The newest first."""

    documents: list[DocumentOut]


class Fault(Given):
    """Why there is no answer; `message` is Vietnamese, for people."""

    code: Literal["unauthorized", "not_found", "method_not_allowed", "invalid"]
    message: str
