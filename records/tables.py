"""The tables, and nothing but the tables."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, Index, Integer, LargeBinary, MetaData, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from records.types import BYTEWISE, Instant

BigId = BigInteger().with_variant(Integer, "sqlite")  # SQLite counts up only in INTEGER


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UnitRow(Base):
    """An organisation (core.people.Unit)."""

    __tablename__ = "units"
    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    level: Mapped[str]
    parent: Mapped[str] = mapped_column(default="")
    ownership: Mapped[str | None]
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    successor: Mapped[str] = mapped_column(default="")


class PersonRow(Base):
    """Somebody in the staff list, or who joined by a code."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("name", "unit", "role"),)
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    name: Mapped[str]
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    role: Mapped[str]
    phone: Mapped[str] = mapped_column(default="")
    noticed_at: Mapped[datetime | None] = mapped_column(Instant)  # when told what files are for and how long they stay


class AddressRow(Base):
    """A person's account with a chat service."""

    __tablename__ = "addresses"
    platform: Mapped[str] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(primary_key=True)  # the person's id with the service
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    linked_at: Mapped[datetime] = mapped_column(Instant)
    preferred: Mapped[bool] = mapped_column(default=False)  # where the person wants to be written to


class MembershipRow(Base):
    """A person in a unit. `state`: active, pending (somebody must confirm), left, refused.

    A person's own `unit` and `role` are those of the membership in use.
    """

    __tablename__ = "memberships"
    __table_args__ = (UniqueConstraint("person_id", "unit", "role"), Index("ix_memberships_unit", "unit", "state"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    role: Mapped[str]
    state: Mapped[str] = mapped_column(default="active")
    since: Mapped[datetime | None] = mapped_column(Instant)  # None: as the staff list says
    until: Mapped[datetime | None] = mapped_column(Instant)
    by_person: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # who confirmed, refused or removed


class ContactRow(Base):
    """A chat that has been heard of: what its service lets us do depends on when."""

    __tablename__ = "contacts"
    platform: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(primary_key=True)
    group: Mapped[bool] = mapped_column(default=False)
    first_at: Mapped[datetime] = mapped_column(Instant)
    seen_at: Mapped[datetime] = mapped_column(Instant)  # the last time somebody wrote or tapped there
    reachable: Mapped[bool] = mapped_column(default=True)  # False: blocked, removed, left


class GroupRow(Base):
    """A chat group bound to a unit; `active` False: the bot was removed."""

    __tablename__ = "groups"
    platform: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    active: Mapped[bool] = mapped_column(default=True)


class InvitationRow(Base):
    """A joining code, kept as a hash."""

    __tablename__ = "invitations"
    code_hash: Mapped[str] = mapped_column(primary_key=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    role: Mapped[str]
    uses_left: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(Instant)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # links an account to this very person
    made_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # None: on the command line
    confirm: Mapped[bool] = mapped_column(default=False)  # who joins waits for somebody's word
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)


class GuessRow(Base):
    """A wrong joining code that somebody tried; counted, so that codes cannot be found by trying.

    `held`: a code that was not looked at, because too many wrong ones came from everywhere.
    """

    __tablename__ = "guesses"
    __table_args__ = (Index("ix_guesses_sender", "platform", "sender", "made_at"), Index(None, "made_at"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    platform: Mapped[str]
    sender: Mapped[str]
    made_at: Mapped[datetime] = mapped_column(Instant)
    held: Mapped[bool] = mapped_column(default=False)


class MenuRow(Base):
    """The choices under one of our messages; a tap on an old one still means what its label says."""

    __tablename__ = "menus"
    __table_args__ = (Index("ix_menus_chat", "platform", "chat", "sender", "made_at"),)
    id: Mapped[str] = mapped_column(primary_key=True)
    platform: Mapped[str]
    chat: Mapped[str]
    sender: Mapped[str]  # whom it was offered to
    choices: Mapped[list[Any]] = mapped_column(JSON)
    count: Mapped[int] = mapped_column(default=2)  # of choices
    open: Mapped[bool] = mapped_column(default=True)  # a number still picks from it
    made_at: Mapped[datetime] = mapped_column(Instant, index=True)


class TalkRow(Base):
    """What the last answer to a person in a chat left open (core.message.Talk)."""

    __tablename__ = "talks"
    platform: Mapped[str] = mapped_column(primary_key=True)
    chat: Mapped[str] = mapped_column(primary_key=True)
    sender: Mapped[str] = mapped_column(primary_key=True)
    question: Mapped[str] = mapped_column(default="")
    more: Mapped[list[str]] = mapped_column(JSON, default=list)


class DeliveryRow(Base):
    """A raw update, stored before the service is told that it arrived.

    `state`: new, handled, aside (cannot be understood). Handled rows keep no content.
    """

    __tablename__ = "deliveries"
    __table_args__ = (
        UniqueConstraint("platform", "delivery_id"),
        Index("ix_deliveries_waiting", "state", "platform", "lane", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    platform: Mapped[str]
    delivery_id: Mapped[str]
    lane: Mapped[str] = mapped_column(default="")
    raw: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(default="new")
    attempts: Mapped[int] = mapped_column(default=0)
    ready_at: Mapped[datetime] = mapped_column(Instant)
    received_at: Mapped[datetime] = mapped_column(Instant, index=True)


class OffsetRow(Base):
    """How far a polled service has been read."""

    __tablename__ = "offsets"
    platform: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class OutboxRow(Base):
    """A message on its way out; `key` is unique, so that each is queued once. `urgency`: records/queued.py.

    `state`: waiting, sent, failed, unknown, gone (the key alone is kept). A claim moves `ready_at` forward (a lease).
    """

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_waiting", "platform", "state", "urgency", "id"),
        Index("ix_outbox_ready", "platform", "state", "ready_at"),
        Index("ix_outbox_chat", "chat", "state", "urgency", "id"),
        Index("ix_outbox_service_id", "platform", "chat", "service_id"),
        Index("ix_outbox_age", "state", "queued_at", "id"),
    )
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str] = mapped_column(BYTEWISE, unique=True)
    platform: Mapped[str]
    chat: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    group: Mapped[bool] = mapped_column(default=False)
    text: Mapped[str]
    choices: Mapped[list[Any]] = mapped_column(JSON, default=list)
    sources: Mapped[list[Any]] = mapped_column(JSON, default=list)
    reply_to: Mapped[str] = mapped_column(default="")
    files: Mapped[list[Any]] = mapped_column(JSON, default=list)
    ask_phone: Mapped[bool] = mapped_column(default=False)
    mention: Mapped[str] = mapped_column(default="")
    edits: Mapped[str] = mapped_column(default="")  # the key of an earlier message whose place it takes
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))  # it may go another way to this person
    tasks: Mapped[list[str]] = mapped_column(JSON, default=list)  # core.work.TaskRef: those that the text is about
    urgency: Mapped[int] = mapped_column(default=0)
    state: Mapped[str] = mapped_column(default="waiting")
    attempts: Mapped[int] = mapped_column(default=0)
    reason: Mapped[str] = mapped_column(default="")
    service_id: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime] = mapped_column(Instant)
    ready_at: Mapped[datetime] = mapped_column(Instant)
    sent_at: Mapped[datetime | None] = mapped_column(Instant)


class DocumentRow(Base):
    """A document that was read; `digest` is the SHA-256 of its text, NFC, so that a copy is recognised.

    `state`: draft, published. `plan` is the whole reading (core.work.Plan) as JSON: read and replaced whole.
    """

    __tablename__ = "documents"
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    digest: Mapped[str] = mapped_column(unique=True)
    unit: Mapped[str] = mapped_column(ForeignKey("units.code"))
    source_file: Mapped[str]
    state: Mapped[str] = mapped_column(default="draft")
    plan: Mapped[dict[str, Any]] = mapped_column(JSON)
    ingested_at: Mapped[datetime] = mapped_column(Instant)


class RevisionRow(Base):
    """One row, one number: raised with every change of units or documents, so that each process reloads."""

    __tablename__ = "revision"
    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[int]


class SecretRow(Base):
    """What this installation made up for itself once and shares between its processes."""

    __tablename__ = "secrets"
    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class GrantRow(Base):
    """The Official Account's grant: a pair of tokens, encrypted. `state`: valid, lost (somebody must consent anew).

    `generation` grows with every new pair; `renewing_until` is the lease of the one process that renews.
    """

    __tablename__ = "grants"
    app: Mapped[str] = mapped_column(primary_key=True)
    access: Mapped[str]
    refresh: Mapped[str]
    expires_at: Mapped[datetime] = mapped_column(Instant)
    renewed_at: Mapped[datetime] = mapped_column(Instant)
    generation: Mapped[int] = mapped_column(default=1)
    renewing_until: Mapped[datetime | None] = mapped_column(Instant)
    state: Mapped[str] = mapped_column(default="valid")
    reason: Mapped[str] = mapped_column(default="")
    seed_hash: Mapped[str] = mapped_column(default="")  # of the tokens in the settings that it began with; spaces
    expected_until: Mapped[datetime | None] = mapped_column(Instant)  # until then somebody may come from consenting


class UsageRow(Base):
    """How much of a service's quota a period (2023-12, 2023-12-04) has taken."""

    __tablename__ = "usage"
    platform: Mapped[str] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(primary_key=True)
    what: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int] = mapped_column(default=0)


class AlertRow(Base):
    """Something that the operator must do; raised once, until it is cleared."""

    __tablename__ = "alerts"
    key: Mapped[str] = mapped_column(primary_key=True)
    text: Mapped[str]
    raised_at: Mapped[datetime] = mapped_column(Instant)
    told_at: Mapped[datetime | None] = mapped_column(Instant)
    cleared_at: Mapped[datetime | None] = mapped_column(Instant)
