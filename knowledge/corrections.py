"""What an officer types to put a reading right: "hạn 18/12", "không có hạn", "gửi Sở", "việc: …"."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from core.errors import BadInput
from core.people import Level
from core.work import Head, Kind, Obligation, Rule
from knowledge.dates import column
from knowledge.extract import calendar_of
from knowledge.fold import fold, nfc
from knowledge.moments import When

LONGEST = 300  # characters of a task that is typed
_BINDS = (Rule.BEFORE, Rule.BY, Rule.ON)
_DATED = (*_BINDS, Rule.RANGE)
_NO_DATE = re.compile(r"(?:khong (?:co |ghi )?(?:han|ngay)|bo (?:han|ngay)|chua co han)(?: nop| cu the| nao)?")
_TASK = re.compile(r"(?:noi dung |ten )?viec(?: la)? ?: ?|(?:noi dung|ten) viec la ")
_SENT = re.compile(r"(?:noi nhan|gui|nop)(?: (?:ve|cho|len|toi|den))* ?:? ?")
_EDU = r"(?: (?:gd ?(?:&|va)? ?d?t|gddt|giao duc(?: va dao tao)?))?"
_RECEIVERS = (
    (Level.MINISTRY, re.compile(rf"bo{_EDU}")),
    (Level.DEPARTMENT, re.compile(rf"so{_EDU}")),
    (Level.DISTRICT, re.compile(rf"phong{_EDU}")),
    (Level.COMMUNE, re.compile(r"(?:ubnd |uy ban (?:nhan dan )?)?(?:cap )?(?:xa|phuong|xa,? phuong|xa/phuong)")),
    (Level.SCHOOL, re.compile(r"(?:nha )?truong|hieu truong")),
)
_OPENS = re.compile(
    r"(?:han|ngay|thu (?:[2-7]|hai|ba|tu|nam|sau|bay)|chu nhat|cham nhat|muon nhat|truoc|den|tu|"
    r"khong (?:co )?(?:han|ngay)|gui|nop (?:ve|cho|len)|noi nhan|noi dung viec|\d+)\b|viec ?:"
)
_AND = re.compile(r"\s*;\s*|,\s+(?=[^\d\s])")  # between "hạn 18/12" and "gửi Sở"
_ASKED = re.compile(r"\b(?:gi|nao|khi|bao gio|bao nhieu|ai|sao|may|dau|chua)\b")
_POLITE = re.compile(r"^(?:(?:dung ra |dung |phai |sua (?:lai )?)(?:la |thanh )?|la )")


def corrected(words: str, task: Obligation, head: Head, today: date) -> Obligation | None:
    """The task as these words put it right; None: they say nothing of it. Raises BadInput for a day there is not."""
    said = _bare(words)
    parts = _AND.split(said)
    if len(parts) > 1 and (made := _each(parts, task, head, today)):
        return made
    left_out = any(_SENT.match(fold(part)) or _TASK.match(fold(part)) for part in parts[1:])
    return None if left_out else _one(said, task, head, today)


def _each(parts: Sequence[str], task: Obligation, head: Head, today: date) -> Obligation | None:
    """With what each of these says; None: one of them says nothing."""
    made: Obligation | None = task
    for part in parts:
        made = _one(part, made, head, today) if made else None
    return made


def renamed(words: str, task: Obligation) -> Obligation:
    """The task called by these words."""
    return replace(task, task=" ".join(nfc(words).split())[:LONGEST])


def may_correct(words: str) -> bool:
    """Whether the words look like an answer to "which day, to whom?", understood or not, and not like a question."""
    said = fold(_bare(words))
    receiver = any(pattern.fullmatch(said) for _, pattern in _RECEIVERS)
    asks = words.rstrip().endswith("?") or (_ASKED.search(said) and not _TASK.match(said))
    return receiver or bool(_OPENS.match(said) and not asks and len(said) <= LONGEST)


def _bare(words: str) -> str:
    said = nfc(words).strip(" \n.!")
    return said[_polite(said) :].strip()


def _polite(said: str) -> int:
    found = _POLITE.match(fold(said))
    return found.end() if found else 0


def _one(said: str, task: Obligation, head: Head, today: date) -> Obligation | None:
    folded = fold(said)
    if _NO_DATE.fullmatch(folded):
        return _without_date(task)
    if found := _TASK.match(folded):
        words = said[found.end() :].strip()[:LONGEST]
        return replace(task, task=words) if words else None
    sent = _SENT.match(folded)
    receiver = folded[sent.end() :] if sent else folded
    for level, pattern in _RECEIVERS:
        if pattern.fullmatch(receiver.strip()):
            return replace(task, to_level=level)
    return _dated(said, task, head, today)


def _without_date(task: Obligation) -> Obligation:
    kind = Kind.ACTIVITY if task.kind is Kind.DEADLINE else task.kind
    return replace(task, start=None, due=None, rule=None, time=None, recurrence=None, kind=kind)


def _dated(said: str, task: Obligation, head: Head, today: date) -> Obligation | None:
    """With the one day, or the one span of days, that is named; a bare day binds as the one before did."""
    calendar = calendar_of(head)
    calendar = calendar if calendar.known else calendar.within((f"{today:%Y-%m}",))
    usual = task.rule if task.rule in _BINDS else Rule.BY
    found = column(said, calendar, usual)
    if found and found[0].doubt:
        raise BadInput(found[0].doubt)
    if len(found) != 1 or found[0].due is None or found[0].rule not in _DATED:
        return None
    return _with(task, found[0])


def _with(task: Obligation, when: When) -> Obligation:
    kind = Kind.DEADLINE if task.kind in (Kind.ACTIVITY, Kind.PERIODIC, Kind.RECURRING) else task.kind
    return replace(
        task,
        kind=kind,
        start=when.first,
        due=when.due,
        rule=when.rule,
        time=when.time,
        months=when.months,
        recurrence=None,
    )
