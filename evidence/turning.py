"""How a submission comes to stand otherwise: the one way there, so that nothing that follows from it is forgotten."""

from core.evidence import IN_STEAD, State, Submission
from core.texts import deputies as texts
from evidence.desk import Desk
from evidence.roll_up import tell_when_all_in
from records import outbox, people, submissions
from records.notify import tell


async def turn(desk: Desk, submission: Submission, state: State, by: int | None, note: str = "") -> None:
    """From now on it stands so; the log says who said it, and whether in a principal's stead, who is told that.

    Once it is handed in the office is told where it was the last that its own task waits for.
    """
    if in_stead := await _in_stead(desk, submission, state, by):
        note = IN_STEAD
    await submissions.turn(desk.session, submission.id, state, by, desk.now, note)
    if in_stead:
        await _tell_principals(desk, submission, state, by)
    if state is State.SUBMITTED:
        await tell_when_all_in(desk, submission)


async def _in_stead(desk: Desk, submission: Submission, state: State, by: int | None) -> bool:
    """Whether a deputy does here what else a principal does: hands in, or decides on what a colleague gave."""
    hands_in = state is State.SUBMITTED and desk.confirm
    decides = state in (State.WITHDRAWN, State.KEPT) and by != submission.giver.person
    return (hands_in or decides) and by is not None and await desk.stands_in(by, submission.giver.unit)


async def _tell_principals(desk: Desk, submission: Submission, state: State, by: int | None) -> None:
    deputy = await people.get(desk.session, by)
    tasks = (submission.task,) if submission.task else ()
    text = texts.in_your_stead(deputy.name if deputy else "", submission, state)
    for principal in await desk.heads_of(submission.giver.unit or ""):
        if principal != by:
            key = f"{outbox.EVIDENCE}{submission.code}:in-stead:{state}:{principal}"
            await tell(desk.session, principal, text, (), key, desk.now, tasks)
