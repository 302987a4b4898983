"""One piece of evidence for several tasks: the bot proposes, who speaks for the unit confirms.

For each further task it is a submission of its own with the same bytes: reviewed, returned and shown like any other.
"""

from collections.abc import Sequence

from core.evidence import DONE, State, Submission
from core.message import Choice
from core.people import Person
from core.texts import evidence as texts
from core.work import TaskRef
from evidence.criteria_picks import what_serves
from evidence.desk import Desk, title_of
from evidence.placing import MORE, OFFERED, candidates, place
from evidence.questions import picks
from knowledge.kindred import kindred
from knowledge.meant_for import Likely
from records import submissions

COMMAND = "/dungchung"
Picks = tuple[Choice, ...]
_STANDS = (*DONE, State.HELD, State.QUESTIONED)


async def what_next(desk: Desk, submission: Submission, said: str, reader: Person | None) -> tuple[str, Picks]:
    """What is `said` of where it stands, and what the reader may pick now: an answer to what is asked of the giver,
    or, for who may confirm that, tasks of other documents that ask for the same and criteria that it may serve;
    mostly none.
    """
    speaks = await desk.speaks_alone(reader, submission.giver.unit)
    if submission.state not in DONE or submission.shared_from or not speaks:
        return said, await picks(desk, submission)
    found = (await _kindred(desk, submission))[:OFFERED]
    criteria, ticks = await what_serves(desk, submission)
    lines = [said, *[texts.serves(len(found))] * bool(found), *criteria]
    return "\n".join(lines), (*_picks(submission.code, found), *ticks)


async def to_pick_from(desk: Desk, submission: Submission, page: int) -> Picks:
    """A page of tasks that it may serve too, the likest first; pages count from 1; empty: no more."""
    taken = await _served(desk, submission)
    alike = await _kindred(desk, submission)
    first = {one.ref for one in alike} | taken
    found = [*alike, *(one for one in await candidates(desk, submission) if one.ref not in first)]
    here = found[(page - 1) * OFFERED : page * OFFERED]
    more = (Choice(texts.OTHER_TASK, f"{COMMAND} {submission.code} {MORE} {page + 1}"),)
    return (*_picks(submission.code, here), *(more if here else ()))


async def share(desk: Desk, submission: Submission, ref: TaskRef, by: Person) -> Submission | None:
    """The same files are handed in for this task too, in this person's name; None: they are already.

    The task is one of the desk's, and the person speaks for the unit.
    """
    if ref in await _served(desk, submission):
        return None
    copy = await submissions.share(desk.session, submission, desk.now)
    return await place(desk, copy, ref, by)


async def _served(desk: Desk, submission: Submission) -> set[TaskRef]:
    family = await submissions.sharing(desk.session, submission)
    return {one.task for one in family if one.task and one.state in _STANDS}


async def _kindred(desk: Desk, submission: Submission) -> Sequence[Likely]:
    unit, ref = submission.giver.unit, submission.task
    if unit is None or ref is None:
        return ()
    taken = await _served(desk, submission)
    found = await desk.moved(unit, kindred(desk.index, ref, desk.asker(unit)))
    return [one for one in found if one.ref not in taken]


def _picks(code: str, found: Sequence[Likely]) -> Picks:
    return tuple(
        Choice(texts.share(title_of(one.task), one.task.until), f"{COMMAND} {code} {one.ref}") for one in found
    )
