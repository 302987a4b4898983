"""What a plan of reminders rests on besides the documents, as it stands now."""

from evidence.desk import Desk
from evidence.progress import BEST, best_of
from records import extensions, reminders, submissions
from reminding.days import Days
from reminding.plan import AROUND, Known, may_be_said


async def known(desk: Desk, days: Days) -> Known:
    """For the plans of these days: of what was handed in, that alone of which somebody may be reminded on them."""
    moved = await extensions.since(desk.session, days.first - AROUND)
    steps = await reminders.steps(desk.session)
    tasks = may_be_said(desk.index, steps.values(), days) | {ref for _, ref in moved}
    best = best_of(await submissions.for_tasks(desk.session, tasks, BEST))
    return Known(moved, best, await reminders.stopped(desk.session), steps)
