"""The office asks about what was handed in, the school answers; it stands as before, and the log keeps both."""

import re

from core.evidence import AT_OFFICE, Act, Event, State, Submission
from core.message import Choice
from core.people import Person, Role
from core.texts import asking as texts
from core.texts import evidence as evidence_texts
from evidence.desk import Desk
from evidence.review import ACCEPT, LONGEST, LOOK, SEND_BACK, tell_school
from records import history, memberships, outbox
from records.notify import tell

ASK, ANSWER = "/hoinop", "/traloi"
_KEY = re.compile(rf"{outbox.EVIDENCE}([A-Z2-9]{{6}}):asked:.*")


async def ask(desk: Desk, submission: Submission, me: Person, question: str) -> None:
    """The school is told once, and can answer by a pick or in the thread."""
    question = question.strip()[:LONGEST]
    event = await history.note(desk.session, submission.id, Act.ASKED, me.id, desk.now, question)
    text = texts.you_are_asked(submission, desk.short_name(me.unit), question)
    pick = Choice(texts.ANSWER, f"{ANSWER} {submission.code}")
    await tell_school(desk, submission, text, f"asked:{event}", (pick,))


async def answer(desk: Desk, submission: Submission, by: int | None, words: str) -> bool:
    """Passed on to who asked, else to the whole office; False: nobody has asked."""
    asked = [one for one in await _talk(desk, submission) if one.what is Act.ASKED]
    if not asked:
        return False
    words = words.strip()[:LONGEST]
    event = await history.note(desk.session, submission.id, Act.ANSWERED, by, desk.now, words)
    text = texts.school_answers(submission, desk.short_name(submission.giver.unit), words)
    tasks = (submission.task,) if submission.task else ()
    for person in await _who_asked(desk, submission, asked):
        key = f"{outbox.EVIDENCE}{submission.code}:answered:{event}:{person}"
        await tell(desk.session, person, text, _decisions(submission), key, desk.now, tasks)
    return True


def asked_in(key: str) -> str:
    """The code of the submission that the message with this key asks about; empty: it asks nothing."""
    found = _KEY.fullmatch(key)
    return found[1] if found else ""


async def _talk(desk: Desk, submission: Submission) -> tuple[Event, ...]:
    return tuple((await history.talks(desk.session, [submission.id])).get(submission.id, ()))


async def _who_asked(desk: Desk, submission: Submission, asked: list[Event]) -> list[int]:
    """Those of the office who asked and are still there; else everybody there."""
    office = desk.above(submission.giver.unit or "")
    officers = await memberships.in_role(desk.session, [office.code], Role.STAFF) if office else ()
    curious = {one.person for one in asked}
    return [person for person in officers if person in curious] or list(officers)


def _decisions(submission: Submission) -> tuple[Choice, ...]:
    """What may still be decided on it, or seen of it."""
    code = submission.code
    if submission.state is not State.SUBMITTED:
        return (Choice(evidence_texts.LOOK, f"{LOOK} {code}"),) if submission.state in AT_OFFICE else ()
    return (
        Choice(evidence_texts.ACCEPT, f"{ACCEPT} {code}"),
        Choice(evidence_texts.SEND_BACK, f"{SEND_BACK} {code}"),
        Choice(evidence_texts.LOOK, f"{LOOK} {code}"),
    )
