"""The units and the staff list, as they were imported."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import Select, select

from core.people import Level, Ownership, Role, Unit
from core.registers import Staff
from records.documents import raise_revision
from records.people import add_person
from records.session import Session
from records.tables import MembershipRow, PersonRow, UnitRow


@dataclass(frozen=True, slots=True)
class Listed:
    """Somebody whom the staff list knows in some place, and how she is reached."""

    person: int
    phone: str


@dataclass(frozen=True, slots=True)
class Imported:
    """How many lines of an import were new, changed something, or were known as they are."""

    added: int
    changed: int
    same: int


async def import_units(session: Session, units: Sequence[Unit]) -> Imported:
    """Add the units or bring them up to date, by code; units that are not named stay as they are."""
    known = {row.code: row for row in await session.scalars(select(UnitRow))}
    added = changed = 0
    for unit in units:
        values = _values(unit)
        row = known.get(unit.code)
        if row is None:
            session.add(UnitRow(**values))
            added += 1
        elif _update(row, values):
            changed += 1
    if added or changed:
        await raise_revision(session)
    return Imported(added, changed, len(units) - added - changed)


async def all_units(session: Session) -> tuple[Unit, ...]:
    """Every unit, by code."""
    return tuple(_unit(row) for row in await session.scalars(select(UnitRow).order_by(UnitRow.code)))


async def hold(session: Session, code: str) -> None:
    """Until this transaction ends, nobody else holds this unit; it may be named and read all the same."""
    held = select(UnitRow.code).where(UnitRow.code == code)
    await session.execute(held.with_for_update(key_share=True))


async def import_people(session: Session, people: Sequence[Staff]) -> Imported:
    """Add the people or bring their numbers up to date, by name, unit and role.

    Nobody is removed, and who has left in the meantime does not come back by this.
    """
    rows = await session.execute(_places())
    known = {(row.name, unit, role): row for row, unit, role in rows}
    added = changed = 0
    for person in people:
        row = known.get((person.name, person.unit, person.role.value))
        if row is None:
            await add_person(session, person.name, person.unit, person.role, phone=person.phone)
            added += 1
        elif person.phone and _update(row, {"phone": person.phone}):
            changed += 1
    return Imported(added, changed, len(people) - added - changed)


async def people_listed(session: Session) -> dict[tuple[str, str, Role], Listed]:
    """Everybody by name, unit and role, also who has left: as an import of people knows them again."""
    rows = await session.execute(_places())
    return {(row.name, unit, Role(role)): Listed(row.id, row.phone) for row, unit, role in rows}


def _places() -> Select[PersonRow, str, str]:
    belong = select(PersonRow, MembershipRow.unit, MembershipRow.role)
    return belong.join(MembershipRow, MembershipRow.person_id == PersonRow.id)


def _values(unit: Unit) -> dict[str, Any]:
    ownership = unit.ownership.value if unit.ownership else None
    return asdict(unit) | {"level": unit.level.value, "ownership": ownership, "aliases": list(unit.aliases)}


def _update(row: UnitRow | PersonRow, values: dict[str, Any]) -> bool:
    """Whether anything changed."""
    new = {name: value for name, value in values.items() if getattr(row, name) != value}
    for name, value in new.items():
        setattr(row, name, value)
    return bool(new)


def _unit(row: UnitRow) -> Unit:
    return Unit(
        code=row.code,
        name=row.name,
        level=Level(row.level),
        parent=row.parent,
        ownership=Ownership(row.ownership) if row.ownership else None,
        aliases=tuple(row.aliases),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
        successor=row.successor,
    )
