"""How far each polled service has been read."""

from records.session import Session, insert_into
from records.tables import OffsetRow


async def read(session: Session, platform: str) -> str:
    """Where to go on; empty at first."""
    row = await session.get(OffsetRow, platform)
    return "" if row is None else row.value


async def save(session: Session, platform: str, value: str) -> None:
    """Go on from `value` next time."""
    statement = insert_into(session, OffsetRow).values(platform=platform, value=value)
    await session.execute(statement.on_conflict_do_update(index_elements=[OffsetRow.platform], set_={"value": value}))
