"""What the outbox has had under a key."""

from collections.abc import Collection

from sqlalchemy import select

from records.session import Session, in_pieces
from records.tables import OutboxRow


async def queued(session: Session, keys: Collection[str]) -> set[str]:
    """Those of these keys under which something was queued, whatever came of it."""
    found: set[str] = set()
    for some in in_pieces(keys):
        first = OutboxRow.key.in_([f"{key}#1" for key in some])
        found |= {key.removesuffix("#1") for key in await session.scalars(select(OutboxRow.key).where(first))}
    return found


async def was_sent(session: Session, part: str) -> bool:
    """Whether the service has accepted this part of a message."""
    sent = select(OutboxRow.id).where(OutboxRow.key == part, OutboxRow.state == "sent")
    return await session.scalar(sent) is not None
