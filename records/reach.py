"""Which units can no longer be written to: their group has removed the bot, their people have blocked it."""

from collections import Counter
from collections.abc import Collection
from datetime import date

from sqlalchemy import and_, func, select

from core.people import Level
from records import heads, people
from records.session import Session
from records.tables import AddressRow, ContactRow, GroupRow, MembershipRow, UnitRow


async def groups_cut_off(session: Session) -> set[str]:
    """The units that have bound a group and have none left that can be written to."""
    known = and_(ContactRow.platform == GroupRow.platform, ContactRow.chat == GroupRow.chat)
    rows = await session.execute(
        select(GroupRow.unit, GroupRow.active, func.coalesce(ContactRow.reachable, True)).join(
            ContactRow, known, isouter=True
        )
    )
    found = [(unit, bool(active and reachable)) for unit, active, reachable in rows]
    return {unit for unit, _ in found} - {unit for unit, open_ in found if open_}


async def unheard(session: Session, units: Collection[str], day: date) -> set[str]:
    """Those of these units of which nobody can be written to who gives their word."""
    levels = await session.execute(select(UnitRow.code, UnitRow.level).where(UnitRow.code.in_(units)))
    found = {code: await heads.of_unit(session, code, Level(level), day) for code, level in levels.all()}
    return {code for code, ones in found.items() if not any([await people.ways_to(session, one) for one in ones])}


async def people_cut_off(session: Session) -> Counter[str]:
    """How many members of each unit have an account, and none that can be written to."""
    known = and_(ContactRow.platform == AddressRow.platform, ContactRow.chat == AddressRow.sender)
    accounts = await session.execute(select(AddressRow.person_id, ContactRow.reachable).join(ContactRow, known))
    found = [(person, reachable) for person, reachable in accounts]
    lost = {person for person, _ in found} - {person for person, reachable in found if reachable}
    members = select(MembershipRow.person_id, MembershipRow.unit).where(MembershipRow.state == "active").distinct()
    return Counter(unit for person, unit in await session.execute(members) if person in lost)
