"""The tables of evidence: what was handed in for which task, and what has become of it."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


def _opened(row: DefaultExecutionContext) -> datetime:
    opened: datetime = row.get_current_parameters()["opened_at"]  # type: ignore[no-untyped-call]
    return opened


class SubmissionRow(Base):
    """What one person handed in together (core.evidence.Submission); its files are rows of `received`."""

    __tablename__ = "submissions"
    __table_args__ = (
        Index("ix_submissions_giver", "platform", "chat", "sender", "opened_at"),
        Index("ix_submissions_unit", "unit", "state"),
        Index("ix_submissions_task", "document_id", "number"),
        Index("ix_submissions_owed", "unit", "document_id", "state", "number", "handed_in_at", "code"),
        Index("ix_submissions_over", "deleted_at", "expiry_told_at", "kept_since", "id"),
        Index("ix_submissions_over_unit", "unit", "deleted_at", "expiry_told_at", "kept_since", "id"),
        Index("ix_submissions_sender", "sender"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    platform: Mapped[str]
    chat: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    group: Mapped[bool] = mapped_column(default=False)
    sender: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit: Mapped[str | None] = mapped_column(ForeignKey("units.code"))
    state: Mapped[str]
    caption: Mapped[str] = mapped_column(default="")
    album: Mapped[str] = mapped_column(default="")
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int | None]
    among: Mapped[list[str]] = mapped_column(JSON, default=list)
    title: Mapped[str] = mapped_column(default="")
    due: Mapped[date | None]
    before: Mapped[bool] = mapped_column(default=False)  # that day itself is too late (core.work.Due)
    again: Mapped[bool] = mapped_column(default=False)
    shared_from: Mapped[str] = mapped_column(default="", index=True)  # the code of that whose files it has too
    message_id: Mapped[str] = mapped_column(default="")
    opened_at: Mapped[datetime] = mapped_column(Instant)
    quiet_at: Mapped[datetime] = mapped_column(Instant)  # when no further file of it is to be expected
    handed_in_at: Mapped[datetime | None] = mapped_column(Instant)  # when its first file was safe
    kept_since: Mapped[datetime | None] = mapped_column(Instant, default=_opened)  # from when its retention counts
    expiry_told_at: Mapped[datetime | None] = mapped_column(Instant)  # when the unit was told that it will be deleted
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)  # its files, and what was written with them


class SubmissionEventRow(Base):
    """Who did what to a submission, and when; never changed."""

    __tablename__ = "submission_events"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the bot itself, or not known
    state: Mapped[str]
    note: Mapped[str] = mapped_column(default="")


class ExtensionRow(Base):
    """The day to which an office has moved a task's due day for one unit."""

    __tablename__ = "extensions"
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    due: Mapped[date]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)


class DeputyRow(Base):
    """Who speaks in the stead of a school's principal, until `until`, that day included."""

    __tablename__ = "deputies"
    __table_args__ = (Index("ix_deputies_unit", "unit", "until"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    by_person: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime] = mapped_column(Instant)
    until: Mapped[date]
    ended_at: Mapped[datetime | None] = mapped_column(Instant)  # before its time


class ReminderDayRow(Base):
    """A day on which people were reminded; what should have been said after `since` was said then too."""

    __tablename__ = "reminder_days"
    day: Mapped[date] = mapped_column(primary_key=True)
    since: Mapped[date]
    begun_at: Mapped[datetime] = mapped_column(Instant)


class ReminderUnitRow(Base):
    """A unit whose tasks a reminder is about; `key` is that of the outbox without the number of the part."""

    __tablename__ = "reminder_units"
    __table_args__ = (Index("ix_reminder_units_unit", "unit", "day"),)
    key: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(primary_key=True)
    day: Mapped[date] = mapped_column(index=True)


class ReminderLaterRow(Base):
    """That a chat wants to be reminded again, of what and when (records.later.Wish)."""

    __tablename__ = "reminder_later"
    platform: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(primary_key=True)
    thread: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    tasks: Mapped[list[str]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # whose private chat it is


class ReminderStepsRow(Base):
    """How many working days ahead a unit wants to be reminded."""

    __tablename__ = "reminder_steps"
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    ahead: Mapped[list[int]] = mapped_column(JSON)
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class IssuerStepsRow(Base):
    """How many working days ahead units are to be reminded of what an office's documents ask of them."""

    __tablename__ = "issuer_steps"
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)  # the office
    ahead: Mapped[list[int]] = mapped_column(JSON)
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class ReminderStopRow(Base):
    """A task of which a unit asked not to be reminded."""

    __tablename__ = "reminder_stops"
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
