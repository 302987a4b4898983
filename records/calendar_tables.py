"""The table of links that show a calendar."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class CalendarLinkRow(Base):
    """A link to a calendar (core.calendar.CalendarLink), a unit's or a person's; its token is kept as a hash.

    `etag`: of what was shown last; `changed_at`: when that was shown first.
    """

    __tablename__ = "calendar_links"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str | None] = mapped_column(ForeignKey("units.code"), index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    etag: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime | None] = mapped_column(Instant)
