"""Units and people come in whole, again and again without harm."""

from pathlib import Path

from sqlalchemy import select

from core.people import Level, Ownership, Role, Unit
from core.registers import Staff, read_units
from records.documents import revision
from records.session import Begin
from records.tables import PersonRow
from records.units import Imported, all_units, import_people, import_units

SAMPLES = Path(__file__).parents[2] / "samples"


async def test_the_sample_units_come_back_as_they_were_written(begin: Begin) -> None:
    units = read_units((SAMPLES / "units.csv").read_text(encoding="utf-8"))
    async with begin() as session:
        assert await import_units(session, units) == Imported(added=len(units), changed=0, same=0)
    async with begin() as session:
        assert await all_units(session) == tuple(sorted(units, key=lambda unit: unit.code))


async def test_importing_twice_changes_nothing_and_raises_no_revision(begin: Begin) -> None:
    units = (Unit("A", "Sở A", Level.DEPARTMENT), Unit("B", "MN B", Level.SCHOOL, "A", Ownership.PUBLIC, ("b",)))
    async with begin() as session:
        await import_units(session, units)
        before = await revision(session)
    async with begin() as session:
        assert await import_units(session, units) == Imported(0, 0, 2)
        assert await revision(session) == before


async def test_a_changed_line_changes_its_unit_only(begin: Begin) -> None:
    async with begin() as session:
        await import_units(session, [Unit("A", "Sở A", Level.DEPARTMENT), Unit("B", "MN B", Level.SCHOOL, "A")])
        before = await revision(session)
    renamed = Unit("B", "MN Bình Minh", Level.SCHOOL, "A")
    async with begin() as session:
        assert await import_units(session, [renamed]) == Imported(0, 1, 0)
        assert await revision(session) == before + 1
        assert await all_units(session) == (Unit("A", "Sở A", Level.DEPARTMENT), renamed)


async def test_people_are_known_by_name_unit_and_role(begin: Begin) -> None:
    async with begin() as session:
        await import_units(session, [Unit("B", "MN B", Level.SCHOOL)])
        assert await import_people(session, [Staff("Lan", "B", Role.TEACHER, "0901")]) == Imported(1, 0, 0)
    async with begin() as session:
        again = [Staff("Lan", "B", Role.TEACHER), Staff("Lan", "B", Role.PRINCIPAL), Staff("Mai", "B", Role.TEACHER)]
        assert await import_people(session, again) == Imported(2, 0, 1)
    async with begin() as session:
        assert await import_people(session, [Staff("Lan", "B", Role.TEACHER, "0902")]) == Imported(0, 1, 0)
        phones = await session.execute(select(PersonRow.name, PersonRow.role, PersonRow.phone).order_by(PersonRow.id))
        assert [tuple(row) for row in phones] == [
            ("Lan", "teacher", "0902"),
            ("Lan", "principal", ""),
            ("Mai", "teacher", ""),
        ]
