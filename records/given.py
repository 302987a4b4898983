"""What one person, or one account, gave."""

from collections.abc import Sequence

from sqlalchemy import and_, func, select

from core.evidence import Act, Giver, State, Submission
from records.evidence_tables import SubmissionEventRow, SubmissionRow
from records.session import Session
from records.submissions import as_submission, of_giver


async def of_person(session: Session, person: int) -> Sequence[tuple[Submission, int]]:
    """What the person gave, newest first, each with how many looks were taken at its files."""
    looks = select(SubmissionEventRow.submission_id, func.count().label("looks"))
    looks = looks.where(SubmissionEventRow.state == Act.SEEN).group_by(SubmissionEventRow.submission_id)
    taken = looks.subquery()
    rows = select(SubmissionRow, taken.c.looks).outerjoin(taken, taken.c.submission_id == SubmissionRow.id)
    found = rows.where(SubmissionRow.person_id == person, SubmissionRow.handed_in_at.is_not(None))
    return [
        (as_submission(row), looks or 0)
        for row, looks in await session.execute(found.order_by(SubmissionRow.id.desc()))
    ]


async def last_of(session: Session, giver: Giver) -> Submission | None:
    """The newest that this person, or else this account, gave and did not take back."""
    by = SubmissionRow.person_id == giver.person if giver.person is not None else and_(*of_giver(giver))
    found = select(SubmissionRow).where(by, SubmissionRow.state != State.WITHDRAWN, SubmissionRow.shared_from == "")
    row = (await session.scalars(found.order_by(SubmissionRow.id.desc()).limit(1))).first()
    return as_submission(row) if row else None


async def questioned_of(session: Session, giver: Giver) -> Sequence[Submission]:
    """What this account gave in this chat and is asked about, newest first."""
    mine = select(SubmissionRow).where(*of_giver(giver), SubmissionRow.state == State.QUESTIONED)
    return [as_submission(row) for row in await session.scalars(mine.order_by(SubmissionRow.opened_at.desc()))]
