"""Whom one would remind of what on a day: made anew each time from the documents, the moved days and what came in."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from core.evidence import DONE, State
from core.reminding import Happening, Reminder, Stand, Steps, Why
from core.work import Due, Kind, Obligation, Status, TaskRef
from evidence.desk import title_of
from knowledge.index import Index
from knowledge.occurrences import due_days, repeats
from knowledge.volume import Volume
from knowledge.workdays import Workdays
from reminding.days import Days
from reminding.owed import Known, Owed, Whose, owed
from reminding.steps import evening_before, last_safe, stand_on, stand_to_event

AROUND = timedelta(days=45)  # before and after a due day: within it lies every step
STEPS = Steps()
_NOWHERE = Stand(Why.AHEAD)

ByUnit = dict[str, list[Reminder]]


def plan(index: Index, known: Known, day: date, workdays: Workdays, since: date | None = None) -> ByUnit:
    """By unit, what it is reminded of on this day, by due day; also of what was to be said on a day after `since`.

    Nothing on a day off; nothing that is handed in, was history when its document came, or was told to stop.
    """
    if not workdays.works(day):
        return {}
    days = Days.up_to(day, since, workdays)
    found: ByUnit = {}
    for one in _open(index, known, day, partial(_whose, known, _by_steps(known.steps), days)):
        its = None if one.task.kind is Kind.EVENT else known.steps_of(one.unit, one.issuer) or STEPS
        if days.remind(one.due, its) and not (its is None and day > one.due.day):
            found.setdefault(one.unit, []).append(_seen_from(_reminder(one), day, workdays))
    return _in_order(found)


def coming(index: Index, known: Known, day: date, last: date, workdays: Workdays) -> ByUnit:
    """By unit, what is still to be done from this day to `last`, by due day: its last safe day lies there."""

    def lies_there(task: Obligation, due: Due) -> bool:
        return day <= (due.day if task.kind is Kind.EVENT else last_safe(due, workdays)) <= last

    found: ByUnit = {}
    for one in _open(index, known, day, _where(lies_there)):
        if lies_there(one.task, one.due):
            found.setdefault(one.unit, []).append(_seen_from(_reminder(one), day, workdays))
    return _in_order(found)


def events_after(index: Index, known: Known, day: date, workdays: Workdays) -> ByUnit:
    """By unit, the events before which this is the last working day."""

    def is_next(task: Obligation, due: Due) -> bool:
        return task.kind is Kind.EVENT and due.day > day and evening_before(due.day, workdays) == day

    found: ByUnit = {}
    for one in _open(index, known, day, _where(is_next)):
        if is_next(one.task, one.due):
            found.setdefault(one.unit, []).append(_seen_from(_reminder(one), day, workdays))
    return _in_order(found)


def still_open(
    index: Index, known: Known, day: date, unit: str, refs: Collection[TaskRef], workdays: Workdays
) -> list[Reminder]:
    """Which of these tasks the unit has not done, each by its next day, else its last, by due day."""

    def hers(_volume: Volume, ref: TaskRef, _task: Obligation, _dues: Sequence[Due]) -> set[str]:
        return {unit} if ref in refs else set()

    found: dict[TaskRef, Reminder] = {}
    for one in sorted(_open(index, known, day, hers), key=lambda one: one.due.day):
        if one.unit == unit and one.ref in refs and (one.ref not in found or found[one.ref].due.day < day):
            found[one.ref] = _seen_from(_reminder(one), day, workdays)
    return sorted(found.values(), key=lambda one: (one.due.day, one.ref))


def _where(wanted: Callable[[Obligation, Due], bool]) -> Whose:
    """All units, of the tasks that are wanted on one of their days."""

    def whose(_volume: Volume, _ref: TaskRef, task: Obligation, dues: Sequence[Due]) -> set[str] | None:
        return None if any(wanted(task, due) for due in dues) else set()

    return whose


def _whose(
    known: Known,
    own: Mapping[Steps, set[str]],
    days: Days,
    volume: Volume,
    _ref: TaskRef,
    task: Obligation,
    dues: Sequence[Due],
) -> set[str] | None:
    """Which units may be reminded of it; None: all."""
    event = task.kind is Kind.EVENT
    usual = None if event else known.issued.get(volume.unit, STEPS)
    if any(days.remind(due, usual) for due in dues):
        return None
    wanted = [units for steps, units in own.items() if any(days.remind(due, steps) for due in dues)]
    return set() if event else set().union(*wanted)


def _by_steps(steps: Mapping[str, Steps]) -> dict[Steps, set[str]]:
    found: dict[Steps, set[str]] = {}
    for unit, its in steps.items():
        found.setdefault(its, set()).add(unit)
    return found


def _open(index: Index, known: Known, day: date, whose: Whose) -> Iterator[Owed]:
    """What is due around this day, for each unit that owes it, has not done it and wants to hear of it."""
    for one in owed(index, known, day - AROUND, day + AROUND, day, whose):
        wanted = (one.unit, one.ref) not in known.stopped and not _is_followed(one, day)
        if wanted and (one.best is None or one.best.state not in DONE):
            yield one


def _is_followed(one: Owed, day: date) -> bool:
    """Whether the next one of a task that comes back is due by now: the old one is not spoken of any more."""
    return repeats(one.task) and any(due_days(one.task, one.due.day + timedelta(days=1), day))


def _reminder(one: Owed) -> Reminder:
    tentative = one.task.status is Status.TENTATIVE
    state = one.best.state if one.best and one.best.state in (State.HELD, State.RETURNED) else None
    event = _happening(one) if one.task.kind is Kind.EVENT else None
    return Reminder(one.unit, one.ref, title_of(one.task), one.due, _NOWHERE, event, tentative, state)


def _happening(one: Owed) -> Happening:
    said = one.gathering
    goes_on = one.task.due if one.task.due and one.task.start == one.due.day < one.task.due else None
    return Happening(one.task.time or "", said.place, said.guests, goes_on, one.invited)


def _seen_from(one: Reminder, day: date, workdays: Workdays) -> Reminder:
    stand = stand_to_event(day, one.due.day, workdays) if one.event else stand_on(day, one.due, workdays)
    return replace(one, stand=stand)


def _in_order(found: ByUnit) -> ByUnit:
    return {unit: sorted(ones, key=lambda one: (one.due.day, one.ref)) for unit, ones in found.items()}
