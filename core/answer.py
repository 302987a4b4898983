"""An answer and what it rests on."""

from dataclasses import dataclass
from datetime import date

from core.message import Choice


@dataclass(frozen=True, slots=True)
class Citation:
    """A literal run of a document, with its place. `quote` stands in the document letter for letter."""

    document_id: int
    document: str  # how the document is called: type, number, title
    source_file: str
    section: str
    row: str
    quote: str
    passage: int  # Passage.place
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """One task of a list answer."""

    task: str
    due: date | None
    rule: str | None
    months: tuple[str, ...]
    from_level: str | None
    to_level: str | None
    citation: int  # index into Answer.citations


@dataclass(frozen=True, slots=True)
class Answer:
    """What the chat shows. `found` is False when the documents do not hold the answer, and `text` says so.

    `kind` names what was understood: due, deadline, days_left, overdue, fact, count, document, unclear, none,
    off_topic, help.
    """

    text: str
    kind: str
    found: bool
    citations: tuple[Citation, ...] = ()
    items: tuple[Item, ...] = ()
    choices: tuple[Choice, ...] = ()
    more: tuple[str, ...] = ()  # further parts, shown one by one on "xem thêm"
    later: tuple[Citation, ...] = ()  # what the further parts rest on
