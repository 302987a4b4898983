"""Which units keep which books, and what was entered for which day."""

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import delete, or_, select, update

from core.daily import Span, Written
from core.evidence import State
from core.message import StoredFile
from records import facts
from records.daily_tables import BookEntryRow, BookSpanRow
from records.evidence_tables import SubmissionRow
from records.file_tables import ReceivedRow
from records.session import Session, in_pieces, insert_into
from records.tables import UnitRow

LINK = "link"  # FileRef.kind of a web address


async def open_from(session: Session, unit: str, book: str, first: date, by: int | None, now: datetime) -> bool:
    """The unit keeps the book from this day on; False: it does so already."""
    await hold(session, unit)
    kept = BookSpanRow.unit == unit, BookSpanRow.book == book
    if await session.scalar(select(BookSpanRow.id).where(*kept, BookSpanRow.last.is_(None))) is not None:
        return False
    await session.execute(delete(BookSpanRow).where(*kept, BookSpanRow.last >= first))  # closed and opened on one day
    session.add(BookSpanRow(unit=unit, book=book, first=first, by_person=by, at=now))
    await session.flush()
    return True


async def close(session: Session, unit: str, book: str, today: date) -> bool:
    """From this day on nothing is missed in it; False: the unit does not keep it."""
    kept = BookSpanRow.unit == unit, BookSpanRow.book == book, BookSpanRow.last.is_(None)
    rows = (await session.scalars(select(BookSpanRow).where(*kept))).all()
    for row in rows:
        if row.first >= today:
            await session.delete(row)
        else:
            row.last = today - timedelta(days=1)
    await session.flush()
    return bool(rows)


async def spans(session: Session, units: Collection[str] | None, first: date, last: date) -> list[Span]:
    """When these units (None: all) keep books within these days, by unit, book and day."""
    rows = select(BookSpanRow).where(BookSpanRow.first <= last)
    rows = rows.where(or_(BookSpanRow.last.is_(None), BookSpanRow.last >= first))
    rows = rows.order_by(BookSpanRow.unit, BookSpanRow.book, BookSpanRow.first)
    if units is not None:
        rows = rows.where(BookSpanRow.unit.in_(units))
    return [Span(row.unit, row.book, row.first, row.last) for row in await session.scalars(rows)]


async def is_open(session: Session, unit: str, book: str) -> bool:
    """Whether the unit keeps it now."""
    kept = BookSpanRow.unit == unit, BookSpanRow.book == book, BookSpanRow.last.is_(None)
    return await session.scalar(select(BookSpanRow.id).where(*kept).limit(1)) is not None


async def kept_by(session: Session, unit: str) -> set[str]:
    """The books that the unit keeps now."""
    kept = BookSpanRow.unit == unit, BookSpanRow.last.is_(None)
    return {*await session.scalars(select(BookSpanRow.book).where(*kept))}


async def intend(session: Session, submission: int, unit: str, book: str, day: date) -> None:
    """What comes with this submission is for this book and day; what was said first holds."""
    row = insert_into(session, BookEntryRow).values(submission_id=submission, unit=unit, book=book, day=day, things=[])
    await session.execute(row.on_conflict_do_nothing())


async def intended(session: Session, submission: int) -> tuple[str, date] | None:
    """For which book and day it is said to be, and is not entered yet; None: for none."""
    row = await session.get(BookEntryRow, submission, populate_existing=True)
    return (row.book, row.day) if row and row.at is None else None


async def enter(
    session: Session, submission: int, unit: str, book: str, day: date, now: datetime, things: Sequence[str] = ()
) -> None:
    """It stands in this book, for this day. `things`: what of it a counter counts."""
    values = {"unit": unit, "book": book, "day": day, "at": now, "things": [*things]}
    row = insert_into(session, BookEntryRow).values(submission_id=submission, **values)
    await session.execute(row.on_conflict_do_update(index_elements=[BookEntryRow.submission_id], set_=values))


async def entry(session: Session, submission: int) -> Written | None:
    """Where this submission stands; None: in no book."""
    found = select(BookEntryRow, SubmissionRow.code).join(SubmissionRow, SubmissionRow.id == BookEntryRow.submission_id)
    row = (
        await session.execute(found.where(BookEntryRow.submission_id == submission, BookEntryRow.at.is_not(None)))
    ).first()
    return _written(row.BookEntryRow, row.code) if row else None


async def of_receipt(session: Session, received: int) -> Written | None:
    """Where the submission stands to which this received file belongs."""
    id = await session.scalar(select(ReceivedRow.submission_id).where(ReceivedRow.id == received))
    return None if id is None else await entry(session, id)


async def written(
    session: Session, units: Collection[str], first: date, last: date, book: str = ""
) -> Sequence[Written]:
    """What stands in the books of these units for these days, and was not taken back; by day, then as it came."""
    found: list[Written] = []
    for some in in_pieces(units):
        rows = select(BookEntryRow, SubmissionRow.code).join(
            SubmissionRow, SubmissionRow.id == BookEntryRow.submission_id
        )
        rows = rows.where(BookEntryRow.unit.in_(some), BookEntryRow.day.between(first, last))
        rows = rows.where(BookEntryRow.at.is_not(None), SubmissionRow.state == State.KEPT)
        if book:
            rows = rows.where(BookEntryRow.book == book)
        found += [_written(row.BookEntryRow, row.code) for row in await session.execute(rows)]
    return sorted(found, key=lambda one: (one.day, one.submission))


async def counted(session: Session, unit: str, book: str, but: int) -> set[str]:
    """The things that this counter of the unit has counted; not those of submission `but`."""
    rows = select(BookEntryRow.things).join(SubmissionRow, SubmissionRow.id == BookEntryRow.submission_id)
    here = BookEntryRow.unit == unit, BookEntryRow.book == book, BookEntryRow.submission_id != but
    rows = rows.where(*here, BookEntryRow.at.is_not(None), SubmissionRow.state == State.KEPT)
    return {thing for things in await session.scalars(rows) for thing in things}


async def brought(session: Session, submission: int) -> list[tuple[str, str]]:
    """What came with it and is stored: the web address, or empty for a file, and the SHA-256; in the order it came."""
    rows = select(ReceivedRow).where(ReceivedRow.submission_id == submission, ReceivedRow.state == "stored")
    return [
        (row.source.get("url", "") if row.source.get("kind") == LINK else "", row.sha256 or "")
        for row in await session.scalars(rows.order_by(ReceivedRow.id))
    ]


async def files_of(session: Session, submissions: Sequence[int]) -> list[StoredFile]:
    """What may be shown of these, in the order it came."""
    return [file for _, _, file in await facts.shown(session, [*submissions])] if submissions else []


async def forget_words(session: Session, submission: int) -> None:
    """What was written with it is not kept."""
    await session.execute(update(SubmissionRow).where(SubmissionRow.id == submission).values(caption=""))


async def hold(session: Session, unit: str) -> None:
    """Until this transaction ends no other changes what this unit keeps, or counts for it."""
    await session.execute(select(UnitRow.code).where(UnitRow.code == unit).with_for_update())


def _written(row: BookEntryRow, code: str) -> Written:
    assert row.at is not None
    links = sum(not thing.startswith("file:") for thing in row.things)
    count = links + any(thing.startswith("file:") for thing in row.things) if row.things else 1
    return Written(row.submission_id, code, row.unit, row.book, row.day, row.at, count)
