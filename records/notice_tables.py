"""The tables of notices: what is written to many, whom it went to, what an office keeps for the next one."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class NoticeRow(Base):
    """A notice (core.notices.Notice); a draft is changed in place, what is confirmed keeps its words."""

    __tablename__ = "notices"
    __table_args__ = (
        Index("ix_notices_stage", "stage", "starts_at"),
        Index("ix_notices_unit", "unit", "made_at"),
        Index("ix_notices_ended", "ended_at"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    code: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    author: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    kind: Mapped[str]
    about: Mapped[int | None] = mapped_column(ForeignKey("notices.id"), index=True)
    text: Mapped[str]
    audience: Mapped[dict[str, Any]] = mapped_column(JSON)
    files: Mapped[list[int]] = mapped_column(JSON, default=list)  # received.id
    stage: Mapped[str]
    why: Mapped[str] = mapped_column(default="")
    revision: Mapped[int] = mapped_column(default=1)
    starts_at: Mapped[datetime | None] = mapped_column(Instant)
    night: Mapped[bool] = mapped_column(default=False)
    asks: Mapped[bool] = mapped_column(default=True)  # to be acknowledged
    approver: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_at: Mapped[datetime] = mapped_column(Instant)
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)  # its words and files; the counts stay
    shown: Mapped[int] = mapped_column(default=0)  # how often its progress was shown to the author without being asked
    wanted_at: Mapped[datetime | None] = mapped_column(Instant)  # since when one of `wanted` is
    wanted: Mapped[list[str]] = mapped_column(JSON, default=list)  # reports that were asked for and are not made yet


class RecipientRow(Base):
    """A place that a notice goes to, frozen when it was confirmed.

    `state`: waiting (not in the outbox), queued (what the outbox says counts), sent (with a `reason`: to heads instead
    of their group), failed, unknown (the outbox may know better by now), held, cancelled, unreachable (`chat` is none).
    """

    __tablename__ = "notice_recipients"
    __table_args__ = (
        UniqueConstraint("notice_id", "platform", "chat"),
        Index("ix_notice_recipients_next", "notice_id", "state", "platform", "id"),
        Index("ix_notice_recipients_chat", "chat", "platform"),
        Index("ix_notice_recipients_unit", "unit", "notice_id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notices.id"))
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    platform: Mapped[str]
    chat: Mapped[str]
    group: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)  # further units for which it counts
    first_id: Mapped[int | None] = mapped_column(ForeignKey("notice_recipients.id"))
    state: Mapped[str]
    parts: Mapped[int] = mapped_column(default=0)  # of the message, once it was queued
    reason: Mapped[str] = mapped_column(default="")
    heads: Mapped[int] = mapped_column(default=0)  # who was to read it instead of the group
    heads_got: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)
    acked_at: Mapped[datetime | None] = mapped_column(Instant)
    acked_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    acked_name: Mapped[str] = mapped_column(default="")  # of who is not known to us


class NoticeKeptRow(Base):
    """A list of recipients, or a text, that a unit keeps by name for its next notices. `kind`: list, template."""

    __tablename__ = "notice_kept"
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"), primary_key=True)
    kind: Mapped[str] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(primary_key=True)  # the name as it is compared
    name: Mapped[str]
    value: Mapped[dict[str, Any]] = mapped_column(JSON)
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
