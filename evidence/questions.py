"""Asking the giver where something handed in breaks a rule of its document: sent again, or handed in all the same."""

from collections.abc import Sequence

from core.evidence import State, Submission
from core.message import Choice
from core.rules import Fault
from core.texts import answers, rules
from evidence.checks import check
from evidence.desk import Desk
from knowledge.cite import label, passage_of
from knowledge.limits import is_paper, limits_of
from records import submissions

ANYWAY, AGAIN = "/vannop", "/guilai"
_STANDS = (State.HELD, State.SUBMITTED, State.ACCEPTED)


async def faults_of(desk: Desk, submission: Submission) -> Sequence[Fault]:
    """What in it does not keep the rules of its task's document; empty: nothing, or nothing is known of it."""
    ref, unit = submission.task, submission.giver.unit
    task = desk.task(ref) if ref else None
    if ref is None or task is None or unit is None:
        return ()
    limits = limits_of(desk.index, ref, unit)
    paper = is_paper(task)
    if not limits and not paper:
        return ()
    handed = await submissions.with_files(desk.session, submission)
    looked = await desk.looked(desk.session, [file.sha256 for file in handed.files])
    stands = await submissions.handed(desk.session, [unit], _STANDS)
    earlier = [one for one in stands if one.submission.task == ref and one.submission.id != submission.id]
    return check(handed, looked, limits, earlier, paper=paper)


async def questions(desk: Desk, submission: Submission) -> list[str]:
    """A sentence for each, and what the giver can do."""
    faults = await faults_of(desk, submission)
    return [*(rules.fault(one, _source(desk, submission, one)) for one in faults), rules.DECIDE]


def picks(submission: Submission) -> tuple[Choice, ...]:
    """What the giver may decide; nothing, where nothing is asked."""
    if submission.state is not State.QUESTIONED:
        return ()
    again = Choice(rules.SEND_AGAIN, f"{AGAIN} {submission.code}")
    return again, Choice(rules.ANYWAY, f"{ANYWAY} {submission.code}")


def _source(desk: Desk, submission: Submission, fault: Fault) -> str:
    """The document and the place of the rule, as people say it."""
    if submission.task is None or fault.limit is None:
        return ""
    volume = desk.index.by_id[submission.task.document]
    passage = passage_of(volume, fault.limit.passage)
    return answers.source_label(label(desk.index, volume), answers.place(passage.section, passage.row))
