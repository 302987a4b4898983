"""The table of files that are made beside the chat."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class SheetWishRow(Base):
    """That somebody waits for a file that is made beside the chat; `about`: of what, where the kind has several."""

    __tablename__ = "sheet_wishes"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    kind: Mapped[str]
    about: Mapped[str] = mapped_column(default="")
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
