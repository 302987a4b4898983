"""What is said where the documents do not hold the answer."""

from dataclasses import replace

from core.answer import Answer
from core.texts import answers as say
from knowledge.asks import Ask
from knowledge.cite import cite, passage_of
from knowledge.due import Reach
from knowledge.find_facts import GOOD, in_company
from knowledge.index import Hit
from knowledge.question import Question
from knowledge.school_years import school_year_name
from knowledge.screens import paged
from knowledge.sentences import shortened, shown

_NUMBERS = (Ask.COUNT, Ask.PERCENT, Ask.MONEY, Ask.WHEN, Ask.HOUR, Ask.DAYS_LEFT, Ask.OVERDUE, Ask.NUMBER)
NEARBY = 0.4  # the same, to be worth showing beside "the documents do not say"
SAME_FIELD = 0.3  # below this the question is not about anything on the shelf


def no_answer(question: Question, reach: Reach) -> Answer:
    """Nothing on the shelf says it: off topic, another year, or silent, with the nearest thing that is said."""
    hits = reach.search(question, "sentences")[:12]
    telling = max(map(reach.index.weight, question.topic), default=0.0)
    if not hits or hits[0].cover < SAME_FIELD or not in_company(question, hits[0], telling):
        return Answer(say.OFF_TOPIC, "off_topic", False)
    if question.school_year is not None and (other := _other_year(question, hits)):
        return Answer(other, "none", False)
    if question.wants(*_NUMBERS) and any(map(str.isdigit, hits[0].entry.text)):
        return Answer(say.NOT_SAID, "none", False)  # a number beside "not said" would be taken for the answer
    return _nearest(reach, hits[0], say.NOT_SAID)


def _nearest(reach: Reach, hit: Hit, told: str) -> Answer:
    """`told`, and the nearest thing that the documents do say, where it is near."""
    if hit.cover < NEARBY:
        return Answer(told, "none", False)
    passage = passage_of(hit.volume, hit.entry.passage)
    quote = say.quote(shortened(shown(hit.entry.text), 200))
    citation = cite(reach.index, hit.volume, passage, hit.entry.text)
    return paged([told, say.NEAREST, quote], [], [citation], [], "none", found=False)


def no_deadline(question: Question, reach: Reach) -> Answer:
    """No document in reach gives a deadline for what is asked."""
    found = no_answer(question, reach)
    return replace(found, text=found.text.replace(say.NOT_SAID, say.NO_DEADLINE))


def _other_year(question: Question, hits: list[Hit]) -> str:
    assert question.school_year is not None
    years = sorted({h.volume.year for h in hits if h.cover >= GOOD and h.volume.year is not None})
    if not years or question.school_year in years:
        return ""
    return say.wrong_year(school_year_name(question.school_year), ", ".join(map(school_year_name, years)))
