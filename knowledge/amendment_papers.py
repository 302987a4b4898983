"""Which published paper is meant, and how much a task says of what a sentence speaks of."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from rapidfuzz import fuzz

from core.amendments import Amending
from core.work import Head, Plan, Rule
from knowledge.amendment_words import PAPER
from knowledge.blocks import mask
from knowledge.dates import column
from knowledge.extract import calendar_of
from knowledge.fold import fold
from knowledge.school_years import school_year
from knowledge.volume import Entry, Volume, issued_on, tokens_of

SAME_TITLE = 80  # of 100, of rapidfuzz's token_set_ratio
_BESIDE = 0.6  # what a word is worth that stands in the task's line, not in its own words
_COVER = 0.7  # what the sentence's words count beside the task's own
_DIGITS = re.compile(r"^\d+")
_LEFT_OUT = frozenset(
    ["cac", "ve", "truoc", "ngay", "va", "cua", "cho", "den", "tai", "theo", "trong", "nam", "la", "gui", "nop"]
)
_REPEATED = ("lan", "dot", "vong", "ky", "quy")
_ROUNDS = ("lan", "dot", "vong", "ky", "thang", "quy", "so")
_NUMBERS = frozenset([*map(str, range(1, 13)), "i", "ii", "iii", "iv"])


@dataclass(frozen=True, slots=True)
class Named:
    """The volumes that may be meant; `sure`: the paper says which one, and it is published."""

    volumes: tuple[Volume, ...]
    sure: bool


def named_in(said: Amending, plan: Plan, volumes: Sequence[Volume]) -> Named:
    """The papers that the sentence names; where it names one that is not there: none; where it names none: all of
    the same school year."""
    if said.numbers:
        keys = {_key(number) for number in said.numbers}
        found = [volume for volume in volumes if _key(volume.shelved.plan.head.number or "") in keys]
        found += _changed_by(found, volumes)
        return Named(tuple(found or _blank(said, plan, volumes, keys)), True)
    mention = PAPER.search(mask(said.snippet))
    if mention and mention["day"]:
        return Named(tuple(_of_day(said.snippet, mention, plan, volumes)), True)
    if said.whole:
        return Named(tuple(_of_title(said.snippet, volumes)), True)
    issued = issued_on(plan.head)
    years = (None, school_year(issued)) if issued else ()
    return Named(tuple(v for v in volumes if not years or v.year in years), False)


def _key(number: str) -> str:
    return re.sub(r"[\s&.]", "", fold(number)).replace("gd-dt", "gddt")


def _changed_by(papers: Iterable[Volume], volumes: Sequence[Volume]) -> list[Volume]:
    """What those papers have changed themselves: who moves a moved day may name the paper that moved it."""
    ids = {volume.shelved.id for volume in papers}
    return [v for v in volumes if v.shelved.id not in ids and any(change.by in ids for change in v.shelved.changes)]


def _blank(said: Amending, plan: Plan, volumes: Sequence[Volume], keys: set[str]) -> list[Volume]:
    """Papers whose number was left blank, of the same code and the day that is named beside the number."""
    mention = PAPER.search(mask(said.snippet))
    if mention is None or not mention["day"]:
        return []
    codes = {_DIGITS.sub("", key) for key in keys}
    blank = [v for v in volumes if v.shelved.plan.head.number is None and _code(v.shelved.plan.head) in codes]
    return _of_day(said.snippet, mention, plan, blank)


def _code(head: Head) -> str:
    written = _key(head.number_as_written or "")
    return written[written.find("/") :] if "/" in written else ""


def _of_day(snippet: str, mention: re.Match[str], plan: Plan, volumes: Iterable[Volume]) -> list[Volume]:
    """Papers of that day, or of its month where theirs is blank; of several the one whose title is named."""
    times = column(mention["day"], calendar_of(plan.head), Rule.ON)
    day = times[0].due if times else None
    kind = fold(mention.group()).split(" ngay")[0].split(" so")[0]
    found = [v for v in volumes if day and _dated(v.shelved.plan.head, day) and _is_kind(v.shelved.plan.head, kind)]
    titled = _of_title(snippet, found) if len(found) > 1 else []
    return titled or found


def _dated(head: Head, day: date) -> bool:
    return head.date == day if head.date else head.date_month == f"{day:%Y-%m}"


def _is_kind(head: Head, kind: str) -> bool:
    return not kind or kind.startswith("van ban") or not head.doc_type or fold(head.doc_type).startswith(kind[:8])


def _of_title(snippet: str, volumes: Iterable[Volume]) -> list[Volume]:
    said = fold(mask(snippet))
    scored = [(fuzz.token_set_ratio(fold(v.shelved.plan.head.title or ""), said), v) for v in volumes]
    best = max((score for score, _ in scored), default=0.0)
    return [v for score, v in scored if score == best and score >= SAME_TITLE]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How telling words are among these tasks: the fewer hold one, the more."""

    spread: Counter[str]
    tasks: int
    _lines: dict[tuple[int, int], frozenset[str]] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, volumes: Iterable[Volume]) -> "Likeness":
        spread: Counter[str] = Counter()
        count = 0
        for volume in volumes:
            for entry in volume.tasks.entries:
                spread.update(_told(entry.tokens))
                count += 1
        return cls(spread, count)

    def words_of(self, text: str) -> frozenset[str]:
        """The words that say what it is about."""
        return _told(tokens_of(text))

    def share(self, words: frozenset[str], volume: Volume, number: int) -> float:
        """0 to 1: how much the task says of these words, and of its own how much is in them."""
        entry = volume.tasks.entries[number]
        own, line = _told(entry.tokens), self._line(volume, entry)
        whole = self._weight(words)
        if not whole or not own:
            return 0.0
        held = self._weight(words & own) + _BESIDE * self._weight((words & line) - own)
        return _COVER * held / whole + (1 - _COVER) * self._weight(words & own) / self._weight(own)

    def other_round(self, words: frozenset[str], volume: Volume, number: int) -> bool:
        """Whether the task is of another round than these words: "đợt 1", not "đợt 2"."""
        own = _told(volume.tasks.entries[number].tokens)
        said, its = ({w for w in held if w.split()[0] in _REPEATED and " " in w} for held in (words, own))
        kinds = {word.split()[0] for word in said}
        its = {word for word in its if word.split()[0] in kinds}
        return bool(its) and not its & said

    def alike(self, one: frozenset[str], other: frozenset[str]) -> float:
        """0 to 1: the words that both have, twice, over those of each."""
        both = self._weight(one) + self._weight(other)
        return 2 * self._weight(one & other) / both if both else 0.0

    def _line(self, volume: Volume, entry: Entry) -> frozenset[str]:
        place = (volume.shelved.id, entry.passage)
        if place not in self._lines:
            self._lines[place] = _told(tokens_of(volume.shelved.plan.passages[entry.passage].text))
        return self._lines[place]

    def _weight(self, words: Iterable[str]) -> float:
        return sum(math.log(1 + (self.tasks + 1) / (0.5 + self.spread[word])) for word in words)


def _told(tokens: Sequence[str]) -> frozenset[str]:
    """The words, and which round, term or month: "dot 2"; other numbers say nothing of a task."""
    pairs = zip(tokens, tokens[1:], strict=False)
    rounds = {f"{word} {number}" for word, number in pairs if word in _ROUNDS and number in _NUMBERS}
    return frozenset(rounds) | {t for t in tokens if t and t not in _LEFT_OUT and not t[0].isdecimal()}
