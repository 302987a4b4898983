"""What the last answer to a person in a chat left open."""

from collections.abc import Collection, Mapping

from sqlalchemy import select, update

from core.message import Address, Inbound, Talk
from records.session import Session, insert_into
from records.tables import TalkRow


async def recall(session: Session, address: Address, sender: str) -> Talk:
    """What is open; an empty Talk: nothing."""
    row = await session.get(TalkRow, (address.platform, address.chat, sender))
    return Talk() if row is None else Talk(row.question, tuple(row.more))


async def recall_all(session: Session, messages: Collection[Inbound]) -> dict[Inbound, Talk]:
    """What is open for the sender of each message, where anything is."""
    services, chats = {one.address.platform for one in messages}, {one.address.chat for one in messages}
    columns = TalkRow.platform, TalkRow.chat, TalkRow.sender, TalkRow.question, TalkRow.more
    rows = await session.execute(select(*columns).where(TalkRow.platform.in_(services), TalkRow.chat.in_(chats)))
    known = {(row.platform, row.chat, row.sender): Talk(row.question, tuple(row.more)) for row in rows}
    keys = {one: (one.address.platform, one.address.chat, one.sender) for one in messages}
    return {one: known[key] for one, key in keys.items() if key in known}


async def remember(session: Session, address: Address, sender: str, talk: Talk) -> None:
    """Open from now on is this alone."""
    await remember_all(session, {(address, sender): talk})


async def remember_all(session: Session, talks: Mapping[tuple[Address, str], Talk]) -> None:
    """For each chat and sender, open from now on is this alone."""
    rows = [
        {
            "platform": address.platform,
            "chat": address.chat,
            "sender": sender,
            "question": talk.question,
            "more": list(talk.more),
        }
        for (address, sender), talk in talks.items()
    ]
    if rows:
        statement = insert_into(session, TalkRow)
        changed = {"question": statement.excluded.question, "more": statement.excluded.more}
        keys = [TalkRow.platform, TalkRow.chat, TalkRow.sender]
        await session.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed), rows)


async def move(session: Session, platform: str, old: str, new: str) -> None:
    """The chat has a new id; what is already open there stays."""
    there = select(TalkRow.sender).where(TalkRow.platform == platform, TalkRow.chat == new)
    here = update(TalkRow).where(TalkRow.platform == platform, TalkRow.chat == old)
    await session.execute(here.where(TalkRow.sender.not_in(there)).values(chat=new))
