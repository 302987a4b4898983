"""One task's date: when, how long is left, is it overdue, how is it handed in."""

import re
from datetime import date

from core.answer import Answer, Citation, Item
from core.clock import VIETNAM
from core.texts import answers as say
from core.texts.dates import when
from core.work import Kind, Obligation, Rule, Status
from knowledge.asks import Ask
from knowledge.changed import cite_now, note, words_now
from knowledge.cite import cite, passage_of, task_words
from knowledge.due import Owed, Reach, _item, is_deadline, safe_day
from knowledge.find_tasks import has_hour, is_deadline_hit, sentence_of
from knowledge.index import Hit
from knowledge.question import Question
from knowledge.school_years import school_year
from knowledge.screens import paged
from knowledge.sentences import shown
from knowledge.tiers import concerns, non_public, owned, wanted_tier, who
from knowledge.volume import Volume


def answer_task(question: Question, reach: Reach, hits: list[Hit]) -> Answer | None:
    """The answer about the tasks in `hits` (best first, not empty); None where they do not hold what is asked."""
    chosen = _chosen(question, reach, hits)
    if question.wants(Ask.HOUR) and not any(map(has_hour, chosen)):
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
    if question.wants(Ask.DUE, Ask.DAYS_LEFT, Ask.OVERDUE) and any(is_deadline_hit(hit) for hit in hits):
        hits = [hit for hit in hits if is_deadline_hit(hit)]
    hits = [hit for hit in hits if hit.entry.task and owned(hit.entry.task, reach.asker)] or hits
    if question.wants(Ask.DAYS_LEFT):
        ahead = [h for h in hits if h.entry.task and h.entry.task.due and h.entry.task.due >= reach.today]
        hits = ahead[:1] or hits
    return sorted(hits, key=lambda hit: _soonest(hit.entry.task, reach.today))


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
        citations += cite_now(reach.index, hit.volume, hit.entry.task)
    if len(group) > 1:
        phrases = [_when(reach, hit.volume, hit.entry.task) for hit in group if hit.entry.task]
        words = [] if task.snippet in task.task else [say.quote(shown(task.snippet))]
        return [say.in_months(phrases), task_words(task), *words]
    changed = note(reach.index, group[0].volume, task)
    lines = [_headline(question, reach, task), *([changed] if changed else [])]
    tier = wanted_tier(question, reach.asker)
    if task.from_level and task.from_level not in tier and task.kind is Kind.DEADLINE:
        lines.append(say.other_tier(task))
    if not owned(task, reach.asker) and non_public(task):
        lines.append(say.only_for(say.NON_PUBLIC))
    quoted = words_now(group[0].volume, task) or sentence_of(group[0], task)
    if quoted not in task.task:
        lines.append(say.quote(shown(quoted)))
    if task.channel and (question.wants(Ask.CHANNEL, Ask.EMAIL) or task.kind is Kind.DEADLINE):
        lines.append(say.channel(task.channel))
    lines += _details(reach, group[0], citations)
    return lines


def _when(reach: Reach, volume: Volume, task: Obligation) -> str:
    return f"{when(task, None)} {note(reach.index, volume, task)}".rstrip()


def _headline(question: Question, reach: Reach, task: Obligation) -> str:
    told = say.single(task_words(task), task, safe_day(task, reach.index.workdays))
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
    """The item of a programme that is on now, or at the hour named; None where that is not asked or nothing is."""
    hours = [match for token in question.tokens if (match := _CLOCK.fullmatch(token))]
    if not (_RUNNING.search(question.said) or len(hours) == 1 and question.wants(Ask.WHAT, Ask.WHO)):
        return None
    day = question.period.first if hours and question.period else reach.today
    clock = f"{int(hours[0][1]):02d}:{hours[0][2] or '00'}" if hours else f"{reach.now.astimezone(VIETNAM):%H:%M}"
    for volume in reach.volumes:
        for task in volume.shelved.plan.obligations:
            first, _, last = (task.time or "").partition("-")
            if task.kind is Kind.AGENDA and task.due == day and first <= clock < last:
                passage = passage_of(volume, task.passage)
                citation = cite(reach.index, volume, passage, passage.text)
                return paged([say.now_running(shown(passage.text))], [], [citation], [], "fact")
    return None


_CLOCK = re.compile(r"(\d{1,2})h(\d\d)?")


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
    if not past:
        return Answer(say.nothing_overdue(who(tier)), "overdue", True)
    citations: list[Citation] = []
    items: list[Item] = []
    lines = [say.overdue_head(len(past))]
    for number, (volume, task) in enumerate(past, 1):
        items.append(_item(task, len(citations)))
        citations += cite_now(reach.index, volume, task)
        said = say.item(number, task_words(task), task, None, False)
        lines.append(f"{said} {note(reach.index, volume, task)}".rstrip())
    return paged([*lines, say.UNKNOWN_DONE], [], citations, items, "overdue")
