"""Submissions that are searched for by the words of their task."""

from collections.abc import Collection, Sequence

from sqlalchemy import ColumnElement, and_, or_, select

from core.evidence import AT_OFFICE, Submission
from records.evidence_tables import SubmissionRow
from records.session import Session
from records.submissions import as_submission


async def titles(session: Session, own: str, below: Collection[str]) -> Sequence[str]:
    """What the tasks are called for which the own unit has something, or these below have handed something in."""
    rows = select(SubmissionRow.title).where(_seen(own, below), SubmissionRow.title != "").distinct()
    return (await session.scalars(rows.order_by(SubmissionRow.title))).all()


async def titled(
    session: Session, own: str, below: Collection[str], titles: Collection[str], limit: int
) -> Sequence[Submission]:
    """Those of them for the tasks that are called so, the newest first."""
    rows = select(SubmissionRow).where(_seen(own, below), SubmissionRow.title.in_(titles))
    found = await session.scalars(rows.order_by(SubmissionRow.id.desc()).limit(limit))
    return [as_submission(row) for row in found]


def _seen(own: str, below: Collection[str]) -> ColumnElement[bool]:
    at_office = and_(SubmissionRow.unit.in_(below), SubmissionRow.state.in_(AT_OFFICE))
    return or_(SubmissionRow.unit == own, at_office)
