"""Telling people what has become of their files, and asking what they are for: in the transaction that makes it so."""

from collections.abc import Sequence
from dataclasses import replace

from core.evidence import DONE, Act, State, Submission
from core.message import Choice, Outbound, StoredFile
from core.people import Person
from core.texts import drafts as draft_texts
from core.texts import evidence as texts
from core.texts import files as file_texts
from core.texts import privacy
from evidence import daily, drafts
from evidence import told as contents
from evidence.desk import Desk
from evidence.placing import candidates, choices, follow_up, place
from evidence.repeated import to_giver
from evidence.sharing import what_next
from evidence.turning import turn
from knowledge.drafting import wants_reading
from records import facts, history, outbox, people, received, submissions, units
from records.notify import tell as write_to
from records.notify import write
from records.received import Settled

_PRINCIPALS_KNOW = (State.HELD, State.SUBMITTED, State.ACCEPTED)


async def tell(desk: Desk, id: int) -> None:
    """One receipt for all of this submission that is settled and not told of."""
    if unit := await submissions.unit_of(desk.session, id):
        await units.hold(desk.session, unit)  # of a dossier's last parts that come at once, the later sees the earlier
    submission = await submissions.hold(desk.session, id)
    settled = await received.to_tell(desk.session, id)
    if not settled:
        return
    stored = [one.file for one in settled if one.file]
    came_late = submission.state is not State.COMING
    submission, said, picks = await _said(desk, submission, stored)
    said += await _hidden(desk, submission, stored)
    emptied = await _emptied(desk, submission)
    said += [*_missing(settled, submission.code if came_late else ""), *emptied]
    if came_late:
        await _warn(desk, submission, settled, emptied)
    giver = submission.giver
    if stored and giver.person and not giver.group and await people.note_notice(desk.session, giver.person, desk.now):
        said += ["", privacy.notice(desk.retention_days)]
    message = Outbound(
        giver.address,
        "\n".join(said),
        reply_to=submission.message_id if giver.group else "",
        group=giver.group,
        tasks=(submission.task,) if submission.task else (),
    )
    person = None if giver.group else giver.person
    key = f"{outbox.RECEIPT}{settled[0].id}{':refused' if settled[0].malware else ''}"  # it may have been received
    await received.mark_told(desk.session, [one.id for one in settled], submission.code)
    if giver.address.chat:  # else she was forgotten
        await write(desk.session, message, giver.sender, picks, key, desk.now, person=person)


async def _hidden(desk: Desk, submission: Submission, stored: Sequence[StoredFile]) -> list[str]:
    """Of what was just stored: what others are not shown, since it cannot be cleaned."""
    mine = {file.sha256 for file in stored}
    return texts.will_be_hidden([one for one in await facts.hidden(desk.session, submission.id) if one.sha256 in mine])


def _missing(settled: Sequence[Settled], code: str) -> list[str]:
    """A sentence for what could not be had, one for each malware that was found; `code`: once it was told of."""
    gone = [one for one in settled if not one.file and not one.malware]
    empty = [one.name or file_texts.nameless(one.kind, "") for one in gone if one.empty]
    lost = [one.name or file_texts.nameless(one.kind, "") for one in gone if not one.empty]
    infected: dict[str, list[str]] = {}
    for one in settled:
        if one.malware:
            infected.setdefault(one.malware, []).append(one.name)
    said = [file_texts.infected(names, malware, code) for malware, names in infected.items()]
    nothing_in_it = [file_texts.empty(empty)] if empty else []
    return [*([file_texts.lost(lost)] if lost else []), *nothing_in_it, *said]


async def _warn(desk: Desk, submission: Submission, settled: Sequence[Settled], emptied: Sequence[str]) -> None:
    """Malware was found in what was handed in: the log says so, and who else was shown it is told, the office and who
    speaks for the unit.

    `emptied`: what is said to them where nothing is left, which the principals have been told.
    """
    infected, unit = [one for one in settled if one.malware], submission.giver.unit or ""
    why = file_texts.why_refused(infected[0].malware) if infected else ""
    if infected:
        note = texts.infected_note(len(infected), why)
        await history.note(desk.session, submission.id, Act.DELETED, None, desk.now, note)
    if not infected or submission.state not in _PRINCIPALS_KNOW:
        return
    office = desk.above(unit) if submission.state in DONE else None
    readers = {*(await desk.principals(office.code) if office else ())}
    readers |= {*(() if emptied else await desk.principals(unit))} - {submission.giver.person}
    names = [one.name for one in infected]
    text = "\n".join([texts.warned(submission, desk.short_name(unit), names, why), *emptied])
    for person in sorted(one for one in readers if one is not None):
        key = f"{outbox.EVIDENCE}{submission.code}:malware:{infected[0].id}:{person}"
        await write_to(desk.session, person, text, (), key, desk.now)


async def _emptied(desk: Desk, submission: Submission) -> list[str]:
    """Of which no file is left, that is withdrawn; the principals are told, who think that it is handed in."""
    stands = submission.state not in (State.COMING, State.RETURNED, State.WITHDRAWN)
    if not stands or not await received.is_empty(desk.session, submission.id):
        return []
    giver, text = submission.giver, texts.emptied(submission)
    await turn(desk, submission, State.WITHDRAWN, None, text)
    for person in await desk.principals(giver.unit or "") if submission.state in _PRINCIPALS_KNOW else ():
        if person != giver.person:
            key = f"{outbox.EVIDENCE}{submission.code}:emptied:{person}"
            await write_to(desk.session, person, text, (), key, desk.now)
    return [text]


async def _said(
    desk: Desk, submission: Submission, stored: Sequence[StoredFile]
) -> tuple[Submission, list[str], tuple[Choice, ...]]:
    """The submission as it stands now, what is said of what was stored, and what may be picked."""
    if not stored:
        return submission, [], ()
    told = await contents.to_giver(desk, stored)
    if submission.state is not State.COMING:
        return submission, [texts.received_more(stored, submission.code), *told], ()
    at = submission.handed_in_at or desk.now
    receipt = texts.received(stored, at, submission.code)
    officer = await _officer(desk, submission)
    if officer and submission.task is None and wants_reading(submission.caption):
        opened = await drafts.take(desk, submission, stored, officer)
        return replace(submission, state=State.WITHDRAWN), [receipt, *told, drafts.said(opened)], ()
    seen_before = [*told, *await to_giver(desk, submission)]
    if entered := await daily.take(desk, submission):
        return entered.submission, [receipt, *seen_before, *entered.said], entered.picks
    ref = submission.task if submission.task and desk.task(submission.task) else None
    found = [] if ref else await candidates(desk, submission)
    if ref is None and found and (found[0].certain or len(submission.among) == 1 == len(found)):
        ref = found[0].ref
    if ref is not None and submission.giver.unit:
        placed = await place(desk, submission, ref, None)
        giver = await people.get(desk.session, submission.giver.person)
        said, picks = await what_next(desk, placed, await follow_up(desk, placed), giver)
        return placed, [receipt, *seen_before, said], picks
    await turn(desk, submission, State.UNPLACED, submission.giver.person)
    unplaced = replace(submission, state=State.UNPLACED, task=None)
    gone = submission.task is not None
    lines = [receipt, *seen_before, *[texts.TASK_GONE] * gone]
    to_read = Choice(draft_texts.READ_IT, f"{drafts.READ_IT} {submission.code}")
    papers = (to_read,) if officer and drafts.documents(stored) else ()
    others = (*papers, *await daily.offered(desk, submission))
    if not found and not others:
        return unplaced, [*lines, *[texts.name_it(submission.code)] * gone], ()
    which = draft_texts.WHICH if papers else texts.WHICH_TASK
    return unplaced, [*lines, "", which], (*others, *choices(submission.code, found))


async def _officer(desk: Desk, submission: Submission) -> Person | None:
    """Who sent it in private and may publish documents; None: it was somebody else."""
    giver = submission.giver
    sender = await people.get(desk.session, giver.person) if giver.person and not giver.group else None
    return sender if sender and sender.unit == giver.unit and drafts.may_publish(desk, sender) else None
