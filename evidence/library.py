"""The store of shared material: an office puts in what was accepted, all units below it find it there."""

from collections.abc import Sequence

from core.clock import local_day
from core.errors import Refused
from core.evidence import Act, State, Submission
from core.library import Material
from core.message import Choice, StoredFile
from core.people import Person, Role
from core.texts import evidence as evidence_texts
from core.texts import library as texts
from evidence import review
from evidence.desk import Desk
from knowledge.fold import fold, words
from records import facts, history, library, outbox, submissions
from records.notify import tell

PUT, STORE, SHOW, TAKE_OUT = "/vaokho", "/kho", "/xemkho", "/rutkho"
PAGE = 5
MOST_FILES = 10  # that one message shows
_WEIGHTLESS = {"ve", "cho", "cua", "va"}


async def to_put(desk: Desk, me: Person, code: str) -> Submission:
    """The accepted submission of this code, held, for staff of an office above its unit. Raises Refused."""
    found = await submissions.by_code(desk.session, code)
    if found is not None and found.state is State.ACCEPTED and _is_over(desk, me, found.giver.unit):
        return found
    if found is not None and await review.may_review(desk, me, found):
        raise Refused(texts.ONLY_ACCEPTED)
    raise Refused(evidence_texts.NOT_FOUND)


async def shown(desk: Desk, submission: Submission) -> list[tuple[int, StoredFile]]:
    """What others may see of it, with the numbers of the received files."""
    return [(number, file) for _, number, file in await facts.shown(desk.session, [submission.id])]


async def why_not(desk: Desk, submission: Submission, office: str) -> str:
    """Why this office does not put it in; empty: it may. The school's word holds for the same files of another task."""
    found = await library.places(desk.session, submission.id)
    for one in await submissions.sharing(desk.session, submission):
        if any(place.out_unit == submission.giver.unit for place in await library.places(desk.session, one.id)):
            return texts.SCHOOL_TOOK_OUT
    return texts.ALREADY_IN if any(one.office == office and one.out_unit is None for one in found) else ""


async def put(
    desk: Desk, submission: Submission, me: Person, title: str, files: Sequence[tuple[int, StoredFile]]
) -> None:
    """It is in the store of this person's office, with these files alone; the school is told once."""
    called = _words("\n".join((title, submission.title, desk.unit_name(submission.giver.unit))))
    named = {number: _words(file.name) for number, file in files}
    what = library.Putting(me.unit, title, called, named, me.id)
    await library.put(desk.session, submission.id, what, desk.now)
    await history.note(desk.session, submission.id, Act.STORED, me.id, desk.now)
    out = (Choice(texts.TAKE_OUT, f"{TAKE_OUT} {submission.code}"),)
    text = texts.chosen(submission, desk.short_name(me.unit))
    await review.tell_school(desk, submission, text, f"library:{me.unit}", out)


async def take_out(desk: Desk, submission: Submission, me: Person) -> bool:
    """It is in no store any more on its school's word, or its giver's; on an office's in its own, and in those of the
    offices below it, no more.

    False: there is nothing that this person may take out. Who had put it in is told of the school's word.
    """
    unit = submission.giver.unit
    own = me.unit == unit and (me.id == submission.giver.person or await desk.speaks_alone(me, unit))
    stands = [one for one in await library.places(desk.session, submission.id) if one.out_unit is None]
    office = {one.office for one in stands if me.role is Role.STAFF and _within(desk, one.office, me.unit)}
    mine = [one for one in stands if own or one.office in office]
    if not mine:
        return False
    await library.take_out(desk.session, submission.id, [one.office for one in mine], me.unit, desk.now)
    event = await history.note(desk.session, submission.id, Act.UNSTORED, me.id, desk.now)
    for who in sorted({one.put_by for one in mine} - {me.id}) if own else ():
        key = f"{outbox.EVIDENCE}{submission.code}:unstored:{event}:{who}"
        await tell(desk.session, who, texts.school_took_out(submission, desk.short_name(unit)), (), key, desk.now)
    return True


async def search(desk: Desk, me: Person, said: str, page: int) -> tuple[int, Sequence[Material]]:
    """How many offices above the person's unit, and her own, have put in that have all these words; a page of them,
    newest first. Pages count from 1; of one that there is not nothing is on it.
    """
    wanted = _words(said) - _WEIGHTLESS
    return await library.find(desk.session, _offices(desk, me), wanted, PAGE, (page - 1) * PAGE)


async def find_one(desk: Desk, me: Person, code: str) -> Material | None:
    """The one of this code among all that she may find."""
    return await library.of_code(desk.session, _offices(desk, me), code)


def _offices(desk: Desk, me: Person) -> set[str]:
    return {one.code for one in desk.index.tree.above(me.unit) if _within(desk, me.unit, one.code)}


def _words(text: str) -> set[str]:
    return set(words(fold(text)))


def _is_over(desk: Desk, me: Person, unit: str | None) -> bool:
    """Whether the person is staff of an office of today above this unit."""
    tree = desk.index.tree
    office = tree.get(me.unit)
    today = office is not None and office.exists_on(local_day(desk.now))
    return me.role is Role.STAFF and today and unit is not None and tree.is_below(unit, me.unit)


def _within(desk: Desk, unit: str, office: str) -> bool:
    return unit == office or desk.index.tree.is_below(unit, office)
