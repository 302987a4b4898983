"""The tables of what is kept by the day: which unit keeps which book, and what was entered."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class BookSpanRow(Base):
    """That a unit keeps a book from `first` to `last`, both included (core.daily.Span)."""

    __tablename__ = "book_spans"
    __table_args__ = (Index("ix_book_spans_unit", "unit", "book"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    book: Mapped[str]
    first: Mapped[date]
    last: Mapped[date | None]
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class BookEntryRow(Base):
    """For which book and day a submission is; it stands there once `at` is set, while the submission is kept."""

    __tablename__ = "book_entries"
    __table_args__ = (Index("ix_book_entries_day", "unit", "book", "day"),)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    book: Mapped[str]
    day: Mapped[date]
    at: Mapped[datetime | None] = mapped_column(Instant)
    things: Mapped[list[str]] = mapped_column(JSON, default=list)  # what a counter counts: none of them twice
