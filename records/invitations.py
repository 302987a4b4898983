"""Joining codes, kept as hashes, and the wrong guesses at them."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, func, select, update

from core.people import Role
from records.session import Session
from records.tables import GuessRow, InvitationRow

_LETTERS = "ABCDEFGHJKMNPQRSTUVWXYZ23456789"  # without I, L, O, 0, 1: they look alike on paper
_LENGTH = 8


def new_code() -> str:
    """A code that nobody can guess, to be read aloud in two halves: "K7QM-2XAB".

    It has a digit, so that no two words of a question look like one.
    """
    letters = "".join(secrets.choice(_LETTERS) for _ in range(_LENGTH))
    return f"{letters[:4]}-{letters[4:]}" if any(map(str.isdigit, letters)) else new_code()


async def invite(session: Session, unit: str, role: Role, uses: int, expires_at: datetime, code: str) -> None:
    """The code lets `uses` people (or groups) join the unit until `expires_at`."""
    session.add(InvitationRow(code_hash=_hash(code), unit=unit, role=role.value, uses_left=uses, expires_at=expires_at))
    await session.flush()


async def redeem(session: Session, code: str, now: datetime) -> tuple[str, Role] | None:
    """The unit and role of the code, one use taken; None: wrong, used up or expired."""
    valid = update(InvitationRow).where(
        InvitationRow.code_hash == _hash(code), InvitationRow.uses_left > 0, InvitationRow.expires_at > now
    )
    taken = valid.values(uses_left=InvitationRow.uses_left - 1)
    row = (await session.execute(taken.returning(InvitationRow.unit, InvitationRow.role))).one_or_none()
    return None if row is None else (row.unit, Role(row.role))


async def note_guess(session: Session, platform: str, sender: str, now: datetime) -> None:
    """The sender tried a code that was not valid."""
    session.add(GuessRow(platform=platform, sender=sender, made_at=now))
    await session.flush()


async def guesses_since(session: Session, platform: str, sender: str, instant: datetime) -> int:
    """How many codes that were not valid the sender has tried since `instant`."""
    tried = select(func.count()).where(
        GuessRow.platform == platform, GuessRow.sender == sender, GuessRow.made_at > instant
    )
    return await session.scalar(tried) or 0


async def forget_guesses_before(session: Session, instant: datetime) -> None:
    await session.execute(delete(GuessRow).where(GuessRow.made_at < instant))


def _hash(code: str) -> str:
    """However it was typed: lower case, with spaces, without the hyphen."""
    letters = "".join(char for char in code.upper() if char.isalnum())
    return hashlib.sha256(letters.encode()).hexdigest()
