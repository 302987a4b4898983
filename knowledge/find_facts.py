"""Which sentences answer: those that speak of the subject and hold what is asked for."""

import re

from core.work import Part
from knowledge.asks import Ask
from knowledge.cite import passage_of
from knowledge.due import Reach
from knowledge.fold import fold
from knowledge.index import Hit
from knowledge.places import names_place, place_shift
from knowledge.question import Question
from knowledge.slots import holds

GOOD = 0.54  # share of the subject that a sentence must speak of
LONELY = 0.75  # the same, where no two words of the subject stand together in the sentence
SETTLED = 0.35  # the same, where the sentence holds the hours named, or the address or number asked for


def fact_hits(question: Question, reach: Reach) -> list[Hit]:
    """Sentences that speak of the subject and hold what is asked for, best first."""
    telling = max(map(reach.index.weight, question.topic), default=0.0)
    hits = reach.search(question, "sentences")[:24]
    hits = [hit for hit in hits if hit.cover >= _enough(question, hit, telling) and holds(question, hit)]
    lists = question.wants(Ask.LIST)
    elsewhere = names_place(reach, question)

    def worth(hit: Hit) -> float:
        place = 0.0 if elsewhere else place_shift(reach, hit)
        return hit.score + _amends(hit) + place + (_opens_list(hit) if lists else 0.0)

    return sorted(hits, key=worth, reverse=True)


def _amends(hit: Hit) -> float:
    """What is added to the word of a paper that changes an earlier one: it is the later word."""
    title = f" {fold(hit.volume.shelved.plan.head.title or '')} "
    return 0.15 if _AMENDING.search(title) else 0.0


def _enough(question: Question, hit: Hit, telling: float) -> float:
    """The share of the subject that must be spoken of; hours named in the question settle much."""
    hours = {token for token in question.tokens if _HOUR.fullmatch(token)}
    timed = bool(hours) and hours <= hit.entry.words
    reached = question.wants(Ask.CHANNEL) and bool(_CHANNEL.search(hit.entry.text))
    if timed or reached or question.wants(Ask.PHONE, Ask.EMAIL):
        return SETTLED
    return GOOD if in_company(question, hit, telling) else LONELY


def in_company(question: Question, hit: Hit, telling: float) -> bool:
    """Whether two neighbouring words of the subject stand side by side in the sentence or above it."""
    full = [t if w == 1.0 else "" for t, w in zip(question.tokens, question.weights, strict=True)]
    if sum(map(bool, full)) == 1:
        return telling >= 3.0  # one common syllable proves nothing
    pairs = [f"{a} {b}" for a, b in zip(full, full[1:], strict=False) if a and b]
    return not pairs or any(pair in hit.entry.pairs or pair in hit.entry.context_pairs for pair in pairs)


def _opens_list(hit: Hit) -> float:
    """What is added to a hit that opens a list, where a list is asked for."""
    passage = passage_of(hit.volume, hit.entry.passage)
    opens = passage.part in (Part.LEAD, Part.HEADING) and bool(hit.volume.children.get(passage.place))
    named = any(f" {word} " in f" {' '.join(hit.entry.tokens)} " for word in _REQUIREMENTS)
    return 0.15 * opens + 0.1 * (opens and named)


_HOUR = re.compile(r"\d{1,2}h(?:\d\d)?")
_AMENDING = re.compile(r"(?<!\w)(?:dieu chinh|bai bo|thay the|sua doi|dinh chinh)(?!\w)")
_CHANNEL = re.compile(r"@|https?://|zalo|phần mềm|hệ thống|hộp thư|một cửa", re.IGNORECASE)
_REQUIREMENTS = ("tieu chi", "dieu kien", "yeu cau", "tieu chuan", "gom", "goi y", "bao gom")
