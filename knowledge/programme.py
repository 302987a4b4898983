"""The programme of an event: a table whose rows are hours, each an item on the event's day."""

import re
from collections.abc import Sequence
from dataclasses import replace

from core.work import Kind, Part, Rule
from knowledge.blocks import mask
from knowledge.columns import Role
from knowledge.fold import fold
from knowledge.moments import clock
from knowledge.obligations import in_block
from knowledge.outline import Entry
from knowledge.setting import Found
from knowledge.spots import TIMES, RowSpot, level_in
from knowledge.tables import Line
from knowledge.wording import plain, task_line

_HOUR = r"\d{1,2}\s*(?:h|g|gio|:)\s*\d{0,2}\s*['’]?"
_HOURS = re.compile(rf"\s*(?:tu\s+)?{_HOUR}(?:\s*(?:[-–]|den)\s*{_HOUR})?\s*")
_PROGRAMME = re.compile(r"\b(?:chuong trinh|lich trinh|kich ban)\b")
_OWN_TIME = re.compile(r"\W*(?:\d+\W+)?thoi gian\b")


def event_of(found: Sequence[Found], entry: Entry, entries: Sequence[Entry]) -> Found | None:
    """The gathering whose programme a row may be: under a line "Chương trình" the paper's own, told as "Thời gian: …".

    Else, or where the paper has several such days, the one told just before the table in its section.
    """
    if entry.passage.months:
        return None
    near = [one for one in found if one.task.rule is Rule.ON and one.task.kind is Kind.EVENT]
    own = [one for one in near if _OWN_TIME.match(fold(mask(one.task.snippet)))]
    if _titled(entry, entries) and len({one.task.due for one in own}) == 1:
        return own[0]
    return near[-1] if near and near[-1].task.section == entry.passage.section else None


def _titled(entry: Entry, entries: Sequence[Entry]) -> bool:
    """Whether the table stands under a line that names a programme."""
    place = entry.passage.place - 1
    while place >= 0 and (entries[place].passage.part is Part.ROW or "\t" in entries[place].passage.text):
        place -= 1
    above = [entries[at].passage.text for at in (place, entry.passage.parent) if at is not None and at >= 0]
    return any(_PROGRAMME.search(fold(mask(text))) for text in above)


def hours(line: Line) -> str | None:
    """The hours of a row, "08:10-08:30" or "11:00"; None where it has none."""
    cells = [cell for cell in line.of(*TIMES, Role.CONTENT) if _HOURS.fullmatch(fold(mask(cell.text)))]
    return clock(fold(cells[0].text)) if cells else None


def agenda(spot: RowSpot, event: Found, at: str) -> Found:
    """An item of a programme: on the event's day, at its own hours, by whoever the row names."""
    cells = [c for c in spot.line.of(Role.CONTENT) if not _HOURS.fullmatch(fold(mask(c.text)))]
    who = spot.words(Role.WHO)
    level = level_in(who, spot.setting.side)
    whole = spot.entry.passage.text
    base = in_block(whole, 0, len(whole), spot.entry, replace(spot.setting, block=None)).task
    task = replace(
        base,
        task=task_line(" ".join(plain(cell.text) for cell in cells)) + (f" ({who.rstrip(';. ')})" if who else ""),
        kind=Kind.AGENDA,
        months=event.task.months,
        due=event.task.due,
        rule=Rule.ON,
        time=at,
        status=event.task.status,
        from_level=level or event.task.from_level,
        from_explicit=level is not None,
        to_level=None,
    )
    return Found(task, None)
