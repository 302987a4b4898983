"""When each chat was last heard of, and whether it can still be written to."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from core.message import Address, Inbound, InboundKind
from records.session import Session, insert_into
from records.tables import ContactRow


async def note(session: Session, messages: Sequence[Inbound], now: datetime) -> None:
    """These chats were heard of; one that the bot was removed from or blocked in cannot be written to."""
    heard = {(one.address.platform, one.address.chat): one for one in messages}
    rows = [
        {
            "platform": platform,
            "chat": chat,
            "group": one.group,
            "first_at": now,
            "seen_at": now,
            "reachable": one.kind is not InboundKind.LEFT,
        }
        for (platform, chat), one in heard.items()
    ]
    if rows:
        insert = insert_into(session, ContactRow)
        changed = {"seen_at": insert.excluded.seen_at, "reachable": insert.excluded.reachable}
        keys = [ContactRow.platform, ContactRow.chat]
        await session.execute(insert.on_conflict_do_update(index_elements=keys, set_=changed), rows)


async def lose(session: Session, address: Address) -> None:
    """The service says that nothing can be written there any more."""
    known = update(ContactRow).where(ContactRow.platform == address.platform, ContactRow.chat == address.chat)
    await session.execute(known.values(reachable=False))


async def lose_group(session: Session, address: Address, now: datetime) -> None:
    """The same of a group, also of one that was not heard of under this id."""
    lost = {"platform": address.platform, "chat": address.chat, "group": True, "reachable": False}
    row = insert_into(session, ContactRow).values(first_at=now, seen_at=now, **lost)
    keys = [ContactRow.platform, ContactRow.chat]
    await session.execute(row.on_conflict_do_update(index_elements=keys, set_={"reachable": False}))


async def lost_groups(session: Session) -> set[Address]:
    """The groups that cannot be written to any more."""
    gone = select(ContactRow.platform, ContactRow.chat).where(ContactRow.group, ContactRow.reachable.is_(False))
    return {Address(row.platform, row.chat) for row in await session.execute(gone)}


async def can_be_written_to(session: Session, address: Address) -> bool:
    """Whether this chat has written to us and has not blocked us since."""
    known = select(ContactRow.reachable).where(ContactRow.platform == address.platform, ContactRow.chat == address.chat)
    return bool(await session.scalar(known))
