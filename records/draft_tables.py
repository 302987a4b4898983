"""The tables of documents that officers send in chat, until they are published."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class DraftRow(Base):
    """A document that is being read and checked (core.drafts.Draft); nobody but who sent it sees it.

    `ready_at`: when a worker may begin to read it; further on while one does: a lease.
    """

    __tablename__ = "drafts"
    __table_args__ = (
        Index("ix_drafts_stage", "stage", "ready_at"),
        Index("ix_drafts_person", "person_id", "touched_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    name: Mapped[str]
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), index=True)
    stage: Mapped[str]
    issuer: Mapped[str | None] = mapped_column(ForeignKey("units.code"))
    plan: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    digest: Mapped[str] = mapped_column(default="")
    settled: Mapped[dict[str, str]] = mapped_column(JSON, default=dict)
    dropped: Mapped[list[int]] = mapped_column(JSON, default=list)
    proposals: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list, server_default="[]")
    revision: Mapped[int] = mapped_column(default=1)
    attempts: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime] = mapped_column(Instant)
    made_at: Mapped[datetime] = mapped_column(Instant)
    touched_at: Mapped[datetime] = mapped_column(Instant)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))


class DraftEditRow(Base):
    """What somebody did to a draft (core.drafts.Edit); never changed, never deleted."""

    __tablename__ = "draft_edits"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("drafts.id"), index=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    what: Mapped[str]
    item: Mapped[int | None]
    before: Mapped[str] = mapped_column(default="")
    after: Mapped[str] = mapped_column(default="")
