"""Telling people what has become of their files, and asking what they are for: in the transaction that makes it so."""

from collections.abc import Sequence
from dataclasses import replace

from core.evidence import State, Submission
from core.message import Choice, Outbound, StoredFile
from core.texts import evidence as texts
from core.texts import files as file_texts
from evidence.desk import Desk
from evidence.placing import candidates, choices, follow_up, place
from evidence.repeated import to_giver
from evidence.sharing import what_next
from evidence.turning import turn
from records import outbox, people, received, submissions
from records.notify import write


async def tell(desk: Desk, id: int) -> None:
    """One receipt for all of this submission that is settled and not told of."""
    submission = await submissions.hold(desk.session, id)
    settled = await received.to_tell(desk.session, id)
    if not settled:
        return
    stored = [one.file for one in settled if one.file]
    submission, said, picks = await _said(desk, submission, stored)
    lost = [one.name or file_texts.nameless(one.kind, "") for one in settled if not one.file]
    text = "\n".join([*said, *([file_texts.lost(lost)] if lost else [])])
    giver = submission.giver
    message = Outbound(
        giver.address,
        text,
        reply_to=submission.message_id if giver.group else "",
        group=giver.group,
        tasks=(submission.task,) if submission.task else (),
    )
    person = None if giver.group else giver.person
    key = f"{outbox.RECEIPT}{settled[0].id}"
    await received.mark_told(desk.session, [one.id for one in settled], submission.code)
    await write(desk.session, message, giver.sender, picks, key, desk.now, person=person)


async def _said(
    desk: Desk, submission: Submission, stored: Sequence[StoredFile]
) -> tuple[Submission, list[str], tuple[Choice, ...]]:
    """The submission as it stands now, what is said of what was stored, and what may be picked."""
    if not stored:
        return submission, [], ()
    if submission.state is not State.COMING:
        return submission, [texts.received_more(stored, submission.code)], ()
    at = submission.handed_in_at or desk.now
    receipt = texts.received(stored, at, submission.code)
    seen_before = await to_giver(desk, submission)
    ref = submission.task if submission.task and desk.task(submission.task) else None
    found = [] if ref else await candidates(desk, submission)
    if ref is None and found and (found[0].certain or len(submission.among) == 1 == len(found)):
        ref = found[0].ref
    if ref is not None and submission.giver.unit:
        placed = await place(desk, submission, ref, None)
        giver = await people.get(desk.session, submission.giver.person)
        said, picks = await what_next(desk, placed, await follow_up(desk, placed), giver)
        return placed, [receipt, *seen_before, said], picks
    await turn(desk, submission, State.UNPLACED, submission.giver.person)
    unplaced = replace(submission, state=State.UNPLACED, task=None)
    if not found:
        return unplaced, [receipt, *seen_before], ()
    return unplaced, [receipt, *seen_before, "", texts.WHICH_TASK], choices(submission.code, found)
