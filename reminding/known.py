"""What a plan of reminders rests on besides the documents, as it stands now."""

from collections.abc import Sequence
from datetime import date, timedelta

from core.evidence import Submission
from core.work import TaskRef
from evidence.desk import Desk
from evidence.progress import BEST, best_of
from knowledge.occurrences import repeats
from records import extensions, reminders, submissions
from reminding.occasions import Given
from reminding.owed import Known
from reminding.plan import AROUND, near


async def known(desk: Desk, day: date) -> Known:
    """For the plan of this day, and of those of the next weeks."""
    moved = await extensions.since(desk.session, day - AROUND)
    documents = near(desk.index, day, day + timedelta(days=14)) | {ref.document for _, ref in moved}
    came = await submissions.for_documents(desk.session, documents, BEST)
    stopped, steps = await reminders.stopped(desk.session), await reminders.steps(desk.session)
    issued = await reminders.issued_steps(desk.session)
    return Known(moved, best_of(came), stopped, steps, issued, for_repeated(desk, came))


def for_repeated(desk: Desk, came: Sequence[Submission]) -> Given:
    """What came for tasks that come back, by unit and task, in its order."""
    found: dict[tuple[str, TaskRef], list[Submission]] = {}
    for one in came:
        task = desk.task(one.task) if one.task else None
        if one.task and one.giver.unit and task and repeats(task):
            found.setdefault((one.giver.unit, one.task), []).append(one)
    return found
