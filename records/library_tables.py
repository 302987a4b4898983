"""The table of the store of shared material."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base
from records.types import Instant


class LibraryRow(Base):
    """That an office has put a submission into its store; how that stands, and its files, are the submission's own."""

    __tablename__ = "library"
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    office: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True, index=True)
    title: Mapped[str] = mapped_column(default="")  # typed by the office; empty: the task's
    files: Mapped[list[int]] = mapped_column(JSON)  # those of table received that the office has looked at
    put_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    put_at: Mapped[datetime] = mapped_column(Instant)
    out_at: Mapped[datetime | None] = mapped_column(Instant)
    out_unit: Mapped[str | None] = mapped_column(
        ForeignKey("units.code")
    )  # who took it out: the office, or the giver's
