"""One task's date: when, how long is left, is it overdue, how is it handed in."""

import re
from datetime import date

from core.answer import Answer, Citation, Item
from core.clock import VIETNAM
from core.people import Level
from core.texts import answers as say
from core.texts.dates import when
from core.work import Kind, Obligation, Rule, Status
from knowledge.asks import Ask
from knowledge.cite import cite, cite_task, passage_of, task_words
from knowledge.due import Owed, Reach, _item, falls, is_deadline, safe_day
from knowledge.index import Hit
from knowledge.periods import school_year
from knowledge.question import Question
from knowledge.screens import paged
from knowledge.sentences import runs, shown
from knowledge.tiers import concerns, owned, wanted_tier

GOOD = 0.55  # share of the subject that a task must speak of; found on the sample questions, see benchmarks
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
        hits = [hit for hit in hits if _hour(hit)] or hits
    if question.tier_from or question.tier_to:
        tier = wanted_tier(question, reach.asker)
        hits = [h for h in hits if not _owed_upwards(h) or h.entry.task and concerns(h.entry.task, tier)]
    good = [hit for hit in hits if hit.cover >= GOOD]
    if question.wants(Ask.DUE, Ask.DAYS_LEFT, Ask.OVERDUE):
        good = _handed_in(good)
    return _near(_of_tier(question, reach, good))


def _handed_in(hits: list[Hit]) -> list[Hit]:
    """Where handing in is asked about: deadlines, if one is near the best; else only what is surely meant."""
    deadlines = [hit for hit in hits if _dated_deadline(hit) and hit.cover >= hits[0].cover - 0.12]
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


def _hour(hit: Hit) -> bool:
    """Whether an hour is written of the task."""
    task = hit.entry.task
    return task is not None and bool(task.time or _HOURS.search(_sentence(hit, task)))


def _of_round(question: Question, hits: list[Hit]) -> list[Hit]:
    """Where a round is named ("lần 2"), tasks of other rounds are out."""
    number = _ROUND.search(question.round)
    if not number:
        return hits
    return [hit for hit in hits if (found := _rounds(hit)) == {number[1]} or not found]


def _rounds(hit: Hit) -> set[str]:
    return set(_ROUND.findall(" ".join(hit.entry.tokens)))


def answer_task(question: Question, reach: Reach, hits: list[Hit]) -> Answer | None:
    """The answer about the tasks in `hits` (best first, not empty); None where they do not hold what is asked."""
    chosen = _chosen(question, reach, hits)
    if question.wants(Ask.HOUR) and not any(map(_hour, chosen)):
        return _without_hour(question, reach, chosen)
    if question.wants(Ask.DAYS_LEFT, Ask.OVERDUE):
        dated = [hit for hit in chosen if hit.entry.task and hit.entry.task.due]
        chosen = dated or chosen
    citations: list[Citation] = []
    items: list[Item] = []
    lines: list[str] = []
    if (verdict := _verdict(question, chosen)) is not None:
        lines.append(say.yes(verdict))
    groups = _grouped(chosen)
    for group in groups[:6]:
        lines += _told(question, reach, group, citations, items)
    kind = _kind(question)
    return paged(lines, [], citations, items, kind)


def _kind(question: Question) -> str:
    if question.wants(Ask.DAYS_LEFT):
        return "days_left"
    return "overdue" if question.wants(Ask.OVERDUE) else "deadline"


def _chosen(question: Question, reach: Reach, hits: list[Hit]) -> list[Hit]:
    """Of equally good hits those with a deadline where a deadline is asked for; soonest first, past ones last."""
    if question.wants(Ask.DUE, Ask.DAYS_LEFT, Ask.OVERDUE) and any(_dated_deadline(hit) for hit in hits):
        hits = [hit for hit in hits if _dated_deadline(hit)]
    hits = [hit for hit in hits if hit.entry.task and owned(hit.entry.task, reach.asker)] or hits
    if question.wants(Ask.DAYS_LEFT):
        ahead = [h for h in hits if h.entry.task and h.entry.task.due and h.entry.task.due >= reach.today]
        hits = ahead[:1] or hits
    return sorted(hits, key=lambda hit: _soonest(hit.entry.task, reach.today))


def _dated_deadline(hit: Hit) -> bool:
    task = hit.entry.task
    return task is not None and task.kind is Kind.DEADLINE


def _soonest(task: Obligation | None, today: date) -> tuple[str, int]:
    if task is None:
        return ("9999", 0)
    first = task.due.isoformat() if task.due else min(task.months, default="9999")
    return (first, task.line)


def _verdict(question: Question, hits: list[Hit]) -> bool | None:
    """Yes or no to a date named in the question; None where none is."""
    if not question.wants(Ask.YES_NO) or not question.dates:
        return None
    return any(hit.entry.task and hit.entry.task.due in question.dates for hit in hits)


def _grouped(hits: list[Hit]) -> list[list[Hit]]:
    """Hits of the same words together: a task that comes back in other months."""
    groups: dict[str, list[Hit]] = {}
    for hit in hits:
        assert hit.entry.task is not None
        groups.setdefault(f"{hit.volume.shelved.id} {' '.join(hit.entry.tokens[:60])}", []).append(hit)
    return list(groups.values())


def _told(
    question: Question, reach: Reach, group: list[Hit], citations: list[Citation], items: list[Item]
) -> list[str]:
    task = group[0].entry.task
    assert task is not None
    for hit in group:
        assert hit.entry.task is not None
        items.append(_item(hit.entry.task, len(citations)))
        citations.append(cite_task(reach.index, hit.volume, hit.entry.task))
    if len(group) > 1:
        phrases = [when(hit.entry.task, None) for hit in group if hit.entry.task]
        words = [] if task.snippet in task.task else [say.quote(shown(task.snippet))]
        return [say.in_months(phrases), task_words(task), *words]
    lines = [_headline(question, reach, task)]
    tier = wanted_tier(question, reach.asker)
    if task.from_level and task.from_level not in tier and task.kind is Kind.DEADLINE:
        lines.append(say.other_tier(task))
    quoted = _sentence(group[0], task)
    if quoted not in task.task:
        lines.append(say.quote(shown(quoted)))
    if task.channel and (question.wants(Ask.CHANNEL, Ask.EMAIL) or task.kind is Kind.DEADLINE):
        lines.append(say.channel(task.channel))
    lines += _details(reach, group[0], citations)
    return lines


def _sentence(hit: Hit, task: Obligation) -> str:
    """The sentence that holds the task's clause; the clause alone where the sentence states another's date too."""
    text = passage_of(hit.volume, task.passage).text
    sentence = next((run for run in runs(text) if task.snippet in run), task.snippet)
    tasks = (o for o in hit.volume.shelved.plan.obligations if o.passage == task.passage)
    alone = not any(o.due and o != task and o.snippet in sentence for o in tasks)
    return sentence if alone and len(sentence) <= 320 else task.snippet


def _headline(question: Question, reach: Reach, task: Obligation) -> str:
    told = say.single(task_words(task), task, safe_day(task))
    if not task.due or not question.wants(Ask.DAYS_LEFT, Ask.OVERDUE):
        return told
    days = (task.due - reach.today).days
    head = say.left(days, task) if question.wants(Ask.DAYS_LEFT) else say.status(days, task)
    return f"{head}: {told[0].lower()}{told[1:]}"


def _details(reach: Reach, hit: Hit, citations: list[Citation]) -> list[str]:
    """The lines that stand with an event: time, place, who takes part."""
    task = hit.entry.task
    if task is None or task.kind is not Kind.EVENT:
        return []
    here = passage_of(hit.volume, task.passage)
    if here.parent is None or task.task[:20] in here.text:
        return []  # the event is named in this very passage: its neighbours are other matters
    family = hit.volume.children.get(here.parent, ())
    lines = []
    for passage in family[:6]:
        if passage.place != here.place and len(passage.text) < 400 and not passage.text.rstrip().endswith(":"):
            citations.append(cite(reach.index, hit.volume, passage, passage.text.strip()))
            lines.append(shown(passage.text).rstrip(";"))
    return lines


def _without_hour(question: Question, reach: Reach, hits: list[Hit]) -> Answer:
    """An hour is asked for and none is written: say what is written and that no hour is."""
    citations: list[Citation] = []
    lines = [say.NO_HOUR]
    for group in _grouped(hits)[:2]:
        lines += _told(question, reach, group, citations, [])
    return paged(lines, [], citations, [], "deadline", found=False)


def quoted_task(reach: Reach, owed: Owed) -> Answer:
    """One task without a date: its month and the whole passage."""
    volume, task = owed
    passage = passage_of(volume, task.passage)
    citation = cite(reach.index, volume, passage, passage.text.strip())
    lines = [say.in_months([when(task, None)]), say.quote(shown(passage.text))]
    return paged(lines, [], [citation], [_item(task, 0)], "fact")


_RUNNING = re.compile(r"(?<!\w)dang (?:den |o |la |toi |dien ra )?(?:muc|phan|noi dung|tiet muc|gi)(?!\w)")


def running_now(question: Question, reach: Reach) -> Answer | None:
    """The item of today's programme that is on at this minute; None where that is not asked or nothing is on."""
    if not _RUNNING.search(question.said):
        return None
    clock = reach.now.astimezone(VIETNAM).strftime("%H:%M")
    for volume in reach.volumes:
        for task in volume.shelved.plan.obligations:
            first, _, last = (task.time or "").partition("-")
            if task.kind is Kind.AGENDA and task.due == reach.today and first <= clock < last:
                citation = cite(
                    reach.index, volume, passage_of(volume, task.passage), passage_of(volume, task.passage).text
                )
                return paged([say.now_running(shown(citation.quote))], [], [citation], [], "fact")
    return None


def overdue_list(question: Question, reach: Reach) -> Answer:
    """Every deadline of the tier in this school year that is past."""
    tier = wanted_tier(question, reach.asker)
    start = date(school_year(reach.today), 8, 1)
    past = [
        (volume, task)
        for volume in reach.volumes
        for task in volume.shelved.plan.obligations
        if task.due and start <= task.due < reach.today and is_deadline(task) and task.rule is not Rule.YEARLY
        if task.status is not Status.SUPERSEDED and concerns(task, tier) and owned(task, reach.asker)
    ]
    past.sort(key=lambda owed: owed[1].due or date.max, reverse=True)
    who = say.tier(min(tier, key=lambda level: level is not Level.SCHOOL))
    if not past:
        return Answer(say.nothing_overdue(who), "overdue", True)
    citations = [cite_task(reach.index, volume, task) for volume, task in past]
    items = [_item(task, i) for i, (_, task) in enumerate(past)]
    lines = [say.overdue_head(len(past))]
    lines += [say.item(i, task_words(task), task, None, False) for i, (_, task) in enumerate(past, 1)]
    return paged([*lines, say.UNKNOWN_DONE], [], citations, items, "overdue")
