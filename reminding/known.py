"""What a plan of reminders rests on besides the documents, as it stands now."""

from collections.abc import Collection, Sequence
from datetime import date

from core.evidence import Submission
from core.reminding import Steps
from core.work import Kind, TaskRef
from evidence.desk import Desk
from evidence.progress import BEST, best_of
from knowledge.index import Index
from knowledge.occurrences import repeats
from records import extensions, reminders, submissions
from reminding.days import Days
from reminding.occasions import Given
from reminding.owed import Known, dues_of
from reminding.plan import AROUND, STEPS


async def known(desk: Desk, days: Days, also: tuple[date, date] | None = None, refs: Collection[TaskRef] = ()) -> Known:
    """For the plans of these days: of what was handed in, that alone of which somebody may be reminded on them.

    Besides for what is due from one day to another (`also`), and for these tasks (`refs`).
    """
    first = min(days.first, also[0]) if also else days.first
    moved = await extensions.since(desk.session, first - AROUND)
    steps, issued = await reminders.steps(desk.session), await reminders.issued_steps(desk.session)
    tasks = _may_be_said(desk.index, {STEPS, *steps.values(), *issued.values()}, days)
    tasks |= {*refs, *(ref for _, ref in moved), *(_due(desk.index, *also) if also else ())}
    came = await submissions.for_tasks(desk.session, tasks, BEST)
    stopped = await reminders.stopped(desk.session)
    return Known(moved, best_of(came), stopped, steps, issued, for_repeated(desk, came))


def for_repeated(desk: Desk, came: Sequence[Submission]) -> Given:
    """What came for tasks that come back, by unit and task, in its order."""
    found: dict[tuple[str, TaskRef], list[Submission]] = {}
    for one in came:
        task = desk.task(one.task) if one.task else None
        if one.task and one.giver.unit and task and repeats(task):
            found.setdefault((one.giver.unit, one.task), []).append(one)
    return found


def _may_be_said(index: Index, steps: Collection[Steps], days: Days) -> set[TaskRef]:
    """The tasks of which somebody may be reminded on one of these days."""
    first, last = days.first - AROUND, days.last + AROUND
    return {
        TaskRef(volume.shelved.id, number)
        for volume in index.volumes
        for number, task in enumerate(volume.shelved.plan.obligations)
        if any(
            days.remind(due, one)
            for due in dues_of(task, first, last)
            for one in ((None,) if task.kind is Kind.EVENT else steps)
        )
    }


def _due(index: Index, first: date, last: date) -> set[TaskRef]:
    return {
        TaskRef(volume.shelved.id, number)
        for volume in index.volumes
        for number, task in enumerate(volume.shelved.plan.obligations)
        if any(dues_of(task, first, last))
    }
