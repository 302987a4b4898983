"""The table of what later documents have changed of earlier ones."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class AmendmentRow(Base):
    """One obligation as a later document leaves it (core.work.Change), since a person has said so; never changed.

    `document_id`, `number`: of the earlier one; `by_document` the later. `made_by` None: the command line.
    """

    __tablename__ = "amendments"
    __table_args__ = (UniqueConstraint("document_id", "number", "by_document", name="uq_amendments_task"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    number: Mapped[int]
    effect: Mapped[str]
    by_document: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    passage: Mapped[int]
    snippet: Mapped[str]
    since: Mapped[date]
    start: Mapped[date | None]
    due: Mapped[date | None]
    rule: Mapped[str | None]
    time: Mapped[str | None]
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)
