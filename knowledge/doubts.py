"""What a person should look at before trusting a reading, the worst first; only where there is a reason."""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from core.texts import doubts as texts
from core.work import Doubt, DoubtKind, Kind, Obligation, Plan, Rule
from knowledge.blocks import readable
from knowledge.fold import fold
from knowledge.outline import Entry
from knowledge.setting import Found
from knowledge.tables import Sort
from knowledge.workdays import last_working, working_after

TOO_CLOSE = 2  # working days between the paper and what it asks for
_WORDS = 70  # characters of a row that are shown
_BOUND = (Rule.BEFORE, Rule.BY, Rule.ON, Rule.RANGE)
_SENDS = re.compile(r"\b(?:gui|nop|chuyen)\b")
_NO_RECEIVER = re.compile(r"\b(?:gui|nop) (?:\w+ ){0,3}ve (?:gddt|gd dt|gd&đt|gd&dt|don vi|tren)\b(?! huyen| xa| quan)")
_GATHERING = re.compile(r"\bhoi nghi\b.*\b(so ket|tong ket)\b|\b(so ket|tong ket)\b.*\bhoi nghi\b")
_SPELT = re.compile(r"\b0?(\d{1,2})\s*\((một|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười)\)", re.IGNORECASE)
_ANEW = re.compile(r"[-+•*·–]|[^\W\d_](?<![a-zà-ỹđ])")  # a bullet or a capital letter; "(kèm biểu …)" goes on
_NUMBERS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_COUNTED = re.compile(
    r"\b0?(\d{1,2}) (?:nội dung|phần|nhóm|mục|tiêu chí|loại|bước|thành phần)(?: sau| như sau| sau đây)\s*:$"
)


def doubts_of(plan: Plan, found: Sequence[Found], entries: Sequence[Entry]) -> tuple[Doubt, ...]:
    """Of a plan and what it was made of: `found[n]` is what its n-th obligation rests on. Each is said once,
    but every day of a picture: who puts one task right has not looked at the other."""
    told = [
        *_dates(found),
        *_scanned(plan),
        *_tiers(plan),
        *_past(plan),
        *_figures(plan, entries),
        *_order(plan),
        *_receivers(plan),
        *_joined(entries),
        *_closed(plan),
        *_soon(plan),
    ]
    once = {(one.line, one.message, one.task if one.kind is DoubtKind.SCANNED else None): one for one in told}
    return worst_first(once.values())


def worst_first(doubts: Iterable[Doubt]) -> tuple[Doubt, ...]:
    """As a person should look at them; of one kind as they stand in the document."""
    worst = list(DoubtKind)
    return tuple(sorted(doubts, key=lambda doubt: (worst.index(doubt.kind), doubt.line)))


def out_of_order(plan: Plan) -> tuple[Doubt, ...]:
    """What its own days say against each other: tiers, gatherings before their reports."""
    return (*_tiers(plan), *_order(plan))


def _bound(plan: Plan) -> Iterator[tuple[int, Obligation]]:
    """The tasks that a day binds."""
    return ((n, task) for n, task in enumerate(plan.obligations) if task.due and task.rule in _BOUND)


def _doubt(kind: DoubtKind, number: int, task: Obligation, message: str, question: str) -> Doubt:
    return Doubt(task.line, message, kind, question, task.snippet, number)


def _dates(found: Sequence[Found]) -> Iterator[Doubt]:
    """Days that do not exist, years that contradict the paper, weekdays that do not match."""
    for number, one in enumerate(found):
        if one.when and one.when.doubt:
            yield _doubt(DoubtKind.DATE, number, one.task, one.when.doubt, texts.WHICH_DAY)


def _scanned(plan: Plan) -> Iterator[Doubt]:
    for number, task in enumerate(plan.obligations):
        spot = plan.passages[task.passage].spot
        if task.due and spot and spot.scanned:
            yield _doubt(DoubtKind.SCANNED, number, task, texts.scanned(task.due), texts.RIGHT_DATE)


def _tiers(plan: Plan) -> Iterator[Doubt]:
    """In one passage or row the office's day must come after its schools'."""
    tasks = [(n, task) for n, task in _bound(plan) if task.kind is Kind.DEADLINE and task.until and task.to_level]
    for number, upper in tasks:
        lowers = [t for _, t in tasks if t.passage == upper.passage and t.to_level is upper.from_level]
        for lower in lowers:
            if lower is not upper and lower.until and upper.until and lower.until.last >= upper.until.last:
                said = texts.tiers(lower.until, upper.until)
                yield _doubt(DoubtKind.TIERS, number, upper, said, texts.WHICH_DAY)


def _past(plan: Plan) -> Iterator[Doubt]:
    issued = plan.head.date
    for number, task in _bound(plan):
        if issued and task.due and task.due < issued and task.until and task.kind is Kind.DEADLINE:
            yield _doubt(DoubtKind.PAST, number, task, texts.past(task.until, issued), texts.WHICH_DAY)


def _soon(plan: Plan) -> Iterator[Doubt]:
    issued = plan.head.date
    first = working_after(issued, TOO_CLOSE) if issued else None
    for number, task in _bound(plan):
        due = task.until
        if issued and first and due and task.kind is Kind.DEADLINE and issued <= due.day and due.last < first:
            yield _doubt(DoubtKind.SOON, number, task, texts.soon(due, issued), texts.KEEP)


def _closed(plan: Plan) -> Iterator[Doubt]:
    """On a Saturday most offices are closed too, and everybody knows; a Sunday or holiday is a slip."""
    for number, task in _bound(plan):
        due = task.until
        if due and task.kind is Kind.DEADLINE and _nobody_works(due.day):
            said = texts.closed(due, last_working(due.last))
            yield _doubt(DoubtKind.CLOSED, number, task, said, texts.KEEP)


def _nobody_works(day: date) -> bool:
    return day.weekday() == 6 or (day.weekday() < 5 and last_working(day) != day)


def _order(plan: Plan) -> Iterator[Doubt]:
    """A wrap-up conference before the reports that it is about are due."""
    for event in plan.obligations:
        if event.kind is not Kind.EVENT or not event.due:
            continue
        named = _GATHERING.search(fold(f"{event.task} {plan.passages[event.passage].text}"))
        about = named and (named[1] or named[2])
        for number, task in _bound(plan):
            late = about and task.due and task.kind is Kind.DEADLINE and task.due > event.due
            if late and task.until and f"bao cao {about}" in fold(f"{task.task} {task.deliverable or ''}"):
                yield _doubt(DoubtKind.ORDER, number, task, texts.order(event.due, task.until), texts.KEEP)


def _receivers(plan: Plan) -> Iterator[Doubt]:
    for number, task in _bound(plan):
        words = fold(readable(task.snippet))
        cut = _NO_RECEIVER.search(words)
        unknown = task.to_level is None and not task.channel and _SENDS.search(words)
        if task.kind is Kind.DEADLINE and (cut or unknown):
            said = texts.receiver(_short(task.snippet))
            yield _doubt(DoubtKind.RECEIVER, number, task, said, texts.WHO_GETS)


def _figures(plan: Plan, entries: Sequence[Entry]) -> Iterator[Doubt]:
    """ "05 (bốn)", and a list that is not as long as it is said to be."""
    for entry in entries:
        text = readable(entry.passage.text)
        for spelt in _SPELT.finditer(text):
            if int(spelt[1]) != _NUMBERS.index(spelt[2].lower()):
                said = texts.words_and_figure(spelt[0])
                yield Doubt(entry.passage.line, said, DoubtKind.FIGURES, texts.KEEP, spelt[0])
        counted = _COUNTED.search(text)
        below = [one for one in plan.passages if one.parent == entry.passage.place] if counted else []
        if counted and below and len(below) != int(counted[1]):
            said = texts.counted(int(counted[1]), len(below), _short(text))
            yield Doubt(entry.passage.line, said, DoubtKind.FIGURES, texts.KEEP, counted[0])


def _joined(entries: Sequence[Entry]) -> Iterator[Doubt]:
    """A row without month and number that begins anew may be a task of its own."""
    for entry in entries:
        if entry.line and entry.line.sort is Sort.MORE:
            said, line = _short(entry.line.row.text), entry.line.row.line
            if _ANEW.match(said):
                yield Doubt(line, texts.joined(said), DoubtKind.JOINED, texts.SAME_ROW, entry.passage.text)


def _short(text: str) -> str:
    shown = readable(text)
    return shown if len(shown) <= _WORDS else f"{shown[:_WORDS].rsplit(' ', 1)[0]}…"
