"""Deleting what is kept of somebody who asks for it."""

from datetime import datetime

from sqlalchemy import delete, update

from core.people import State
from records import memberships, people
from records.session import Session
from records.tables import AddressRow, ContactRow, GuessRow, MenuRow, OutboxRow, PersonRow, TalkRow


async def erase(session: Session, person: int, now: datetime) -> None:
    """The accounts, what was said to them, what is open there, and the phone number; every unit is left.

    The name stays in the staff list of the unit, whose list it is, and beside what was handed in.
    """
    for one in await memberships.of_person(session, person, State.ACTIVE, State.PENDING):
        await memberships.end(session, one, person, now)
    for account in await people.accounts(session, person):
        await erase_account(session, account.platform, account.sender)
    await session.execute(update(PersonRow).where(PersonRow.id == person).values(phone=""))


async def erase_account(session: Session, platform: str, sender: str) -> None:
    """The account is nobody's; what waits to be sent there still goes."""
    for table in (AddressRow, TalkRow, MenuRow, GuessRow):
        await session.execute(delete(table).where(table.platform == platform, table.sender == sender))
    chat = ContactRow.platform == platform, ContactRow.chat == sender
    await session.execute(delete(ContactRow).where(*chat))
    told = OutboxRow.platform == platform, OutboxRow.chat == sender, OutboxRow.state != "waiting"
    await session.execute(delete(OutboxRow).where(*told))
