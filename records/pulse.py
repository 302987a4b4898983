"""Whether anything that the staff site shows has changed: one short value, cheap to ask for."""

from sqlalchemy import func, or_, select

from core.evidence import Act
from records.draft_tables import DraftEditRow
from records.evidence_tables import ExtensionRow, SubmissionEventRow
from records.notice_tables import NoticeRow, RecipientRow
from records.session import Session
from records.site_tables import SiteActRow
from records.tables import MembershipRow, RevisionRow

_LATELY = 20  # notices


async def of(session: Session) -> str:
    """Another one after every change of evidence, due days, documents, drafts, notices and places; it tells no more.

    That somebody looked changes nothing: else a page would bring about its own change.
    """
    going = select(func.max(RecipientRow.sent_at), func.max(RecipientRow.acked_at), func.count(RecipientRow.id))
    late = select(func.max(NoticeRow.id) - _LATELY).scalar_subquery()  # who has it may acknowledge it long after
    going = going.join(NoticeRow, NoticeRow.id == RecipientRow.notice_id)
    going = going.where(or_(NoticeRow.ended_at.is_(None), NoticeRow.id > late))
    newest = select(
        *(
            select(func.max(column)).scalar_subquery()
            for column in (
                DraftEditRow.id,
                SiteActRow.id,
                ExtensionRow.made_at,
                MembershipRow.id,
            )
        ),
        select(func.max(SubmissionEventRow.id)).where(SubmissionEventRow.state != Act.SEEN).scalar_subquery(),
        select(RevisionRow.number).scalar_subquery(),
        select(func.max(NoticeRow.id)).scalar_subquery(),
    )
    found = (*(await session.execute(newest)).one(), *(await session.execute(going)).one())
    return "-".join(str(one or 0) for one in found)
