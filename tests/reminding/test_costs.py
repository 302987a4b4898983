"""What a round costs: what nobody is to hear of is not looked at unit by unit, and units are asked for together."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from random import Random

import pytest
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

import reminding.owed
from core.clock import VIETNAM, local_day
from core.evidence import State
from core.message import Address, Inbound
from core.people import Level, Role, Unit, UnitTree
from core.reminding import Steps
from core.work import Head, Kind, Obligation, Passage, Plan, Rule, Shelved, TaskRef
from knowledge.index import Index
from knowledge.workdays import Workdays
from records import contacts, groups, people
from records.evidence_tables import SubmissionRow
from records.session import Begin
from records.tables import DocumentRow
from records.units import import_units
from reminding.asked import Asked, around, evenings, last_days, mornings, past, to_come
from reminding.owed import STEPS, Known, Owed, asked_for, owed
from scheduler.reminders import Reminders

TODAY = date(2023, 12, 5)
NINE = datetime(2023, 12, 5, 9, 0, tzinfo=VIETNAM)
FIRST, MONDAY = NINE.replace(day=1), NINE.replace(day=4)  # a Friday, with which the month opens; a week opens
WORKDAYS = Workdays()
DAY = timedelta(days=1)
ASKED = {
    "mornings": mornings([TODAY - DAY, TODAY], WORKDAYS),
    "last-days": last_days(TODAY, WORKDAYS),
    "evenings": evenings(TODAY, WORKDAYS),
    "to-come": to_come(TODAY, TODAY + 20 * DAY, WORKDAYS),
    "past": past(TODAY - 30 * DAY, TODAY - DAY),
}


def units(schools: int) -> list[Unit]:
    found = [Unit("P", "Phòng GDĐT huyện Thử", Level.DISTRICT)]
    return [*found, *(Unit(f"S{n}", f"MN Số {n}", Level.SCHOOL, "P") for n in range(schools))]


def index_of(schools: int, tasks: Sequence[Obligation]) -> Index:
    passages = tuple(Passage(n, n, task.task) for n, task in enumerate(tasks))
    plan = Plan("kế hoạch.txt", Head(level=Level.DISTRICT, date=date(2023, 8, 1)), passages, tuple(tasks))
    return Index.of([Shelved(1, "P", plan, date(2023, 8, 1))], UnitTree.of(units(schools)))


def task(number: int, due: date, kind: Kind = Kind.DEADLINE) -> Obligation:
    said = f"Báo cáo số {number}"
    return Obligation(said, said, number, number, due=due, rule=Rule.BY, from_level=Level.SCHOOL, kind=kind)


def test_a_task_that_nobody_is_to_hear_of_is_not_looked_at_unit_by_unit(monkeypatch: pytest.MonkeyPatch) -> None:
    index = index_of(30, [task(0, TODAY), task(1, TODAY + 6 * DAY), task(2, TODAY - 60 * DAY)])
    looked, owes = [], reminding.owed.owes

    def counted(one: Obligation, unit: Unit) -> bool:
        looked.append(one.task)
        return owes(one, unit)

    monkeypatch.setattr(reminding.owed, "owes", counted)
    asked = mornings([TODAY], WORKDAYS)
    assert asked_for(index, Known({}), [asked], TODAY) == {TaskRef(1, 0)}
    assert len(list(owed(index, Known({}), asked, TODAY))) == 30
    assert set(looked) == {"Báo cáo số 0"}


@pytest.mark.parametrize("asked", ASKED.values(), ids=ASKED.keys())
def test_it_is_the_same_as_where_each_unit_is_looked_at_for_each_task(asked: Asked) -> None:
    found = 0
    for seed in range(40):
        index, known = _some(Random(seed))
        every = [one for one in owed(index, known, around(TODAY), TODAY) if asked.has(one.due, _steps(known, one))]
        quick = list(owed(index, known, asked, TODAY))
        assert quick == every
        assert {one.ref for one in every} <= asked_for(index, known, [asked], TODAY)
        assert list(owed(index, known, asked, TODAY, ["S2"])) == [one for one in every if one.unit == "S2"]
        found += len(every)
    assert found


def _steps(known: Known, one: Owed) -> Steps | None:
    return None if one.task.kind is Kind.EVENT else known.steps_of(one.unit, "P")


def _some(chance: Random) -> tuple[Index, Known]:
    """Tasks and events around today, some moved, some units and maybe the office with steps of their own."""
    kinds = (Kind.DEADLINE, Kind.DEADLINE, Kind.EVENT)
    tasks = [task(n, TODAY + chance.randint(-40, 40) * DAY, chance.choice(kinds)) for n in range(12)]
    moved = {
        (f"S{chance.randrange(6)}", TaskRef(1, chance.randrange(12))): TODAY + chance.randint(-40, 40) * DAY
        for _ in range(6)
    }
    own = {f"S{n}": Steps(ahead=(chance.randint(1, 9),)) for n in range(2)}
    issued = {"P": chance.choice((STEPS, Steps(ahead=(5, 2))))}
    return index_of(6, tasks), Known(moved, steps=own, issued=issued)


@pytest.mark.parametrize("now", [NINE, FIRST, MONDAY], ids=["any-day", "first-of-month", "monday"])
async def test_a_round_asks_the_database_as_often_for_forty_schools_as_for_three(
    begin: Begin, engine: AsyncEngine, now: datetime
) -> None:
    few = await _statements(begin, engine, 3, now)
    assert few
    assert await _statements(begin, engine, 40, now) == few


@pytest.mark.parametrize("now", [FIRST, MONDAY], ids=["first-of-month", "monday"])
async def test_a_month_or_week_that_opens_reads_what_is_due_in_it_and_was_in_the_last_and_not_all_that_there_is(
    begin: Begin, engine: AsyncEngine, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    day, schools = local_day(now), 4
    near = [task(0, day), task(1, day + 4 * DAY), task(2, day - 3 * DAY)]
    far = [task(3 + n, day + (n + 3) * 45 * (-1) ** n * DAY) for n in range(40)]
    index = index_of(schools, [*near, *far])
    async with begin() as session:
        await import_units(session, units(schools))
        document = DocumentRow(
            id=1, digest="x", unit="P", source_file="kế hoạch.txt", state="published", plan={}, ingested_at=now
        )
        session.add(document)
        await session.flush()
        for number in range(len(near) + len(far)):  # each school has handed in all of it
            for school in range(schools):
                session.add(given(f"S{school}", number, now))
    looked, owes = set[str](), reminding.owed.owes
    read: list[object] = []

    def counted(one: Obligation, unit: Unit) -> bool:
        looked.add(one.task)
        return owes(one, unit)

    monkeypatch.setattr(reminding.owed, "owes", counted)

    def loaded(row: object, _: object) -> None:
        read.append(row)

    event.listen(SubmissionRow, "load", loaded)
    await Reminders(begin, lambda: index, lambda: now, lambda: None).work()
    event.remove(SubmissionRow, "load", loaded)
    assert looked <= {one.task for one in near}
    assert 0 < len(read) <= len(near) * schools


def given(school: str, number: int, at: datetime) -> SubmissionRow:
    return SubmissionRow(
        **{"code": f"{school}-{number}", "platform": "fake", "chat": school, "group": False, "sender": school},
        **{"unit": school, "state": State.SUBMITTED, "document_id": 1, "number": number, "among": []},
        **{"opened_at": at, "quiet_at": at, "handed_in_at": at},
    )


async def _statements(begin: Begin, engine: AsyncEngine, schools: int, now: datetime) -> int:
    index = index_of(schools, [task(0, local_day(now)), task(1, local_day(now) - 3 * DAY)])
    async with begin() as session:
        await import_units(session, units(schools))
        for one in units(schools)[1:]:
            await groups.bind(session, Address("fake", f"{schools}{one.code}"), one.code)
            head = await people.add_person(session, f"Cô {schools} {one.code}", one.code, Role.PRINCIPAL)
            await people.link(session, "fake", f"{schools}p{head.id}", head.id, now)
            await contacts.note(session, [Inbound(Address("fake", f"{schools}p{head.id}"), "x")], now)
    asked: list[str] = []

    def listen(connection: object, cursor: object, statement: str, *rest: object) -> None:
        asked.append(statement)

    reminders = Reminders(begin, lambda: index, lambda: now, lambda: None)
    assert await reminders.work() >= 2 * schools
    event.listen(engine.sync_engine, "before_cursor_execute", listen)
    await reminders.work()
    event.remove(engine.sync_engine, "before_cursor_execute", listen)
    return len([one for one in asked if one.startswith(("SELECT", "INSERT"))])
