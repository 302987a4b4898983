"""One submission as its page shows it: to whom it may be shown, how far, and what she may do with it; as in chat."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time
from enum import StrEnum
from typing import Literal

from core.answer import Citation
from core.clock import VIETNAM, local_day
from core.evidence import AT_OFFICE, Act, Event, Handed, State, Submission
from core.message import StoredFile
from core.people import Person
from evidence import giving, review
from evidence.beside import Beside, beside
from evidence.desk import Desk
from evidence.extending import may_extend
from evidence.questions import questions
from knowledge.cite import cite_task
from knowledge.sentences import shown
from records import extensions, facts, history, proofs, submissions

Kind = Literal["picture", "film", "sound", "address", "paper"]
_KINDS: dict[str, Kind] = {"image": "picture", "video": "film", "audio": "sound"}


class May(StrEnum):
    """What somebody may do with a submission as it stands."""

    DECIDE = "decide"  # the office accepts it, or sends it back
    ASK = "ask"
    EXTEND = "extend"
    CONFIRM = "confirm"  # the principal hands it in, or not yet
    ANYWAY = "anyway"  # it is handed in though it breaks a rule
    TAKE_BACK = "take back"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A file that the reader is shown; `address`: what was handed in is this web address."""

    number: int
    file: StoredFile
    kind: Kind
    address: str = ""


@dataclass(frozen=True, slots=True)
class Proof:
    """`handed` is without files, caption and talk where the reader does not see them. `asked`: of its giver."""

    handed: Handed
    unit: str
    office: bool  # the reader looks at it for the office
    sees: bool
    events: Sequence[Event]
    cited: Citation | None
    moved: date | None  # the day to which its office has moved the task for the unit
    files: Sequence[Exhibit]
    beside: Beside
    asked: Sequence[str]
    in_stead: str
    may: frozenset[May]

    @property
    def warnings(self) -> list[str]:
        """What to look at closely."""
        its = self.beside
        return [*its.faults, *its.repeated, *its.unscanned, *its.unseen, *self.asked]


async def opens(desk: Desk, me: Person, submission: Submission) -> bool:
    """Whether it exists for this person: her unit's log is hers to read, and the office's since it was handed in."""
    return submission.giver.unit == me.unit or await review.may_review(desk, me, submission)


async def sees(desk: Desk, me: Person, submission: Submission) -> bool:
    """Whether she may look at its files: the office while it has it, and who is to give the unit's word."""
    if submission.giver.unit == me.unit and submission.state is State.HELD:
        return await desk.heads(me)
    return submission.state in AT_OFFICE and await review.may_review(desk, me, submission)


async def note_seen(desk: Desk, me: Person, submission: Submission) -> None:
    """The log says once a day that she looked at its files."""
    midnight = datetime.combine(local_day(desk.now), time(), VIETNAM)
    await history.note_seen(desk.session, submission.id, me.id, desk.now, midnight)


async def may(desk: Desk, me: Person, submission: Submission) -> frozenset[May]:
    """What this person may do with it now."""
    state, its = submission.state, set[May]()
    if await review.may_review(desk, me, submission):
        its |= {May.DECIDE} if state is State.SUBMITTED else set()
        its |= {May.ASK} if state in AT_OFFICE else set()
        its |= (
            {May.EXTEND}
            if state in (State.SUBMITTED, State.RETURNED) and _is_extendable(desk, me, submission)
            else set()
        )
    if submission.giver.unit == me.unit:
        its |= await _of_its_unit(desk, me, submission)
    return frozenset(its)


async def find(desk: Desk, me: Person, code: str) -> Proof | None:
    """All that she may see of it; None: it is not hers to see, or there is none."""
    submission = await submissions.find(desk.session, code)
    if submission is None or not await opens(desk, me, submission):
        return None
    office, looks = submission.giver.unit != me.unit, await sees(desk, me, submission)
    handed = await submissions.with_files(desk.session, submission) if looks else Handed(submission, ())
    events = await (history.since_handed_in if office else history.of)(desk.session, submission.id)
    its = await may(desk, me, submission)
    if looks and handed.files:
        await note_seen(desk, me, submission)
    return Proof(
        handed,
        desk.short_name(submission.giver.unit),
        office,
        looks,
        events,
        _cited(desk, submission),
        await _moved(desk, submission),
        await _files(desk, submission) if looks else (),
        await beside(desk, handed, heads=not office) if looks else Beside(),
        await questions(desk, submission) if May.ANYWAY in its else (),
        await history.in_stead(desk.session, submission.id) if looks else "",
        its,
    )


async def _of_its_unit(desk: Desk, me: Person, submission: Submission) -> set[May]:
    its, state = set[May](), submission.state
    speaks = await desk.speaks_alone(me, submission.giver.unit)
    if speaks and state is State.HELD:
        its.add(May.CONFIRM)
    if speaks or submission.giver.person == me.id:
        its |= {May.ANYWAY} if state is State.QUESTIONED else set()
        its |= {May.TAKE_BACK} if giving.may_be_taken_back(submission) else set()
    talk = (await history.talks(desk.session, [submission.id])).get(submission.id, ())
    if any(one.what is Act.ASKED for one in talk):
        its.add(May.ANSWER)
    return its


def _is_extendable(desk: Desk, me: Person, submission: Submission) -> bool:
    unit, ref = submission.giver.unit, submission.task
    return unit is not None and may_extend(desk, me, unit) and ref is not None and desk.task(ref) is not None


async def _files(desk: Desk, submission: Submission) -> list[Exhibit]:
    links = await proofs.addresses(desk.session, submission.id)
    found = await facts.shown(desk.session, [submission.id])
    return [_exhibit(number, file, links) for _, number, file in found]


def _exhibit(number: int, file: StoredFile, links: Mapping[int, str]) -> Exhibit:
    address = links.get(number, "")
    if address.startswith(("https://", "http://")):
        return Exhibit(number, file, "address", address)
    return Exhibit(number, file, _KINDS.get(file.mime.partition("/")[0], "paper"))


def _cited(desk: Desk, submission: Submission) -> Citation | None:
    """The sentence of the document that asks for it."""
    ref = submission.task
    task, volume = (desk.task(ref), desk.index.by_id.get(ref.document)) if ref else (None, None)
    if task is None or volume is None:
        return None
    found = cite_task(desk.index, volume, task)
    return replace(found, quote=shown(found.quote))


async def _moved(desk: Desk, submission: Submission) -> date | None:
    unit, ref = submission.giver.unit, submission.task
    if unit is None or ref is None:
        return None
    return (await extensions.of_units(desk.session, [unit])).get((unit, ref))
