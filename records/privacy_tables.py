"""The tables of privacy: what was deleted and why, what people ask about their data, links to one's own."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class DeletionRow(Base):
    """The certificate of a deletion (core.privacy.Deletion); its content is never changed.

    `seal` rests on the content and on the seal of the one numbered before it. `told_at` None: the bytes may still lie
    there, and the principals have not been told.
    """

    __tablename__ = "deletions"
    number: Mapped[int] = mapped_column(BigId, primary_key=True, autoincrement=False)  # from 1, without gaps
    code: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str | None] = mapped_column(ForeignKey("units.code"), index=True)
    reason: Mapped[str]
    at: Mapped[datetime] = mapped_column(Instant)
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: the bot itself
    by_name: Mapped[str] = mapped_column(default="")
    submissions: Mapped[int]
    files: Mapped[int]
    bytes: Mapped[int] = mapped_column(BigInteger)
    items: Mapped[list[Any]] = mapped_column(JSON)  # core.privacy.Gone
    seal: Mapped[str]
    paper: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)  # the certificate as a Word file
    told_at: Mapped[datetime | None] = mapped_column(Instant, index=True)


class ErasedRow(Base):
    """An account of somebody who was forgotten, that still stands beside what she handed in: something waits there."""

    __tablename__ = "erased"
    platform: Mapped[str] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(primary_key=True)


class OwnDataLinkRow(Base):
    """A link to all that is kept of one person, for that person alone; its token is kept as a hash."""

    __tablename__ = "own_data_links"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)


class DataRequestRow(Base):
    """What somebody asked a unit about data (core.privacy.DataRequest)."""

    __tablename__ = "data_requests"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), index=True)
    kind: Mapped[str]
    words: Mapped[str] = mapped_column(default="")  # as it was written down; blanked after the retention
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    done_at: Mapped[datetime | None] = mapped_column(Instant)
    outcome: Mapped[str] = mapped_column(default="")  # what was said when it was closed
