"""Whom one would remind of what on a day: made anew each time from the documents, the moved days and what came in."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import date, timedelta

from core.evidence import DONE, State
from core.reminding import Happening, Reminder, Stand, Why
from core.work import Kind, Status, TaskRef
from evidence.desk import title_of
from knowledge.index import Index
from knowledge.occurrences import due_days, repeats
from knowledge.workdays import Workdays
from reminding.asked import Asked, around, evenings, last_days, mornings, said_on, to_come
from reminding.owed import Known, Owed, owed
from reminding.steps import stand_on, stand_to_event

_NOWHERE = Stand(Why.AHEAD)

ByUnit = dict[str, list[Reminder]]


def plan(
    index: Index,
    known: Known,
    day: date,
    workdays: Workdays,
    since: date | None = None,
    only: Collection[str] | None = None,
) -> ByUnit:
    """By unit, what it is reminded of on this day, by due day; also of what was to be said on a day after `since`.

    Nothing on a day off; nothing that is handed in, was history when its document came, or was told to stop. `only`: of
    these units.
    """
    if not workdays.works(day):
        return {}
    found = _open(index, known, day, mornings(said_on(day, since), workdays), only)
    return _by_unit((one for one in found if not (one.event and day > one.due.day)), day, workdays)


def coming(
    index: Index, known: Known, day: date, last: date, workdays: Workdays, only: Collection[str] | None = None
) -> ByUnit:
    """By unit, what is still to be done from this day to `last`, by due day: its last safe day lies there."""
    return _by_unit(_open(index, known, day, to_come(day, last, workdays), only), day, workdays)


def urgent(index: Index, known: Known, day: date, workdays: Workdays, only: Collection[str] | None = None) -> ByUnit:
    """By unit, what ought to be done by this evening, by due day; no events."""
    return _by_unit(_open(index, known, day, last_days(day, workdays), only), day, workdays)


def events_after(
    index: Index, known: Known, day: date, workdays: Workdays, only: Collection[str] | None = None
) -> ByUnit:
    """By unit, the events before which this is the last working day."""
    return _by_unit(_open(index, known, day, evenings(day, workdays), only), day, workdays)


def still_open(
    index: Index, known: Known, day: date, unit: str, refs: Collection[TaskRef], workdays: Workdays
) -> list[Reminder]:
    """Which of these tasks the unit has not done, each by its next day, else its last, by due day."""
    found: dict[TaskRef, Reminder] = {}
    for one in sorted(_open(index, known, day, around(day), [unit]), key=lambda one: one.due.day):
        if one.ref in refs and (one.ref not in found or found[one.ref].due.day < day):
            found[one.ref] = _seen_from(one, day, workdays)
    return sorted(found.values(), key=lambda one: (one.due.day, one.ref))


def _open(
    index: Index, known: Known, day: date, asked: Asked, only: Collection[str] | None = None
) -> Iterator[Reminder]:
    """What is due as is asked, for each unit that owes it, has not done it and wants to hear of it."""
    followed: dict[tuple[TaskRef, date], bool] = {}  # the same for all units
    for one in owed(index, known, asked, day, only):
        its = (one.ref, one.due.day)
        if its not in followed:
            followed[its] = _is_followed(one, day)
        wanted = (one.unit, one.ref) not in known.stopped and not followed[its]
        if wanted and (one.best is None or one.best.state not in DONE):
            yield _reminder(one)


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


def _by_unit(ones: Iterable[Reminder], day: date, workdays: Workdays) -> ByUnit:
    found: ByUnit = {}
    for one in ones:
        found.setdefault(one.unit, []).append(_seen_from(one, day, workdays))
    return {unit: sorted(its, key=lambda one: (one.due.day, one.ref)) for unit, its in found.items()}
