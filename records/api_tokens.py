"""Tokens by which an office's own systems read: made once, shown once, taken back."""

import hashlib
import secrets as random
from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import select, update

from core.people import Person
from core.site import ApiToken
from records.api_tables import ApiTokenRow
from records.session import Session

MOST = 20  # open at once for one office
_USED_EVERY = timedelta(minutes=5)  # how exactly it is kept when one was last used
_MARK = "nvk_"  # so that a token is known for what it is where it should not be


async def make(session: Session, name: str, maker: Person, now: datetime) -> str | None:
    """A new token of the maker's unit: the only time that anybody can know it. None: the unit has enough."""
    if len(await open_ones(session, maker.unit)) >= MOST:
        return None
    token = _MARK + random.token_urlsafe(32)
    session.add(ApiTokenRow(token_hash=_hash(token), name=name, unit=maker.unit, made_by=maker.id, made_at=now))
    await session.flush()
    return token


async def find(session: Session, token: str, now: datetime) -> ApiToken | None:
    """The open token, in use now; None: there is none."""
    mine = select(ApiTokenRow).where(ApiTokenRow.token_hash == _hash(token), ApiTokenRow.revoked_at.is_(None))
    row = await session.scalar(mine)
    if row is None:
        return None
    if row.used_at is None or now - row.used_at >= _USED_EVERY:
        row.used_at = now
    return _token(row)


async def open_ones(session: Session, unit: str) -> Sequence[ApiToken]:
    """The unit's, the newest first."""
    mine = select(ApiTokenRow).where(ApiTokenRow.unit == unit, ApiTokenRow.revoked_at.is_(None))
    return [_token(row) for row in await session.scalars(mine.order_by(ApiTokenRow.id.desc()))]


async def revoke(session: Session, unit: str, id: int, now: datetime) -> bool:
    """It opens nothing any more; False: the unit has no such open token."""
    mine = ApiTokenRow.id == id, ApiTokenRow.unit == unit, ApiTokenRow.revoked_at.is_(None)
    gone = update(ApiTokenRow).where(*mine).values(revoked_at=now).returning(ApiTokenRow.id)
    return await session.scalar(gone) is not None


async def revoke_of(session: Session, person: int, now: datetime) -> None:
    """All that this person has made."""
    mine = ApiTokenRow.made_by == person, ApiTokenRow.revoked_at.is_(None)
    await session.execute(update(ApiTokenRow).where(*mine).values(revoked_at=now))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode(errors="replace")).hexdigest()


def _token(row: ApiTokenRow) -> ApiToken:
    return ApiToken(row.id, row.name, row.unit, row.made_by, row.made_at, row.used_at)
