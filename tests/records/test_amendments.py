"""Confirmed changes: kept once each; a unit's own later day stands, one that is overtaken does not."""

from datetime import date

from core.people import Level, Role, Unit
from core.work import Change, Effect, Head, Plan, Rule, TaskRef
from records import amendments, documents, extensions, people
from records.session import Begin
from records.units import import_units
from tests.fakes.clock import START

DAYS = {"A": date(2023, 12, 8), "B": date(2023, 12, 10), "C": date(2023, 12, 15)}


async def test_a_change_is_kept_once_and_leaves_later_days_of_single_units(begin: Begin) -> None:
    async with begin() as session:
        office = Unit("P", "Phòng", Level.DISTRICT)
        await import_units(session, [office, *(Unit(code, code, Level.SCHOOL, parent="P") for code in DAYS)])
        await session.flush()
        hanh = await people.add_person(session, "Hạnh", "P", Role.STAFF)
        plans = [Plan(name, Head()) for name in ("1", "2")]
        first, second = [await documents.add(session, one, "P", one.source_file, "published", START) for one in plans]
        ref, other = TaskRef(first, 0), TaskRef(first, 1)
        for unit, day in DAYS.items():
            for one in (ref, other):
                await extensions.grant(session, unit, one, day, hanh.id, START)
        day, since = date(2023, 12, 10), date(2023, 12, 1)
        moved = Change(ref, Effect.MOVED, second, 3, "từ 05/12 sang 10/12", since, None, day, Rule.BEFORE, "16:00")
        gone = Change(other, Effect.REVOKED, second, 4, "bãi bỏ", since)
        assert await amendments.confirm(session, [moved, gone], hanh.id, START) == [moved, gone]
        assert await amendments.confirm(session, [gone, moved], None, START) == []
        assert await amendments.all_of_them(session) == [moved, gone]
        left = await extensions.of_units(session, [*DAYS])
        assert {unit for unit, one in left if one == ref} == {"C"}
        assert {unit for unit, one in left if one == other} == set(DAYS)
