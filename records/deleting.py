"""Deleting what was handed in: the rows. Bytes that no row names are removed afterwards (scheduler.sweeping)."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, String, cast, delete, exists, literal, select, update

from core.evidence import Submission
from core.privacy import ANOTHER_UNIT, ANOTHER_USE
from records import library, submissions, unwanted
from records.activity_tables import AuthorsRow
from records.evidence_tables import SubmissionEventRow, SubmissionRow
from records.file_tables import FactRow, FileRow, ReceivedRow, UploadPartRow, UploadRow
from records.session import Session


@dataclass(frozen=True, slots=True)
class Held:
    """A file that was handed in and is kept; `id` is its number in table received."""

    id: int
    submission: int
    name: str
    sha256: str
    size: int


async def is_due(session: Session, kept_since: datetime, told_by: datetime) -> bool:
    """Whether something has been kept since then, and was told of by then."""
    over = select(SubmissionRow.id).where(*_over(kept_since, told_by))
    return await session.scalar(over.limit(1)) is not None


async def due(session: Session, kept_since: datetime, told_by: datetime, limit: int) -> Sequence[Submission]:
    """What has been kept since then, and was told of by then: up to `limit`, of one unit. Nobody else's."""
    over = _over(kept_since, told_by)
    by_age = SubmissionRow.expiry_told_at, SubmissionRow.kept_since, SubmissionRow.id
    first = select(SubmissionRow.unit).where(*over).order_by(*by_age).limit(1)
    found = (await session.execute(first.with_for_update(skip_locked=True))).one_or_none()
    if found is None:
        return []
    rows = select(SubmissionRow.id).where(_of_unit(found.unit), *over).order_by(*by_age).limit(limit)
    ids = await session.scalars(rows.with_for_update(skip_locked=True))
    return await submissions.hold_all(session, ids.all())


async def first_to_tell(session: Session, kept_since: datetime) -> tuple[str | None] | None:
    """The unit that has kept something since then, the longest, and was not told of it; nobody else is at it."""
    rows = select(SubmissionRow.unit).where(*_kept_since(kept_since), _UNTOLD)
    rows = rows.order_by(SubmissionRow.kept_since, SubmissionRow.id).limit(1)
    row = (await session.execute(rows.with_for_update(skip_locked=True))).one_or_none()
    return None if row is None else (row.unit,)


async def to_tell(
    session: Session, unit: str | None, kept_since: datetime, limit: int
) -> Sequence[tuple[int, datetime]]:
    """Up to `limit` of the unit that have been kept since then and nobody was told of: ids with since when, the longest
    first. Nobody else's.
    """
    rows = select(SubmissionRow.id, SubmissionRow.kept_since).where(_of_unit(unit), *_kept_since(kept_since), _UNTOLD)
    rows = rows.order_by(SubmissionRow.kept_since, SubmissionRow.id).limit(limit)
    found = await session.execute(rows.with_for_update(skip_locked=True))
    return [(row.id, row.kept_since) for row in found if row.kept_since]


async def mark_expiry_told(session: Session, ids: Collection[int], now: datetime) -> None:
    """The unit knows that these will be deleted."""
    await session.execute(update(SubmissionRow).where(SubmissionRow.id.in_(ids)).values(expiry_told_at=now))


async def held(session: Session, ids: Collection[int]) -> Sequence[Held]:
    """The files of these submissions that are kept, in the order they came."""
    columns = ReceivedRow.id, ReceivedRow.submission_id, ReceivedRow.name, FileRow.sha256, FileRow.size
    rows = select(*columns).join(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    found = await session.execute(rows.where(ReceivedRow.submission_id.in_(ids)).order_by(ReceivedRow.id))
    return [Held(row.id, row.submission_id or 0, row.name, row.sha256, row.size) for row in found]


async def same_bytes(session: Session, unit: str | None, files: Sequence[Held]) -> Sequence[Held]:
    """Files of other submissions of the unit that hold the same bytes as these, in the order they came."""
    columns = ReceivedRow.id, ReceivedRow.submission_id, ReceivedRow.name, FileRow.sha256, FileRow.size
    rows = select(*columns).join(FileRow, FileRow.sha256 == ReceivedRow.sha256)
    rows = rows.join(SubmissionRow, SubmissionRow.id == ReceivedRow.submission_id)
    here = SubmissionRow.unit == unit, SubmissionRow.id.not_in({one.submission for one in files})
    same = ReceivedRow.sha256.in_({one.sha256 for one in files})
    found = await session.execute(rows.where(*here, same).order_by(ReceivedRow.id))
    return [Held(row.id, row.submission_id or 0, row.name, row.sha256, row.size) for row in found]


async def why_kept(session: Session, unit: str | None, some: Collection[str]) -> dict[str, str]:
    """Of bytes that are kept, by SHA-256: for whom (core.privacy.Gone.kept)."""
    columns = ReceivedRow.sha256, SubmissionRow.unit, SubmissionRow.code
    rows = select(*columns).outerjoin(SubmissionRow, SubmissionRow.id == ReceivedRow.submission_id)
    users = (await session.execute(rows.where(ReceivedRow.sha256.in_(some)).order_by(SubmissionRow.id))).all()
    said = dict[str, str]()
    for sha256 in some:
        mine = [code for used, by, code in users if used == sha256 and code and by == unit]
        others = any(used == sha256 and by not in (None, unit) for used, by, _ in users)
        said[sha256] = " ".join(dict.fromkeys(mine)) or (ANOTHER_UNIT if others else ANOTHER_USE)
    return said


async def is_awaited(session: Session, submission: int) -> bool:
    """Whether a file of it is still to come, or to be told of."""
    untold = ReceivedRow.submission_id == submission, ReceivedRow.code == ""
    return await session.scalar(select(ReceivedRow.id).where(*untold).limit(1)) is not None


async def forget_files(session: Session, files: Sequence[Held], certificate: str, now: datetime) -> set[str]:
    """Of these only that there was a file is kept; what was said of them to people is gone with them.

    The SHA-256 of those whose bytes something else uses.
    """
    rows = update(ReceivedRow).where(ReceivedRow.id.in_([one.id for one in files]))
    await session.execute(rows.values(**_BLANK, sha256=None, state="deleted", reason=certificate))
    await library.forget_files(session, [one.id for one in files])
    return await _forget_bytes(session, {one.sha256 for one in files}, now)


async def forget_sent_for(session: Session, code: str, now: datetime) -> None:
    """The files that were sent for the notice of this code, likewise."""
    mine = ReceivedRow.code == code, ReceivedRow.submission_id.is_(None)
    sums = await session.scalars(select(ReceivedRow.sha256).where(*mine))
    originals = {one for one in sums if one is not None}
    await session.execute(update(ReceivedRow).where(*mine).values(**_BLANK, sha256=None, state="deleted"))
    await _forget_bytes(session, originals, now)


async def forget_words(session: Session, ids: Collection[int], now: datetime) -> None:
    """Nothing is left of these submissions but what they were for, how they stand, and who did what when."""
    of_them = SubmissionRow.id.in_(ids)
    words = dict.fromkeys(("chat", "thread", "sender", "caption", "album", "message_id"), "")
    await session.execute(update(SubmissionRow).where(of_them).values(**words, deleted_at=now))
    await session.execute(update(ReceivedRow).where(ReceivedRow.submission_id.in_(ids)).values(**_BLANK))
    await library.forget(session, ids)
    await session.execute(delete(AuthorsRow).where(AuthorsRow.submission_id.in_(ids)))
    events = update(SubmissionEventRow).where(SubmissionEventRow.submission_id.in_(ids))
    await session.execute(events.values(note=""))


async def _forget_bytes(session: Session, originals: set[str], now: datetime) -> set[str]:
    """The rows of these bytes and of their copies, but of those that something else uses; the bytes are unwanted.

    The originals that something else uses.
    """
    closed = exists().where(UploadRow.token_hash == UploadPartRow.token_hash, UploadRow.closed_at.is_not(None))
    parts = update(UploadPartRow).where(UploadPartRow.sha256.in_(originals), closed)
    await session.execute(parts.values(sha256=None, name="").execution_options(synchronize_session=False))
    nobodys = originals - await _used(session, originals, _uses(but=FactRow.__tablename__))
    facts, copies = FactRow.sha256.in_(nobodys), set[str]()
    for copy in _uses(of=FactRow.__tablename__):
        copies |= set(await session.scalars(select(copy).where(facts, copy.is_not(None))))
    await session.execute(delete(FactRow).where(facts))
    return originals - await drop(session, nobodys | copies, now)


async def drop(session: Session, some: set[str], now: datetime) -> set[str]:
    """The rows of those of these bytes that nothing uses; they are unwanted from now on."""
    unnamed = some - await _used(session, some, _uses())
    await session.execute(delete(FileRow).where(FileRow.sha256.in_(unnamed)))
    await unwanted.add(session, unnamed, now)
    return unnamed


def _uses(of: str = "", but: str = "") -> list[Column[str]]:
    """The columns that name bytes: of all tables, of one alone, or of all but one."""
    keys = [key for table in FileRow.metadata.sorted_tables for key in table.foreign_keys]
    naming = [key.parent for key in keys if key.column.table.name == FileRow.__tablename__]
    return [one for one in naming if one.table.name != but and of in ("", one.table.name)]


async def _used(session: Session, some: Collection[str], columns: Sequence[Column[str]]) -> set[str]:
    used = set[str]()
    for column in columns:
        used |= set(await session.scalars(select(column).where(column.in_(some))))
    return used


def _of_unit(unit: str | None) -> ColumnElement[bool]:
    """So said, PostgreSQL finds it by an index too."""
    return SubmissionRow.unit.is_(None) if unit is None else SubmissionRow.unit == unit


def _kept_since(at: datetime) -> tuple[ColumnElement[bool], ...]:
    """Kept since then or longer, and nothing of it awaited."""
    awaited = exists().where(ReceivedRow.submission_id == SubmissionRow.id, ReceivedRow.code == "")
    return SubmissionRow.deleted_at.is_(None), SubmissionRow.kept_since <= at, ~awaited


def _over(kept_since: datetime, told_by: datetime) -> tuple[ColumnElement[bool], ...]:
    return *_kept_since(kept_since), SubmissionRow.expiry_told_at <= told_by


_UNTOLD = SubmissionRow.expiry_told_at.is_(None)
_BLANK: dict[str, Any] = {
    "key": literal("deleted:") + cast(ReceivedRow.id, String),
    "source": {},
    **dict.fromkeys(("chat", "thread", "sender", "name", "message_id"), ""),
}
