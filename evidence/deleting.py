"""Deleting what was handed in, for good: when its time is over, or because somebody asks; each with a certificate."""

from collections.abc import Sequence

from core.clock import local_day
from core.evidence import DONE, Act, Handed, State, Submission
from core.people import Person
from core.privacy import Deletion, Gone, Reason
from core.texts import privacy as texts
from evidence.desk import Desk
from evidence.turning import turn
from records import codes, deleting, deletions, history, outbox, submissions
from records.deleting import Held
from records.notify import tell


async def expire(desk: Desk, over: Sequence[Submission]) -> Deletion:
    """Of these, all of one unit, only the state and the log are kept."""
    held = await deleting.held(desk.session, [one.id for one in over])
    return await _delete(desk, over, held, over, Reason.EXPIRED, None)


async def sharing(desk: Desk, submission: Submission, files: Sequence[Held]) -> Sequence[Handed]:
    """The unit's other submissions that have the bytes of these files of it: they lose them too."""
    same = await deleting.same_bytes(desk.session, submission.giver.unit, files)
    others = await submissions.hold_all(desk.session, {one.submission for one in same})
    return [await submissions.with_files(desk.session, one) for one in others]


async def on_request(desk: Desk, submission: Submission, files: Sequence[Held], me: Person) -> Deletion | None:
    """These files of it, and the same bytes in the unit's other submissions; None: somebody else was faster.

    What is left without files is withdrawn, and the office that had it is told.
    """
    await deletions.hold(desk.session)
    others = {one.submission for one in await deleting.same_bytes(desk.session, submission.giver.unit, files)}
    concerned = await submissions.hold_all(desk.session, {submission.id, *others})
    held = await deleting.held(desk.session, [one.id for one in concerned])
    bytes_ = {one.sha256 for one in held if one in files}
    going = [one for one in held if one in files or (one.submission in others and one.sha256 in bytes_)]
    if not bytes_:
        return None
    left = {one.submission for one in held} - {one.submission for one in held if one not in going}
    emptied = [one for one in concerned if one.id in left]
    of = [one for one in concerned if any(file.submission == one.id for file in going)]
    made = await _delete(desk, of, going, emptied, Reason.ASKED, me)
    for one in of:
        if one not in emptied:
            count = sum(file.submission == one.id for file in going)
            note = texts.deleted_note(count, made.code)
            await history.note(desk.session, one.id, Act.DELETED, me.id, desk.now, note)
        elif one.state is not State.WITHDRAWN:
            await turn(desk, one, State.WITHDRAWN, me.id, texts.WITHDRAWN_NOTE)
            await _tell_office(desk, one)
    return made


async def _delete(
    desk: Desk,
    of: Sequence[Submission],
    files: Sequence[Held],
    emptied: Sequence[Submission],
    reason: Reason,
    by: Person | None,
) -> Deletion:
    by_id, unit, code = {one.id: one for one in of}, of[0].giver.unit, codes.new_code()
    kept = await deleting.forget_files(desk.session, files, code, desk.now)
    why = await deleting.why_kept(desk.session, unit, kept)
    items = [_gone(by_id[file.submission], file, why.get(file.sha256, "")) for file in files]
    if emptied:
        await deleting.forget_words(desk.session, [one.id for one in emptied], desk.now)
    return await deletions.add(desk.session, code, unit, reason, by, len(of), items, desk.now)


def _gone(submission: Submission, file: Held, kept: str) -> Gone:
    at = submission.handed_in_at or submission.opened_at
    return Gone(submission.code, submission.title, local_day(at), file.sha256, file.size, kept)


async def _tell_office(desk: Desk, submission: Submission) -> None:
    office = desk.above(submission.giver.unit or "")
    if office is None or submission.state not in DONE:
        return
    text = texts.told_office(submission, desk.short_name(submission.giver.unit))
    for person in await desk.principals(office.code):
        await tell(desk.session, person, text, (), f"{outbox.EVIDENCE}{submission.code}:deleted:{person}", desk.now)
