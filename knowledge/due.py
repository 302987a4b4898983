"""What is due in a period: lists of tasks, from the obligations alone, never from text search."""

import re
from dataclasses import dataclass, field
from datetime import date, datetime

from core.answer import Answer, Citation, Item
from core.clock import local_day
from core.people import Asker, Level
from core.texts import answers as say
from core.texts.dates import when
from core.work import Kind, Obligation, Rule, Status
from knowledge.changed import cite_now, note
from knowledge.cite import cite, cite_paper, cite_task, task_words
from knowledge.index import Hit, Index, SheetName
from knowledge.periods import Period
from knowledge.question import Question
from knowledge.school_years import school_year
from knowledge.screens import paged
from knowledge.sentences import shortened, shown
from knowledge.tiers import concerns, non_public, owned
from knowledge.volume import Volume
from knowledge.workdays import Workdays

_NUMBERED = re.compile(r"^(?:\d+|[a-zđ])[.)]\s*")

Owed = tuple[Volume, Obligation]


@dataclass(frozen=True, slots=True)
class Reach:
    """Who asks one question, when, and what they may read."""

    index: Index
    asker: Asker
    now: datetime
    volumes: tuple[Volume, ...]
    _found: dict[SheetName, list[Hit]] = field(default_factory=dict, repr=False, compare=False)

    def search(self, question: Question, sheet: SheetName) -> list[Hit]:
        """The 40 best entries in reach; looked up once, however often it is asked for."""
        if sheet not in self._found:
            self._found[sheet] = self.index.search(question, self.volumes, sheet, limit=40)
        return self._found[sheet]

    @property
    def today(self) -> date:
        """The day in Vietnam."""
        return local_day(self.now)


def safe_day(task: Obligation, workdays: Workdays) -> date | None:
    """The last working day on which one is in time, where the day as written misleads: a day off, or the day after one.

    None where the last working day is plain from the date.
    """
    if task.due is None or task.rule not in (Rule.BEFORE, Rule.BY, Rule.RANGE, Rule.IN_WEEK):
        return None
    last = task.until.last if task.until else task.due
    safe = workdays.last(last)
    return safe if safe != last or not workdays.works(task.due) else None


def in_period(reach: Reach, period: Period, tier: frozenset[Level]) -> list[Owed]:
    """Everything for this tier that falls into the period, dated first, by date."""
    found = [
        (volume, task)
        for volume in reach.volumes
        for task in volume.shelved.plan.obligations
        if task.status is not Status.SUPERSEDED and task.kind is not Kind.AGENDA
        if concerns(task, tier) and falls(task, period)
    ]
    return sorted(found, key=_order)


def _order(owed: Owed) -> tuple[bool, date, int]:
    task = owed[1]
    return (task.due is None, task.due or date.max, task.line)


def falls(task: Obligation, period: Period) -> bool:
    """Whether the task is due, or to be done, within the period."""
    if task.due is not None:
        start = task.start or task.due
        if start <= period.last and period.first <= task.due:
            return True
        return period.grain == "month" and len(task.months) > 1 and not period.months.isdisjoint(task.months)
    if task.rule in (Rule.PERIOD, Rule.IN_YEAR, Rule.WEEKLY, Rule.MONTHLY) and not task.months:
        return False
    return period.grain not in ("day", "week", "part", "open") and not period.months.isdisjoint(task.months)


def is_deadline(task: Obligation) -> bool:
    """Whether something must be handed in or finished, by a date or within a month."""
    return task.kind is Kind.DEADLINE or task.due is not None and task.kind is not Kind.EVENT


def compose(found: list[Owed], reach: Reach, period: Period, who: str, hands_in: bool) -> Answer:
    """The answer over tasks already chosen."""
    mine = [owed for owed in found if owned(owed[1], reach.asker)]
    others = [owed for owed in found if not owned(owed[1], reach.asker)]
    due = [owed for owed in mine if is_deadline(owed[1]) or owed[1].due]
    rest = [owed for owed in mine if owed not in due]
    if not found:
        return _none(reach, period, who, hands_in)
    citations: list[Citation] = []
    lines: list[str] = []
    items: list[Item] = []
    if due:
        lines.append(say.deadlines_head(period.words, who, len(due)))
        lines += [_line(i, owed, reach, citations, items) for i, owed in enumerate(due, 1)]
    else:
        head = say.nothing_due_but(period.words, who, len(rest)) if rest else say.nothing_due(period.words, who)
        lines.append(head)
    lines += [_for_others(owed, reach, citations) for owed in others if is_deadline(owed[1])]
    shown_rest = rest if not (hands_in and due) else []
    if rest and due:
        lines.append(say.activities_head(len(rest)) if shown_rest else say.activities_left_out(len(rest)))
    lines += [_rest_line(i, owed, reach, citations) for i, owed in enumerate(shown_rest, 1)]
    return finish(lines, citations, items, "due", rest if rest and not shown_rest else [], reach)


def _line(number: int, owed: Owed, reach: Reach, citations: list[Citation], items: list[Item]) -> str:
    volume, task = owed
    passed = task.due is not None and task.due < reach.today
    items.append(_item(task, len(citations)))
    citations.extend(cite_now(reach.index, volume, task))
    said = say.item(number, task_words(task), task, safe_day(task, reach.index.workdays), passed)
    return f"{said} {note(reach.index, volume, task)}".rstrip()


def _rest_line(number: int, owed: Owed, reach: Reach, citations: list[Citation]) -> str:
    volume, task = owed
    citations.append(cite_task(reach.index, volume, task))
    tentative = f" ({when(task, None)})" if task.status is Status.TENTATIVE else ""
    return say.plain_item(number, task_words(task) + tentative)


def _item(task: Obligation, citation: int) -> Item:
    return Item(
        task=task_words(task),
        due=task.due,
        rule=task.rule.value if task.rule else None,
        months=task.months,
        from_level=task.from_level.value if task.from_level else None,
        to_level=task.to_level.value if task.to_level else None,
        citation=citation,
    )


def _for_others(owed: Owed, reach: Reach, citations: list[Citation]) -> str:
    volume, task = owed
    citations.extend(cite_now(reach.index, volume, task))
    whose = say.NON_PUBLIC if non_public(task) else ", ".join(task.ownership)
    return f"{say.for_others(whose, task_words(task), task)} {note(reach.index, volume, task)}".rstrip()


def _none(reach: Reach, period: Period, who: str, hands_in: bool) -> Answer:
    """Nothing in the period: a document covers it and is silent, or there is no document."""
    covering = [volume for volume in reach.volumes if _covers(volume, period)]
    if not covering:
        nearest = min(reach.volumes, key=lambda volume: _distance(volume, period))
        return _says_only(reach, nearest, [say.no_plan(period.words), say.NEAREST_PAPER], "none", False)
    own = [v for v in covering if reach.asker.unit is None or v.unit != reach.asker.unit.code] or covering
    silent = [volume for volume in own if not any(t.due for t in volume.shelved.plan.obligations)]
    if silent and len(silent) == len(own):
        return _duties(reach, silent[0])
    head = say.nothing_due(period.words, who)
    events = [owed for owed in in_period(reach, period, frozenset(Level)) if owed[1].kind is Kind.EVENT]
    if events and not hands_in:
        return _events(head, events, reach)
    return _says_only(reach, own[0], [head], "due", True)


def _events(head: str, events: list[Owed], reach: Reach) -> Answer:
    """Nothing is owed, but something takes place: whoever holds it, the asker may have to be there."""
    citations: list[Citation] = []
    items: list[Item] = []
    lines = [_line(i, owed, reach, citations, items) for i, owed in enumerate(events, 1)]
    return finish([head, say.TAKES_PLACE, *lines], citations, items, "due", [], reach)


def _says_only(reach: Reach, volume: Volume, lines: list[str], kind: str, found: bool) -> Answer:
    """These lines over the document as a whole."""
    return paged(lines, [], [cite_paper(reach.index, volume)], [], kind, found)


def _distance(volume: Volume, period: Period) -> int:
    """How many days lie between the document and the period; a document without a date is far."""
    return abs((volume.written - period.first).days) if volume.written else 10**6


def _duties(reach: Reach, volume: Volume) -> Answer:
    """A document without any date: say so, and name its duties."""
    passages = [p for p in volume.shelved.plan.passages if p.section and p.part.value in ("item", "text")]
    tops = [p for p in passages if p.parent is None or passage_depth(volume, p.place) <= 1]
    head = say.no_deadlines_but_duties(volume.shelved.plan.head.doc_type or "", len(tops))
    lines = [head, *(say.plain_item(i, _start(p.text)) for i, p in enumerate(tops, 1))]
    citations = [cite(reach.index, volume, passage, passage.text.strip()) for passage in tops]
    return paged(lines, [], citations or [cite_paper(reach.index, volume)], [], "due")


def passage_depth(volume: Volume, place: int) -> int:
    """How many passages stand above this one."""
    return len(volume.above(volume.shelved.plan.passages[place]))


def _start(text: str) -> str:
    """The beginning of a duty, without its number."""
    return shortened(_NUMBERED.sub("", shown(text)), 70)


def _covers(volume: Volume, period: Period) -> bool:
    """Whether the document speaks for the period: has tasks in its months, or is of its school year."""
    years = {school_year(period.first), school_year(period.last)}
    return not period.months.isdisjoint(volume.months) or volume.year in years


def finish(
    lines: list[str], citations: list[Citation], items: list[Item], kind: str, unseen: list[Owed], reach: Reach
) -> Answer:
    """The answer of these lines, cut to one screen; what is left out waits for "xem thêm"."""
    more_lines = [say.plain_item(i, task_words(task)) for i, (_, task) in enumerate(unseen, 1)]
    later = [cite_task(reach.index, volume, task) for volume, task in unseen]
    return paged(lines, more_lines, citations, items, kind, later_citations=later)
