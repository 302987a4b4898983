"""The tables of what schools register, who the authors of shared material are, and of which a table is wanted."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class ActivityRow(Base):
    """An activity that a school has registered (core.activities.Registered); `out_at`: it was withdrawn."""

    __tablename__ = "activities"
    __table_args__ = (UniqueConstraint("unit", "number"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    number: Mapped[int]
    title: Mapped[str]
    scale: Mapped[str]
    held: Mapped[str]  # when, in the school's words
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    task: Mapped[int | None]  # TaskRef.number
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"))
    by_person: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    out_at: Mapped[datetime | None] = mapped_column(Instant)


class AuthorsRow(Base):
    """Who made what was handed in, as the school says."""

    __tablename__ = "authors"
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    names: Mapped[list[str]] = mapped_column(JSON)
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
