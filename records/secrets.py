"""What this installation made up for itself once and shares between its processes."""

import secrets

from sqlalchemy import select

from records.session import Session, insert_into
from records.tables import SecretRow


async def get_or_make(session: Session, name: str) -> str:
    """The secret of this name: 32 random bytes, the same for every process and every start."""
    made = insert_into(session, SecretRow).values(name=name, value=secrets.token_urlsafe(32))
    await session.execute(made.on_conflict_do_nothing())
    return (await session.scalars(select(SecretRow.value).where(SecretRow.name == name))).one()


async def hold(session: Session, name: str) -> None:
    """Until this transaction ends nobody else holds the secret of this name; there is one."""
    await session.execute(select(SecretRow.name).where(SecretRow.name == name).with_for_update())
