"""Deleting what was handed in, for good: when its time is over, or because somebody asks; each with a certificate."""

from collections.abc import Sequence

from core.clock import local_day
from core.evidence import DONE, Act, State, Submission
from core.people import Person
from core.privacy import Deletion, Gone, Reason
from core.texts import privacy as texts
from evidence.desk import Desk
from evidence.turning import turn
from records import deleting, deletions, history, outbox
from records.deleting import Held
from records.notify import tell


async def expire(desk: Desk, over: Sequence[Submission]) -> Deletion:
    """Of these, all of one unit, only the state and the log are kept."""
    held = await deleting.held(desk.session, [one.id for one in over])
    return await _delete(desk, over, held, over, Reason.EXPIRED, None)


async def on_request(desk: Desk, submission: Submission, files: Sequence[Held], me: Person) -> Deletion:
    """These files of it; where that leaves none, it is withdrawn, and the office that had it is told."""
    rest = len(await deleting.held(desk.session, [submission.id])) - len(files)
    made = await _delete(desk, [submission], files, [] if rest else [submission], Reason.ASKED, me)
    await deleting.forget_messages(desk.session, submission.code)
    if rest:
        await history.note(desk.session, submission.id, Act.DELETED, me.id, desk.now)
        return made
    await turn(desk, submission, State.WITHDRAWN, me.id, texts.WITHDRAWN_NOTE)
    await _tell_office(desk, submission)
    return made


async def _delete(
    desk: Desk,
    of: Sequence[Submission],
    files: Sequence[Held],
    emptied: Sequence[Submission],
    reason: Reason,
    by: Person | None,
) -> Deletion:
    by_id = {one.id: one for one in of}
    items = [_gone(by_id[file.submission], file) for file in files]
    made = await deletions.add(desk.session, of[0].giver.unit, reason, by, len(of), items, desk.now)
    await deleting.forget_files(desk.session, files, made.code, desk.now)
    if emptied:
        await deleting.forget_words(desk.session, [one.id for one in emptied], desk.now)
    return made


def _gone(submission: Submission, file: Held) -> Gone:
    at = submission.handed_in_at or submission.opened_at
    return Gone(submission.code, submission.title, local_day(at), file.sha256, file.size)


async def _tell_office(desk: Desk, submission: Submission) -> None:
    office = desk.above(submission.giver.unit or "")
    if office is None or submission.state not in DONE:
        return
    text = texts.told_office(submission, desk.short_name(submission.giver.unit))
    for person in await desk.principals(office.code):
        await tell(desk.session, person, text, (), f"{outbox.EVIDENCE}{submission.code}:deleted:{person}", desk.now)
