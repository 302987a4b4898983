"""What documents say of a book of daily records, and which target they set a counter."""

import re
from dataclasses import dataclass
from datetime import date

from core.answer import Citation
from core.daily import Book
from core.people import Asker
from knowledge.cite import cite
from knowledge.fold import fold
from knowledge.index import Index
from knowledge.sentences import runs


@dataclass(frozen=True, slots=True)
class BookRule:
    """The sentence that asks for it; `most`: how many it asks for, None: it does not say."""

    citation: Citation
    target: int | None = None


def rule_of(index: Index, book: Book, asker: Asker) -> BookRule | None:
    """What the newest document that the asker may read says of it; None: none does, or its sentences do not agree."""
    pattern = re.compile(book.rule)
    for volume in sorted(index.scope(asker), key=lambda one: (one.written or date.min, one.shelved.id), reverse=True):
        found = [
            (passage, run, said)
            for passage in volume.shelved.plan.passages
            for run in runs(passage.text)
            if (said := pattern.search(fold(run)))
        ]
        if found:
            passage, run, said = found[0]
            targets = {int(one[1]) for _, _, one in found} if pattern.groups else set()
            rule = BookRule(cite(index, volume, passage, run), targets.pop() if len(targets) == 1 else None)
            return rule if rule.target or not pattern.groups else None
    return None
