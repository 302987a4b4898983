"""The shelf as later documents leave it: obligations with their new day, and as they stood on an earlier one."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from core.amendments import Amending
from core.work import Change, Effect, Kind, Obligation, Passage, Plan, Rule, Shelved, Status, TaskRef
from knowledge.months import months_between, quarter
from knowledge.setting import DATED

MONTHLY = (Rule.IN_MONTH, Rule.IN_QUARTER, Rule.TENTATIVE_MONTH)  # without a day; `Change.start` is their first one
_BINDING = (Rule.BEFORE, Rule.BY, Rule.ON)


def amended(shelf: Sequence[Shelved], changes: Sequence[Change]) -> list[Shelved]:
    """The shelf with these changes and those it has already; in the same order, numbers of obligations as they were.

    A change of what the shelf does not hold is passed over. Applied twice, the result is the same.
    """
    by_document: dict[int, list[Change]] = {}
    for change in changes:
        by_document.setdefault(change.ref.document, []).append(change)
    return [_changed(one, by_document.get(one.id, ())) for one in shelf]


def as_of(shelved: Shelved, number: int, day: date) -> Obligation:
    """The obligation as it stood on this day; IndexError for a number that the plan does not have."""
    plan = shelved.first or shelved.plan
    return _with_all(plan, number, (one for one in history(shelved, number) if one.since <= day))


def history(shelved: Shelved, number: int) -> tuple[Change, ...]:
    """What changed this obligation, the oldest first; of an item of a programme: its event's."""
    event = _event_of(shelved.first or shelved.plan, number)
    return tuple(one for one in shelved.changes if one.ref.number in (number, event))


def change_of(said: Amending, ref: TaskRef, earlier: Obligation, by: int, since: date) -> Change:
    """The change that a confirmed amending makes of this obligation.

    Where it does not say how the new day binds (`rule` None), or by which hour, that stays as it was. A span that is
    only lengthened keeps its first day.
    """
    start, rule, time = said.start, said.rule, said.time
    if said.effect is Effect.MOVED and said.due:
        if rule is None:
            usual = Rule.BY if earlier.kind is Kind.DEADLINE else Rule.ON
            rule = earlier.rule if earlier.rule in _BINDING else usual
        if rule is Rule.BY and earlier.rule is Rule.RANGE and earlier.start and earlier.start <= said.due:
            start, rule = earlier.start, Rule.RANGE
        time = time or earlier.time
    return Change(ref, said.effect, by, said.passage, said.snippet, since, start, said.due, rule, time)


def without_day(said: Amending | Change) -> bool:
    """Whether it names no new time at all, so that nothing can be moved to it."""
    return said.due is None and said.start is None


def _changed(shelved: Shelved, more: Sequence[Change]) -> Shelved:
    plan = shelved.first or shelved.plan
    held = [one for one in more if one.ref.number < len(plan.obligations)]
    changes = tuple(sorted(dict.fromkeys((*shelved.changes, *held)), key=_age))
    if not changes:
        return shelved
    whole = replace(shelved, changes=changes, first=plan)
    tasks = tuple(_with_all(plan, number, history(whole, number)) for number in range(len(plan.obligations)))
    return replace(whole, plan=replace(plan, obligations=tasks))


def _event_of(plan: Plan, number: int) -> int | None:
    """The event whose programme this is an item of: of the same section and day."""
    item = plan.obligations[number]
    if item.kind is not Kind.AGENDA:
        return None
    tasks = enumerate(plan.obligations)
    same = (n for n, one in tasks if one.kind is Kind.EVENT and (one.section, one.due) == (item.section, item.due))
    return next(same, None)


def _age(change: Change) -> tuple[date, int, int]:
    return change.since, change.by, change.passage


def _with_all(plan: Plan, number: int, changes: Iterable[Change]) -> Obligation:
    task = plan.obligations[number]
    for change in changes:
        task = _with(task, change, plan.passages)
    return task


def _with(task: Obligation, change: Change, passages: Sequence[Passage]) -> Obligation:
    if change.effect is Effect.REVOKED:
        return replace(task, status=Status.SUPERSEDED, start=None, due=None, rule=None, time=None, recurrence=None)
    if without_day(change):  # said again as it was
        return replace(task, status=_standing(task, change))
    months = _months(change)
    block = passages[task.passage].months if change.rule in DATED else ()  # as extraction joins a day to its month
    return replace(
        task,
        months=tuple(dict.fromkeys(block + months)) if set(block) & set(months) else months,
        start=None if change.rule in MONTHLY else change.start,
        due=change.due,
        rule=change.rule,
        time=task.time if task.kind is Kind.AGENDA else change.time,
        recurrence=None,
        status=_standing(task, change),
        note=None,
    )


def _standing(task: Obligation, change: Change) -> Status:
    if change.rule is Rule.TENTATIVE_MONTH:
        return Status.TENTATIVE
    return Status.FIRM if change.rule or task.status is Status.SUPERSEDED else task.status


def _months(change: Change) -> tuple[str, ...]:
    first = change.start or change.due
    if first is None:
        return ()
    if change.rule is Rule.IN_QUARTER:
        return quarter(first)
    return months_between(first, change.due or first)
