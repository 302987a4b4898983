"""The table of the tokens by which an office's own systems read."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class ApiTokenRow(Base):
    """A token is kept as a hash; it reads what an officer of the unit may, as long as its maker is one."""

    __tablename__ = "api_tokens"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]  # what it is for, in her words
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), index=True)
    made_by: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
