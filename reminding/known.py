"""What a plan of reminders rests on besides the documents, as it stands now."""

from datetime import date, timedelta

from evidence.desk import Desk
from evidence.progress import BEST, best_of
from records import extensions, reminders, submissions
from reminding.owed import Known
from reminding.plan import AROUND, near


async def known(desk: Desk, day: date) -> Known:
    """For the plan of this day, and of those of the next weeks."""
    moved = await extensions.since(desk.session, day - AROUND)
    documents = near(desk.index, day, day + timedelta(days=14)) | {ref.document for _, ref in moved}
    best = best_of(await submissions.for_documents(desk.session, documents, BEST))
    return Known(moved, best, await reminders.stopped(desk.session), await reminders.steps(desk.session))
