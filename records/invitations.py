"""Joining codes, kept as hashes that only this installation can make."""

import hashlib
import hmac
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, update

from core.people import Role
from records.sealing import BrokenSeal, Sealer
from records.secrets import get_or_make
from records.session import Session
from records.tables import InvitationRow, PersonRow

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without I, L, O, 0, 1: they look alike on paper
_LENGTH = 8


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a code is good for. `person`: it links an account to this very person; `confirm`: somebody must agree."""

    unit: str
    role: Role
    person: int | None = None
    confirm: bool = False
    made_by: int | None = None  # None: on the command line


def new_code() -> str:
    """A code that nobody can guess, to be read aloud in two halves: "K7QM-2XAB".

    It has a digit, so that no two words of a question look like one.
    """
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:4]}-{letters[4:]}" if any(map(str.isdigit, letters)) else new_code()


async def invite(session: Session, invitation: Invitation, uses: int, expires_at: datetime, code: str) -> None:
    """The code is good for `uses` people (or groups) until `expires_at`."""
    row = InvitationRow(
        code_hash=await _hash(session, code),
        unit=invitation.unit,
        role=invitation.role.value,
        uses_left=uses,
        expires_at=expires_at,
        person_id=invitation.person,
        made_by=invitation.made_by,
        confirm=invitation.confirm,
    )
    session.add(row)
    await session.flush()


async def sealed(session: Session, code: str) -> str:
    """The code as it may stand in an address: who reads that alone does not learn it."""
    return Sealer(await get_or_make(session, "papers")).seal(code)


async def unsealed(session: Session, words: str) -> str | None:
    """The code; None: this is none that was sealed here."""
    try:
        return Sealer(await get_or_make(session, "papers")).unseal(words)
    except BrokenSeal:
        return None


async def find(session: Session, code: str, now: datetime) -> Invitation | None:
    """What the code is good for; None: wrong, used up, expired or revoked."""
    row = await session.scalar(select(InvitationRow).where(_valid(await _hash(session, code), now)))
    return _invitation(row) if row else None


async def used_up(session: Session, code: str) -> Invitation | None:
    """What the code was good for until its last use was taken; None: it was never good, can still be used, or is
    revoked."""
    spent = InvitationRow.uses_left <= 0, InvitationRow.revoked_at.is_(None)
    row = await session.scalar(
        select(InvitationRow).where(InvitationRow.code_hash == await _hash(session, code), *spent)
    )
    return _invitation(row) if row else None


async def take(session: Session, code: str, now: datetime) -> bool:
    """One use is taken; False: none was left."""
    one = update(InvitationRow).where(_valid(await _hash(session, code), now))
    taken = await session.execute(one.values(uses_left=InvitationRow.uses_left - 1).returning(InvitationRow.unit))
    return taken.first() is not None


@dataclass(frozen=True, slots=True)
class Open:
    """A code that can still be used, by a name that does not tell it; `person`: the name of whose it is."""

    id: str
    what: Invitation
    person: str
    uses_left: int
    expires_at: datetime


async def open_ones(session: Session, now: datetime, units: Collection[str] | None, made_by: int) -> list[Open]:
    """Those for these units (None: any), and those that this person made, the last to expire first.

    Not the codes by which people link another channel of their own.
    """
    row = InvitationRow
    own_channel = and_(row.person_id.is_not(None), row.person_id == row.made_by)
    usable = row.uses_left > 0, row.expires_at > now, row.revoked_at.is_(None), ~func.coalesce(own_channel, False)
    named = select(row, PersonRow.name).outerjoin(PersonRow, PersonRow.id == row.person_id).where(*usable)
    if units is not None:
        named = named.where(or_(row.unit.in_(units), row.made_by == made_by))
    rows = await session.execute(named.order_by(row.expires_at.desc(), row.code_hash))
    return [Open(one.code_hash, _invitation(one), name or "", one.uses_left, one.expires_at) for one, name in rows]


async def revoke_by_id(session: Session, id: str, now: datetime) -> bool:
    """The code of this `Open` is good for nothing any more; False: it was not before."""
    mine = InvitationRow.code_hash == id, InvitationRow.revoked_at.is_(None)
    done = update(InvitationRow).where(*mine).values(revoked_at=now).returning(InvitationRow.unit)
    return (await session.execute(done)).first() is not None


async def until(session: Session, code: str, now: datetime) -> datetime | None:
    """Until when the code is good; None: it is not."""
    mine = select(InvitationRow.expires_at).where(_valid(await _hash(session, code), now))
    return await session.scalar(mine)


async def revoke(session: Session, code: str, now: datetime) -> bool:
    """The code is good for nothing any more; False: it was not before."""
    one = update(InvitationRow).where(_valid(await _hash(session, code), now))
    done = await session.execute(one.values(revoked_at=now).returning(InvitationRow.unit))
    return done.first() is not None


def _invitation(row: InvitationRow) -> Invitation:
    return Invitation(row.unit, Role(row.role), row.person_id, row.confirm, row.made_by)


def _valid(code_hash: str, now: datetime) -> ColumnElement[bool]:
    return and_(
        InvitationRow.code_hash == code_hash,
        InvitationRow.uses_left > 0,
        InvitationRow.expires_at > now,
        InvitationRow.revoked_at.is_(None),
    )


async def _hash(session: Session, code: str) -> str:
    """However it was typed: lower case, with spaces, without the hyphen.

    With a key: eight letters alone could be found by trying them all against a stolen database.
    """
    letters = "".join(char for char in code.upper() if char.isalnum())
    key = await get_or_make(session, "invitations")
    return hmac.new(key.encode(), letters.encode(), hashlib.sha256).hexdigest()
