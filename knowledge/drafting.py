"""A draft being checked: what is still doubtful, what it says in figures, what of it is published."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import TypeVar

from core.drafts import Draft, Fate
from core.people import Level, UnitTree
from core.work import Doubt, DoubtKind, Kind, Obligation, Plan
from knowledge.fold import fold
from knowledge.proposed import anew_in, confirmed

T = TypeVar("T")
_ENDINGS = {
    *(".txt", ".md", ".text", ".tsv", ".docx", ".doc", ".odt", ".rtf", ".pdf", ".xlsx", ".xls", ".ods"),
    *(".html", ".htm", ".eml", ".zip"),
}
_TO_READ = re.compile(
    r"\b(?:can doc|doc (?:giup|ho)|nho doc)\b|^(?:day la |gui )?(?:van ban|cong van)(?: moi| den)?(?: a| nhe)?$"
)
_OF_A_DAY = (
    *(DoubtKind.SCANNED, DoubtKind.DATE, DoubtKind.TIERS, DoubtKind.PAST, DoubtKind.ORDER, DoubtKind.CLOSED),
    DoubtKind.SOON,
)


@dataclass(frozen=True, slots=True)
class Figures:
    """How much was read: tasks, rows with a day, rows whose day binds school and office, doubts."""

    tasks: int
    dated: int
    two_tiers: int
    doubts: int


def may_be_read(name: str) -> bool:
    """Whether a file of this name is a document, not a photo or a film."""
    return PurePath(name).suffix.lower() in _ENDINGS


def wants_reading(caption: str) -> bool:
    """Whether what was written with a file asks to read it: "kế hoạch cần đọc", "văn bản mới"."""
    return bool(_TO_READ.search(fold(caption).strip(" \n.!:")))


def figures(draft: Draft) -> Figures:
    plan = draft.read
    rows: dict[tuple[str, int], set[Level | None]] = {}
    for task in plan.obligations:
        if task.due:
            found = rows.setdefault((task.row, 0) if task.row else ("", task.passage), set())
            found |= {task.from_level} if task.kind is Kind.DEADLINE else set()
    return Figures(len(plan.obligations), len(rows), sum(len(one) > 1 for one in rows.values()), len(asked(draft)))


def asked(draft: Draft) -> tuple[int, ...]:
    """The numbers of the doubts that somebody is asked about, settled or not, worst first.

    Of an item that only says an earlier task anew nothing is asked, but whether its day was seen right in a picture.
    """
    doubts, anew = draft.plan.doubts if draft.plan else (), anew_in(draft)
    return tuple(n for n, one in enumerate(doubts) if one.kind is DoubtKind.SCANNED or one.task not in anew)


def open_doubts(draft: Draft) -> tuple[int, ...]:
    """The numbers of those that nobody has settled, worst first."""
    return tuple(n for n in asked(draft) if n not in draft.settled and draft.read.doubts[n].task not in draft.dropped)


def unticked(draft: Draft) -> int:
    """How many dates that were read from a picture nobody has looked at: such a draft is not published."""
    return sum(draft.read.doubts[n].kind is DoubtKind.SCANNED for n in open_doubts(draft))


def settled_by(draft: Draft, item: int, before: Obligation, after: Obligation) -> dict[int, Fate]:
    """The open doubts about this item that its correction answers."""
    found: dict[int, Fate] = {}
    for number in open_doubts(draft):
        one = draft.read.doubts[number]
        if one.task == item and _answers(one, before, after):
            found[number] = Fate.CORRECTED
    return found


def with_item(plan: Plan, item: int, task: Obligation) -> Plan:
    """The plan with this obligation in the place of the one with this number."""
    tasks = list(plan.obligations)
    tasks[item] = task
    return replace(plan, obligations=tuple(tasks))


def final(draft: Draft) -> Plan:
    """What is published: without the dropped items, nor what was doubtful about it.

    Nor what only says an earlier task anew: nobody is asked for it twice.
    """
    out = draft.dropped.union(*(one.amending.own for one in confirmed(draft)))
    kept = [task for n, task in enumerate(draft.read.obligations) if n not in out]
    return replace(draft.read, obligations=tuple(kept), doubts=())


def shelf_unit(tree: UnitTree, draft: Draft) -> str:
    """Whose it is once published: its issuer's, where that is the sender's unit or below.

    A paper from above is kept as the sender's own: nobody speaks to units that are not below.
    """
    return draft.issuer if within(tree, draft.issuer, draft.unit) else draft.unit


def within(tree: UnitTree, unit: str, office: str) -> bool:
    return unit == office or tree.is_below(unit, office)


def pages(items: Sequence[T], page: int, size: int) -> tuple[Sequence[T], bool]:
    """Those of this page, counted from 1, and whether more follow."""
    return items[(page - 1) * size : page * size], len(items) > page * size


def _answers(doubt: Doubt, before: Obligation, after: Obligation) -> bool:
    if doubt.kind in _OF_A_DAY:
        return (before.due, before.rule, before.time) != (after.due, after.rule, after.time)
    if doubt.kind is DoubtKind.RECEIVER:
        return before.to_level is not after.to_level
    return before != after
