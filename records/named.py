"""What messages of ours were about, so that an answer to one is understood."""

from dataclasses import dataclass

from sqlalchemy import select

from core.message import Address, SourceRef
from core.work import TaskRef
from records.session import Session
from records.tables import OutboxRow


@dataclass(frozen=True, slots=True)
class Named:
    """What a message of ours was about: tasks, or the sources of an answer. `key`: under which it was queued."""

    tasks: tuple[TaskRef, ...] = ()
    sources: tuple[SourceRef, ...] = ()
    key: str = ""


async def named_in(session: Session, chat: Address, service_id: str) -> Named:
    """What the message of ours that has this id with the service was about."""
    found = select(OutboxRow.key, OutboxRow.tasks, OutboxRow.sources).where(
        OutboxRow.platform == chat.platform, OutboxRow.chat == chat.chat, OutboxRow.service_id == service_id
    )
    row = (await session.execute(found.limit(1))).first()
    if row is None:
        return Named()
    tasks = tuple(ref for words in row.tasks if (ref := TaskRef.parse(words)))
    return Named(tasks, tuple(SourceRef(**source) for source in row.sources), row.key.rpartition("#")[0])
