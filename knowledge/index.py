"""All published documents, ready to be asked: whose they are, which words they hold."""

import math
from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from core.answer import Answer
from core.people import Asker, Level, UnitTree
from core.work import Shelved
from knowledge.name_book import NameBook
from knowledge.question import Question
from knowledge.spelling import Vocabulary
from knowledge.unit_words import proper_names
from knowledge.volume import Entry, Sheet, Volume, tokens_of
from knowledge.workdays import Workdays

_CONTEXT = 0.4  # what a word is worth that stands above or around, not in, the sentence
_PAIR = 0.6  # what two words side by side are worth beyond the two
_LOOKED_AT = 40  # candidates that are weighed one by one


SheetName = Literal["sentences", "tasks", "papers", "cover"]


@dataclass(frozen=True, slots=True)
class Hit:
    """Something found. `score` orders hits; `cover` (0 to 1) is the share of the question's subject it speaks of."""

    volume: Volume
    entry: Entry
    score: float
    cover: float


@dataclass(frozen=True)
class Index:
    """Built once by `of`, asked often; never changed."""

    tree: UnitTree
    volumes: tuple[Volume, ...]
    words: Vocabulary
    spread: Counter[str]  # in how many passages a word stands
    passages: int
    _of_unit: dict[str, list[Volume]] = field(default_factory=dict, repr=False)
    workdays: Workdays = field(default_factory=Workdays, repr=False)
    given: dict[Hashable, Answer] = field(default_factory=dict, repr=False, compare=False)  # see knowledge.remembered
    worked_out: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)  # see evidence.owing

    @classmethod
    def of(cls, shelf: Iterable[Shelved], tree: UnitTree, workdays: Workdays | None = None) -> "Index":
        """The index of these documents; `workdays`: the calendar that deadlines are counted by here."""
        words = Vocabulary()
        spread: Counter[str] = Counter()
        volumes = tuple(map(Volume, shelf))
        count = 0
        of_unit: dict[str, list[Volume]] = {}
        for volume in volumes:
            of_unit.setdefault(volume.unit, []).append(volume)
            for passage in volume.shelved.plan.passages:
                tokens = tokens_of(passage.text)
                words.add(tokens)
                spread.update(set(tokens))
                count += 1
        return cls(tree, volumes, words, spread, count, of_unit, workdays or Workdays())

    @cached_property
    def by_id(self) -> dict[int, Volume]:
        """Volumes by the document's id."""
        return {volume.shelved.id: volume for volume in self.volumes}

    @cached_property
    def amended(self) -> bool:
        """Whether any document has changed another."""
        return any(volume.shelved.changes for volume in self.volumes)

    @cached_property
    def called(self) -> NameBook:
        """Who is called how."""
        return NameBook(self.tree)

    @cached_property
    def names(self) -> dict[str, frozenset[str]]:
        """The codes of the units that bear each name, folded."""
        found: dict[str, set[str]] = {}
        for unit in self.tree.units.values():
            for name in proper_names(unit):
                found.setdefault(name, set()).add(unit.code)
        return {name: frozenset(codes) for name, codes in found.items()}

    def scope(self, asker: Asker) -> list[Volume]:
        """What the asker may read: issued by the own unit or one above it, and by those below for offices.

        Without a unit everything: the operator at the command line.
        """
        if asker.unit is None:
            return list(self.volumes)
        units = [unit.code for unit in self.tree.above(asker.unit.code)]
        if asker.unit.level is not Level.SCHOOL:
            units += [unit.code for unit in self.tree.below(asker.unit.code)]
        return [volume for code in units for volume in self._of_unit.get(code, ())]

    def weight(self, token: str) -> float:
        """How telling a word is: log of passages over passages that hold it; an unknown word tells most."""
        return math.log(1 + self.passages / (0.5 + self.spread[token]))

    def _worth(self, question: Question, i: int) -> float:
        """What a word of the question counts; rarity does not raise a word that says little."""
        weight = question.weights[i]
        telling = self.weight(question.tokens[i])
        return weight * telling if weight == 1.0 else weight * min(telling, 1.5)

    def search(self, question: Question, scope: Iterable[Volume], sheet: SheetName, limit: int = 8) -> list[Hit]:
        """The best entries, best first."""
        weighed = [(t, self._worth(question, i)) for i, t in enumerate(question.tokens) if question.weights[i]]
        whole = sum(w for _, w in weighed)
        if not whole:
            return []
        pairs = self._pairs(question)
        found: list[tuple[float, Volume, Entry]] = []
        for volume in scope:
            found += ((score, volume, entry) for score, entry in _scores(getattr(volume, sheet), weighed, pairs))
        found.sort(key=lambda f: -f[0])
        hits = [self._hit(question, volume, entry, score / whole) for score, volume, entry in found[:_LOOKED_AT]]
        hits.sort(key=lambda h: -h.score)
        return hits[:limit]

    def _pairs(self, question: Question) -> list[tuple[str, float]]:
        tokens, weights = question.tokens, question.weights
        return [
            (f"{tokens[i]} {tokens[i + 1]}", _PAIR * min(self._worth(question, i), self._worth(question, i + 1)))
            for i in range(len(tokens) - 1)
            if weights[i] and weights[i + 1]
        ]

    def _hit(self, question: Question, volume: Volume, entry: Entry, score: float) -> Hit:
        cover = self.cover(question, entry)
        return Hit(volume, entry, score * 0.25 + cover, cover)

    def cover(self, question: Question, entry: Entry) -> float:
        """The share of the subject, by weight, that this entry speaks of; see `_support`."""
        return self.cover_of(question, [entry])

    def cover_of(self, question: Question, entries: Iterable[Entry]) -> float:
        """The share of the subject that these entries speak of between them."""
        entries = list(entries)
        whole = held = 0.0
        for i, weight in enumerate(question.weights):
            if weight:
                worth = self._worth(question, i)
                whole += worth
                held += worth * max(self._support(question, i, entry) for entry in entries)
        return held / whole if whole else 0.0

    def _support(self, question: Question, i: int, entry: Entry) -> float:
        """0 to 1: whether the word stands in the entry in the same company, alone, or only above it.

        A folded syllable met in other company is weak evidence: "nghi he" (summer leave) is not "de nghi".
        """
        token = question.tokens[i]
        here = token in entry.words
        if not here and token not in entry.context:
            return 0.0
        company = self._company(question, i)
        if here and any(pair in entry.pairs for pair in company):
            worth = 1.0
        elif any(pair in entry.context_pairs for pair in company):
            worth = 0.75
        else:
            usual = self.words.bound(token)
            worth = (0.75 if here else 0.5) * (0.4 if usual in entry.pairs or usual in entry.context_pairs else 1.0)
        if here and question.typed[i] and question.typed[i] not in entry.typed:
            worth *= 0.6
        return worth

    @staticmethod
    def _company(question: Question, i: int) -> list[str]:
        tokens, weights = question.tokens, question.weights
        return [
            f"{tokens[j]} {tokens[j + 1]}"
            for j in (i - 1, i)
            if 0 <= j < len(tokens) - 1 and weights[j] and weights[j + 1]
        ]


def _scores(
    sheet: Sheet, weighed: list[tuple[str, float]], pairs: list[tuple[str, float]]
) -> Iterable[tuple[float, Entry]]:
    """Every entry of a sheet that holds any of the words, with its sum of weights."""
    totals: dict[int, float] = {}
    body, context, entries = sheet.body, sheet.context, sheet.entries
    for word, worth in (*weighed, *pairs):
        for i in body.get(word, ()):
            totals[i] = totals.get(i, 0.0) + worth
    for word, worth in weighed:
        for i in context.get(word, ()):
            totals[i] = totals.get(i, 0.0) + _CONTEXT * worth
    return [(score, entries[i]) for i, score in totals.items()]
