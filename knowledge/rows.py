"""Table rows -> obligations: rows of a month, of a column of dates, of a matrix, of an event's programme."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from core.people import Level
from core.work import Kind, Part, Rule, Status
from knowledge.actors import Side, actors
from knowledge.blocks import mask
from knowledge.clauses import clauses
from knowledge.columns import Role
from knowledge.dates import column, find
from knowledge.details import channel, deliverable
from knowledge.fold import fold
from knowledge.items import items, sentences, starts_with_verb
from knowledge.moments import When, clock
from knowledge.obligations import DATED, Found, Setting, from_text, in_block
from knowledge.outline import Entry
from knowledge.owed import Owed, who_owes
from knowledge.tables import Cell, Line
from knowledge.wording import plain, task_line

_MARK = re.compile(r"\W*(?:x|v|co|✓|✔|√)?\W*")
_HOURS = re.compile(r"\s*\d{1,2}\s*(?:h|g|:)\s*\d{0,2}['’]?\s*[-–]\s*\d{1,2}\s*(?:h|g|:)\s*\d{0,2}['’]?\s*")
_ALWAYS = re.compile(
    r"(?:thuong xuyen|ca nam|trong (?:suot )?nam(?: hoc)?\b(?! 20)|lien tuc|quanh nam|suot nam|dinh ky|trong nam hoc)"
)
_TIMES = (Role.DUE, Role.TIME, Role.DAY)


def from_row(line: Line, entry: Entry, setting: Setting, event: Found | None) -> list[Found]:
    """The obligations of one row; `event`: the gathering whose programme the table is, if it is one."""
    if event and event.task.due and (hours := _hours(line)):
        return [_agenda(line, entry, setting, event, hours)]
    matrix = list(_matrix(line, entry, setting))
    if matrix:
        return matrix
    return _timed_columns(line, entry, setting) or _contents(line, entry, setting)


def _hours(line: Line) -> str | None:
    cells = [cell for cell in line.of(*_TIMES, Role.CONTENT) if _HOURS.fullmatch(fold(mask(cell.text)))]
    return clock(fold(cells[0].text)) if cells else None


def _agenda(line: Line, entry: Entry, setting: Setting, event: Found, hours: str) -> Found:
    """An item of a programme: on the event's day, at its own hours, by whoever the row names."""
    who = line.of(Role.WHO)
    words = " ".join(plain(cell.text) for cell in line.of(Role.CONTENT) if not _HOURS.fullmatch(fold(mask(cell.text))))
    named = plain(who[0].text) if who else ""
    level = _level(named, setting.side)
    base = in_block(entry.passage.text, 0, len(entry.passage.text), entry, replace(setting, block=None)).task
    task = replace(
        base,
        task=task_line(words) + (f" ({named.rstrip(';. ')})" if named else ""),
        kind=Kind.AGENDA,
        months=event.task.months,
        due=event.task.due,
        rule=Rule.ON,
        time=hours,
        status=event.task.status,
        from_level=level or event.task.from_level,
        from_explicit=level is not None,
        to_level=None,
    )
    return Found(task, None)


def _level(words: str, side: Side) -> Level | None:
    named = actors(words, side)
    return named[0].level if named else None


def _matrix(line: Line, entry: Entry, setting: Setting) -> Iterator[Found]:
    """Columns that are months: a date, or what is to be done; the marked ones together are one task."""
    content = line.of(Role.CONTENT)
    marked = [c for c in line.of(Role.OF_MONTH) if _MARK.fullmatch(fold(mask(c.text)).strip()) and c.text.strip("-– ")]
    if marked and content:
        months = tuple(dict.fromkeys(month for cell in marked for month in cell.column.months))
        block = When(0, 0, Rule.IN_MONTH, months=months)
        yield _in_cell(line, content[0], plain(content[0].text), entry, replace(setting, block=block))
    for cell in line.of(Role.OF_MONTH):
        if cell in marked or not any(c.isalnum() for c in cell.text):
            continue
        shown = mask(cell.text).strip()
        words = plain(content[0].text) if content else ""
        inside = replace(setting, calendar=setting.calendar.within(cell.column.months))
        block = When(0, 0, Rule.IN_MONTH, months=cell.column.months)
        times = [_lone_day(shown, cell)] if shown.isdigit() else column(shown, inside.calendar, Rule.BY)
        if any(times):
            yield from (_dated(line, cell, words or shown, when, entry, inside) for when in times if when)
        else:
            told = shown if starts_with_verb(shown) or not words else f"{words}: {shown}"
            yield _in_cell(line, cell, told, entry, replace(inside, block=block))


def _lone_day(words: str, cell: Cell) -> When | None:
    """A day number under a month's column."""
    try:
        day = date.fromisoformat(f"{cell.column.months[0]}-{int(words):02d}")
    except ValueError:
        return None
    return When(0, len(words), Rule.BY, day, months=cell.column.months[:1])


def _in_cell(line: Line, cell: Cell, words: str, entry: Entry, setting: Setting) -> Found:
    found = in_block(cell.text, 0, len(cell.text), entry, setting)
    owed = _owed(line, words, setting, event=False)
    task = replace(found.task, task=task_line(words), from_level=owed.source, from_explicit=owed.explicit)
    return replace(found, task=replace(task, to_level=owed.target))


def _timed_columns(line: Line, entry: Entry, setting: Setting) -> list[Found]:
    """Rows with a column of dates; a week's or month's range in such a column is a time like any other."""
    cells = line.of(*_TIMES)
    content = next(iter(line.of(Role.CONTENT, Role.DELIVERABLE)), None)
    if not cells or content is None:
        return []
    start = next(iter(line.of(Role.START)), None)
    found: list[Found] = []
    for cell in cells:
        rule = Rule.BY if cell.column.role is Role.DUE or _hands_in(content.text) else Rule.ON
        times = column(mask(cell.text), setting.calendar, rule) or _always(cell.text)
        block = setting.block
        if block and cell.start == 0 and line.block:
            continue  # the cell only names the block
        for when in times:
            if start and when.due:
                first = [w.due for w in column(mask(start.text), setting.calendar, Rule.ON) if w.due]
                when = replace(when, rule=Rule.RANGE, first=first[0] if first else None) if first else when
            found.append(_dated(line, content, plain(content.text), when, entry, setting, cell))
    own = [when for when in find(mask(content.text), setting.calendar) if when.rule in DATED]
    if own and not any(one.task.due and one.task.due not in {when.due for when in own} for one in found):
        return []
    return found


def _always(text: str) -> list[When]:
    """ "Thường xuyên", "Cả năm học": no day, but a time all the same."""
    if not _ALWAYS.match(fold(mask(text)).strip()):
        return []
    return [When(0, len(text), Rule.PERIOD, recurrence=" ".join(mask(text).split()).lower())]


def _hands_in(text: str) -> bool:
    return bool(re.search(r"\b(?:gui|nop|bao\s+cao|dang\s+ky)\b", fold(mask(text))))


def _dated(
    line: Line, content: Cell, words: str, when: When, entry: Entry, setting: Setting, cell: Cell | None = None
) -> Found:
    """The row's task with the time of one of its cells."""
    text = line.row.text
    between = [c for c in line.of(Role.DUE, Role.OLD) if cell and content.end <= c.start < cell.start]
    ends = [cell] if cell and between else [content, *([cell] if cell else [])]
    start, end = min(c.start for c in ends), max(c.end for c in ends)
    header = cell.column.label if cell else ""
    event = when.rule in (Rule.ON, Rule.EVENT) and not _hands_in(words)
    owed = _owed(line, words, setting, event=event, header=header)
    whole = text[start:end]
    found = in_block(whole, 0, len(whole), entry, replace(setting, block=None))
    tentative = when.tentative or "du kien" in fold(whole)
    kind = Kind.DEADLINE if when.rule in (Rule.BEFORE, Rule.BY, Rule.YEARLY) else Kind.EVENT if event else Kind.ACTIVITY
    task = replace(
        found.task,
        snippet=whole.strip(),
        task=task_line(words),
        kind=Kind.RECURRING if when.rule in (Rule.WEEKLY, Rule.MONTHLY) else kind,
        months=when.months or (setting.block.months if setting.block else ()),
        start=when.first,
        due=when.due,
        rule=when.rule,
        time=when.time,
        recurrence=when.recurrence,
        status=Status.TENTATIVE if tentative else Status.FIRM,
        note=when.doubt or when.note,
        from_level=owed.source,
        from_explicit=owed.explicit,
        to_level=owed.target,
        channel=next((plain(c.text) for c in line.of(Role.CHANNEL)), None) or channel(words),
        deliverable=next((plain(c.text) for c in line.of(Role.DELIVERABLE)), None) or deliverable(words),
    )
    return Found(task, when)


def _owed(line: Line, words: str, setting: Setting, *, event: bool, header: str = "") -> Owed:
    """Who owes whom by the row's own columns, then by its words and its header's."""
    by_words = who_owes(f"{words} {header}".strip(), words, setting.above, setting.side, event=event)
    who, to = line.of(Role.WHO), line.of(Role.TO)
    source = _level(plain(who[0].text), setting.side) if who else None
    target = _level(plain(to[0].text), setting.side) if to else None
    if source is None and target is None:
        return by_words
    given = by_words.target if target is None else target
    return Owed(source or by_words.source, given if given is not source else None, source is not None)


def _contents(line: Line, entry: Entry, setting: Setting) -> list[Found]:
    """Rows whose words say everything: one obligation for each dated clause, else one for each item."""
    found: list[Found] = []
    for cell in line.of(Role.CONTENT):
        found += _of_cell(cell, line, entry, setting)
    return found


def _of_cell(cell: Cell, line: Line, entry: Entry, setting: Setting) -> list[Found]:
    parts = items(cell.text)
    subs = [part for part in parts if part.bulleted or part is not parts[0]]
    heads = [part for part in parts if part not in subs]
    shown = mask(cell.text)
    if heads and sum(starts_with_verb(shown[p.start :]) for p in subs) * 2 < len(subs):
        subs = [p for p in subs if find(shown[p.start : p.end], setting.calendar)]  # else they only say what it holds
    chosen = sorted([*heads, *subs], key=lambda part: part.start)
    found: list[Found] = []
    for part in chosen:
        found += _of_item(cell.text[part.start : part.end], line, entry, setting)
    return found


def _of_item(words: str, line: Line, entry: Entry, setting: Setting) -> list[Found]:
    passage = replace(entry.passage, text=words, part=Part.ITEM)
    above = setting.above
    who = line.of(Role.WHO)
    if who:
        above = _level(plain(who[0].text), setting.side) or above
    inner = replace(setting, above=above)
    item = Entry(passage, 0, line, entry.when)
    dated = [f for f in from_text(item, inner) if f.when is not None]
    if dated or setting.block is None:
        return dated
    shown = mask(words)
    cuts = [(a, b) for a, b in sentences(shown) if a == 0 or _names_actor(shown[a:b], setting.side)]
    starts = [a for a, _ in cuts] + [len(words)]
    return [in_block(words, a, b, item, inner) for a, b in zip(starts, starts[1:], strict=False)]


def _names_actor(words: str, side: Side) -> bool:
    named = actors(words, side)
    return bool(named) and named[0].role == "does" and not words[: named[0].start].strip(" (")


def dated_clauses(text: str, setting: Setting) -> int:
    """How many clauses of a text carry a date; for tests and reports."""
    return len(clauses(text, find(text, setting.calendar)))
