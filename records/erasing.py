"""Deleting what is kept of somebody who asks for it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, String, case, cast, delete, exists, literal, select, update

from core.people import State
from records import api_tokens, memberships, notice_recipients, people, site_acts
from records.calendar_tables import CalendarLinkRow
from records.criteria_tables import CriteriaDraftRow
from records.evidence_tables import ReminderLaterRow, SubmissionRow
from records.file_tables import ReceivedRow, UploadRow
from records.privacy_tables import DataRequestRow, ErasedRow, OwnDataLinkRow
from records.session import Session, insert_into
from records.sheet_tables import SheetWishRow
from records.site_tables import SiteImportRow, SiteLinkRow, SiteSessionRow
from records.tables import AddressRow, ContactRow, GuessRow, MenuRow, OutboxRow, PersonRow, TalkRow


async def erase(session: Session, person: int, now: datetime) -> None:
    """The accounts, what was said to them, what is open there, and the phone number; every unit is left.

    The name stays in the staff list of the unit, whose list it is, and beside what was handed in.
    """
    for one in await memberships.of_person(session, person, State.ACTIVE, State.PENDING):
        await memberships.end(session, one, person, now)
    for account in await people.accounts(session, person):
        await erase_account(session, account.platform, account.sender)
    links = OwnDataLinkRow, CalendarLinkRow, SiteLinkRow, SiteSessionRow
    for hers in (*links, ReminderLaterRow, CriteriaDraftRow, SheetWishRow, SiteImportRow):
        await session.execute(delete(hers).where(hers.person_id == person))
    await site_acts.forget(session, person)
    await api_tokens.revoke_of(session, person, now)
    await session.execute(update(PersonRow).where(PersonRow.id == person).values(phone=""))
    await forget_words(session)


async def erase_account(session: Session, platform: str, sender: str) -> None:
    """The account is nobody's; what waits to be sent there still goes."""
    for table in (AddressRow, TalkRow, MenuRow, GuessRow):
        await session.execute(delete(table).where(table.platform == platform, table.sender == sender))
    for rows in (SubmissionRow, ReceivedRow, UploadRow):  # in a group the chat is not hers, and is told there
        await session.execute(
            update(rows).where(rows.platform == platform, rows.sender == sender, rows.group).values(sender="")
        )
    await notice_recipients.forget_account(session, platform, sender)
    chat = ContactRow.platform == platform, ContactRow.chat == sender
    await session.execute(delete(ContactRow).where(*chat))
    told = OutboxRow.platform == platform, OutboxRow.chat == sender, OutboxRow.state != "waiting"
    await session.execute(delete(OutboxRow).where(*told))
    pending = insert_into(session, ErasedRow).values(platform=platform, sender=sender)
    await session.execute(pending.on_conflict_do_nothing())
    await forget_account(session, platform, sender)


async def erased(session: Session) -> Sequence[tuple[str, str]]:
    """The accounts that were erased and still stand beside what was handed in: services and senders."""
    rows = select(ErasedRow.platform, ErasedRow.sender).order_by(ErasedRow.platform, ErasedRow.sender)
    return [(row.platform, row.sender) for row in await session.execute(rows)]


async def forget_account(session: Session, platform: str, sender: str) -> None:
    """Beside what was handed in the account, which was erased, stands no more, once nothing is to be told there.

    The name stays, and the group where it was handed in. What waits is seen to the next time.
    """
    used = select(AddressRow.sender).where(AddressRow.platform == platform, AddressRow.sender == sender)
    if await session.scalar(used) is None:  # else it is somebody's again
        await _forget_account(session, platform, sender)
        for table in (SubmissionRow, ReceivedRow, UploadRow):
            left = select(table.sender).where(table.platform == platform, table.sender == sender)
            if await session.scalar(left.where(table.person_id.is_not(None)).limit(1)) is not None:
                return
    gone = delete(ErasedRow).where(ErasedRow.platform == platform, ErasedRow.sender == sender)
    await session.execute(gone.execution_options(synchronize_session=False))


async def forget_words(session: Session) -> None:
    """What people who were erased asked about data, and is done, is known no more."""
    erased = ~exists().where(AddressRow.person_id == DataRequestRow.made_by), DataRequestRow.done_at.is_not(None)
    await session.execute(update(DataRequestRow).where(DataRequestRow.words != "", *erased).values(words=""))


async def _forget_account(session: Session, platform: str, sender: str) -> None:
    untold = exists().where(ReceivedRow.submission_id == SubmissionRow.id, ReceivedRow.code == "")
    await _forget(session, SubmissionRow, platform, sender, ~untold)
    await _forget(session, UploadRow, platform, sender, UploadRow.closed_at.is_not(None))
    key = case((ReceivedRow.group, ReceivedRow.key), else_=literal("erased:") + cast(ReceivedRow.id, String))
    await _forget(session, ReceivedRow, platform, sender, ReceivedRow.code != "", key=key)


async def _forget(
    session: Session,
    table: type[SubmissionRow] | type[ReceivedRow] | type[UploadRow],
    platform: str,
    sender: str,
    settled: ColumnElement[bool],
    **values: ColumnElement[str],
) -> None:
    rows = update(table).where(table.platform == platform, table.sender == sender, table.person_id.is_not(None))
    alone = {name: case((table.group, getattr(table, name)), else_="") for name in ("chat", "thread")}
    changed = rows.where(settled).values(sender="", **alone, **values)
    await session.execute(changed.execution_options(synchronize_session=False))
