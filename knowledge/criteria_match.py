"""Which criteria a piece of evidence may serve, and which criteria of a new list are those of the old one."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from rapidfuzz import fuzz

from core.criteria import CriteriaSet, Criterion
from knowledge.captions import read_caption
from knowledge.fold import fold
from knowledge.spelling import Vocabulary

SAME_TITLE = 85  # of 100, of rapidfuzz's ratio: a slip that was mended, not another criterion
SHARED = 2  # words side by side in both, that few tasks hold
LIKELY = 0.6  # of the words of the shorter
_ENDING = re.compile(r"\.[A-Za-z0-9]{2,5}$")
_PHRASES = re.compile(r"[;,\n]|\s[-–]\s")


@dataclass(frozen=True, slots=True)
class LikelyCriterion:
    """A criterion that a piece of evidence may serve; `score` from 0 to 1."""

    set: CriteriaSet
    criterion: Criterion
    score: float


def named_sets(sets: Sequence[CriteriaSet], words: str) -> Sequence[CriteriaSet]:
    """The sets that these words name: the same name, else those that hold all of the words, in their order.

    Else those whose name was mistyped.
    """
    said = _plain(words)
    if not said:
        return []
    same = [one for one in sets if _plain(one.name) == said]
    held = same or [one for one in sets if f" {said} " in f" {_plain(one.name)} "]
    return held or [one for one in sets if fuzz.ratio(_plain(one.name), said) >= SAME_TITLE]


def paired(fresh: Sequence[Criterion], old: Sequence[Criterion]) -> list[Criterion]:
    """The fresh ones, each with the id of the old one whose number and title still fit, if any; each id once."""
    left, found = [*old], []
    for one in fresh:
        mine = next((was for was in left if was.number == one.number and _same(was.title, one.title)), None)
        if mine is not None:
            left.remove(mine)
        found.append(replace(one, id=mine.id if mine else 0))
    return found


def likely_criteria(
    said: Sequence[str], sets: Sequence[CriteriaSet], today: date, words: Vocabulary
) -> Sequence[LikelyCriterion]:
    """Those of which the evidence speaks, the likeliest first; `said`: caption, task, names of files.

    Only what both say in words side by side that are not on every paper counts.
    """
    said = [_ENDING.sub("", text) for text in said]
    spoken = [own for text in said if (own := _own(text, today, words))]
    plain = [f" {_plain(text)} " for text in said]
    found = [
        LikelyCriterion(set, criterion, score)
        for set in sets
        for criterion in set.criteria
        if (score := max(_scores(criterion, spoken, plain, today, words), default=0.0)) >= LIKELY
    ]
    return sorted(found, key=lambda one: -one.score)  # stable: else in the order of the sets


def _same(one: str, other: str) -> bool:
    return fuzz.ratio(_plain(one), _plain(other)) >= SAME_TITLE


def _plain(text: str) -> str:
    return " ".join(re.findall(r"[^\W_]+", fold(text)))


def _scores(
    criterion: Criterion, spoken: Sequence[Sequence[str]], plain: Sequence[str], today: date, words: Vocabulary
) -> Iterator[float]:
    """Of each of its phrases with each that was said; a hint that was said as it stands is beyond doubt."""
    hints = [hint for hint in _PHRASES.split(criterion.hints) if " " in hint.strip()]
    yield float(any(f" {_plain(hint)} " in text for hint in hints for text in plain))
    for phrase in (criterion.title, *hints):
        own = _own(phrase, today, words)
        for said in spoken:
            yield _alike(said, own)


def _alike(said: Sequence[str], own: Sequence[str]) -> float:
    """The share of the shorter's words that stand in both, where two stand side by side in both; else 0."""
    pairs = {*zip(said, said[1:], strict=False)} & {*zip(own, own[1:], strict=False)}
    if not pairs:
        return 0.0
    shared = {*said} & {*own}
    return len(shared) / min(len({*said}), len({*own})) if len(shared) >= SHARED else 0.0


def _own(text: str, today: date, words: Vocabulary) -> list[str]:
    """Its words in order, without those of every paper and of handing in."""
    caption = read_caption(text, today, words)
    return [token for i, token in enumerate(caption.question.tokens) if i in caption.own_words]
