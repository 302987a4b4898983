"""Asking the giver where something handed in breaks a rule of its document: sent again, or handed in all the same."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from core.archives import opened
from core.evidence import AT_OFFICE, DONE, NO_PART, Handed, State, Submission
from core.media import Looked
from core.message import Choice, StoredFile
from core.rules import Fault, RuleKind
from core.texts import answers, rules
from core.work import Obligation, TaskRef
from evidence.checks import check, closed
from evidence.desk import Desk
from evidence.due_days import of_the_same_day
from evidence.parts import asked_together, called, missing
from knowledge.cite import passage_of
from knowledge.dossier_parts import parts_of
from knowledge.limits import is_paper, limits_of
from knowledge.sentences import shortened, shown
from records import facts, submissions

ANYWAY, AGAIN, MORE, PART = "/vannop", "/guilai", "/nop", "/phan"
SHORT = 8  # characters of a SHA-256 by which a file is told from the others of its submission
_TITLE = 40  # characters; of a document without a number
_LABEL = 60  # characters; of a part on a button
_STANDS = (State.HELD, State.SUBMITTED, State.ACCEPTED)


async def faults_of(desk: Desk, submission: Submission) -> Sequence[Fault]:
    """What in it does not keep the rules of its task's document; empty: nothing, or nothing is known of it."""
    ref, unit = submission.task, submission.giver.unit
    task = desk.task(ref) if ref else None
    if ref is None or task is None or unit is None or submission.deleted_at:
        return ()
    limits, dossier = limits_of(desk.index, ref, unit), parts_of(desk.index, ref)
    paper = is_paper(task)
    handed = await submissions.with_files(desk.session, submission)
    looked = await facts.known(desk.session, [file.sha256 for file in handed.files])
    if not limits and not paper and not dossier:
        return tuple(closed(handed, looked))
    counted = DONE if submission.state in AT_OFFICE else _STANDS  # the office does not see what waits for a principal
    stands = await submissions.handed(desk.session, [unit], counted)
    others = [one for one in stands if _beside(task, submission, one.submission)]
    earlier = [one for one in others if submission.state not in _STANDS or one.submission.id < submission.id]
    looked = {**looked, **await _looked_at(desk, earlier)}
    faults = check(handed, looked, limits, earlier, paper=paper)
    if dossier is None:
        return faults
    lacking = missing(dossier, await with_others(desk, handed, seen_by_office=submission.state in AT_OFFICE))
    return (*faults, lacking) if lacking else faults


async def with_others(desk: Desk, handed: Handed, *, seen_by_office: bool) -> list[Handed]:
    """This submission and then what else the unit gave for its task, archives opened; of that the office sees what is
    handed in.
    """
    submission = handed.submission
    assert submission.task is not None
    assert submission.giver.unit is not None
    states = DONE if seen_by_office else (*_STANDS, State.QUESTIONED)
    stands = await given_for(desk, submission.task, submission.giver.unit, states)
    task = desk.task(submission.task)
    [mine] = await _with_contents(desk, [handed])
    return [mine, *(one for one in stands if _beside(task, submission, one.submission))]


def _beside(task: Obligation | None, submission: Submission, other: Submission) -> bool:
    """Whether the other is for the same task, and the same day of what comes back."""
    same = other.task == submission.task and other.id != submission.id
    return same and bool(of_the_same_day(task, submission, [other]))


async def given_for(
    desk: Desk, ref: TaskRef, unit: str, states: Collection[State] = (*_STANDS, State.QUESTIONED)
) -> list[Handed]:
    """What the unit gave for this task that stands so and was not deleted, archives opened, oldest first."""
    stands = await submissions.handed(desk.session, [unit], states)
    return await _with_contents(
        desk, [one for one in stands if one.submission.task == ref and not one.submission.deleted_at]
    )


async def _with_contents(desk: Desk, several: Sequence[Handed]) -> list[Handed]:
    looked = await _looked_at(desk, several)
    return [replace(one, files=opened(one.files, looked)) for one in several]


async def _looked_at(desk: Desk, several: Sequence[Handed]) -> Mapping[str, Looked]:
    return await facts.known(desk.session, [file.sha256 for one in several for file in one.files])


@dataclass(frozen=True, slots=True)
class Asked:
    """Files of one submission of which it is asked at once which part they are."""

    code: str
    files: Sequence[StoredFile]
    parts: Sequence[str]  # of the dossier, that have not come

    @property
    def mark(self) -> str:
        """Other files have another."""
        return self.files[0].sha256[:SHORT]

    @property
    def pictures(self) -> bool:
        return self.files[0].mime.startswith("image/")

    @property
    def names(self) -> Sequence[str]:
        return [file.name for file in self.files]

    @property
    def said(self) -> str:
        return rules.which_part(self.names, called(self.parts[0]), pictures=self.pictures)

    @property
    def picks(self) -> tuple[Choice, ...]:
        here = f"{PART} {self.code} {self.mark}"
        which = (Choice(shortened(part, _LABEL), f"{here} {number}") for number, part in enumerate(self.parts))
        return *which, Choice(rules.NO_PART, f"{here} {NO_PART}")


async def open_part(desk: Desk, submission: Submission, faults: Sequence[Fault]) -> Asked | None:
    """What is asked about its files' parts; None: nothing."""
    lacking = next((one for one in faults if one.missing and one.unclear), None)
    if lacking is None or lacking.limit is None:
        return None
    [mine] = await _with_contents(desk, [await submissions.with_files(desk.session, submission)])
    files = asked_together(lacking.limit, mine)
    return Asked(submission.code, files, lacking.missing) if files else None


def lacks_parts_alone(faults: Sequence[Fault]) -> bool:
    """Whether all that is wrong is that the dossier is not whole; nothing wrong at all too."""
    return all(one.limit is not None and one.limit.kind is RuleKind.PARTS for one in faults)


async def questions(desk: Desk, submission: Submission) -> list[str]:
    """A sentence for each, and what the giver can do."""
    faults = await faults_of(desk, submission)
    decide = rules.DECIDE_PARTS if faults and lacks_parts_alone(faults) else rules.DECIDE
    said = [*(_sentence(desk, submission, one) for one in faults), decide]
    asked = await open_part(desk, submission, faults)
    return [*said, asked.said] if asked else said


async def known_faults(desk: Desk, submission: Submission) -> list[str]:
    """What whoever decides on it should know: a sentence for each rule of the document that is surely not kept."""
    faults = await faults_of(desk, submission)
    sure = [
        one
        for one in faults
        if one.trouble or (one.limit and one.limit.kind is not RuleKind.COUNTS_ONLY and not one.unclear)
    ]
    return [_sentence(desk, submission, one) for one in sure]


async def picks(desk: Desk, submission: Submission) -> tuple[Choice, ...]:
    """What the giver may decide; nothing, where nothing is asked."""
    if submission.state is not State.QUESTIONED:
        return ()
    faults = await faults_of(desk, submission)
    if faults and lacks_parts_alone(faults):
        more = Choice(rules.SEND_MORE, f"{MORE} {submission.task}")
        asked = await open_part(desk, submission, faults)
        which = asked.picks if asked else ()
        return *which, more, Choice(rules.ANYWAY, f"{ANYWAY} {submission.code}")
    again = Choice(rules.SEND_AGAIN, f"{AGAIN} {submission.code}")
    return again, Choice(rules.ANYWAY, f"{ANYWAY} {submission.code}")


def _sentence(desk: Desk, submission: Submission, fault: Fault) -> str:
    quote = shown(fault.limit.quote) if fault.limit else ""
    return rules.fault(fault, quote, _source(desk, submission, fault))


def _source(desk: Desk, submission: Submission, fault: Fault) -> str:
    """The document and the place of the rule, in a few words."""
    if submission.task is None or fault.limit is None:
        return ""
    volume = desk.index.by_id[submission.task.document]
    head, passage = volume.shelved.plan.head, passage_of(volume, fault.limit.passage)
    title = "" if head.number else shortened(head.title or volume.shelved.plan.source_file, _TITLE)
    named = " ".join(filter(None, (head.doc_type, head.number, title)))
    place = answers.place(passage.section, passage.row)
    return ", ".join(filter(None, (named, desk.short_name(volume.unit), place)))
