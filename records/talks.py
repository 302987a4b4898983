"""What the last answer to a person in a chat left open."""

from sqlalchemy import select, update

from core.message import Address, Talk
from records.session import Session, insert_into
from records.tables import TalkRow


async def recall(session: Session, address: Address, sender: str) -> Talk:
    """What is open; an empty Talk: nothing."""
    row = await session.get(TalkRow, (address.platform, address.chat, sender))
    return Talk() if row is None else Talk(row.question, tuple(row.options), tuple(row.more))


async def remember(session: Session, address: Address, sender: str, talk: Talk) -> None:
    """Open from now on is this alone."""
    values = {"question": talk.question, "options": list(talk.options), "more": list(talk.more)}
    statement = insert_into(session, TalkRow).values(
        platform=address.platform, chat=address.chat, sender=sender, **values
    )
    await session.execute(
        statement.on_conflict_do_update(index_elements=[TalkRow.platform, TalkRow.chat, TalkRow.sender], set_=values)
    )


async def move(session: Session, platform: str, old: str, new: str) -> None:
    """The chat has a new id; what is already open there stays."""
    there = select(TalkRow.sender).where(TalkRow.platform == platform, TalkRow.chat == new)
    here = update(TalkRow).where(TalkRow.platform == platform, TalkRow.chat == old)
    await session.execute(here.where(TalkRow.sender.not_in(there)).values(chat=new))
