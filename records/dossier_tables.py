"""The tables of dossiers: links that show one, and who came by them."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from records.criteria_tables import CriteriaSetRow
from records.tables import Base, BigId
from records.types import Instant


class DossierLinkRow(Base):
    """A link to a unit's dossier (core.dossier.Link); its token is kept as a hash."""

    __tablename__ = "dossier_links"
    code: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("documents.id"))
    month: Mapped[str | None]
    blurred: Mapped[bool] = mapped_column(default=False)
    criteria_id: Mapped[int | None] = mapped_column(ForeignKey(CriteriaSetRow.id))
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class DossierVisitRow(Base):
    """Somebody came by a link; never changed. `visitor` tells two apart, and nobody where they came from."""

    __tablename__ = "dossier_visits"
    __table_args__ = (Index("ix_dossier_visits_link", "link", "at"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    link: Mapped[str] = mapped_column(ForeignKey("dossier_links.code"))
    at: Mapped[datetime] = mapped_column(Instant)
    what: Mapped[str]  # core.dossier.Looked
    agent: Mapped[str]  # kind of browser
    visitor: Mapped[str]
