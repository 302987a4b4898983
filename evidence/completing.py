"""A dossier that came in several steps: with its last part the earlier ones are handed in too."""

from collections.abc import Sequence

from core.evidence import State, Submission
from core.texts import rules
from core.work import TaskRef
from evidence.desk import Desk
from evidence.parts import missing
from evidence.questions import faults_of, given_for, lacks_parts_alone, with_others
from evidence.turning import turn
from knowledge.dossier_parts import parts_of
from records import outbox, submissions
from records.notify import tell


async def take_along(desk: Desk, submission: Submission, state: State, by: int | None) -> Sequence[Submission]:
    """Those that waited for the rest of the same dossier, and for nothing else, stand so from now on as well.

    Whoever gave one of them and is not who speaks here is told.
    """
    if submission.task is None or submission.giver.unit is None or parts_of(desk.index, submission.task) is None:
        return ()
    waiting = await submissions.placed(desk.session, [submission.giver.unit], (State.QUESTIONED,))
    taken = []
    for one in waiting:
        other = one.task == submission.task and one.id != submission.id and not one.deleted_at
        if other and lacks_parts_alone(await faults_of(desk, one)):
            taken.append(one)
    for one in taken:
        await turn(desk, one, state, by)
        if one.giver.person is not None and one.giver.person != by:
            key = f"{outbox.EVIDENCE}{one.code}:taken-along:{one.giver.person}"
            text = rules.taken_along(one.code, one.title, held=state is State.HELD)
            await tell(desk.session, one.giver.person, text, (), key, desk.now, (submission.task,))
    return [await submissions.hold(desk.session, one.id) for one in taken]


async def to_be_sent(desk: Desk, ref: TaskRef, unit: str) -> str:
    """Before files are sent: the parts, or what lacks of those that came; empty: it is no dossier of parts."""
    dossier = parts_of(desk.index, ref)
    given = await given_for(desk, ref, unit) if dossier else []
    if dossier is None or not given:
        return rules.parts(dossier) if dossier else ""
    lacking = missing(dossier, given)
    return (rules.lacks(lacking) or rules.parts(dossier)) if lacking else rules.whole(dossier)


async def of_its_dossier(desk: Desk, submission: Submission) -> list[str]:
    """Whether what was handed in makes the dossier whole, and with which others; empty: it is none, or
    the giver is asked about it.
    """
    dossier = parts_of(desk.index, submission.task) if submission.task else None
    if dossier is None or submission.giver.unit is None or submission.state is State.QUESTIONED:
        return []
    together = await with_others(desk, await submissions.with_files(desk.session, submission), seen_by_office=False)
    others = [one.submission for one in together[1:]]
    along = [one.code for one in others if one.state is submission.state]
    waiting = [one.code for one in others if one.state in (State.QUESTIONED, State.HELD) and one.code not in along]
    lacking = missing(dossier, together)
    said = rules.lacks(lacking) if lacking else rules.whole(dossier)
    line = " ".join(filter(None, (said, rules.with_it(along), rules.still_waiting(waiting))))
    return [line] if line else []
