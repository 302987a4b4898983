"""A document -> a plan: its head, its passages, what it asks for, what is doubtful."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from core.people import Level
from core.work import Doubt, DoubtKind, Head, Kind, Obligation, Part, Passage, Plan
from knowledge.actors import Side, actors
from knowledge.agreeing import agreed, amiss
from knowledge.blocks import Block, Source, mask
from knowledge.details import channel
from knowledge.doubts import doubts_of, worst_first
from knowledge.fold import fold
from knowledge.head import read_head
from knowledge.obligations import from_text
from knowledge.outline import Entry, outline
from knowledge.programme import event_of
from knowledge.rows import from_row
from knowledge.setting import Found, Paper, setting_of
from knowledge.several import apart, fullest, together
from knowledge.tables import Sort
from knowledge.titles import titled_time
from knowledge.wording import plain
from knowledge.years import Calendar, calendar_year_in

_BELOW = {
    Level.DEPARTMENT: (Level.DISTRICT, Level.COMMUNE, Level.SCHOOL),
    Level.DISTRICT: (Level.SCHOOL,),
    Level.COMMUNE: (Level.SCHOOL,),
}


@dataclass(frozen=True, slots=True)
class _Reading:
    """A plan without its doubts, and what it rests on: `found[n]` is what its n-th obligation was made of."""

    plan: Plan
    found: Sequence[Found]
    entries: Sequence[Entry]


def extract(source: Source) -> Plan:
    """The plan in this document. Never raises for what the document says; an empty reading has no obligations."""
    notes = tuple(Doubt(1, note) for note in source.notes)
    parts = apart(source)
    if len(parts) < 2:
        plan = _one(source)
    else:
        heads = [read_head(part.blocks)[0] for part in parts]
        plan = together(source, [_one(part, fullest(heads)) for part in parts])
    return replace(plan, doubts=plan.doubts + notes)


def _one(source: Source, around: Head | None = None) -> Plan:
    """`around`: the head that holds for a part without one of its own, such as the words of a letter."""
    reading = _read(source.name, source.blocks, around)
    again = _read(source.name, source.again, around).plan if source.again not in ((), source.blocks) else reading.plan
    plan, unread = agreed(reading.plan, again, amiss(reading.plan, reading.found))
    asked = {doubt.task for doubt in unread}
    told = doubts_of(plan, reading.found, reading.entries)
    told = tuple(doubt for doubt in told if doubt.kind is not DoubtKind.DATE or doubt.task not in asked)
    return replace(plan, doubts=worst_first((*unread, *told)))


def _read(name: str, blocks: Sequence[Block], around: Head | None) -> _Reading:
    head, size = read_head(blocks)
    if around and not (head.date_month or head.number_as_written):
        head = around
    calendar = calendar_of(head)
    entries = outline(blocks, size, calendar)
    side = Side(head.level, _addressee(head, entries))
    found = _obligations(Paper(entries, side, calendar, head.title or ""))
    tasks = _with_channel([one.task for one in found], entries, side)
    spots = {block.line: block.spot for block in blocks if block.spot}
    passages = tuple(replace(entry.passage, spot=spots.get(entry.passage.line)) for entry in entries)
    plan = Plan(name, head, passages, tuple(_placed(t, passages) for t in tasks))
    return _Reading(plan, found, entries)


def calendar_of(head: Head) -> Calendar:
    """What the head says about unwritten years; a title that names its month sets the month."""
    issued = head.date
    if issued is None and head.date_month:
        issued = date(int(head.date_month[:4]), int(head.date_month[5:]), 1)
    begins = int(head.school_year[:4]) if head.school_year else None
    calendar = Calendar(issued, begins, year=calendar_year_in(head.title or ""))
    titled = titled_time(head.title, calendar) if head.title else None
    return calendar.within(titled.months) if titled and len(titled.months) == 1 else calendar


def _addressee(head: Head, entries: Sequence[Entry]) -> Level | None:
    """The level a paper speaks to first, below its issuer: "Kính gửi", else "Nơi nhận"."""
    side = Side(head.level, None)
    for name in head.addressees:
        for named in actors(name, side):
            if named.level is not head.level:
                return named.level
    closing = [plain(entry.passage.text) for entry in entries if entry.passage.part is Part.CLOSING]
    for level in (named.level for name in closing for named in actors(name, side)[:1]):
        if head.level in _BELOW and level in _BELOW[head.level]:
            return level
    if head.level is Level.DEPARTMENT and head.date_month and head.date_month >= "2025-07":
        return Level.COMMUNE  # since July 2025 communes stand where the district offices stood
    return None


def _obligations(paper: Paper) -> list[Found]:
    found: list[Found] = []
    for entry in paper.entries:
        setting = setting_of(entry, paper)
        if entry.line is not None and entry.line.sort in (Sort.ROW, Sort.MORE):
            found += from_row(entry.line, entry, setting, event_of(found, entry, paper.entries))
        elif not entry.passage.row:
            found += from_text(entry, setting)
    return found


def _with_channel(tasks: list[Obligation], entries: Sequence[Entry], side: Side) -> list[Obligation]:
    """A way of sending that the paper names once, for everything sent to that level."""
    ways: dict[Level, str] = {}
    for entry in entries:
        if entry.passage.part in (Part.TEXT, Part.ITEM) and not any(t.passage == entry.passage.place for t in tasks):
            shown = mask(entry.passage.text)
            for sentence in re.split(r"(?<=[.;])\s+(?=[A-ZĐ])", shown):
                named = [one for one in actors(sentence, side) if one.role == "gets"]
                way = channel(sentence) if re.search(r"\b(?:gui|nop)\b", fold(sentence)) else None
                if named and way:
                    ways.setdefault(named[0].level, way)
    return [
        replace(t, channel=ways.get(t.to_level)) if t.to_level and not t.channel and t.kind is Kind.DEADLINE else t
        for t in tasks
    ]


def _placed(task: Obligation, passages: Sequence[Passage]) -> Obligation:
    """The task at the smallest passage of its row that holds its snippet."""
    if not task.row:
        return task
    inside = [p for p in passages if p.parent == task.passage and p.row == task.row and task.snippet in p.text]
    return replace(task, passage=inside[0].place, line=inside[0].line) if inside else task
