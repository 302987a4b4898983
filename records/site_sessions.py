"""Signing in to the staff site: links that work once, sessions that begin, go on and end."""

import hashlib
import secrets as random
from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import get_args

from sqlalchemy import ColumnElement, and_, or_, select, update

from core.people import Role
from core.site import IDLE, LINK_LIVES, LONGEST, Ending, SignIn, SiteSession, Wanted
from records.session import Session
from records.site_tables import SiteLinkRow, SiteSessionRow
from records.tables import PersonRow

_SEEN_EVERY = timedelta(minutes=5)  # how exactly it is kept when a session was last used


async def make_link(session: Session, person: int, now: datetime) -> str:
    """A new link's token: the only time that anybody can know it. The person's earlier ones work no more."""
    earlier = update(SiteLinkRow).where(SiteLinkRow.person_id == person, SiteLinkRow.used_at.is_(None))
    await session.execute(earlier.values(used_at=now))
    token = random.token_urlsafe(32)
    row = SiteLinkRow(token_hash=_hash(token), person_id=person, made_at=now, expires_at=now + LINK_LIVES)
    session.add(row)
    await session.flush()
    return token


async def link_is_open(session: Session, token: str, now: datetime) -> bool:
    """Whether it would sign in; asking does not use it up."""
    return await session.scalar(select(SiteLinkRow.id).where(*_usable(token, now))) is not None


async def use_link(session: Session, token: str, now: datetime) -> int | None:
    """The id of the person whom it signs in, the first time alone; None: it is used, expired or not ours."""
    once = update(SiteLinkRow).where(*_usable(token, now)).values(used_at=now).returning(SiteLinkRow.person_id)
    person: int | None = await session.scalar(once)
    return person


async def start(session: Session, person: int, agent: str, now: datetime) -> str:
    """A new session's token, for the cookie."""
    token = random.token_urlsafe(32)
    row = SiteSessionRow(
        token_hash=_hash(token), person_id=person, agent=agent, started_at=now, seen_at=now, ends_at=now + LONGEST
    )
    session.add(row)
    await session.flush()
    return token


async def find(session: Session, token: str, now: datetime, *, is_use: bool = True) -> SiteSession | None:
    """The open session of this token, in use now if `is_use`; None: there is none. One that has lapsed is ended."""
    mine = SiteSessionRow.token_hash == _hash(token), SiteSessionRow.ended_at.is_(None)
    row = await session.scalar(select(SiteSessionRow).where(*mine))
    if row is None:
        return None
    until = min(row.ends_at, row.seen_at + IDLE)
    if now >= until:
        row.ended_at, row.ending = until, "lapsed"
        return None
    if is_use and now - row.seen_at >= _SEEN_EVERY:
        row.seen_at = now
    return _session(row)


async def open_ones(session: Session, person: int, now: datetime) -> Sequence[SiteSession]:
    """The person's, the newest first."""
    mine = select(SiteSessionRow).where(*_open(person, now)).order_by(SiteSessionRow.id.desc())
    return [_session(row) for row in await session.scalars(mine)]


async def end(session: Session, person: int, now: datetime, how: Ending, only: int | None = None) -> int:
    """End this session of the person's, or all of them, and links that wait; how many sessions."""
    which = [*_open(person, now), *([SiteSessionRow.id == only] if only is not None else [])]
    ended = update(SiteSessionRow).where(*which).values(ended_at=now, ending=how).returning(SiteSessionRow.id)
    count = len((await session.scalars(ended)).all())
    if only is None:
        waiting = SiteLinkRow.person_id == person, SiteLinkRow.used_at.is_(None)
        await session.execute(update(SiteLinkRow).where(*waiting).values(used_at=now))
    return count


async def wanted(session: Session, which: Wanted, most: int) -> Sequence[SignIn]:
    """Who signed in, by the unit and role that she has now; the newest first."""
    row, person = SiteSessionRow, PersonRow
    hers = [person.role.in_([role.value for role in which.roles])]
    hers += [person.unit.in_(which.units)] if which.units is not None else []
    only = [or_(and_(*hers), row.person_id == which.me)]
    only += [row.person_id.in_(which.people)] if which.people is not None else []
    only += [row.started_at >= which.first] if which.first else []
    only += [row.started_at < which.end] if which.end else []
    only += [row.id < which.before] if which.before is not None else []
    found = select(row, person).join(person, person.id == row.person_id).where(*only)
    return [
        SignIn(one.id, who.name, who.unit, Role(who.role), one.agent, one.started_at, one.seen_at, _ending(one.ending))
        for one, who in await session.execute(found.order_by(row.id.desc()).limit(most))
    ]


async def known(session: Session, units: Collection[str] | None, me: int) -> dict[int, str]:
    """Who of these units (None: any) has ever signed in, and the one who asks: names by id."""
    theirs = select(PersonRow.id, PersonRow.name).join(SiteSessionRow, SiteSessionRow.person_id == PersonRow.id)
    if units is not None:
        theirs = theirs.where(or_(PersonRow.unit.in_(units), PersonRow.id == me))
    return {row.id: row.name for row in await session.execute(theirs.distinct())}


def _ending(words: str | None) -> Ending | None:
    return next((one for one in get_args(Ending) if one == words), None)


def _usable(token: str, now: datetime) -> tuple[ColumnElement[bool], ...]:
    return SiteLinkRow.token_hash == _hash(token), SiteLinkRow.used_at.is_(None), SiteLinkRow.expires_at > now


def _open(person: int, now: datetime) -> tuple[ColumnElement[bool], ...]:
    row = SiteSessionRow
    return row.person_id == person, row.ended_at.is_(None), row.ends_at > now, row.seen_at > now - IDLE


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _session(row: SiteSessionRow) -> SiteSession:
    return SiteSession(row.id, row.person_id, row.agent, row.started_at, row.seen_at, row.ends_at)
