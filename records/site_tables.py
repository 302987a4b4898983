"""The tables of the staff site: one-time links, who was signed in from when to when, and what was done there."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class SiteLinkRow(Base):
    """A link that signs a person in, once; its token is kept as a hash."""

    __tablename__ = "site_links"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)


class SiteSessionRow(Base):
    """A sign-in and how it ended (core.site.Ending): the audit of both. The cookie is kept as a hash."""

    __tablename__ = "site_sessions"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    agent: Mapped[str]  # kind of browser
    started_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    ends_at: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ending: Mapped[str | None]


class SiteImportRow(Base):
    """A list that somebody has sent to be imported and has not confirmed: one at a time, until the next day."""

    __tablename__ = "site_imports"
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), primary_key=True)
    kind: Mapped[str]
    name: Mapped[str]  # of the file
    text: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)


class SiteActRow(Base):
    """What somebody did on a page; `about` names what it was done to. The person is forgotten when she is erased."""

    __tablename__ = "site_acts"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    session_id: Mapped[int] = mapped_column(BigId)  # of site_sessions, which may have been erased
    unit: Mapped[str] = mapped_column(index=True)  # a code: hers, then
    role: Mapped[str]
    act: Mapped[str]
    about: Mapped[str]
