"""Links that show a calendar: one at a time for a unit or a person, until it is taken back."""

import hashlib
import secrets as random
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, select, update

from core.calendar import CalendarLink, CalendarOf
from records import secrets
from records.calendar_tables import CalendarLinkRow
from records.session import Session

_SECRET = "calendars"
_READ_EVERY = timedelta(hours=1)  # how exactly it is kept when somebody last read it


async def make(session: Session, of: CalendarOf, by: int | None, now: datetime) -> str:
    """A new link's token: the only time that anybody can know it. The one before shows nothing any more."""
    await revoke(session, of, now)
    token = random.token_urlsafe(32)
    row = CalendarLinkRow(
        token_hash=_hash(token), unit=of.unit or None, person_id=of.person or None, made_by=by, made_at=now
    )
    session.add(row)
    await session.flush()
    return token


async def find(session: Session, token: str) -> CalendarLink | None:
    """The open link of this token; None: there is none, or it was taken back."""
    mine = CalendarLinkRow.token_hash == _hash(token), CalendarLinkRow.revoked_at.is_(None)
    row = await session.scalar(select(CalendarLinkRow).where(*mine))
    return None if row is None else _link(row)


async def open_one(session: Session, of: CalendarOf) -> CalendarLink | None:
    """The open link to this calendar."""
    rows = select(CalendarLinkRow).where(*_open(of)).order_by(CalendarLinkRow.id.desc()).limit(1)
    row = await session.scalar(rows)
    return None if row is None else _link(row)


async def revoke(session: Session, of: CalendarOf, now: datetime) -> bool:
    """From now on no link shows this calendar; False: none did."""
    gone = update(CalendarLinkRow).where(*_open(of)).values(revoked_at=now)
    return (await session.scalars(gone.returning(CalendarLinkRow.id))).first() is not None


async def note_read(session: Session, link: CalendarLink, etag: str, now: datetime) -> datetime:
    """A program asked for it and this is what it shows; since when it shows that."""
    row = await session.get_one(CalendarLinkRow, link.id)
    if row.etag != etag or row.changed_at is None:
        row.etag, row.changed_at = etag, now
    if row.read_at is None or now - row.read_at >= _READ_EVERY:
        row.read_at = now
    return row.changed_at


async def namespace(session: Session) -> str:
    """What makes the ids of this installation's events others than those of any other; no secret."""
    return _hash(await secrets.get_or_make(session, _SECRET))[:12]


def _open(of: CalendarOf) -> tuple[ColumnElement[bool], ...]:
    mine = CalendarLinkRow.person_id == of.person if of.person else CalendarLinkRow.unit == of.unit
    return mine, CalendarLinkRow.revoked_at.is_(None)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _link(row: CalendarLinkRow) -> CalendarLink:
    return CalendarLink(row.id, CalendarOf(row.unit or "", row.person_id or 0), row.made_at, row.read_at)
