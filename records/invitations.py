"""Joining codes, kept as hashes that only this installation can make."""

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, select, update

from core.people import Role
from records.secrets import get_or_make
from records.session import Session
from records.tables import InvitationRow

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
