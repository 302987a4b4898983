"""Lines -> obligations: in a month's list every item, elsewhere what carries a date, a month or a period."""

import re
from collections.abc import Iterator
from dataclasses import replace

from core.people import Level, Ownership
from core.work import Kind, Obligation, Part, Rule, Status
from knowledge.actors import ownership_in
from knowledge.amendment_times import standing
from knowledge.blocks import mask
from knowledge.clauses import Clause, clauses, shortened
from knowledge.counting import counts
from knowledge.dates import find
from knowledge.details import channel, deliverable
from knowledge.fold import fold
from knowledge.items import starts_with_verb
from knowledge.moments import When
from knowledge.outline import Entry
from knowledge.owed import Owed, who_owes
from knowledge.setting import DATED, STANDING, Found, Setting
from knowledge.telling import Stretch, outside, told
from knowledge.wording import plain, snippet, task_line

_HANDS_IN = re.compile(r"\b(?:gui|nop|bao\s+cao|dang\s+ky|hoan\s+thanh|trinh)\b")
_TWO_WAYS = re.compile(
    r"\bqua\s+(?:dia\s+chi|he\s+thong|phan\s+mem|e-?mail|zalo|cong|duong|trang|hom\s+thu|hop\s+thu)[^.;,]*?"
    r"(?P<cut>\s+va\s+)(?=[^.;]*\bqua\s)"
)


def from_text(entry: Entry, setting: Setting) -> list[Found]:
    """The obligations of a line of words."""
    raw = entry.passage.text
    shown = mask(raw)
    times = [when for when in find(shown, setting.calendar) if counts(when, shown, entry, setting)]
    times = [when for when in times if not _said_better(when, times, shown)]
    times = standing(times, shown, setting.calendar)
    stretches = [s for clause in clauses(shown, times, entry.words) for s in _stretches(clause, raw, entry.words)]
    found = [_one(stretch, entry, setting) for stretch in stretches]
    if found or setting.block is None or not _is_task(shown, entry):
        return found
    return [in_block(raw, entry.words, len(raw), entry, setting)]


def in_block(raw: str, start: int, end: int, entry: Entry, setting: Setting) -> Found:
    """A thing to be done in the month or week of its block, without a date of its own."""
    words = plain(raw, start, end)
    owed = who_owes(words, words, setting.above, setting.side, event=_official(words, setting))
    when = setting.block
    task = _base(entry, snippet(raw, start, end), task_line(outside(words)), owed)
    if when is None:
        return Found(task, None)
    task = replace(task, months=when.months, rule=when.rule, start=when.first, due=when.due)
    task = replace(task, channel=channel(words), deliverable=deliverable(words))
    return Found(replace(task, ownership=_for_whom(words, owed.source)), None)


def timed(task: Obligation, when: When, block: When | None) -> Obligation:
    """The task with this time; `block`: the month it stands under."""
    months = block.months if block and when.rule in DATED else ()
    names = tuple(dict.fromkeys(months + when.months)) if set(months) & set(when.months) else when.months
    tentative = when.tentative or "du kien" in fold(task.snippet)
    return replace(
        task,
        months=names or (block.months if block else ()),
        start=when.first,
        due=when.due,
        rule=when.rule,
        time=when.time,
        recurrence=when.recurrence,
        status=Status.TENTATIVE if tentative else Status.FIRM,
        note=when.doubt or when.note,
    )


def kind_of(when: When, words: str) -> Kind:
    """What a time asks for, with the words it stands in."""
    if when.rule in (Rule.WEEKLY, Rule.MONTHLY):
        return Kind.RECURRING
    if when.rule in STANDING:
        return Kind.PERIODIC
    if when.rule in (Rule.BEFORE, Rule.BY, Rule.YEARLY) or re.search(r"\b(?:gui|nop)\b", fold(words)):
        return Kind.DEADLINE
    return Kind.EVENT if when.rule is Rule.ON else Kind.ACTIVITY


def _said_better(when: When, times: list[When], shown: str) -> bool:
    """ "Đầu năm học, … hoàn thành trước ngày 30/9": the day says what the period only frames."""
    months = next((w for w in times if w.rule is Rule.IN_MONTH and w.start >= when.end), None)
    if when.rule is Rule.PERIOD and months and re.fullmatch(r"\s*\(", shown[when.end : months.start + 1]):
        return True  # "3 lần/năm học (tháng 9, tháng 12, tháng 3)"
    if when.rule is not Rule.PERIOD or shown[: when.start].strip(" -+*·•"):
        return False
    return any(w.due and not re.search(r"[.;]\s", shown[when.end : w.start]) for w in times)


def _for_whom(words: str, source: Level | None) -> tuple[Ownership, ...]:
    """The kinds of school that owe it; what an office does about them is not theirs."""
    return ownership_in(words) if source in (Level.SCHOOL, Level.TEACHER) else ()


def _official(words: str, setting: Setting) -> bool:
    """In a month's plan of an office, what names nobody is the office's own work, unless it is done with children."""
    return setting.side.issuer is not Level.SCHOOL and not re.search(r"\b(?:tre|be|truong|lop|hoc sinh)\b", fold(words))


def _is_task(shown: str, entry: Entry) -> bool:
    words, part = shown[entry.words :], entry.passage.part
    if part not in (Part.ITEM, Part.TEXT):
        return False
    return starts_with_verb(words) or (part is Part.ITEM and len(words.split()) >= 3)


def _stretches(clause: Clause, raw: str, first: int) -> Iterator[Stretch]:
    """The clause; or its two halves, where it sends two things two ways by one date."""
    shown = mask(raw)
    start = shortened(shown, clause.start, clause.when.start) if clause.when.rule in STANDING else clause.start
    two = _TWO_WAYS.search(fold(shown), start, clause.end)
    if two and clause.when.rule in DATED:
        cut = two.start("cut")
        yield Stretch(raw, start, cut, clause, first)
        yield Stretch(raw, two.end("cut"), clause.end, clause, first, lead=shown[start:cut])
        return
    yield Stretch(raw, start, clause.end, clause, first)


def _one(stretch: Stretch, entry: Entry, setting: Setting) -> Found:
    when, words = stretch.clause.when, stretch.words
    owed = _owed(stretch, setting)
    line = told(stretch, setting.parent)
    keep = (when.start, when.end) if stretch.holds_time else None
    beside = f"{setting.parent}. {setting.beside}" if stretch.labelled else ""
    whole = words if stretch.lead else f"{words}{stretch.rest} {beside}"
    thing = deliverable(f"gửi {words}" if stretch.lead else words) or deliverable(beside)
    task = replace(
        _base(entry, snippet(stretch.raw, stretch.start, stretch.end, keep), line, owed),
        kind=kind_of(when, words),
        channel=channel(whole),
        deliverable=thing,
        ownership=_for_whom(f"{line} {words}", owed.source),
    )
    return Found(timed(task, when, setting.block if when.rule in DATED else None), when)


def _owed(stretch: Stretch, setting: Setting) -> Owed:
    """Who owes whom: by the clause, the words it rests on, those after it, and the labels beside it."""
    event = stretch.clause.when.rule in (Rule.ON, Rule.EVENT) and not _HANDS_IN.search(fold(stretch.words))
    around = setting.parent if stretch.labelled else _around(stretch)
    owed = who_owes(stretch.words, around or stretch.rest, setting.above, setting.side, event=event)
    if owed.target is None and stretch.rest.strip() and not event:
        further = who_owes(stretch.words + stretch.rest, around, setting.above, setting.side)
        owed = replace(owed, target=further.target)
    if owed.target is None and stretch.labelled:
        owed = replace(owed, target=who_owes(setting.beside, "", None, setting.side).target)
    return owed


def _around(stretch: Stretch) -> str:
    shown = mask(stretch.raw)
    if stretch.clause.main:
        return shown[slice(*stretch.clause.main)]
    return stretch.lead or shown[stretch.first : stretch.start]


def _base(entry: Entry, words: str, line: str, owed: Owed) -> Obligation:
    passage = entry.passage
    return Obligation(
        snippet=words,
        task=line or task_line(plain(words)),
        line=passage.line,
        passage=passage.place,
        section=passage.section,
        row=passage.row,
        from_level=owed.source,
        from_explicit=owed.explicit,
        to_level=owed.target,
    )
