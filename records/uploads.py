"""Upload pages: a one-time link for one person in one chat, and the files on their way through it."""

import hashlib
import hmac
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from sqlalchemy import delete, func, select, update

from core.evidence import Giver
from core.message import Address, StoredFile
from core.work import TaskRef
from records import secrets
from records.file_tables import FactRow, FileRow, UploadPartRow, UploadRow
from records.session import Session, insert_into

LIFETIME = timedelta(hours=24)
FRESH = timedelta(minutes=10)  # so long after it was said that something did not arrive, it need not be said again
WORTH_TELLING = timedelta(hours=1)  # with less time left, a new page is opened
QUIET = timedelta(minutes=30)  # so long after the last file, a page that nobody closed is closed
_SECRET = "uploads"


@dataclass(frozen=True, slots=True)
class Offer:
    """A link to an upload page. `fresh`: it came a moment ago already, with word that something had not arrived."""

    token: str
    expires_at: datetime
    fresh: bool


@dataclass(frozen=True, slots=True)
class Upload:
    """An upload page. `id` is the hash of its token."""

    id: str
    giver: Giver
    expires_at: datetime
    closed: bool
    task: TaskRef | None = None  # what its files are for


@dataclass(frozen=True, slots=True)
class Part:
    """A file of an upload page; `received` bytes of it are safe on disk, `file` once it is whole and was kept.

    `malware`: for what it is refused.
    """

    id: str
    name: str
    size: int
    received: int
    file: StoredFile | None = None
    malware: str = ""


async def offer(
    session: Session, giver: Giver, now: datetime, task: TaskRef | None = None, *, explains: bool = False
) -> Offer:
    """The open page of this person in this chat, a new one where there is none; `task`: what its files are for now.


    `explains`: it goes out because something did not arrive; who merely asked for the link has not been told that.
    The token is made from a secret and what the page is for: so its address can be told again though only its hash
    is kept.
    """
    key = await secrets.get_or_make(session, _SECRET)
    open_one = await _open_one(session, giver, now)
    made_at, told_at = (open_one.made_at, open_one.offered_at) if open_one else (now, now - FRESH)
    token = _token(key, giver, made_at)
    if open_one is None:
        await _make(session, giver, token, now)
    if task is not None:
        await session.execute(update(UploadRow).where(UploadRow.token_hash == _hash(token)).values(task=str(task)))
    fresh = now - told_at < FRESH
    if explains and not fresh:
        told = update(UploadRow).where(UploadRow.token_hash == _hash(token))
        await session.execute(told.values(offered_at=now))
    return Offer(token, made_at + LIFETIME, fresh)


async def find(session: Session, token: str) -> Upload | None:
    """The page of this token, also where it is closed or expired; None: there is none."""
    row = await session.get(UploadRow, _hash(token))
    return None if row is None else _upload(row)


async def get(session: Session, upload: str) -> Upload:
    """The page with this id; there is one."""
    return _upload(await session.get_one(UploadRow, upload))


async def hold(session: Session, upload: str) -> bool:
    """Until this transaction ends nobody else adds files to the page, or closes it; False: it is closed."""
    row = select(UploadRow.token_hash).where(UploadRow.token_hash == upload, UploadRow.closed_at.is_(None))
    return await session.scalar(row.with_for_update()) is not None


async def close(session: Session, upload: str, now: datetime) -> None:
    """Nothing more comes through it."""
    await session.execute(update(UploadRow).where(UploadRow.token_hash == upload).values(closed_at=now))


async def forgotten(session: Session, now: datetime) -> list[str]:
    """The pages that nobody will close: expired, or all their files whole and QUIET since."""
    whole = select(UploadPartRow.token_hash).group_by(UploadPartRow.token_hash)
    whole = whole.having(func.count() == func.count(UploadPartRow.sha256))
    quiet = whole.having(func.max(UploadPartRow.made_at) < now - QUIET)
    done = (UploadRow.expires_at <= now) | UploadRow.token_hash.in_(quiet)
    return list(await session.scalars(select(UploadRow.token_hash).where(UploadRow.closed_at.is_(None), done)))


async def add_part(session: Session, upload: str, name: str, size: int, now: datetime) -> str:
    """A file of `size` bytes is about to come; its id."""
    id = uuid4().hex
    session.add(UploadPartRow(id=id, token_hash=upload, name=name, size=size, received=0, made_at=now))
    await session.flush()
    return id


async def parts(session: Session, upload: str) -> list[Part]:
    """The page's files in the order they were begun."""
    joined = select(UploadPartRow, FileRow, FactRow.malware)
    joined = joined.outerjoin(FileRow, FileRow.sha256 == UploadPartRow.sha256)
    joined = joined.outerjoin(FactRow, FactRow.sha256 == UploadPartRow.sha256)
    rows = await session.execute(
        joined.where(UploadPartRow.token_hash == upload).order_by(UploadPartRow.made_at, UploadPartRow.id)
    )
    return [_part(row, file, malware or "") for row, file, malware in rows]


async def note_received(session: Session, part: str, received: int) -> None:
    """So many bytes of it are safe on disk."""
    row = update(UploadPartRow).where(UploadPartRow.id == part, UploadPartRow.sha256.is_(None))
    await session.execute(row.values(received=received))


async def note_whole(session: Session, part: str, sha256: str, size: int) -> None:
    """It is kept, and noted in table files."""
    whole = update(UploadPartRow).where(UploadPartRow.id == part)
    await session.execute(whole.values(sha256=sha256, size=size, received=size))


async def drop_part(session: Session, part: str) -> None:
    await session.execute(delete(UploadPartRow).where(UploadPartRow.id == part))


async def _open_one(session: Session, giver: Giver, now: datetime) -> UploadRow | None:
    chat = giver.address
    return await session.scalar(
        select(UploadRow)
        .where(UploadRow.platform == chat.platform, UploadRow.chat == chat.chat, UploadRow.thread == chat.thread)
        .where(UploadRow.sender == giver.sender, UploadRow.closed_at.is_(None))
        .where(UploadRow.expires_at > now + WORTH_TELLING)
        .order_by(UploadRow.made_at.desc())
        .limit(1)
    )


async def _make(session: Session, giver: Giver, token: str, now: datetime) -> None:
    made = insert_into(session, UploadRow).values(
        token_hash=_hash(token),
        platform=giver.address.platform,
        chat=giver.address.chat,
        thread=giver.address.thread,
        group=giver.group,
        sender=giver.sender,
        person_id=giver.person,
        unit=giver.unit,
        made_at=now,
        offered_at=now - FRESH,
        expires_at=now + LIFETIME,
    )
    await session.execute(made.on_conflict_do_nothing())


def _token(key: str, giver: Giver, made_at: datetime) -> str:
    """32 bytes that nobody can guess without the key."""
    chat = giver.address
    said = "\0".join((chat.platform, chat.chat, chat.thread, giver.sender, made_at.astimezone(UTC).isoformat()))
    return urlsafe_b64encode(hmac.digest(key.encode(), said.encode(), "sha256")).rstrip(b"=").decode()


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _upload(row: UploadRow) -> Upload:
    giver = Giver(Address(row.platform, row.chat, row.thread), row.sender, row.group, row.person_id, row.unit)
    return Upload(row.token_hash, giver, row.expires_at, row.closed_at is not None, TaskRef.parse(row.task))


def _part(row: UploadPartRow, file: FileRow | None, malware: str) -> Part:
    stored = StoredFile(file.sha256, row.name, file.mime, file.size) if file else None
    return Part(row.id, row.name, row.size, row.received, stored, malware)
