"""Table rows -> obligations: rows of a month or week, of a column of dates, of an event's programme."""

import re
from dataclasses import replace

from core.work import Part, Rule, Status
from knowledge.actors import Side, actors
from knowledge.bare_days import with_month
from knowledge.blocks import mask
from knowledge.columns import Role
from knowledge.dates import column, find
from knowledge.details import channel, deliverable
from knowledge.fold import fold
from knowledge.items import items, sentences, starts_with_verb
from knowledge.moments import When
from knowledge.obligations import from_text, in_block, kind_of, timed
from knowledge.outline import Entry
from knowledge.owed import Owed, receiver, who_owes
from knowledge.programme import agenda, hours
from knowledge.setting import DATED, Found, Setting
from knowledge.spots import TIMES, RowSpot, hands_in, level_in
from knowledge.tables import Cell, Line, week_in
from knowledge.wording import plain, task_line
from knowledge.years import Calendar

_ALWAYS = re.compile(
    r"(?:thuong xuyen|ca nam|trong (?:suot )?nam(?: hoc)?\b(?! 20)|lien tuc|quanh nam|suot nam|dinh ky)"
)
_WEEK = re.compile(
    r"(?:(?:du kien|khoang|trong|vao|cuoi|dau)\s+)?tuan (?:thu )?(?:\d|i{1,3}|iv|v|nhat|hai|ba|tu|nam)"
    r"(?:\s*(?:[-–,+]|va|den)\s*(?:tuan )?\d)?"
)
_HALF_DAY = re.compile(r"(?:buổi )?(?:sáng|chiều|tối)")
_TENTATIVE = re.compile(r"\W*du kien\W*")
_NAMES_BLOCK = re.compile(r"\W*(?:tuan|thang)\b|\W*\d{1,2}(?:\s*[-+,]\s*\d{1,2})?\s*/\s*20\d\d\W*$")
_OWN = re.compile(
    r"\b(?!(?:truoc|ngay|cham|nhat|den|het|han|thang|nam|tuan|tu|hoan|thanh|dot)\b)[^\W\d_]{2,}"
)  # no time


def from_row(line: Line, entry: Entry, setting: Setting, event: Found | None) -> list[Found]:
    """The obligations of one row; `event`: the gathering whose programme the table is, if it is one."""
    spot = RowSpot(line, entry, setting)
    if event and event.task.due and (at := hours(line)):
        return [agenda(spot, event, at)]
    found = _matrix(spot) or _by_columns(spot) or _by_words(spot)
    return found + _beside(spot)


def _beside(spot: RowSpot) -> list[Found]:
    """What another column says is to be handed in by a day: "UBND phường gửi Sở trước 12/12"."""
    content = spot.first(Role.CONTENT)
    if content is None:
        return []
    cells = [cell for cell in spot.line.of(Role.NOTE, Role.DELIVERABLE) if hands_in(cell.text)]
    told = [one for cell in cells for one in _of_item(cell.text, spot)]
    about = plain(content.said)
    return [
        replace(one, task=replace(one.task, task=task_line(f"{about}: {one.task.task}")))
        for one in told
        if one.task.due and one.task.rule in (Rule.BEFORE, Rule.BY)
    ]


def _matrix(spot: RowSpot) -> list[Found]:
    """Columns that are months: a date, or what is to be done; the marked ones together are one task."""
    filled = [cell for cell in spot.line.of(Role.OF_MONTH) if mask(cell.text).strip(" -–—")]
    marked = [cell for cell in filled if _is_mark(cell)]
    content = spot.first(Role.CONTENT)
    found: list[Found] = []
    if marked and content:
        months = tuple(dict.fromkeys(month for cell in marked for month in cell.column.months))
        found.append(_in_cell(spot, content, plain(content.said), months))
    for cell in filled:
        if cell not in marked:
            found += _month_cell(spot, cell)
    return found


def _is_mark(cell: Cell) -> bool:
    return re.fullmatch(r"[^\w]*(?:x|v|co)?[^\w]*", fold(mask(cell.text))) is not None


def _month_cell(spot: RowSpot, cell: Cell) -> list[Found]:
    if (own := _told_in_month(spot, cell)) is not None:
        return own
    shown, words = mask(cell.text).strip(), spot.words(Role.CONTENT)
    inside = spot.setting.calendar.within(cell.column.months)
    times = column(with_month(shown, cell.column.months), inside, Rule.BY)
    dated = [when for when in times if when.due]
    if dated:
        return [_dated(spot, spot.first(Role.CONTENT) or cell, words or shown, when, cell) for when in dated]
    if words and _TENTATIVE.fullmatch(fold(shown)):
        return [_in_cell(spot, cell, words, cell.column.months, Rule.TENTATIVE_MONTH)]
    told = shown if starts_with_verb(shown) or not words else f"{words}: {shown}"
    return [_in_cell(spot, cell, told, cell.column.months)]


def _told_in_month(spot: RowSpot, cell: Cell) -> list[Found] | None:
    """A cell that says several things, or by when to do one; None: it only names a day, or one thing."""
    told = [cell.text[one.start : one.end] for one in items(cell.text)]
    if not all(starts_with_verb(words) or len(_OWN.findall(fold(words))) > 3 for words in told):
        return None
    block = When(0, 0, Rule.IN_MONTH, months=cell.column.months)
    setting = replace(spot.setting, block=block, calendar=spot.setting.calendar.within(cell.column.months))
    found = [one for words in told for one in _of_item(words, replace(spot, setting=setting))]
    return found if len(told) > 1 or any(one.task.due for one in found) else None


def _in_cell(spot: RowSpot, cell: Cell, words: str, months: tuple[str, ...], rule: Rule = Rule.IN_MONTH) -> Found:
    """What a cell says is to be done in these months."""
    block = When(0, 0, rule, months=months)
    found = in_block(cell.text, 0, len(cell.text), spot.entry, replace(spot.setting, block=block))
    owed = _owed(spot, words, event=False)
    task = replace(found.task, task=task_line(words), from_level=owed.source, from_explicit=owed.explicit)
    status = Status.TENTATIVE if rule is Rule.TENTATIVE_MONTH else task.status
    return replace(found, task=replace(task, to_level=owed.target, status=status))


def _by_columns(spot: RowSpot) -> list[Found]:
    """One obligation for each time in the row's columns of dates; none where its words name days of their own."""
    contents = spot.line.of(Role.CONTENT) or spot.line.of(Role.DELIVERABLE)
    halves = [cell for cell in contents if _HALF_DAY.fullmatch(cell.column.label.strip(" :").lower())]
    return [one for content in halves or contents[:1] for one in _by_content(spot, content)]


def _by_content(spot: RowSpot, content: Cell) -> list[Found]:
    found = [
        _dated(spot, content, plain(content.said), when, cell)
        for cell in spot.line.of(*TIMES)
        if not (spot.line.block and cell.start == 0 and _NAMES_BLOCK.match(fold(mask(cell.text))))
        for when in _times(spot, cell, content)
    ]
    found += (
        [_dated(spot, content, plain(content.said), when, cell) for cell, when in _noted(spot)] if not found else []
    )
    if spot.line.above and spot.setting.block is None:
        times = column(mask(spot.line.above), spot.setting.calendar, Rule.ON)
        found += [_dated(spot, content, plain(content.said), when, content) for when in times]
    own = {when.due for when in find(mask(content.text), spot.setting.calendar) if when.rule in DATED}
    return found if not own or any(one.task.due and one.task.due not in own for one in found) else []


def _times(spot: RowSpot, cell: Cell, content: Cell) -> list[When]:
    rule = Rule.BY if cell.column.role is Role.DUE or hands_in(content.text) else Rule.ON
    calendar = spot.setting.calendar
    months = spot.setting.block.months if spot.setting.block else calendar.months
    times = (
        column(with_month(mask(cell.text), months), calendar, rule) or _week(cell.text, calendar) or _always(cell.text)
    )
    start = spot.first(Role.START)
    begins = [w.due for w in column(mask(start.text), spot.setting.calendar, rule) if w.due] if start else []
    return [replace(w, rule=Rule.RANGE, first=begins[0]) if begins and w.due else w for w in times]


def _noted(spot: RowSpot) -> list[tuple[Cell, When]]:
    """A note that is nothing but a time: "hạn chót 15 giờ ngày 09/10", "sáng 08/10"; numbers alone may be anything."""
    cells = [cell for cell in spot.line.of(Role.NOTE) if re.search(r"[^\W\d_]", mask(cell.text))]
    told = [(cell, when) for cell in cells for when in column(mask(cell.text), spot.setting.calendar, Rule.ON)]
    return [
        (cell, when)
        for cell, when in told
        if when.due and not re.search(r"[^\W_]", mask(cell.text)[: when.start] + mask(cell.text)[when.end :])
    ]


def _week(text: str, calendar: Calendar) -> list[When]:
    """ "Tuần 2" under a month."""
    shown = mask(text).strip(" .")
    found = week_in(shown, fold(shown), calendar) if _WEEK.fullmatch(fold(shown)) else None
    return [replace(found, start=0, end=len(text))] if found else []


def _always(text: str) -> list[When]:
    """ "Thường xuyên", "Cả năm học": no day, but a time all the same."""
    if not _ALWAYS.match(fold(mask(text)).strip()):
        return []
    return [When(0, len(text), Rule.PERIOD, recurrence=" ".join(mask(text).split()).lower())]


def _dated(spot: RowSpot, content: Cell, words: str, when: When, cell: Cell) -> Found:
    """The row's task with the time that `cell` holds."""
    whole = _stretch(spot.line, content, cell)
    event = when.rule in (Rule.ON, Rule.EVENT) and not hands_in(words)
    owed = _owed(spot, words, event=event, header=cell.column.label)
    base = in_block(whole, 0, len(whole), spot.entry, replace(spot.setting, block=None)).task
    task = replace(
        base,
        snippet=whole,
        task=task_line(words),
        kind=kind_of(when, words),
        from_level=owed.source,
        from_explicit=owed.explicit,
        to_level=owed.target,
        channel=spot.words(Role.CHANNEL) or channel(words),
        deliverable=spot.words(Role.DELIVERABLE) or deliverable(words),
    )
    if _TENTATIVE.fullmatch(fold(spot.words(Role.NOTE))):
        when = replace(when, tentative=True)
    return Found(timed(task, when, spot.setting.block), when)


def _stretch(line: Line, content: Cell, cell: Cell) -> str:
    """The row from the task to its date; the date alone where another date stands between."""
    between = [c for c in line.of(Role.DUE, Role.OLD, Role.OF_MONTH) if content.end <= c.start < cell.start]
    start, end = (cell, cell) if between else sorted((content, cell), key=lambda one: one.start)
    return line.row.text[start.start : end.end].strip()


def _owed(spot: RowSpot, words: str, *, event: bool, header: str = "") -> Owed:
    """Who owes whom by the row's own columns, then by its words and its header's."""
    setting = spot.setting
    by_words = who_owes(f"{words} {header}".strip(), words, setting.above, setting.side, event=event)
    source, target = (level_in(spot.words(role), setting.side) for role in (Role.WHO, Role.TO))
    if target is None:  # "Các trường gửi UBND phường", "Gửi UBND phường trước 10/3"
        told = [cell.text for cell in spot.line.of(Role.WHO, Role.DUE, Role.TIME) if hands_in(cell.text)]
        target = next((level for words in told if (level := receiver(words, setting.side))), None)
    if source is None and target is None:
        return by_words
    given = by_words.target if target is None else target
    return Owed(source or by_words.source, given if given is not source else None, source is not None)


def _by_words(spot: RowSpot) -> list[Found]:
    """Rows whose words say everything: one obligation for each dated clause, else one for each item."""
    found: list[Found] = []
    for cell in spot.line.of(Role.CONTENT) or spot.line.of(Role.DELIVERABLE):
        for start, end in _parts(cell, spot):
            found += _of_item(cell.text[start:end], spot)
    return found


def _parts(cell: Cell, spot: RowSpot) -> list[tuple[int, int]]:
    """The items of a cell that are things to do; those that only name what the first one holds are left out."""
    found = items(cell.text)
    shown = mask(cell.text)
    lead = [one for one in found[:1] if not one.bulleted]
    listed = found[len(lead) :]
    if lead and sum(starts_with_verb(shown[one.start :]) for one in listed) * 2 < len(listed):
        listed = [one for one in listed if find(shown[one.start : one.end], spot.setting.calendar)]
    return [(one.start, one.end) for one in (*lead, *listed)]


def _of_item(words: str, spot: RowSpot) -> list[Found]:
    side = spot.setting.side
    setting = replace(spot.setting, above=level_in(spot.words(Role.WHO), side) or spot.setting.above)
    item = Entry(replace(spot.entry.passage, text=words, part=Part.ITEM), 0, spot.line, spot.entry.when)
    dated = [one for one in from_text(item, setting) if one.when is not None]
    if dated or setting.block is None:
        return dated
    shown = mask(words)
    starts = [a for a, b in sentences(shown) if a == 0 or _names_doer(shown[a:b], side)]
    ends = [*starts[1:], len(words)]
    return [in_block(words, a, b, item, setting) for a, b in zip(starts, ends, strict=True)]


def _names_doer(words: str, side: Side) -> bool:
    named = actors(words, side)
    return bool(named) and named[0].role == "does" and not words[: named[0].start].strip(" (")
