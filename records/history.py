"""The log of submissions: who did what, and when; it only grows."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import Select, func, select

from core.evidence import AT_OFFICE, IN_STEAD, Act, Event, State
from records.evidence_tables import SubmissionEventRow, SubmissionRow
from records.session import Session
from records.tables import PersonRow

_TALK = (Act.ASKED, Act.ANSWERED)
_ACTS = frozenset(Act)
_WAITS = (State.HELD, State.SUBMITTED)


async def note(session: Session, id: int, what: State | Act, by: int | None, now: datetime, words: str = "") -> int:
    """It happened to this submission; `by` None: the bot itself, or not known. The event's id."""
    row = SubmissionEventRow(submission_id=id, at=now, person_id=by, state=what, note=words)
    session.add(row)
    await session.flush()
    return row.id


async def note_seen(session: Session, id: int, by: int, now: datetime, since: datetime) -> None:
    """Somebody looked at its files; not said again of the same person since that moment. It is held meanwhile."""
    row = SubmissionEventRow
    seen = select(row.id).where(row.submission_id == id, row.person_id == by, row.state == Act.SEEN, row.at >= since)
    if await session.scalar(seen.limit(1)) is None:
        await session.execute(select(SubmissionRow.id).where(SubmissionRow.id == id).with_for_update())
        if await session.scalar(seen.limit(1)) is None:
            await note(session, id, Act.SEEN, by, now)


async def of(session: Session, submission: int) -> Sequence[Event]:
    """All that happened to it, in order."""
    return (await _by_submission(session, _all().where(SubmissionEventRow.submission_id == submission))).get(
        submission, []
    )


async def since_handed_in(session: Session, submission: int) -> Sequence[Event]:
    """What happened to it from when the office first had it, in order; empty: it never had."""
    events = await of(session, submission)
    first = next((at for at, event in enumerate(events) if event.what in AT_OFFICE), len(events))
    return events[first:]


async def talks(session: Session, submissions: Collection[int]) -> Mapping[int, Sequence[Event]]:
    """What the office asked about each of these, and what it was answered, in order."""
    here = SubmissionEventRow.submission_id.in_(submissions), SubmissionEventRow.state.in_(_TALK)
    return await _by_submission(session, _all().where(*here))


async def waiting_since(session: Session, submissions: Collection[int]) -> Mapping[int, datetime]:
    """When each of these last came before who has to say something of it."""
    row = SubmissionEventRow
    last = select(row.submission_id, func.max(row.at, type_=row.at.type)).group_by(row.submission_id)
    here = await session.execute(last.where(row.submission_id.in_(submissions), row.state.in_(_WAITS)))
    return {id: at for id, at in here}


async def in_stead(session: Session, submission: int) -> str:
    """Who last handed it in, where that was in the principal's stead; empty: it was not."""
    said = _all().where(SubmissionEventRow.submission_id == submission, SubmissionEventRow.state == State.SUBMITTED)
    events = (await _by_submission(session, said)).get(submission, [])
    return events[-1].name if events and events[-1].note == IN_STEAD else ""


def _all() -> Select[SubmissionEventRow, str | None]:
    named = select(SubmissionEventRow, PersonRow.name)
    return named.outerjoin(PersonRow, PersonRow.id == SubmissionEventRow.person_id).order_by(SubmissionEventRow.id)


async def _by_submission(session: Session, rows: Select[SubmissionEventRow, str | None]) -> dict[int, list[Event]]:
    found: dict[int, list[Event]] = {}
    for row, name in await session.execute(rows):
        what = Act(row.state) if row.state in _ACTS else State(row.state)
        found.setdefault(row.submission_id, []).append(Event(row.at, what, row.person_id, name or "", row.note))
    return found
