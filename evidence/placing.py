"""Which task a submission is for: found from what was said with it, or picked; and whose word it needs then."""

from collections.abc import Sequence
from dataclasses import replace

from core.evidence import State, Submission
from core.message import Choice
from core.people import Person
from core.texts import evidence as texts
from core.work import TaskRef
from evidence.completing import of_its_dossier, take_along
from evidence.desk import Desk, title_of
from evidence.due_days import done_by, due_of, of_the_same_day
from evidence.questions import faults_of, questions
from evidence.turning import turn
from knowledge.meant_for import Likely, likely_tasks
from records import outbox, people, submissions
from records.notify import tell

PLACE, CONFIRM, NOT_YET = "/minhchung", "/dongynop", "/chuanop"
MORE, NONE = "khac", "khong"
OFFERED = 3  # tasks at once
_OPEN = (State.COMING, State.UNPLACED, State.QUESTIONED, State.HELD)


async def candidates(desk: Desk, submission: Submission, words: str = "") -> Sequence[Likely]:
    """The unit's tasks, the likeliest first; those alone that were named in the message that was answered.

    `words`: said of it since, instead of the caption.
    """
    unit = submission.giver.unit
    if unit is None:
        return ()
    done = await done_by(desk, unit)
    likely = likely_tasks(desk.index, words or submission.caption, desk.asker(unit), desk.now, done, limit=100)
    found = await desk.moved(unit, likely)
    named = [one for one in found if one.ref in submission.among]
    return named if named and not words else found


def choices(code: str, found: Sequence[Likely], page: int = 1) -> tuple[Choice, ...]:
    """The tasks of a page to pick from; pages count from 1."""
    here = found[(page - 1) * OFFERED : page * OFFERED]
    more = Choice(texts.OTHER_TASK, f"{PLACE} {code} {MORE} {page + 1}")
    picks = (Choice(texts.label(title_of(one.task), one.task.until), f"{PLACE} {code} {one.ref}") for one in here)
    return (*picks, more, Choice(texts.NO_EVIDENCE, f"{PLACE} {code} {NONE}"))


async def place(desk: Desk, submission: Submission, ref: TaskRef, by: Person | None) -> Submission:
    """It is for this task from now on; where it breaks no rule, handed in or waiting for the principal's word.

    The task is one of the desk's.
    """
    unit = submission.giver.unit
    assert unit is not None
    task = desk.task(ref)
    assert task is not None
    due = await due_of(desk, submission, ref, task)
    returned = [one for one in await submissions.placed(desk.session, [unit], (State.RETURNED,)) if one.task == ref]
    again = any(of_the_same_day(task, replace(submission, due=due), returned))
    await submissions.place(desk.session, submission.id, ref, title_of(task), due, again=again)
    placed = await submissions.hold(desk.session, submission.id)
    if await faults_of(desk, placed):
        person = by.id if by else submission.giver.person
        await turn(desk, placed, State.QUESTIONED, person)
        return await submissions.hold(desk.session, submission.id)
    return await take_as_it_is(desk, placed, by)


async def take_as_it_is(desk: Desk, submission: Submission, by: Person | None) -> Submission:
    """Handed in, or waiting for the principal's word, whatever the rules say."""
    unit = submission.giver.unit
    giver = await people.get(desk.session, submission.giver.person)
    alone = not desk.confirm or await desk.speaks_alone(by, unit) or await desk.speaks_alone(giver, unit)
    state = State.SUBMITTED if alone else State.HELD
    person = by.id if by else submission.giver.person
    await turn(desk, submission, state, person)
    for one in await take_along(desk, submission, state, person):
        if state is State.HELD:
            await ask_principals(desk, one)
    return await submissions.hold(desk.session, submission.id)


async def ask_principals(desk: Desk, submission: Submission) -> bool:
    """Those who give the unit's word are asked, once; False: none has an account."""
    unit, asked = submission.giver.unit, False
    assert unit is not None
    handed = await submissions.with_files(desk.session, submission)
    pick = Choice(texts.CONFIRM, f"{CONFIRM} {submission.code}"), Choice(texts.NOT_YET, f"{NOT_YET} {submission.code}")
    text = texts.please_confirm(handed.giver_name or desk.short_name(unit), handed)
    tasks = (submission.task,) if submission.task else ()
    for person in await desk.principals(unit):
        key = f"{outbox.EVIDENCE}{submission.code}:confirm:{submission.task}:{person}"
        asked = await tell(desk.session, person, text, pick, key, desk.now, tasks) or asked
    return asked


async def follow_up(desk: Desk, submission: Submission) -> str:
    """Who must speak is asked; what the giver is told of it."""
    unit = submission.giver.unit
    office = desk.above(unit) if unit else None
    said = texts.placed(submission, desk.short_name(office.code) if office else "")
    if submission.state is State.QUESTIONED:
        return "\n".join([said, *await questions(desk, submission)])
    said = "\n".join([said, *await of_its_dossier(desk, submission)])
    if submission.state is State.HELD and not await ask_principals(desk, submission):
        return f"{said}\n{texts.nobody_confirms(desk.short_name(unit))}"
    return said


def may_be_placed(submission: Submission) -> bool:
    """Whether its task may still be named, or changed."""
    return submission.state in _OPEN
