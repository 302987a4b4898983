"""A task that a later document has taken back is asked about: it is not to be done any more, and who says so."""

from core.answer import Answer
from core.texts import amendments as say
from core.texts.answers import quote
from core.work import Effect, Status
from knowledge.asks import Ask
from knowledge.changed import change_of, cite_now, paper
from knowledge.cite import task_words
from knowledge.due import Reach
from knowledge.find_tasks import GOOD, NEAR
from knowledge.index import Hit
from knowledge.question import Question
from knowledge.screens import paged
from knowledge.sentences import shown
from knowledge.tiers import concerns, wanted_tier

_ASKED = (Ask.WHEN, Ask.DUE, Ask.DAYS_LEFT, Ask.OVERDUE, Ask.YES_NO, Ask.CHANNEL, Ask.WHERE)


def answer_revoked(question: Question, reach: Reach) -> Answer | None:
    """None: what is asked about stands."""
    if not reach.index.amended or not question.wants(*_ASKED):
        return None
    tier = wanted_tier(question, reach.asker)
    hits = [hit for hit in reach.search(question, "tasks") if hit.cover >= GOOD]
    meant = [hit for hit in hits if hit.score >= NEAR * hits[0].score and hit.entry.task]
    mine = [hit for hit in meant if hit.entry.task and concerns(hit.entry.task, tier)] or meant
    return _told(reach, mine[0]) if mine and all(map(_is_revoked, mine)) else None


def _is_revoked(hit: Hit) -> bool:
    task = hit.entry.task
    change = change_of(hit.volume, task) if task and task.status is Status.SUPERSEDED else None
    return change is not None and change.effect is Effect.REVOKED


def _told(reach: Reach, hit: Hit) -> Answer:
    task = hit.entry.task
    change = change_of(hit.volume, task) if task else None
    assert task
    assert change
    citations = cite_now(reach.index, hit.volume, task)
    lines = [
        say.revoked(task_words(task), task, paper(reach.index, change), change.since),
        quote(shown(change.snippet)),
    ]
    return paged(lines, [], citations, [], "deadline")
