"""What people have done on the staff site: who, when, as whom, to what."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import and_, or_, select, update

from core.people import Person, Role
from core.site import SiteAct, SiteSession, Wanted
from records.session import Session
from records.site_tables import SiteActRow
from records.tables import PersonRow


async def note(session: Session, signed_in: SiteSession, person: Person, act: str, about: str, now: datetime) -> None:
    """Keep that this person did this."""
    row = SiteActRow(at=now, person_id=person.id, session_id=signed_in.id, unit=person.unit, role=person.role.value)
    row.act, row.about = act, about
    session.add(row)
    await session.flush()


async def wanted(session: Session, which: Wanted, most: int) -> Sequence[SiteAct]:
    """What was done, the newest first."""
    row = SiteActRow
    hers = [row.role.in_([role.value for role in which.roles])]
    hers += [row.unit.in_(which.units)] if which.units is not None else []
    only = [or_(and_(*hers), row.person_id == which.me)]
    only += [row.person_id.in_(which.people)] if which.people is not None else []
    only += [row.act == which.act] if which.act else []
    only += [row.at >= which.first] if which.first else []
    only += [row.at < which.end] if which.end else []
    only += [row.id < which.before] if which.before is not None else []
    found = select(row, PersonRow.name).outerjoin(PersonRow, PersonRow.id == row.person_id).where(*only)
    return [
        SiteAct(one.id, one.at, name or "", one.unit, Role(one.role), one.act, one.about)
        for one, name in await session.execute(found.order_by(row.id.desc()).limit(most))
    ]


async def forget(session: Session, person: int) -> None:
    """What she did stays, who it was is known no more."""
    await session.execute(update(SiteActRow).where(SiteActRow.person_id == person).values(person_id=None))
