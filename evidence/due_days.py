"""Which of a task's days something is for that is handed in; what of a unit's tasks needs nothing more now."""

from collections.abc import Sequence

from core.clock import local_day
from core.evidence import Submission
from core.work import Due, Obligation, TaskRef
from evidence.desk import Desk
from evidence.occasions import BEST, day_meant, is_done
from knowledge.captions import read_caption
from knowledge.occurrences import repeats
from records import extensions, submissions


async def due_of(desk: Desk, submission: Submission, ref: TaskRef, task: Obligation) -> Due | None:
    """By when it is due what this submission is for; of what comes back the day that its words name, else the nearest.

    `task`: as its document has it.
    """
    unit = submission.giver.unit
    moved = (await extensions.of_units(desk.session, [unit])).get((unit, ref)) if unit else None
    if unit is None or not repeats(task):
        return Due(moved) if moved else task.until
    others = await submissions.placed(desk.session, [unit], BEST)
    given = [one for one in others if one.task == ref and one.id != submission.id]
    came = local_day(submission.handed_in_at or submission.opened_at)
    said = read_caption(submission.caption, came, desk.index.words).period
    day = day_meant(task, given, moved, came, said)
    return Due(day) if day else task.until


async def done_by(desk: Desk, unit: str) -> set[TaskRef]:
    """The tasks for which the unit has handed in what is due now."""
    given: dict[TaskRef, list[Submission]] = {}
    for one in await submissions.placed(desk.session, [unit], BEST):
        if one.task:
            given.setdefault(one.task, []).append(one)
    moved, today = await extensions.of_units(desk.session, [unit]), local_day(desk.now)
    return {
        ref
        for ref, ones in given.items()
        if (task := desk.task(ref)) and is_done(task, ones, moved.get((unit, ref)), today)
    }


def of_the_same_day(task: Obligation | None, submission: Submission, others: Sequence[Submission]) -> list[Submission]:
    """Those that are for the same day of what comes back; all, where it does not."""
    if task is None or not repeats(task):
        return [*others]
    return [one for one in others if one.due == submission.due]
