"""Passages -> obligations: in month tables every row, elsewhere what carries a date, a month or a period."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from core.people import Level, Ownership
from core.work import Kind, Obligation, Part, Rule, Status
from knowledge.actors import Side, actors, ownership_in
from knowledge.blocks import mask
from knowledge.clauses import Clause, clauses, shortened
from knowledge.dates import find
from knowledge.details import channel, deliverable
from knowledge.fold import fold
from knowledge.items import starts_with_verb
from knowledge.moments import When
from knowledge.outline import Entry
from knowledge.owed import Owed, heading_actor, who_owes
from knowledge.wording import plain, snippet, task_line
from knowledge.years import Calendar

STANDING = (Rule.PERIOD, Rule.IN_YEAR, Rule.RELATIVE)
DATED = (Rule.BEFORE, Rule.BY, Rule.ON, Rule.RANGE, Rule.IN_WEEK, Rule.YEARLY)
_LABEL = re.compile(r"\W*(?:thoi\s+(?:gian|han|diem)|han|ngay|lich)\b[^:.;]{0,22}:")
_GENERIC = re.compile(
    r"(?:thoi (?:gian|han|diem)|han|ngay|lich)(?: (?:cuoi|chot|nop|gui|bao cao|to chuc|thuc hien|du kien|hoan thanh|cung))*|"
    r"(?:tu|vao|luc|ngay|½ ngay|trong|\W)*"
)
_RECEIVER = re.compile(
    r"\W*(?:noi\s+(?:nhan|nop|gui)|dia\s+chi|hinh\s+thuc|gui\s+ve|nop\s+ve|cach\s+(?:gui|nop))\b[^:]{0,30}:"
)
_AIMS = re.compile(
    r"\b(?:muc dich|yeu cau|phuong huong|danh gia|ket qua|tinh hinh|dac diem|kinh phi|thuan loi|kho khan|ton tai|uu diem)\b"
)
_EMPHASIS = re.compile(
    r"\W*(?:chu\s+trong|quan\s+tam|coi\s+trong|nang\s+cao|phat\s+huy|dam\s+bao\s+(?!it|toi)|tao\s+dieu\s+kien|khuyen\s+khich)\b"
)
_AT_LEAST = re.compile(r"\b(?:it nhat|toi thieu)\b")
_HANDS_IN = re.compile(r"\b(?:gui|nop|bao\s+cao|dang\s+ky|hoan\s+thanh|trinh)\b")
_DID = re.compile(r"\bda\s+(?:to\s+chuc|thuc\s+hien|hoan\s+thanh|trien\s+khai|gui|nop|ban\s+hanh|xay\s+dung)\b")
_TWO_WAYS = re.compile(
    r"\bqua\s+(?:dia\s+chi|he\s+thong|phan\s+mem|e-?mail|zalo|cong|duong|trang|hom\s+thu|hop\s+thu)[^.;,]*?(?P<cut>\s+va\s+)(?=[^.;]*\bqua\s)"
)
_VAGUE = re.compile(r"\W*(?:[\w&]+\s+){0,6}?(?:gui|nop|hoan thanh|bao cao|xong)\b(?:\s+(?:ve|cho|len|xong)\b.*)?")


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


def from_text(entry: Entry, setting: Setting) -> list[Found]:
    """The obligations of a line of words."""
    raw = entry.passage.text
    shown = mask(raw)
    times = [when for when in find(shown, setting.calendar) if _counts(when, shown, entry, setting)]
    found = [done for clause in clauses(shown, times, entry.words) for done in _of_clause(clause, raw, entry, setting)]
    if found or setting.block is None or entry.passage.part not in (Part.ITEM, Part.TEXT) or not _is_task(shown, entry):
        return found
    return [in_block(raw, entry.words, len(raw), entry, setting)]


def in_block(raw: str, start: int, end: int, entry: Entry, setting: Setting) -> Found:
    """A thing to be done in the month or week of its block, without a date of its own."""
    words = plain(raw, start, end)
    owed = who_owes(words, words, setting.above, setting.side, event=_official(words, setting))
    when = setting.block
    task = _base(entry, snippet(raw, start, end), task_line(_outside(words)), owed)
    if when is None:
        return Found(task, None)
    return Found(
        replace(
            task,
            months=when.months,
            rule=when.rule,
            start=when.first,
            due=when.due,
            kind=Kind.ACTIVITY,
            channel=channel(words),
            deliverable=deliverable(words),
            ownership=_for_whom(words, owed.source),
        ),
        None,
    )


def _for_whom(words: str, source: Level | None) -> tuple[Ownership, ...]:
    """The kinds of school that owe it; what an office does about them is not theirs."""
    return ownership_in(words) if source in (Level.SCHOOL, Level.TEACHER) else ()


def _official(words: str, setting: Setting) -> bool:
    """In a month's plan of an office, what names nobody is the office's own work, unless it is done with children."""
    return setting.side.issuer is not Level.SCHOOL and not re.search(r"\b(?:tre|be|truong|lop|hoc sinh)\b", fold(words))


def _outside(words: str) -> str:
    """The words before a bracket that explains them."""
    cut = words.find(" (")
    return words[:cut] if cut > 25 else words


def _is_task(shown: str, entry: Entry) -> bool:
    words = shown[entry.words :]
    return starts_with_verb(words) or (entry.passage.part is Part.ITEM and len(words.split()) >= 3)


def _counts(when: When, shown: str, entry: Entry, setting: Setting) -> bool:
    """Whether this time is one by which something is owed here."""
    part = entry.passage.part
    if part in (Part.HEAD, Part.CLOSING) or (part is Part.BASIS and when.rule not in (Rule.BEFORE, Rule.BY)):
        return False
    if part is Part.HEADING and (when.rule not in DATED or entry.when is not None):
        return False
    if when.rule in STANDING and shown[when.end :].lstrip().startswith(":"):
        return False  # "Báo cáo đầu năm học: …" names a paper
    if when.rule in STANDING:
        return setting.block is None and _is_standing(when, shown, entry, setting)
    if when.rule in (Rule.IN_MONTH, Rule.IN_QUARTER) and not when.doubt:
        return not (setting.block and set(when.months) <= set(setting.block.months)) and not _over(when, shown, setting)
    return not (when.rule is Rule.ON and _over(when, shown, setting))


def _over(when: When, shown: str, setting: Setting) -> bool:
    """A look back: "trong tháng 9 các trường đã tổ chức"."""
    return bool(_DID.search(fold(shown))) or bool(
        re.search(r"\b(?:ket qua|danh gia (?:cong tac|ket)|kiem diem)\b", setting.headings)
    )


def _is_standing(when: When, shown: str, entry: Entry, setting: Setting) -> bool:
    if entry.passage.part not in (Part.ITEM, Part.TEXT) or _AIMS.search(setting.headings):
        return False
    begins = max(entry.words, *(m.end() for m in re.finditer(r"[.;:]\s+", shown[: when.start])), 0)
    words = shown[shortened(shown, begins, when.start) : when.start]
    named = actors(words, setting.side)
    if named and named[0].role == "does" and not words[: named[0].start].strip(" -+*·•"):
        return True
    if _AT_LEAST.search(fold(words)):
        return True
    if when.rule is Rule.RELATIVE:
        return bool(_HANDS_IN.search(fold(shown[begins : when.end + 80])))
    leads = not re.sub(r"(?i)định kỳ|[\W_]", "", words)
    return (
        leads or (starts_with_verb(words) or bool(_HANDS_IN.search(fold(words)))) and not _EMPHASIS.match(fold(words))
    )


def _of_clause(clause: Clause, raw: str, entry: Entry, setting: Setting) -> Iterator[Found]:
    shown = mask(raw)
    start = clause.start
    if clause.when.rule in STANDING:
        start = shortened(shown, start, clause.when.start)
    two = _TWO_WAYS.search(fold(shown), start, clause.end)
    if two and clause.when.rule in DATED:
        yield _one(clause, raw, start, two.start("cut"), entry, setting)
        yield _one(clause, raw, two.end("cut"), clause.end, entry, setting, lead=shown[start : two.start("cut")])
        return
    yield _one(clause, raw, start, clause.end, entry, setting)


def _one(clause: Clause, raw: str, start: int, end: int, entry: Entry, setting: Setting, lead: str = "") -> Found:
    when, shown = clause.when, mask(raw)
    words = shown[start:end]
    around = shown[slice(*clause.main)] if clause.main else lead or shown[entry.words : start]
    labelled = bool(_LABEL.match(fold(words)) or _LABEL.match(fold(shown[entry.words :])))
    if labelled:
        around = setting.parent
    event = when.rule in (Rule.ON, Rule.EVENT) and not _HANDS_IN.search(fold(words))
    side_words = words if start <= when.start < end else f"{words} "
    owed = who_owes(side_words, around or shown[end : clause.rest], setting.above, setting.side, event=event)
    if owed.target is None and shown[end : clause.rest].strip() and not event:
        rest = who_owes(side_words + shown[end : clause.rest], around, setting.above, setting.side)
        owed = replace(owed, target=rest.target)
    if labelled and owed.target is None:
        owed = replace(owed, target=who_owes(setting.beside, "", None, setting.side).target)
    keep = (when.start, when.end) if start <= when.start and when.end <= end else None
    told = _told(clause, raw, start, end, entry, setting, labelled, lead)
    about = f"{shown[start : max(end, clause.rest)]} {setting.beside if labelled else ''}"
    task = replace(
        _base(entry, snippet(raw, start, end, keep), told, owed),
        kind=_kind(when, words, setting),
        channel=channel(about if not lead else words),
        deliverable=deliverable(f"gửi {words}" if lead else words) or (deliverable(around) if labelled else None),
        ownership=_for_whom(f"{told} {words}", owed.source),
    )
    return Found(_timed(task, when, setting), when)


def _base(entry: Entry, words: str, told: str, owed: Owed) -> Obligation:
    passage = entry.passage
    return Obligation(
        snippet=words,
        task=told or task_line(plain(words)),
        line=passage.line,
        passage=passage.place,
        section=passage.section,
        row=passage.row,
        from_level=owed.source,
        from_explicit=owed.explicit,
        to_level=owed.target,
    )


def _timed(task: Obligation, when: When, setting: Setting) -> Obligation:
    months = setting.block.months if setting.block and when.rule in DATED else ()
    names = tuple(dict.fromkeys(months + when.months)) if set(months) & set(when.months) else when.months
    tentative = when.tentative or "du kien" in fold(task.snippet)
    return replace(
        task,
        months=names,
        start=when.first,
        due=when.due,
        rule=when.rule,
        time=when.time,
        recurrence=when.recurrence,
        status=Status.TENTATIVE if tentative else Status.FIRM,
        note=when.doubt or when.note,
    )


def _kind(when: When, words: str, setting: Setting) -> Kind:
    if when.rule in (Rule.WEEKLY, Rule.MONTHLY):
        return Kind.RECURRING
    if when.rule in STANDING:
        return Kind.PERIODIC
    if when.rule in (Rule.BEFORE, Rule.BY, Rule.YEARLY):
        return Kind.DEADLINE
    hands_in = bool(re.search(r"\b(?:gui|nop)\b", fold(words)))
    if when.rule is Rule.ON:
        return Kind.DEADLINE if hands_in else Kind.EVENT
    return Kind.DEADLINE if hands_in else Kind.ACTIVITY


def _told(
    clause: Clause, raw: str, start: int, end: int, entry: Entry, setting: Setting, labelled: bool, lead: str
) -> str:
    """What the task is, in words that stand alone."""
    shown = mask(raw)
    own = _without(shown, start, end, clause.when)
    if labelled:
        told = [part.strip() for part in own.split(":") if part.strip() and not _GENERIC.fullmatch(fold(part).strip())]
        return task_line(": ".join(filter(None, (setting.parent, *told))))
    if clause.main:
        main = _outside(plain(raw, *clause.main))
        return task_line(
            main
            if _VAGUE.fullmatch(fold(own)) and len(own.split()) < 8
            else f"{main}: {own}"
            if len(own.split()) > 4
            else main
        )
    if lead:
        return task_line(f"Gửi {own}" if not starts_with_verb(own) else own)
    before = "" if clause.follows and starts_with_verb(own) else plain(raw, entry.words, start)
    short = len(own.split()) < (2 if starts_with_verb(own) else 4) or (
        _VAGUE.fullmatch(fold(own)) and len(own.split()) < 9
    )
    if short and before:
        return task_line(f"{before}: {own}" if own else before)
    if (short or shown.lstrip().startswith("(")) and setting.parent:
        return task_line(f"{setting.parent.strip(' :')}: {own}")
    return task_line(own)


def _without(shown: str, start: int, end: int, when: When) -> str:
    """The clause without the words of its time."""
    words = shown[start : min(max(when.start, start), end)] + " " + shown[max(min(when.end, end), start) : end]
    return plain(words)


def labels(entries: Sequence[Entry], parent: int | None) -> str:
    """The lines beside an item that say where and how to hand in."""
    if parent is None:
        return ""
    return ". ".join(
        plain(entry.passage.text)
        for entry in entries
        if entry.passage.parent == parent and _RECEIVER.match(fold(mask(entry.passage.text)))
    )


def actor_above(entry: Entry, entries: Sequence[Entry], side: Side) -> Level | None:
    """The nearest heading or lead above that is an actor's name."""
    parent = entry.passage.parent
    while parent is not None:
        above = entries[parent]
        level = heading_actor(plain(above.passage.text), side)
        if level:
            return level
        parent = above.passage.parent
    return None
