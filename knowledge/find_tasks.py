"""Which tasks are meant: by subject, tier, round, time and hour."""

import re

from core.work import Kind, Obligation, Status
from knowledge.asks import Ask
from knowledge.cite import passage_of
from knowledge.due import Reach, falls
from knowledge.index import Hit
from knowledge.question import Question
from knowledge.school_years import school_year
from knowledge.sentences import runs
from knowledge.tiers import concerns, wanted_tier

GOOD = 0.55  # share of the subject that a task must speak of
SURE = 0.78  # the same, where the task is not of the kind that is asked about
NEAR = 0.98  # a hit this close to the best is as good
_HOURS = re.compile(r"\d{1,2}\s*(?:h\d|h\b|giờ|:\d\d)")
_ROUND = re.compile(r"(?<!\w)(?:lan|dot|vong) (\d{1,2})(?!\w)")


def task_hits(question: Question, reach: Reach) -> list[Hit]:
    """The tasks that are meant, best first; those of the asked tier only, where any is."""
    hits = reach.search(question, "tasks")
    hits = [hit for hit in hits if hit.entry.task and hit.entry.task.status is not Status.SUPERSEDED]
    hits = _in_period(question, _of_round(question, _of_time(question, reach, hits)))
    if question.wants(Ask.HOUR):
        hits = [hit for hit in hits if has_hour(hit)] or hits
    if question.tier_from or question.tier_to:
        tier = wanted_tier(question, reach.asker)
        hits = [h for h in hits if not _owed_upwards(h) or h.entry.task and concerns(h.entry.task, tier)]
    good = [hit for hit in hits if hit.cover >= GOOD]
    if question.wants(Ask.DUE, Ask.DAYS_LEFT, Ask.OVERDUE):
        good = _handed_in(good, 0.3 if question.tier_from or question.tier_to else 0.12)
    return _near(_of_tier(question, reach, good))


def _handed_in(hits: list[Hit], gap: float) -> list[Hit]:
    """Where handing in is asked about: deadlines, if one is within `gap` of the best; else what is surely meant."""
    deadlines = [hit for hit in hits if is_deadline_hit(hit) and hit.cover >= hits[0].cover - gap]
    return deadlines or [hit for hit in hits if hit.cover >= SURE]


def _of_tier(question: Question, reach: Reach, hits: list[Hit]) -> list[Hit]:
    """Of a deadline that two tiers owe, the asked tier's; events and activities are anybody's to ask about."""
    if not hits or not _owed_upwards(hits[0]):
        return hits
    tier = wanted_tier(question, reach.asker)
    rivals = [hit for hit in hits if hit.score >= 0.7 * hits[0].score]
    own = [hit for hit in rivals if hit.entry.task and concerns(hit.entry.task, tier)]
    return own or hits


def _owed_upwards(hit: Hit) -> bool:
    """Whether the task is handed in, once or again and again, so that tiers have dates of their own."""
    task = hit.entry.task
    return task is not None and (task.kind is Kind.DEADLINE or task.kind is Kind.RECURRING and task.from_explicit)


def in_same_section(question: Question, reach: Reach, sentence: Hit) -> list[Hit]:
    """The deadlines of the tier that stand in the section of this sentence: what it speaks of is handed in there."""
    section = passage_of(sentence.volume, sentence.entry.passage).section
    tier = wanted_tier(question, reach.asker)
    return [
        Hit(sentence.volume, entry, sentence.score, sentence.cover)
        for entry in sentence.volume.tasks.entries
        if section and entry.task and entry.task.section == section
        if entry.task.kind is Kind.DEADLINE and concerns(entry.task, tier)
        if entry.task.status is not Status.SUPERSEDED
    ]


def _near(hits: list[Hit]) -> list[Hit]:
    return [hit for hit in hits if hit.score >= NEAR * hits[0].score]


def _of_time(question: Question, reach: Reach, hits: list[Hit]) -> list[Hit]:
    """Without the plans of other years: the asked school year's, else this one's, else the newest there is."""
    asked = question.school_year if question.school_year is not None else school_year(reach.today)
    years = {hit.volume.year for hit in hits if hit.cover >= GOOD and hit.volume.year is not None}
    if not years or question.school_year is None and asked not in years:
        past = [y for y in years if y <= asked]
        asked = max(past) if past else asked
    return [hit for hit in hits if hit.volume.year in (None, asked)]


def _in_period(question: Question, hits: list[Hit]) -> list[Hit]:
    """Where a time is named ("báo cáo tháng 4"), tasks of that time, if any is well meant."""
    period = question.period
    if period is None or question.wants(Ask.YES_NO) or period.grain in ("year", "semester", "open"):
        return hits
    return [h for h in hits if h.cover >= GOOD and h.entry.task and falls(h.entry.task, period)] or hits


def has_hour(hit: Hit) -> bool:
    """Whether an hour is written of the task."""
    task = hit.entry.task
    return task is not None and bool(task.time or _HOURS.search(sentence_of(hit, task)))


def _of_round(question: Question, hits: list[Hit]) -> list[Hit]:
    """Where a round is named ("lần 2"), tasks of other rounds are out."""
    number = _ROUND.search(question.round)
    if not number:
        return hits
    return [hit for hit in hits if (found := _rounds(hit)) == {number[1]} or not found]


def _rounds(hit: Hit) -> set[str]:
    return set(_ROUND.findall(" ".join(hit.entry.tokens)))


def is_deadline_hit(hit: Hit) -> bool:
    task = hit.entry.task
    return task is not None and task.kind is Kind.DEADLINE


def sentence_of(hit: Hit, task: Obligation) -> str:
    """The sentence that holds the task's clause; the clause alone where the sentence states another's date too."""
    text = passage_of(hit.volume, task.passage).text
    sentence = next((run for run in runs(text) if task.snippet in run), task.snippet)
    tasks = (o for o in hit.volume.shelved.plan.obligations if o.passage == task.passage)
    alone = not any(o.due and o != task and o.snippet in sentence for o in tasks)
    return sentence if alone and len(sentence) <= 320 else task.snippet
