"""What people call a thing by that they hand in, write to many or ask for."""

import secrets

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute

from records.session import Session

_LETTERS, _DIGITS = "ABCDEFGHJKMNPQRSTUVWXYZ", "23456789"  # without I, L, O, 0, 1: they look alike


def new_code() -> str:
    """Six characters, one of them a digit, so that no word is taken for a code: "H7K2QM"."""
    code = [secrets.choice(_LETTERS + _DIGITS) for _ in range(5)]
    code.insert(secrets.randbelow(6), secrets.choice(_DIGITS))
    return "".join(code)


async def unused(session: Session, column: InstrumentedAttribute[str]) -> str:
    """One that nothing in this column has: of a province's many thousands chance gives some twice."""
    while await session.scalar(select(column).where(column == (code := new_code()))) is not None:
        pass
    return code
