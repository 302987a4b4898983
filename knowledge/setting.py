"""Where an item stands: whose paper, under which headings, in which month; what it inherits from there."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.people import Level
from core.work import Obligation, Part, Rule
from knowledge.actors import Side
from knowledge.blocks import mask, readable
from knowledge.fold import fold
from knowledge.moments import When
from knowledge.outline import Entry
from knowledge.owed import heading_actor
from knowledge.wording import plain
from knowledge.years import Calendar

STANDING = (Rule.PERIOD, Rule.IN_YEAR, Rule.RELATIVE)
DATED = (Rule.BEFORE, Rule.BY, Rule.ON, Rule.RANGE, Rule.IN_WEEK, Rule.YEARLY)
_RECEIVER = re.compile(
    r"\W*(?:noi\s+(?:nhan|nop|gui)|dia\s+chi|hinh\s+thuc|gui\s+ve|nop\s+ve|cach\s+(?:gui|nop))\b[^:]{0,30}:"
)
_TIME_TITLE = re.compile(r"\W*(?:thang|tuan)\s+[\d]")
_WHEN_WHERE = re.compile(
    r"(?:(?:thoi gian|dia diem|lich|tien do|thoi han|ke hoach|thuc hien|to chuc|cac moc)[\s,;&-]*(?:va\s+)?)+"
)
_LONG_LEAD = 200  # characters; a longer lead introduces the paper, not its list


@dataclass(frozen=True, slots=True)
class Paper:
    """What is the same for every item of a document."""

    entries: Sequence[Entry]
    side: Side
    calendar: Calendar
    title: str = ""


@dataclass(frozen=True, slots=True)
class Setting:
    """What an item inherits from where it stands."""

    side: Side
    calendar: Calendar
    above: Level | None = None  # the actor of its headings
    parent: str = ""  # the words of the line above it
    beside: str = ""  # labels next to it: "Nơi nhận: …"
    headings: str = ""  # folded
    block: When | None = None  # the month or week it stands under


@dataclass(frozen=True, slots=True)
class Found:
    """An obligation on its way, and the time it rests on, for doubts."""

    task: Obligation
    when: When | None


def setting_of(entry: Entry, paper: Paper) -> Setting:
    """The setting of one entry of the paper."""
    block = entry.when if entry.when and (entry.when.months or entry.when.due) else None
    above = list(_above(entry, paper.entries))
    return Setting(
        side=paper.side,
        calendar=paper.calendar.within(block.months) if block else paper.calendar,
        above=next((level for a in above if (level := heading_actor(plain(a.passage.text), paper.side))), None),
        parent=_parent_words(above[0], paper) if above else "",
        beside=_labels(entry, paper.entries),
        headings=fold(" | ".join(readable(a.passage.text)[:120] for a in above if a.passage.part in _TITLES)),
        block=block,
    )


_TITLES = (Part.HEADING, Part.LEAD)


def _above(entry: Entry, entries: Sequence[Entry]) -> Iterator[Entry]:
    """The lines an entry stands under, nearest first."""
    parent = entry.passage.parent
    while parent is not None:
        yield entries[parent]
        parent = entries[parent].passage.parent


def _parent_words(above: Entry, paper: Paper) -> str:
    """The line above as the start of a task; "" where it only names an actor or a time, or introduces the paper."""
    words = plain(above.passage.text)
    if above.passage.part is Part.LEAD and not above.passage.section or _WHEN_WHERE.fullmatch(fold(words).strip(" :.")):
        words = re.sub(r"(?i)^v/v\s+", "", paper.title) or words  # its matter is the title's
    if _TIME_TITLE.match(fold(words)) or heading_actor(words, paper.side) or len(words) > _LONG_LEAD:
        return ""
    return words.rstrip(":. ")


def _labels(entry: Entry, entries: Sequence[Entry]) -> str:
    """The lines beside an item that say where and how to hand in."""
    parent = entry.passage.parent
    near = [] if parent is None or entry.passage.row else entries[parent + 1 : entry.passage.place + 12]
    return ". ".join(
        plain(one.passage.text)
        for one in near
        if one.passage.parent == parent and _RECEIVER.match(fold(mask(one.passage.text)))
    )
