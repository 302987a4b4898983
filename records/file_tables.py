"""The tables of files: what is kept, what was handed in, what is on its way through an upload page."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Float, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from records.tables import Base, BigId
from records.types import Instant


class FileRow(Base):
    """Bytes that we keep, once, however often they came; of those with malware in them the row alone is left."""

    __tablename__ = "files"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    mime: Mapped[str]
    stored_at: Mapped[datetime] = mapped_column(Instant)


class UnwantedRow(Base):
    """Bytes that nothing names any more since then; they are still to be removed from where they are kept."""

    __tablename__ = "unwanted"
    sha256: Mapped[str] = mapped_column(primary_key=True)
    since: Mapped[datetime] = mapped_column(Instant)
    removing_at: Mapped[datetime | None] = mapped_column(Instant)  # records.unwanted


class FactRow(Base):
    """What a look at a file has shown (core.media.Looked), and the copies of it that are kept."""

    __tablename__ = "file_facts"
    sha256: Mapped[str] = mapped_column(ForeignKey("files.sha256"), primary_key=True)
    mime: Mapped[str]
    width: Mapped[int]
    height: Mapped[int]
    pages: Mapped[int | None]
    seconds: Mapped[float | None] = mapped_column(Float)
    phash: Mapped[str]
    located: Mapped[bool]
    taken_at: Mapped[datetime | None] = mapped_column(Instant)
    trouble: Mapped[str]
    clean: Mapped[str | None] = mapped_column(
        ForeignKey("files.sha256"), index=True
    )  # shown instead of the file itself
    thumb: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)
    blurred: Mapped[str | None] = mapped_column(
        ForeignKey("files.sha256"), index=True
    )  # the clean copy with the faces blurred
    faces: Mapped[int | None]  # in it; NULL: nobody has looked for them; set without a blurred copy: none could be made
    scan: Mapped[str] = mapped_column(default="", server_default="")  # core.scan.Scan
    malware: Mapped[str] = mapped_column(default="", server_default="")
    inside: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))  # core.media.Inside, of an archive
    band1: Mapped[int | None] = mapped_column(index=True)  # core.media.bands of the phash
    band2: Mapped[int | None] = mapped_column(index=True)
    band3: Mapped[int | None] = mapped_column(index=True)
    band4: Mapped[int | None] = mapped_column(index=True)
    band5: Mapped[int | None] = mapped_column(index=True)


class ReceivedRow(Base):
    """A file that somebody handed in.

    `state`: wanted (not fetched yet), stored, lost (cannot be had), refused (there is malware in it, whose name is the
    `reason`; its bytes are not kept), deleted (only that there was a file is kept, `reason` is its certificate's code).

    `source` is what the platform needs to fetch it (core.message.FileRef, as JSON); empty for uploads.
    """

    __tablename__ = "received"
    __table_args__ = (UniqueConstraint("key"), Index("ix_received_waiting", "state", "ready_at"))
    id: Mapped[int] = mapped_column(BigId, primary_key=True)
    key: Mapped[str]  # "<platform>:<chat>:<message>:<number>" or "upload:<part>", so that each is kept once
    code: Mapped[str] = mapped_column(default="", index=True)  # the submission's, once the person was told of it
    platform: Mapped[str]
    chat: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    group: Mapped[bool] = mapped_column(default=False)
    sender: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit: Mapped[str | None] = mapped_column(ForeignKey("units.code"))
    name: Mapped[str] = mapped_column(default="")
    source: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submissions.id"), index=True)
    state: Mapped[str] = mapped_column(default="wanted")
    reason: Mapped[str] = mapped_column(default="")
    part: Mapped[str] = mapped_column(default="", server_default="")  # of its dossier, as its giver says
    attempts: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[str] = mapped_column(default="")
    received_at: Mapped[datetime] = mapped_column(Instant)
    ready_at: Mapped[datetime] = mapped_column(Instant)


class UploadRow(Base):
    """A one-time upload page, opened for one person in one chat; its token is kept as a hash."""

    __tablename__ = "uploads"
    token_hash: Mapped[str] = mapped_column(primary_key=True)
    platform: Mapped[str]
    chat: Mapped[str]
    thread: Mapped[str] = mapped_column(default="")
    group: Mapped[bool] = mapped_column(default=False)
    sender: Mapped[str] = mapped_column(index=True)
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    unit: Mapped[str | None] = mapped_column(ForeignKey("units.code"))
    task: Mapped[str] = mapped_column(default="")  # core.work.TaskRef; empty: not known
    made_at: Mapped[datetime] = mapped_column(Instant)
    offered_at: Mapped[datetime] = mapped_column(Instant)  # when it was last said that something had not arrived
    expires_at: Mapped[datetime] = mapped_column(Instant)
    closed_at: Mapped[datetime | None] = mapped_column(Instant)


class UploadPartRow(Base):
    """A file on its way through an upload page. `received` bytes are on disk."""

    __tablename__ = "upload_parts"
    id: Mapped[str] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(ForeignKey("uploads.token_hash"), index=True)
    name: Mapped[str]
    size: Mapped[int] = mapped_column(BigInteger)
    received: Mapped[int] = mapped_column(BigInteger, default=0)
    sha256: Mapped[str | None] = mapped_column(ForeignKey("files.sha256"), index=True)  # once whole and stored
    made_at: Mapped[datetime] = mapped_column(Instant)
