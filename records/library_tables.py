"""The tables of the store of shared material."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class LibraryRow(Base):
    """That an office has put a submission into its store; how that stands, and its files, are the submission's own."""

    __tablename__ = "library"
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"), primary_key=True)
    office: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True, index=True)
    title: Mapped[str] = mapped_column(default="")  # typed by the office; empty: the task's
    words: Mapped[str] = mapped_column(default="", server_default="")  # by which it is found, each between blanks
    put_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    put_at: Mapped[datetime] = mapped_column(Instant)
    out_at: Mapped[datetime | None] = mapped_column(Instant)
    out_unit: Mapped[str | None] = mapped_column(
        ForeignKey("units.code")
    )  # who took it out: the office, or the giver's


class LibraryFileRow(Base):
    """A file of it that the office has looked at, and the words of its name."""

    __tablename__ = "library_files"
    __table_args__ = (
        ForeignKeyConstraint(
            ["submission_id", "office"], ["library.submission_id", "library.office"], name="fk_library_files_library"
        ),
    )
    submission_id: Mapped[int] = mapped_column(BigId, primary_key=True)
    office: Mapped[str] = mapped_column(primary_key=True)
    received_id: Mapped[int] = mapped_column(ForeignKey("received.id"), primary_key=True, index=True)
    words: Mapped[str] = mapped_column(default="", server_default="")
