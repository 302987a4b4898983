"""Whom one would remind of what on a day: made anew each time from the documents, the moved days and what came in."""

from collections.abc import Collection, Iterator, Mapping, Sequence
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
from reminding.steps import reminds_on, stand_on

AROUND = timedelta(days=45)  # before and after a due day: within it lies every step
STEPS = Steps()
_NOWHERE = Stand(Why.AHEAD)
_MISSED = 7  # days: what a service that was down has not said is said once, together


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
    first = max(since + timedelta(days=1) if since else day, day - timedelta(days=_MISSED))
    days = [first + timedelta(days=n) for n in range((day - first).days + 1)]
    found: dict[str, list[Reminder]] = {}
    for one in _owed(index, known, day):
        its = EVENT if one.event else known.steps.get(one.unit, STEPS)
        if any(reminds_on(a_day, one.due, its, workdays) for a_day in days):
            found.setdefault(one.unit, []).append(replace(one, stand=stand_on(day, one.due, workdays)))
    return {unit: sorted(ones, key=lambda one: (one.due.day, one.ref)) for unit, ones in found.items()}


def near(index: Index, first: date, last: date) -> set[int]:
    """The documents that have something due so near to these days that one may be reminded of it."""
    return {
        volume.shelved.id
        for volume in index.volumes
        for task in volume.shelved.plan.obligations
        if any(due_days(task, first - AROUND, last + AROUND))
    }


def _owed(index: Index, known: Known, day: date) -> Iterator[Reminder]:
    """What is due around this day, for each unit that owes it and has not done it."""
    for volume in index.volumes:
        for number, task in enumerate(volume.shelved.plan.obligations):
            ref = TaskRef(volume.shelved.id, number)
            dues = list(_dues(volume, task, day))
            moved = {unit for unit, its in known.moved if its == ref}
            if not dues and not moved:
                continue
            for unit in _units(index, volume, task, day):
                own = [Due(known.moved[unit, ref])] if unit in moved else dues
                if (unit, ref) not in known.stopped:
                    yield from _open(known, unit, ref, task, own)


def _dues(volume: Volume, task: Obligation, day: date) -> Iterator[Due]:
    if task.status is Status.SUPERSEDED or task.kind is Kind.AGENDA or is_history(volume, task, day):
        return
    before = task.until is not None and task.until.before
    yield from (Due(one, before) for one in due_days(task, day - AROUND, day + AROUND))


def _open(known: Known, unit: str, ref: TaskRef, task: Obligation, dues: Sequence[Due]) -> Iterator[Reminder]:
    best = known.best.get((unit, ref))
    if best is not None and best.state in DONE:
        return
    event, tentative = task.kind is Kind.EVENT, task.status is Status.TENTATIVE
    state = best.state if best and best.state in (State.HELD, State.RETURNED) else None
    for due in dues:
        yield Reminder(unit, ref, title_of(task), due, _NOWHERE, event, tentative, state)


def _units(index: Index, volume: Volume, task: Obligation, day: date) -> Iterator[str]:
    """Who owes it: the issuer and the units below it, of the tier that is meant, as long as they exist."""
    for unit in (index.tree.get(volume.unit), *index.tree.below(volume.unit)):
        if unit is None or task.from_level not in tier_of(unit.level) or (unit.valid_to and unit.valid_to < day):
            continue
        if binds(task, Asker(unit, Role.TEACHER, unit.level)):
            yield unit.code
