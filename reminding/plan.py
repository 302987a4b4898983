"""Whom one would remind of what on a day: made anew each time from the documents, the moved days and what came in."""

from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date, timedelta

from core.evidence import DONE, State
from core.reminding import Happening, Reminder, Stand, Steps, Why
from core.work import Kind, Status, TaskRef
from evidence.desk import title_of
from knowledge.index import Index
from knowledge.occurrences import due_days, repeats
from knowledge.workdays import Workdays
from reminding.owed import Known, Owed, owed
from reminding.steps import evening_before, last_safe, reminds_on, stand_on, stand_to_event, tells_of_event

AROUND = timedelta(days=45)  # before and after a due day: within it lies every step
STEPS = Steps()
_NOWHERE = Stand(Why.AHEAD)
_MISSED = 7  # days: what a service that was down has not said is said once, together

ByUnit = dict[str, list[Reminder]]


def plan(index: Index, known: Known, day: date, workdays: Workdays, since: date | None = None) -> ByUnit:
    """By unit, what it is reminded of on this day, by due day; also of what was to be said on a day after `since`.

    Nothing on a day off; nothing that is handed in, was history when its document came, or was told to stop.
    """
    if not workdays.works(day):
        return {}
    days = said_on(day, since)
    found: ByUnit = {}
    for one in _open(index, known, day):
        issuer = index.by_id[one.ref.document].unit
        its = known.steps_of(one.unit, issuer) or STEPS
        if any(_speaks_of(one, a_day, its, workdays) for a_day in days) and not (one.event and day > one.due.day):
            found.setdefault(one.unit, []).append(_seen_from(one, day, workdays))
    return _in_order(found)


def coming(index: Index, known: Known, day: date, last: date, workdays: Workdays) -> ByUnit:
    """By unit, what is still to be done from this day to `last`, by due day: its last safe day lies there."""
    found: ByUnit = {}
    for one in _open(index, known, day):
        safe = one.due.day if one.event else last_safe(one.due, workdays)
        if day <= safe <= last:
            found.setdefault(one.unit, []).append(_seen_from(one, day, workdays))
    return _in_order(found)


def events_after(index: Index, known: Known, day: date, workdays: Workdays) -> ByUnit:
    """By unit, the events before which this is the last working day."""
    found: ByUnit = {}
    for one in _open(index, known, day):
        if one.event and one.due.day > day and evening_before(one.due.day, workdays) == day:
            found.setdefault(one.unit, []).append(_seen_from(one, day, workdays))
    return _in_order(found)


def still_open(
    index: Index, known: Known, day: date, unit: str, refs: Collection[TaskRef], workdays: Workdays
) -> list[Reminder]:
    """Which of these tasks the unit has not done, each by its next day, else its last, by due day."""
    found: dict[TaskRef, Reminder] = {}
    for one in sorted(_open(index, known, day), key=lambda one: one.due.day):
        if one.unit == unit and one.ref in refs and (one.ref not in found or found[one.ref].due.day < day):
            found[one.ref] = _seen_from(one, day, workdays)
    return sorted(found.values(), key=lambda one: (one.due.day, one.ref))


def said_on(day: date, since: date | None) -> list[date]:
    """The days whose reminders are said on this one: all after `since`, as far back as anybody cares."""
    first = max(since + timedelta(days=1) if since else day, day - timedelta(days=_MISSED))
    return [first + timedelta(days=n) for n in range((day - first).days + 1)]


def near(index: Index, first: date, last: date) -> set[int]:
    """The documents that have something due so near to these days that one may be reminded of it."""
    return {
        volume.shelved.id
        for volume in index.volumes
        for task in volume.shelved.plan.obligations
        if any(due_days(task, first - AROUND, last + AROUND))
    }


def _open(index: Index, known: Known, day: date) -> Iterator[Reminder]:
    """What is due around this day, for each unit that owes it, has not done it and wants to hear of it."""
    for one in owed(index, known, day - AROUND, day + AROUND, day):
        wanted = (one.unit, one.ref) not in known.stopped and not _is_followed(one, day)
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


def _speaks_of(one: Reminder, day: date, steps: Steps, workdays: Workdays) -> bool:
    if one.event:
        return tells_of_event(day, one.due.day, workdays)
    return reminds_on(day, one.due, steps, workdays)


def _seen_from(one: Reminder, day: date, workdays: Workdays) -> Reminder:
    stand = stand_to_event(day, one.due.day, workdays) if one.event else stand_on(day, one.due, workdays)
    return replace(one, stand=stand)


def _in_order(found: ByUnit) -> ByUnit:
    return {unit: sorted(ones, key=lambda one: (one.due.day, one.ref)) for unit, ones in found.items()}
