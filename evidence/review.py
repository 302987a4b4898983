"""What the office says of what was handed in: accepted, or sent back with a reason; the school is told once."""

from collections.abc import Collection, Sequence

from core.evidence import AT_OFFICE, Handed, State, Submission
from core.message import Choice, Outbound
from core.people import Person, Role
from core.texts import evidence as texts
from evidence.desk import Desk
from evidence.turning import turn
from records import history, outbox, submissions
from records.notify import tell, write

LOOK, ACCEPT, SEND_BACK = "/xemnop", "/nhan", "/tralai"
LONGEST = 500  # characters of a reason, a question, an answer


async def queue(desk: Desk, me: Person) -> Sequence[Handed]:
    """What waits for this person's word, the nearest due day first."""
    if await desk.heads(me):
        return await submissions.handed(desk.session, [me.unit], (State.HELD,))
    if me.role is Role.STAFF:
        return await submissions.handed(desk.session, desk.below(me.unit), (State.SUBMITTED,))
    return ()


async def may_review(desk: Desk, me: Person | None, submission: Submission) -> bool:
    """Whether this person says what becomes of it: staff of the office right above the unit, once it was handed in.

    Also where it was withdrawn since; then there is nothing to say, and no files to see.
    """
    unit = submission.giver.unit
    office = desk.above(unit) if unit else None
    if me is None or me.role is not Role.STAFF or office is None or office.code != me.unit:
        return False
    return submission.state in AT_OFFICE or bool(await history.since_handed_in(desk.session, submission.id))


async def accept(desk: Desk, submission: Submission, me: Person) -> bool:
    """It is accepted; False: it is not waiting for that."""
    if submission.state is not State.SUBMITTED:
        return False
    await turn(desk, submission, State.ACCEPTED, me.id)
    await tell_school(desk, submission, texts.yours_accepted(submission, desk.short_name(me.unit)), "accepted")
    return True


async def accept_all(desk: Desk, ids: Collection[int], me: Person) -> int:
    """How many of these, all of her queue, were accepted; the others do not wait any more."""
    held = await submissions.hold_all(desk.session, ids)
    return sum([await accept(desk, one, me) for one in held])


async def send_back(desk: Desk, submission: Submission, me: Person, reason: str) -> bool:
    """It is returned with this reason; False: it is not waiting for that."""
    if submission.state is not State.SUBMITTED:
        return False
    reason = reason.strip()[:LONGEST]
    await turn(desk, submission, State.RETURNED, me.id, reason)
    text = texts.yours_sent_back(submission, desk.short_name(me.unit), reason)
    await tell_school(desk, submission, text, f"returned:{desk.now.timestamp():.0f}")
    return True


async def tell_school(desk: Desk, submission: Submission, text: str, what: str, choices: Sequence[Choice] = ()) -> None:
    """Once for each `what`, where it was handed in; the principals too, where it was not one of them who did."""
    giver, tasks = submission.giver, (submission.task,) if submission.task else ()
    reply_to = submission.message_id if giver.group else ""
    message = Outbound(giver.address, text, reply_to=reply_to, group=giver.group, tasks=tasks)
    key = f"{outbox.EVIDENCE}{submission.code}:{what}"
    if giver.address.chat:  # else the giver, or what she gave, was deleted
        alone = None if giver.group else giver.person
        await write(desk.session, message, giver.sender, choices, key, desk.now, person=alone)
    for principal in await desk.principals(giver.unit or ""):
        if principal != giver.person:
            await tell(desk.session, principal, text, choices, f"{key}:{principal}", desk.now, tasks)
