"""The table of who sends for which chat service."""

from sqlalchemy import Float
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base


class DriverRow(Base):
    """The one process that sends for a service, until `until`: seconds since 1970 by the database's clock."""

    __tablename__ = "drivers"
    platform: Mapped[str] = mapped_column(primary_key=True)
    holder: Mapped[str]
    until: Mapped[float] = mapped_column(Float)
