"""Criteria to tick off for one piece of evidence, as buttons or numbers; several may be picked at once."""

from core.evidence import Submission
from core.message import Choice
from core.texts import criteria as texts
from evidence.criteria import OFFERED, proposed
from evidence.desk import Desk

SEE, ATTACH, NONE = "/tieuchi", "+", "khong"


async def what_serves(desk: Desk, submission: Submission) -> tuple[list[str], tuple[Choice, ...]]:
    """What is said of the criteria that it may serve, and those to pick from; nothing where none is alike."""
    found = (await proposed(desk, submission))[:OFFERED]
    if not found:
        return [], ()
    picks = [
        Choice(texts.pick(one.criterion, one.set), f"{SEE} {submission.code} {ATTACH}{one.criterion.id}")
        for one in found
    ]
    picks.append(Choice(texts.FITS_NONE, f"{SEE} {submission.code} {NONE}"))
    return [texts.may_serve(len(found) > 1)], tuple(picks)
