"""Files that people handed in: wanted from a chat service or come through an upload page, stored, or lost."""

import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, func, select, update

from core.file_names import tidy
from core.message import Address, FileRef, StoredFile
from records.file_tables import FileRow, ReceivedRow
from records.session import Session, insert_into

ALBUM = timedelta(seconds=2)  # the pictures of one album come as messages of their own, one after the other
_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without I, L, O, 0, 1: they look alike


@dataclass(frozen=True, slots=True)
class Giver:
    """Who hands something in, and in which chat. `person` is an id, `unit` a code; None: not known."""

    address: Address
    sender: str
    group: bool = False
    person: int | None = None
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that this process may fetch until its lease ends; `attempts` counts this one too."""

    id: int
    giver: Giver
    source: FileRef
    name: str
    attempts: int
    message_id: str


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of a file that was handed in; `file` None: it is lost, `name` says which."""

    id: int
    name: str
    kind: str  # FileRef.kind; empty: through an upload page
    file: StoredFile | None
    message_id: str


async def want(session: Session, giver: Giver, files: Sequence[FileRef], message_id: str, now: datetime) -> None:
    """Fetch these files of a message; a message that comes again changes nothing."""
    chat = giver.address
    for number, source in enumerate(files):
        row = insert_into(session, ReceivedRow).values(
            **_values(giver, f"{chat.platform}:{chat.chat}:{message_id or source.id}:{number}", now),
            name=tidy(source.name),
            source=asdict(source),
            message_id=message_id,
            state="wanted",
            ready_at=now + ALBUM,
        )
        await session.execute(row.on_conflict_do_nothing())


async def hand_in(session: Session, giver: Giver, part: str, file: StoredFile, now: datetime) -> int:
    """A file that came whole through an upload page, as `part` of it; the row's id."""
    row = ReceivedRow(
        **_values(giver, f"upload:{part}", now), name=file.name, sha256=file.sha256, state="stored", ready_at=now
    )
    session.add(row)
    await session.flush()
    return row.id


async def claim(session: Session, platform: str, now: datetime, lease: timedelta, limit: int) -> list[Wanted]:
    """The files that have waited longest, nobody else's until `now + lease`."""
    rows = await session.scalars(
        select(ReceivedRow)
        .where(ReceivedRow.state == "wanted", ReceivedRow.ready_at <= now, ReceivedRow.platform == platform)
        .order_by(ReceivedRow.ready_at, ReceivedRow.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    claimed = []
    for row in rows.all():
        row.attempts += 1
        row.ready_at = now + lease
        claimed.append(Wanted(row.id, _giver(row), FileRef(**row.source), row.name, row.attempts, row.message_id))
    await session.flush()
    return claimed


async def next_ready(session: Session, platforms: Sequence[str]) -> datetime | None:
    """When the next file may be fetched, maybe in the past; None: none is wanted."""
    first = select(func.min(ReceivedRow.ready_at, type_=ReceivedRow.ready_at.type))
    return await session.scalar(first.where(ReceivedRow.state == "wanted", ReceivedRow.platform.in_(platforms)))


async def hold(session: Session, giver: Giver) -> None:
    """Until this transaction ends nobody else settles a file of this person in this chat: one of two who settle the
    last two must see the other's work."""
    mine = select(ReceivedRow.id).where(*_of(giver), ReceivedRow.code == "").order_by(ReceivedRow.id)
    await session.execute(mine.with_for_update())


async def mark_stored(session: Session, wanted: Wanted, file: StoredFile) -> bool:
    """Its bytes are kept, and noted in table files; False: it was settled before."""
    return await _change(session, wanted, state="stored", sha256=file.sha256, name=file.name, reason="")


async def mark_lost(session: Session, wanted: Wanted, reason: str) -> bool:
    """It cannot be had; False: it was settled before."""
    return await _change(session, wanted, state="lost", reason=reason)


async def retry(session: Session, wanted: Wanted, reason: str, at: datetime) -> None:
    """Not now; again at `at`."""
    await _change(session, wanted, ready_at=at, reason=reason)


async def to_tell(session: Session, giver: Giver) -> list[Settled]:
    """The files of this person in this chat that are settled and not told of, in the order they came.

    Empty while another is on its way; one that has failed before holds nobody up.
    """
    coming = select(func.count()).where(*_of(giver), ReceivedRow.state == "wanted", ReceivedRow.reason == "")
    if await session.scalar(coming):
        return []
    joined = select(ReceivedRow, FileRow).outerjoin(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    untold = joined.where(*_of(giver), ReceivedRow.code == "", ReceivedRow.state != "wanted")
    rows = await session.execute(untold.order_by(ReceivedRow.id))
    return [_as_settled(row, file) for row, file in rows]


async def give_code(session: Session, giver: Giver, ids: Sequence[int]) -> str:
    """A short code by which people speak of these files: "H7K2QM". They count as told of from now on.

    Pictures that come later than the rest of their album get its code.
    """
    code = await _code_of_album(session, giver, ids) or "".join(secrets.choice(_LETTERS) for _ in range(6))
    await session.execute(update(ReceivedRow).where(ReceivedRow.id.in_(ids)).values(code=code))
    return code


async def _code_of_album(session: Session, giver: Giver, ids: Sequence[int]) -> str:
    """What the earlier parts of the album were told with; empty: there are none, or these are not of one album."""
    album = ReceivedRow.source["album"].as_string()
    albums = (await session.scalars(select(album).where(ReceivedRow.id.in_(ids)).distinct())).all()
    if len(albums) != 1 or not albums[0]:
        return ""
    told = select(ReceivedRow.code).where(*_of(giver), ReceivedRow.code != "", album == albums[0])
    return await session.scalar(told.order_by(ReceivedRow.id).limit(1)) or ""


def _as_settled(row: ReceivedRow, file: FileRow | None) -> Settled:
    stored = StoredFile(file.sha256, row.name, file.mime, file.size) if file else None
    return Settled(row.id, row.name, row.source.get("kind", ""), stored, row.message_id)


async def _change(session: Session, wanted: Wanted, **values: Any) -> bool:
    waiting = update(ReceivedRow).where(ReceivedRow.id == wanted.id, ReceivedRow.state == "wanted")
    return await session.scalar(waiting.values(**values).returning(ReceivedRow.id)) is not None


def _values(giver: Giver, key: str, now: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "platform": giver.address.platform,
        "chat": giver.address.chat,
        "thread": giver.address.thread,
        "group": giver.group,
        "sender": giver.sender,
        "person_id": giver.person,
        "unit": giver.unit,
        "received_at": now,
    }


def _giver(row: ReceivedRow) -> Giver:
    return Giver(Address(row.platform, row.chat, row.thread), row.sender, row.group, row.person_id, row.unit)


def _of(giver: Giver) -> tuple[ColumnElement[bool], ...]:
    chat = giver.address
    return (
        ReceivedRow.platform == chat.platform,
        ReceivedRow.chat == chat.chat,
        ReceivedRow.thread == chat.thread,
        ReceivedRow.sender == giver.sender,
    )
