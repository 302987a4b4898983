"""What one person has put down in the lists of her school: activities, authors, which books are kept."""

from datetime import datetime

from sqlalchemy import select

from core.own_data import Noted
from records.activity_tables import ActivityRow, AuthorsRow
from records.daily_tables import BookSpanRow
from records.evidence_tables import SubmissionRow
from records.session import Session


async def of(session: Session, person: int, until: datetime) -> tuple[Noted, ...]:
    """What there was at `until`, oldest first."""
    activities = select(ActivityRow).where(ActivityRow.by_person == person, ActivityRow.at <= until)
    books = select(BookSpanRow).where(BookSpanRow.by_person == person, BookSpanRow.at <= until)
    authors = select(AuthorsRow, SubmissionRow.unit).join(SubmissionRow, SubmissionRow.id == AuthorsRow.submission_id)
    authors = authors.where(AuthorsRow.by_person == person, AuthorsRow.at <= until)
    found = [Noted(row.at, "registered", row.unit, row.title) for row in await session.scalars(activities)]
    found += [Noted(row.at, "opened", row.unit, row.book) for row in await session.scalars(books)]
    for row, unit in await session.execute(authors):
        found.append(Noted(row.at, "named authors", unit or "", ", ".join(row.names)))
    return tuple(sorted(found, key=lambda one: (one.at, one.what, one.text)))
