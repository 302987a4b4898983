"""The unit's own word on what it hands in: handed in, not yet, handed in all the same, taken back."""

from core.errors import Refused
from core.evidence import State, Submission
from core.people import Person
from core.texts import evidence as texts
from evidence.desk import Desk
from evidence.placing import follow_up, take_as_it_is
from evidence.turning import turn
from records import outbox, submissions
from records.notify import tell

_OVER = (State.ACCEPTED, State.WITHDRAWN)


def may_be_taken_back(submission: Submission) -> bool:
    """Whether it still counts for something, and the office has not taken it."""
    return submission.state not in _OVER


async def confirm(desk: Desk, submission: Submission, me: Person) -> tuple[Submission, str] | None:
    """It is handed in and its giver told: what it is now, and what is said of that. None: it waits for no word.

    Raises Refused where its files were deleted.
    """
    if submission.state is not State.HELD:
        return None
    with_its_files(submission)
    await turn(desk, submission, State.SUBMITTED, me.id)
    placed = await submissions.hold(desk.session, submission.id)
    told = await follow_up(desk, placed)
    await _tell_giver(desk, placed, me, texts.told_of(placed.code, told), "confirmed")
    return placed, told


async def not_yet(desk: Desk, submission: Submission, me: Person) -> bool:
    """It is not handed in, and its giver told, who may do better; False: it waits for no word."""
    if submission.state is not State.HELD:
        return False
    await turn(desk, submission, State.WITHDRAWN, me.id)
    await _tell_giver(desk, submission, me, texts.not_yet(submission), "not-yet")
    return True


async def hand_in_anyway(desk: Desk, submission: Submission, by: Person | None) -> tuple[Submission, str] | None:
    """It is handed in as it is, though it breaks a rule: the same as `confirm`. None: nothing was asked of it."""
    if submission.state is not State.QUESTIONED:
        return None
    with_its_files(submission)
    taken = await take_as_it_is(desk, submission, by)
    return taken, await follow_up(desk, taken)


async def take_back(desk: Desk, submission: Submission, by: Person | None) -> bool:
    """It does not count as handed in any more; False: it is too late for that."""
    if not may_be_taken_back(submission):
        return False
    await turn(desk, submission, State.WITHDRAWN, by.id if by else None)
    return True


def with_its_files(submission: Submission) -> None:
    """Raises Refused where its files were deleted: there is nothing left to hand in."""
    if submission.deleted_at:
        raise Refused(texts.EXPIRED)


async def _tell_giver(desk: Desk, submission: Submission, me: Person, text: str, what: str) -> None:
    giver = submission.giver.person
    if giver is not None and giver != me.id:
        tasks = (submission.task,) if submission.task else ()
        key = f"{outbox.EVIDENCE}{submission.code}:{what}:{giver}"
        await tell(desk.session, giver, text, (), key, desk.now, tasks)
