"""How a submission comes to stand otherwise: the one way there, so that nothing that follows from it is forgotten."""

from core.evidence import IN_STEAD, State, Submission
from evidence.desk import Desk
from evidence.roll_up import tell_when_all_in
from records import reminders, submissions


async def turn(desk: Desk, submission: Submission, state: State, by: int | None, note: str = "") -> None:
    """From now on it stands so; the log says who said it, and whether in a principal's stead.

    Once it is handed in nobody is reminded of it, and the office is told where it was the last that its own task waits
    for.
    """
    if state is State.SUBMITTED and desk.confirm and await desk.stands_in(by, submission.giver.unit):
        note = IN_STEAD
    await submissions.turn(desk.session, submission.id, state, by, desk.now, note)
    if state is State.SUBMITTED:
        await tell_when_all_in(desk, submission)
        if submission.giver.unit and submission.task:
            await reminders.take_back(desk.session, submission.giver.unit, submission.task, desk.now)
