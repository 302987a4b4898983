"""Whom one would remind of what on a day: made anew each time from the documents, the moved days and what came in."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from core.evidence import DONE, State, Submission
from core.people import Asker, Role
from core.reminding import EVENT, Reminder, Stand, Steps, Why
from core.work import Due, Kind, Obligation, Status, TaskRef
from evidence.desk import title_of
from knowledge.index import Index
from knowledge.meant_for import binds, is_history
from knowledge.occurrences import due_days
from knowledge.tiers import tier_of
from knowledge.volume import Volume
from knowledge.workdays import Workdays
from reminding.days import Days
from reminding.steps import stand_on

AROUND = timedelta(days=45)  # before and after a due day: within it lies every step
STEPS = Steps()
_NOWHERE = Stand(Why.AHEAD)


@dataclass(frozen=True, slots=True)
class Known:
    """What a plan needs besides the documents.

    `best`: what each unit has handed in for a task, where anything; `steps`: of the units that have their own.
    """

    moved: Mapping[tuple[str, TaskRef], date]
    best: Mapping[tuple[str, TaskRef], Submission]
    stopped: Collection[tuple[str, TaskRef]] = ()
    steps: Mapping[str, Steps] = field(default_factory=dict)


def plan(
    index: Index, known: Known, day: date, workdays: Workdays, since: date | None = None
) -> dict[str, list[Reminder]]:
    """By unit, what it is reminded of on this day, by due day; also of what was to be said on a day after `since`.

    Nothing on a day off; nothing that is handed in, was history when its document came, or was told to stop.
    """
    if not workdays.works(day):
        return {}
    days = Days.up_to(day, since, workdays)
    found: dict[str, list[Reminder]] = {}
    for one in _owed(index, known, day, days):
        found.setdefault(one.unit, []).append(replace(one, stand=stand_on(day, one.due, workdays)))
    return {unit: sorted(ones, key=lambda one: (one.due.day, one.ref)) for unit, ones in found.items()}


def may_be_said(index: Index, of_units: Collection[Steps], days: Days) -> set[TaskRef]:
    """The tasks of which somebody may be reminded on one of these days. `of_units`: the steps that units have."""
    first, last, steps = days.first - AROUND, days.last + AROUND, {STEPS, *of_units}
    return {
        TaskRef(volume.shelved.id, number)
        for volume in index.volumes
        for number, task in enumerate(volume.shelved.plan.obligations)
        if any(
            days.remind(due, one)
            for due in _on(task, due_days(task, first, last))
            for one in ((EVENT,) if task.kind is Kind.EVENT else steps)
        )
    }


def _owed(index: Index, known: Known, day: date, days: Days) -> Iterator[Reminder]:
    """Of what each unit is reminded on these days: what it owes and has not done."""
    moved, own = _by_task(known.moved), _by_steps(known.steps)
    for volume in index.volumes:
        for number, task in enumerate(volume.shelved.plan.obligations):
            ref, dues = TaskRef(volume.shelved.id, number), list(_dues(volume, task, day))
            whose = _whose(task, dues, moved.get(ref, set()), own, days)
            for unit in _units(index, volume, task, day, whose) if whose is None or whose else ():
                if (unit, ref) not in known.stopped:
                    its = [Due(known.moved[unit, ref])] if (unit, ref) in known.moved else dues
                    steps = EVENT if task.kind is Kind.EVENT else known.steps.get(unit, STEPS)
                    yield from _open(known, unit, ref, task, [due for due in its if days.remind(due, steps)])


def _whose(
    task: Obligation, dues: Sequence[Due], moved: set[str], own: Mapping[Steps, set[str]], days: Days
) -> set[str] | None:
    """Which units may be reminded of it; None: all. So what is not due is not looked at unit by unit."""
    event = task.kind is Kind.EVENT
    if any(days.remind(due, EVENT if event else STEPS) for due in dues):
        return None
    found = set(moved)
    for steps, units in () if event else own.items():
        if any(days.remind(due, steps) for due in dues):
            found |= units
    return found


def _by_task(moved: Iterable[tuple[str, TaskRef]]) -> dict[TaskRef, set[str]]:
    found: dict[TaskRef, set[str]] = {}
    for unit, ref in moved:
        found.setdefault(ref, set()).add(unit)
    return found


def _by_steps(steps: Mapping[str, Steps]) -> dict[Steps, set[str]]:
    found: dict[Steps, set[str]] = {}
    for unit, its in steps.items():
        found.setdefault(its, set()).add(unit)
    return found


def _dues(volume: Volume, task: Obligation, day: date) -> Iterator[Due]:
    if task.status is Status.SUPERSEDED or task.kind is Kind.AGENDA or is_history(volume, task, day):
        return
    yield from _on(task, due_days(task, day - AROUND, day + AROUND))


def _on(task: Obligation, days: Iterable[date]) -> Iterator[Due]:
    before = task.until is not None and task.until.before
    yield from (Due(one, before) for one in days)


def _open(known: Known, unit: str, ref: TaskRef, task: Obligation, dues: Sequence[Due]) -> Iterator[Reminder]:
    best = known.best.get((unit, ref))
    if best is not None and best.state in DONE:
        return
    event, tentative = task.kind is Kind.EVENT, task.status is Status.TENTATIVE
    state = best.state if best and best.state in (State.HELD, State.RETURNED) else None
    for due in dues:
        yield Reminder(unit, ref, title_of(task), due, _NOWHERE, event, tentative, state)


def _units(index: Index, volume: Volume, task: Obligation, day: date, among: set[str] | None) -> Iterator[str]:
    """Who owes it: the issuer and the units below it, of the tier that is meant, as long as they exist.

    `among`: no others than these.
    """
    for unit in (index.tree.get(volume.unit), *index.tree.below(volume.unit)):
        if unit is None or (among is not None and unit.code not in among):
            continue
        if task.from_level not in tier_of(unit.level) or (unit.valid_to and unit.valid_to < day):
            continue
        if binds(task, Asker(unit, Role.TEACHER, unit.level)):
            yield unit.code
