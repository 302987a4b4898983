"""Lists that were sent to the staff site, until who sent them says yes: one to a person."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select

from records.session import Session, insert_into
from records.site_tables import SiteImportRow


@dataclass(frozen=True, slots=True)
class Pending:
    """A list as it was sent; `kind`: of what; `name`: of the file."""

    kind: str
    name: str
    text: str


async def keep(session: Session, person: int, sent: Pending, now: datetime) -> None:
    """It waits; the one before is dropped."""
    values = {"kind": sent.kind, "name": sent.name, "text": sent.text, "made_at": now}
    row = insert_into(session, SiteImportRow).values(person_id=person, **values)
    await session.execute(row.on_conflict_do_update(index_elements=["person_id"], set_=values))


async def of_person(session: Session, person: int) -> Pending | None:
    """What waits for this person's word."""
    row = await session.scalar(select(SiteImportRow).where(SiteImportRow.person_id == person))
    return None if row is None else Pending(row.kind, row.name, row.text)


async def take(session: Session, person: int) -> Pending | None:
    """The same, and it waits no more: who takes it second gets nothing."""
    columns = SiteImportRow.kind, SiteImportRow.name, SiteImportRow.text
    mine = delete(SiteImportRow).where(SiteImportRow.person_id == person).returning(*columns)
    row = (await session.execute(mine.execution_options(synchronize_session=False))).one_or_none()
    return None if row is None else Pending(row.kind, row.name, row.text)


async def forget_before(session: Session, before: datetime) -> None:
    """Lists hold names and numbers: what nobody confirmed goes."""
    await session.execute(delete(SiteImportRow).where(SiteImportRow.made_at < before))
