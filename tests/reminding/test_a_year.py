"""A school year day by day for sixty schools: what their groups read, beside what is counted from the gold facts."""

import json
from collections import defaultdict
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select

from core.clock import VIETNAM
from core.evidence import Giver, State
from core.message import Address
from core.people import Level, Ownership, Unit, UnitTree
from core.work import TaskRef
from knowledge.index import Index
from knowledge.workdays import Workdays
from records import groups, reminders, submissions
from records.session import Begin
from records.submissions import Part
from records.tables import OutboxRow
from records.units import all_units, import_units
from scheduler.reminders import Reminders
from tests.evidence.stage import District
from tests.fakes.clock import StillClock
from tests.knowledge.library import ROOT, founding

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

FIRST, LAST = date(2023, 9, 10), date(2024, 7, 31)
PLAN = "seed-2-vinhbao-trongtam-thang-2023.txt"
STEPS = (7, 3, 1)
LATE = (1, 3, 8, 13, 18)
WORKDAYS = Workdays()


@dataclass(frozen=True)
class Gold:
    """What a person found in the plan: what schools owe by a day that itself is too late."""

    ref: TaskRef
    due: date
    private: bool


async def test_a_year_is_reminded_of_as_counted_by_hand(begin: Begin, tmp_path: Path) -> None:
    clock = StillClock(datetime.combine(FIRST, time(4), VIETNAM))
    here = await District(begin, clock, tmp_path / "files").opens()
    here.school.index = index = await sixty_schools(begin)
    schools = sorted(code for code, unit in index.tree.units.items() if code.startswith("VB-T"))
    given = evidence(schools, gold(index), Random(20231205))
    expected = {
        (school, day, str(one.ref))
        for school in schools
        for one in gold(index)
        if index.tree.units[school].ownership is not Ownership.PUBLIC or not one.private
        for day in counted(one.due)
        if FIRST <= day <= LAST and day < given.get((school, one.ref), date.max)
    }
    worker = Reminders(begin, lambda: index, clock, lambda: None)
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        for (school, ref), when in given.items():
            if when == day:
                await hands_in(here, school, ref, datetime.combine(day, time(7), VIETNAM))
        for hour in (5, 7, 12, 17, 22):
            clock.move(datetime.combine(day, time(hour, 45), VIETNAM) - clock())
            await worker.work()
    async with begin() as session:
        rows = (await session.scalars(select(OutboxRow).where(OutboxRow.key.startswith(reminders.KEY)))).all()
    read = [row for row in rows if row.chat in schools]
    assert {(row.chat, row.ready_at.astimezone(VIETNAM).date(), ref) for row in read for ref in row.tasks} == expected
    assert len(expected) > 2500
    assert max(_per_day(read).values()) == 1  # the budget of a group
    hours = {row.ready_at.astimezone(VIETNAM).time() for row in read}
    assert min(hours) >= time(6, 30)
    assert max(hours) < time(21)


async def sixty_schools(begin: Begin) -> Index:
    """Of Vĩnh Bảo, every tenth of them private, each with a group; the documents came when the year had begun."""
    made = [
        Unit(
            f"VB-T{n:02}", f"MN Số {n}", Level.SCHOOL, "PGD-VB", Ownership.PRIVATE if n % 10 == 0 else Ownership.PUBLIC
        )
        for n in range(1, 61)
    ]
    async with begin() as session:
        await import_units(session, [*await all_units(session), *made])
        for unit in made:
            await groups.bind(session, Address("telegram", unit.code), unit.code)
    shelf = founding()
    tree = UnitTree.of([*shelf.tree.units.values(), *made])
    return Index.of([replace(volume.shelved, ingested_on=FIRST) for volume in shelf.volumes], tree)


def gold(index: Index) -> list[Gold]:
    lines = (ROOT / "tests" / "gold" / "gold-obligations.jsonl").read_text(encoding="utf-8").splitlines()
    volume = next(one for one in index.volumes if one.shelved.plan.source_file == PLAN)
    tasks = list(enumerate(volume.shelved.plan.obligations))
    found = []
    for row in map(json.loads, lines):
        if row["source_file"] == PLAN and row["due"] and row["from_unit_level"] == "school":
            due = date.fromisoformat(row["due"])
            numbers = [n for n, task in tasks if task.due == due and row["snippet"] in (task.snippet, task.task)]
            [number] = numbers or [n for n, task in tasks if task.due == due and task.snippet in row["snippet"]]
            if due >= FIRST:
                found.append(Gold(TaskRef(volume.shelved.id, number), due, "công khai" in row["snippet"]))
    assert len(found) == 10
    return found


def counted(due: date) -> set[date]:
    """By places in the list of working days; all of these days are "trước ngày"."""
    around = [day for n in range(-60, 60) if WORKDAYS.works(day := due + timedelta(days=n))]
    safe = max(place for place, day in enumerate(around) if day < due)
    after = [day for day in around if day > due]
    days = {around[safe], *(around[safe - n] for n in STEPS), *(after[n - 1] for n in LATE)}
    return days | ({due} if due in around else set())


def evidence(schools: list[str], tasks: list[Gold], chance: Random) -> dict[tuple[str, TaskRef], date]:
    """Four of five hand something in, from three weeks before its day to three weeks after."""
    return {
        (school, one.ref): max(one.due + timedelta(days=chance.randint(-21, 21)), FIRST)
        for school in schools
        for one in tasks
        if chance.random() < 0.8
    }


async def hands_in(here: District, unit: str, ref: TaskRef, at: datetime) -> None:
    task = here.school.index.by_id[ref.document].shelved.plan.obligations[ref.number]
    async with here.begin() as session:
        id = await submissions.open_new(session, Giver(Address("telegram", unit), unit, unit=unit), Part(), at)
        await submissions.note_arrival(session, id, at)
        await submissions.place(session, id, ref, task.task, task.until, again=False)
        await submissions.turn(session, id, State.SUBMITTED, None, at)


def _per_day(rows: list[OutboxRow]) -> dict[tuple[str, date], int]:
    found: dict[tuple[str, date], int] = defaultdict(int)
    for row in rows:
        found[row.chat, row.ready_at.astimezone(VIETNAM).date()] += 1
    return found
