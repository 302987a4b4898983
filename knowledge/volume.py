"""A published document prepared for search: its sentences, its tasks, and which words stand where."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

from core.rules import Limit
from core.work import Head, Obligation, Part, Passage, Shelved
from knowledge.book_grammar import Asked, read_book_rules
from knowledge.fold import fold, words
from knowledge.lexicon import expand
from knowledge.limit_grammar import read_limits
from knowledge.papers import Mention, mentions
from knowledge.school_years import school_year
from knowledge.sentences import bare, runs


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that can be found. `text` is a literal run; `tokens` its words, folded and spelt out."""

    text: str
    passage: int
    tokens: tuple[str, ...]
    words: frozenset[str]
    pairs: frozenset[str]
    context: frozenset[str]  # words of what stands around and above it
    context_pairs: frozenset[str]
    typed: frozenset[str]  # the words with their marks, lower case
    task: Obligation | None = None
    paper: Mention | None = None


@dataclass(frozen=True)
class Sheet:
    """Entries, and for each word the entries that hold it (`body`) or stand under it (`context`)."""

    entries: tuple[Entry, ...]
    body: dict[str, list[int]] = field(default_factory=dict, repr=False)
    context: dict[str, list[int]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> Sheet:
        sheet = cls(tuple(entries))
        for i, entry in enumerate(sheet.entries):
            for word in (*entry.words, *entry.pairs):
                sheet.body.setdefault(word, []).append(i)
            for word in entry.context - entry.words:
                sheet.context.setdefault(word, []).append(i)
        return sheet


@dataclass(frozen=True)
class Volume:
    """A document on the shelf; its sheets are made when first asked for."""

    shelved: Shelved

    @property
    def unit(self) -> str:
        return self.shelved.unit

    @cached_property
    def year(self) -> int | None:
        """The first calendar year of the school year it is for; None where it cannot be told."""
        head = self.shelved.plan.head
        if head.school_year and head.school_year[:4].isdecimal():
            return int(head.school_year[:4])
        written = self.written
        return school_year(written) if written else None

    @cached_property
    def written(self) -> date | None:
        """The day it was issued; the first of the month where the day is blank."""
        return issued_on(self.shelved.plan.head)

    @cached_property
    def months(self) -> frozenset[str]:
        """Every month, YYYY-MM, for which it holds something to do."""
        return frozenset(m for o in self.shelved.plan.obligations for m in o.months)

    @cached_property
    def children(self) -> dict[int, tuple[Passage, ...]]:
        """Passages by the place of their parent, in order."""
        found: dict[int, list[Passage]] = {}
        for passage in self.shelved.plan.passages:
            if passage.parent is not None:
                found.setdefault(passage.parent, []).append(passage)
        return {place: tuple(below) for place, below in found.items()}

    @cached_property
    def title_words(self) -> tuple[str, ...]:
        head = self.shelved.plan.head
        return tuple(tokens_of(" ".join(filter(None, (head.doc_type, head.title, head.issuing_body)))))

    @cached_property
    def sentences(self) -> Sheet:
        """Every sentence of every passage but heads and closings."""
        return Sheet.of(self._sentences())

    @cached_property
    def tasks(self) -> Sheet:
        """Every obligation."""
        return Sheet.of(map(self._task, self.shelved.plan.obligations))

    @cached_property
    def limits(self) -> tuple[Limit, ...]:
        """Every limit that it states: minutes, pages, nominations and the like."""
        return read_limits(self.shelved.plan.passages)

    @cached_property
    def book_rules(self) -> Mapping[str, Asked]:
        """By book of daily records, what it says of it."""
        return read_book_rules(self.shelved.plan.passages)

    @cached_property
    def papers(self) -> Sheet:
        """Every other paper that it names."""
        return Sheet.of(replace(_entry(m.clause, m.passage, []), paper=m) for m in mentions(self.shelved.plan.passages))

    @cached_property
    def cover(self) -> Sheet:
        """One entry: the document itself, by type, number, title, issuer, place and school year."""
        head = self.shelved.plan.head
        said = (
            head.doc_type, head.number, head.title, head.issuing_body, head.place, head.district, head.province,
            head.school_year, head.date_as_written,
        )  # fmt: skip
        return Sheet.of([_entry(" , ".join(filter(None, said)), 0, [])])

    def above(self, passage: Passage) -> list[Passage]:
        """The passages it stands under, nearest first."""
        line: list[Passage] = []
        passages = self.shelved.plan.passages
        while passage.parent is not None and len(line) < 12:
            passage = passages[passage.parent]
            line.append(passage)
        return line

    def _sentences(self) -> Iterable[Entry]:
        for passage in self.shelved.plan.passages:
            if passage.part is Part.HEAD or passage.part is Part.CLOSING and len(passage.text) < 80:
                continue  # numbers, addressees and signatures are found by `cover` and by the head
            around = self._around(passage)
            found = [passage.text] if passage.part is Part.ROW and "\t" in passage.text else runs(passage.text)
            for run in (r for r in found if len(_LETTERS.findall(r)) > 1):  # "2." alone is no sentence
                rest = [t for other in found if other is not run for t in tokens_of(other)]
                yield _entry(run, passage.place, [*around, "", *rest])

    def _around(self, passage: Passage) -> list[str]:
        above = [token for p in self.above(passage) for token in (*tokens_of(p.text), "")]
        return [*above, *self.title_words]

    def _task(self, task: Obligation) -> Entry:
        passage = self.shelved.plan.passages[task.passage]
        body = f"{task.task} . {task.snippet} . {task.deliverable or ''}"
        context = [*tokens_of(passage.text), "", *self._around(passage)]
        return replace(_entry(body, task.passage, context), text=task.snippet, task=task)


def issued_on(head: Head) -> date | None:
    """The day that a paper bears; the first of the month where the day is blank."""
    if head.date or not head.date_month:
        return head.date
    return date(int(head.date_month[:4]), int(head.date_month[5:7]), 1)


_LETTERS = re.compile(r"[^\W\d_]+")


def tokens_of(text: str) -> list[str]:
    """Folded words of a text, abbreviations spelt out."""
    return expand(words(fold(bare(text))))


def _pairs(tokens: list[str]) -> frozenset[str]:
    return frozenset(f"{a} {b}" for a, b in zip(tokens, tokens[1:], strict=False) if a and b)


def _entry(text: str, place: int, around: list[str]) -> Entry:
    tokens = tokens_of(text)
    full = [t.rsplit("/", 1) for t in tokens if t.count("/") == 2]
    days = [part for day, year in full for part in (day, f"20{year}")]  # 5/12/23 is found as 5/12 and 2023 too
    return Entry(
        text=text,
        passage=place,
        tokens=tuple(tokens),
        words=frozenset([*tokens, *days]),
        pairs=_pairs(tokens),
        context=frozenset(filter(None, around)),
        context_pairs=_pairs(around),
        typed=frozenset(words(bare(text).lower())),
    )
