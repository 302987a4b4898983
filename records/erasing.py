"""Deleting what is kept of somebody who asks for it."""

from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, delete, exists, literal, update

from core.people import State
from records import memberships, people
from records.calendar_tables import CalendarLinkRow
from records.evidence_tables import ReminderLaterRow, SubmissionRow
from records.file_tables import ReceivedRow, UploadRow
from records.privacy_tables import DataRequestRow, OwnDataLinkRow
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
    for hers in (OwnDataLinkRow, CalendarLinkRow, ReminderLaterRow):
        await session.execute(delete(hers).where(hers.person_id == person))
    await session.execute(update(PersonRow).where(PersonRow.id == person).values(phone=""))
    await forget_accounts(session)


async def erase_account(session: Session, platform: str, sender: str) -> None:
    """The account is nobody's; what waits to be sent there still goes."""
    for table in (AddressRow, TalkRow, MenuRow, GuessRow):
        await session.execute(delete(table).where(table.platform == platform, table.sender == sender))
    for rows in (SubmissionRow, ReceivedRow, UploadRow):  # in a group the chat is not hers, and is told there
        await session.execute(
            update(rows).where(rows.platform == platform, rows.sender == sender, rows.group).values(sender="")
        )
    chat = ContactRow.platform == platform, ContactRow.chat == sender
    await session.execute(delete(ContactRow).where(*chat))
    told = OutboxRow.platform == platform, OutboxRow.chat == sender, OutboxRow.state != "waiting"
    await session.execute(delete(OutboxRow).where(*told))


async def forget_accounts(session: Session) -> None:
    """Beside what was handed in no account stands any more that was erased, once nothing is to be told there.

    The name stays, and the group where it was handed in. What waits is seen to the next time.
    """
    untold = exists().where(ReceivedRow.submission_id == SubmissionRow.id, ReceivedRow.code == "")
    await _forget(session, SubmissionRow, ~untold)
    await _forget(session, UploadRow, UploadRow.closed_at.is_not(None))
    key = case((ReceivedRow.group, ReceivedRow.key), else_=literal("erased:") + cast(ReceivedRow.id, String))
    await _forget(session, ReceivedRow, ReceivedRow.code != "", key=key)
    erased = ~exists().where(AddressRow.person_id == DataRequestRow.made_by), DataRequestRow.done_at.is_not(None)
    await session.execute(update(DataRequestRow).where(DataRequestRow.words != "", *erased).values(words=""))


async def _forget(
    session: Session,
    table: type[SubmissionRow] | type[ReceivedRow] | type[UploadRow],
    settled: ColumnElement[bool],
    **values: ColumnElement[str],
) -> None:
    account = AddressRow.platform == table.platform, AddressRow.sender == table.sender
    rows = update(table).where(table.sender != "", table.person_id.is_not(None), ~exists().where(*account), settled)
    alone = {name: case((table.group, getattr(table, name)), else_="") for name in ("chat", "thread")}
    await session.execute(rows.values(sender="", **alone, **values).execution_options(synchronize_session=False))
