"""Who gives a unit's word: a school's principal and those who stand in, an office's officers."""

from collections.abc import Collection, Mapping
from datetime import date

from sqlalchemy import select

from core.message import Address
from core.people import Level, Role
from records import deputies, memberships
from records.session import Session, in_pieces
from records.tables import GroupRow, UnitRow


async def of_unit(session: Session, unit: str, level: Level, day: date) -> tuple[int, ...]:
    """Ids of people: the unit's own heads, then who stands in for them."""
    return (await of_units(session, {unit: level}, day))[unit]


async def own_heads(session: Session, unit: str, level: Level) -> tuple[int, ...]:
    """The school's principals, or the office's officers, who have an account; nobody in their stead."""
    role = Role.PRINCIPAL if level is Level.SCHOOL else Role.STAFF
    return await memberships.in_role(session, [unit], role)


async def of_units(session: Session, levels: Mapping[str, Level], day: date) -> dict[str, tuple[int, ...]]:
    """The same of each of these units."""
    schools = [unit for unit, level in levels.items() if level is Level.SCHOOL]
    officers = await memberships.by_unit(session, levels.keys() - set(schools), Role.STAFF)
    principals = await memberships.by_unit(session, schools, Role.PRINCIPAL)
    stand_in = await _deputies(session, schools, day)
    every = {unit: [*officers.get(unit, ()), *principals.get(unit, ()), *stand_in.get(unit, ())] for unit in levels}
    return {unit: tuple(dict.fromkeys(ones)) for unit, ones in every.items()}


async def deputies_of(session: Session, unit: str, day: date) -> tuple[int, ...]:
    """Who stands in for the school's principal on this day."""
    return tuple((await _deputies(session, [unit], day)).get(unit, ()))


async def _deputies(session: Session, units: Collection[str], day: date) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for some in in_pieces(units):
        for one in await deputies.running(session, some, day):
            found.setdefault(one.unit, []).append(one.person)
    return found


async def of_group(session: Session, group: Address, day: date) -> tuple[str, tuple[int, ...]]:
    """The name of the unit whose group this is or was, and who gives its word; ("", ()): it was never bound."""
    bound = select(UnitRow).join(GroupRow, GroupRow.unit == UnitRow.code)
    unit = await session.scalar(bound.where(GroupRow.platform == group.platform, GroupRow.chat == group.chat))
    return ("", ()) if unit is None else (unit.name, await of_unit(session, unit.code, Level(unit.level), day))
