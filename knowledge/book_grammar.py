"""The sentences of a document that ask for a book of daily records, or set a counter its target."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.daily import BOOKS
from core.work import Passage
from knowledge.fold import fold
from knowledge.sentences import runs

_RULES = {book.id: re.compile(book.rule) for book in BOOKS}


@dataclass(frozen=True, slots=True)
class Asked:
    """A literal run that asks for a book, in the passage at this place; `target`: how many, None: it does not say."""

    place: int
    quote: str
    target: int | None = None


def read_book_rules(passages: Sequence[Passage]) -> Mapping[str, Asked]:
    """By book, the first sentence; none for a counter whose sentences do not agree on how many."""
    found: dict[str, list[Asked]] = {}
    for passage in passages:
        folded = fold(passage.text)
        for id, rule in _RULES.items():
            if rule.search(folded):
                found.setdefault(id, []).extend(_asked(rule, passage))
    return {id: asked[0] for id, asked in found.items() if len({one.target for one in asked}) == 1}


def _asked(rule: re.Pattern[str], passage: Passage) -> list[Asked]:
    said = ((run, rule.search(fold(run))) for run in runs(passage.text))
    return [Asked(passage.place, run, int(one[1]) if rule.groups else None) for run, one in said if one]
