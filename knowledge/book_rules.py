"""What documents say of a book of daily records, and which target they set a counter."""

from dataclasses import dataclass
from datetime import date

from core.answer import Citation
from core.daily import Book
from core.people import Asker
from knowledge.cite import cite, passage_of
from knowledge.index import Index


@dataclass(frozen=True, slots=True)
class BookRule:
    """The sentence that asks for it; `target`: how many it asks for, None: it does not say."""

    citation: Citation
    target: int | None = None


def rule_of(index: Index, book: Book, asker: Asker) -> BookRule | None:
    """What the newest document that the asker may read says of it; None: none does, or its sentences do not agree."""
    stated = [volume for volume in index.scope(asker) if book.id in volume.book_rules]
    if not stated:
        return None
    newest = max(stated, key=lambda one: (one.written or date.min, one.shelved.id))
    asked = newest.book_rules[book.id]
    return BookRule(cite(index, newest, passage_of(newest, asked.place), asked.quote), asked.target)
