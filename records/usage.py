"""How much of each service's quota is used."""

from datetime import datetime

from sqlalchemy import func, select

from core.clock import local_day
from core.quota import Usage, month_of
from records.queued import key_begins
from records.session import Session, insert_into
from records.tables import ContactRow, OutboxRow, UsageRow

MESSAGES = "messages"


async def count(session: Session, platform: str, messages: int, now: datetime) -> None:
    """So many messages were sent, this day and this month."""
    periods = (month_of(now), f"{local_day(now):%Y-%m-%d}")
    rows = [{"platform": platform, "period": period, "what": MESSAGES, "count": messages} for period in periods]
    insert = insert_into(session, UsageRow)
    keys = [UsageRow.platform, UsageRow.period, UsageRow.what]
    more = {"count": UsageRow.count + insert.excluded.count}
    await session.execute(insert.on_conflict_do_update(index_elements=keys, set_=more), rows)


async def sent_in(session: Session, platform: str, period: str) -> int:
    """The messages of a month (2023-12) or a day (2023-12-04)."""
    row = await session.get(UsageRow, (platform, period, MESSAGES), populate_existing=True)
    return 0 if row is None else row.count


async def of(session: Session, platform: str, now: datetime) -> Usage:
    """What is used now; people who left were served all the same, a group that was left makes room for another."""
    counted = select(func.count()).select_from(ContactRow).where(ContactRow.platform == platform)
    people = await session.scalar(counted.where(~ContactRow.group))
    groups = await session.scalar(counted.where(ContactRow.group, ContactRow.reachable))
    return Usage(await sent_in(session, platform, month_of(now)), people or 0, groups or 0)


async def of_day(session: Session, platform: str, now: datetime) -> int:
    """The messages that were sent today."""
    return await sent_in(session, platform, f"{local_day(now):%Y-%m-%d}")


async def parts_waiting(session: Session, key: str) -> int:
    """How many parts of the message, of which `key` is one, have still to go out."""
    whole = key.rpartition("#")[0]
    waiting = select(func.count()).select_from(OutboxRow).where(OutboxRow.state == "waiting")
    return await session.scalar(waiting.where(key_begins(f"{whole}#"))) or 0
