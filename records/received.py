"""Files that people handed in: wanted from a chat service or come through an upload page, stored, or lost."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select, update

from core.evidence import Giver
from core.file_names import tidy
from core.message import Address, FileRef, StoredFile
from records.file_tables import FileRow, ReceivedRow
from records.session import Session, insert_into

EMPTY = "empty"  # why a file is lost that has nothing in it


@dataclass(frozen=True, slots=True)
class Wanted:
    """A file that this process may fetch until its lease ends; `attempts` counts this one too."""

    id: int
    giver: Giver
    source: FileRef
    name: str
    attempts: int
    submission: int | None  # None: from before there were submissions
    received_at: datetime


@dataclass(frozen=True, slots=True)
class Settled:
    """What has become of a file that was handed in; `file` None: it is lost or refused, `name` says which.

    `malware`: for what it is refused. `empty`: it is lost, since there is nothing in it.
    """

    id: int
    name: str
    kind: str  # FileRef.kind; empty: through an upload page
    file: StoredFile | None
    malware: str = ""
    empty: bool = False


async def is_known(session: Session, giver: Giver, message_id: str) -> bool:
    """Whether files of this message were wanted before."""
    first = ReceivedRow.key == _key(giver, message_id, 0)
    return bool(message_id) and await session.scalar(select(ReceivedRow.id).where(first)) is not None


async def want(
    session: Session, giver: Giver, files: Sequence[FileRef], message_id: str, submission: int, now: datetime
) -> None:
    """Fetch these files of a message; a message that comes again changes nothing."""
    for number, source in enumerate(files):
        row = insert_into(session, ReceivedRow).values(
            **_values(giver, _key(giver, message_id or source.id, number), submission, now),
            name=tidy(source.name),
            source=asdict(source),
            message_id=message_id,
            state="wanted",
            ready_at=now,
        )
        await session.execute(row.on_conflict_do_nothing())


async def hand_in(
    session: Session, giver: Giver, part: str, file: StoredFile, submission: int, now: datetime, malware: str = ""
) -> None:
    """A file that came whole through an upload page, as `part` of it; refused for the malware that is in it."""
    values = _values(giver, f"upload:{part}", submission, now) | {"name": file.name, "ready_at": now}
    outcome = {"state": "refused", "reason": malware} if malware else {"state": "stored", "sha256": file.sha256}
    session.add(ReceivedRow(**values, **outcome))
    await session.flush()


async def share(session: Session, submission: int, other: int, code: str, now: datetime) -> None:
    """The stored files of one submission are also those of the other, which the giver knows by this code."""
    stored = select(ReceivedRow).where(ReceivedRow.submission_id == submission, ReceivedRow.state == "stored")
    for number, row in enumerate((await session.scalars(stored.order_by(ReceivedRow.id))).all()):
        values = _values(_giver(row), f"shared:{code}:{number}", other, now)
        values |= {"code": code, "name": row.name, "source": row.source, "sha256": row.sha256}
        session.add(ReceivedRow(**values, state="stored", ready_at=now))
    await session.flush()


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
        claimed.append(
            Wanted(
                row.id, _giver(row), FileRef(**row.source), row.name, row.attempts, row.submission_id, row.received_at
            )
        )
    await session.flush()
    return claimed


async def next_ready(session: Session, platforms: Sequence[str]) -> datetime | None:
    """When the next file may be fetched, maybe in the past; None: none is wanted."""
    first = select(func.min(ReceivedRow.ready_at, type_=ReceivedRow.ready_at.type))
    return await session.scalar(first.where(ReceivedRow.state == "wanted", ReceivedRow.platform.in_(platforms)))


async def mark_stored(session: Session, wanted: Wanted, file: StoredFile) -> bool:
    """Its bytes are kept, and noted in table files; False: it was settled before."""
    return await _change(session, wanted, state="stored", sha256=file.sha256, name=file.name, reason="")


async def mark_lost(session: Session, wanted: Wanted, reason: str) -> bool:
    """It cannot be had; False: it was settled before."""
    return await _change(session, wanted, state="lost", reason=reason)


async def mark_refused(session: Session, wanted: Wanted, name: str, malware: str) -> bool:
    """There is malware in it; False: it was settled before."""
    return await _change(session, wanted, state="refused", name=name, reason=malware)


async def retry(session: Session, wanted: Wanted, reason: str, at: datetime) -> None:
    """Not now; again at `at`."""
    await _change(session, wanted, ready_at=at, reason=reason)


async def put_back(session: Session, wanted: Wanted, reason: str, at: datetime) -> None:
    """There was nowhere to keep it; that was no attempt."""
    await _change(session, wanted, ready_at=at, reason=reason, attempts=wanted.attempts - 1)


async def to_tell(session: Session, submission: int) -> list[Settled]:
    """The files of this submission that are settled and not told of, in the order they came."""
    joined = select(ReceivedRow, FileRow).outerjoin(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    untold = joined.where(
        ReceivedRow.submission_id == submission, ReceivedRow.code == "", ReceivedRow.state != "wanted"
    )
    rows = await session.execute(untold.order_by(ReceivedRow.id))
    return [_as_settled(row, file) for row, file in rows]


async def call_part(session: Session, submission: int, files: Collection[str], part: str) -> None:
    """These files of the submission, by SHA-256, are this part of its dossier."""
    rows = update(ReceivedRow).where(ReceivedRow.submission_id == submission, ReceivedRow.sha256.in_(files))
    await session.execute(rows.values(part=part))


async def parts(session: Session, submissions: Collection[int]) -> dict[int, dict[str, str]]:
    """Of these submissions, by SHA-256, which part a file is; without those of which nobody said so."""
    columns = ReceivedRow.submission_id, ReceivedRow.sha256, ReceivedRow.part
    rows = select(*columns).where(ReceivedRow.submission_id.in_(submissions), ReceivedRow.part != "")
    found: dict[int, dict[str, str]] = {}
    for row in await session.execute(rows):
        found.setdefault(row.submission_id, {})[row.sha256] = row.part
    return found


async def is_empty(session: Session, submission: int) -> bool:
    """Whether no file of it is kept, or still to come."""
    left = ReceivedRow.submission_id == submission, ReceivedRow.state.in_(("stored", "wanted"))
    return await session.scalar(select(ReceivedRow.id).where(*left).limit(1)) is None


async def mark_told(session: Session, ids: Sequence[int], code: str) -> None:
    """The person was told of these under this code."""
    await session.execute(update(ReceivedRow).where(ReceivedRow.id.in_(ids)).values(code=code))


def _as_settled(row: ReceivedRow, file: FileRow | None) -> Settled:
    stored = StoredFile(file.sha256, row.name, file.mime, file.size) if file else None
    malware = row.reason if row.state == "refused" else ""
    empty = row.state == "lost" and row.reason == EMPTY
    return Settled(row.id, row.name, row.source.get("kind", ""), stored, malware, empty)


async def _change(session: Session, wanted: Wanted, **values: Any) -> bool:
    waiting = update(ReceivedRow).where(ReceivedRow.id == wanted.id, ReceivedRow.state == "wanted")
    return await session.scalar(waiting.values(**values).returning(ReceivedRow.id)) is not None


def _key(giver: Giver, message_id: str, number: int) -> str:
    return f"{giver.address.platform}:{giver.address.chat}:{message_id}:{number}"


def _values(giver: Giver, key: str, submission: int, now: datetime) -> dict[str, Any]:
    return {
        "key": key,
        "platform": giver.address.platform,
        "chat": giver.address.chat,
        "thread": giver.address.thread,
        "group": giver.group,
        "sender": giver.sender,
        "person_id": giver.person,
        "unit": giver.unit,
        "submission_id": submission,
        "received_at": now,
    }


def _giver(row: ReceivedRow) -> Giver:
    return Giver(Address(row.platform, row.chat, row.thread), row.sender, row.group, row.person_id, row.unit)
