"""Whether an address that was given out still opens a file: not once all that it was handed in with was taken back."""

from sqlalchemy import or_, select

from core.evidence import State
from records.evidence_tables import SubmissionRow
from records.file_tables import FactRow, ReceivedRow
from records.privacy_tables import DeletionRow
from records.session import Session


async def only_withdrawn(session: Session, sha256: str) -> bool:
    """Whether these bytes, or those that they are a copy of, were handed in, and only in what was withdrawn since."""
    copied = select(FactRow.sha256).where(
        or_(*(copy == sha256 for copy in (FactRow.clean, FactRow.thumb, FactRow.blurred)))
    )
    originals = [sha256, *await session.scalars(copied)]
    states = select(SubmissionRow.state).select_from(ReceivedRow).where(ReceivedRow.sha256.in_(originals)).distinct()
    found = list(await session.scalars(states.outerjoin(SubmissionRow, SubmissionRow.id == ReceivedRow.submission_id)))
    if found != [State.WITHDRAWN]:  # a notice's files are of no submission
        return False
    paper = select(DeletionRow.number).where(DeletionRow.paper == sha256).limit(1)
    return await session.scalar(paper) is None
