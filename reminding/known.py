"""What a plan of reminders rests on besides the documents, as it stands now."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date

from core.evidence import Submission
from core.work import TaskRef
from evidence.desk import Desk
from evidence.occasions import BEST, Given, best_of
from knowledge.occurrences import repeats
from records import extensions, reminders, submissions
from reminding.owed import Known


async def settled(desk: Desk, since: date) -> Known:
    """The days that were moved to `since` or later, what was stopped, and the steps; nothing yet of what came in."""
    moved = await extensions.since(desk.session, since)
    return await _rules(desk, moved)


async def with_what_came(desk: Desk, known: Known, tasks: Collection[TaskRef]) -> Known:
    """The same with what anybody handed in for these tasks."""
    return _with(desk, known, await submissions.for_tasks(desk.session, tasks, BEST))


async def known_of(desk: Desk, units: Collection[str]) -> Known:
    """All that a plan for these units alone rests on."""
    known = await _rules(desk, await extensions.of_units(desk.session, units))
    return _with(desk, known, await submissions.placed(desk.session, units, BEST))


def for_repeated(desk: Desk, came: Sequence[Submission]) -> Given:
    """What came for tasks that come back, by unit and task, in its order."""
    found: dict[tuple[str, TaskRef], list[Submission]] = {}
    for one in came:
        task = desk.task(one.task) if one.task else None
        if one.task and one.giver.unit and task and repeats(task):
            found.setdefault((one.giver.unit, one.task), []).append(one)
    return found


async def _rules(desk: Desk, moved: dict[tuple[str, TaskRef], date]) -> Known:
    stopped, steps = await reminders.stopped(desk.session), await reminders.steps(desk.session)
    return Known(moved, stopped=stopped, steps=steps, issued=await reminders.issued_steps(desk.session))


def _with(desk: Desk, known: Known, came: Sequence[Submission]) -> Known:
    return replace(known, best=best_of(came), given=for_repeated(desk, came))
