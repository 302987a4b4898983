"""What people have done on the staff site: who, when, as whom, to what."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select, update

from core.people import Person, Role
from core.site import SiteAct, SiteSession
from records.session import Session
from records.site_tables import SiteActRow
from records.tables import PersonRow


async def note(session: Session, signed_in: SiteSession, person: Person, act: str, about: str, now: datetime) -> None:
    """Keep that this person did this."""
    row = SiteActRow(at=now, person_id=person.id, session_id=signed_in.id, unit=person.unit, role=person.role.value)
    row.act, row.about = act, about
    session.add(row)
    await session.flush()


async def of_units(session: Session, units: Collection[str], before: int | None, most: int) -> Sequence[SiteAct]:
    """What people of these units did, the newest first; `before`: only those older than this id."""
    row = SiteActRow
    which = [row.unit.in_(units), *([row.id < before] if before is not None else [])]
    found = select(row, PersonRow.name).outerjoin(PersonRow, PersonRow.id == row.person_id).where(*which)
    return [
        SiteAct(one.id, one.at, name or "", one.unit, Role(one.role), one.act, one.about)
        for one, name in await session.execute(found.order_by(row.id.desc()).limit(most))
    ]


async def forget(session: Session, person: int) -> None:
    """What she did stays, who it was is known no more."""
    await session.execute(update(SiteActRow).where(SiteActRow.person_id == person).values(person_id=None))
