"""A school year day by day for sixty schools: what their groups read, beside what is counted from the gold facts."""

import json
import re
from calendar import monthrange
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import select, update

from core.clock import VIETNAM
from core.evidence import Giver, State
from core.message import Address
from core.people import Level, Ownership, Unit, UnitTree
from core.reminding import Kind
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
SAID = {Kind.MORNING: 8, Kind.URGENT: 14}  # what came in before that hour is not spoken of
NEVER = datetime.max.replace(tzinfo=VIETNAM)

Given = dict[tuple[str, TaskRef], datetime]  # when each school hands something in for a task


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
    tasks = gold(index)
    given = evidence(schools, tasks, Random(20231205))
    worker = Reminders(begin, lambda: index, clock, lambda: None)
    for n in range((LAST - FIRST).days + 1):
        day = FIRST + timedelta(days=n)
        for hour in (5, 7, 12, 14, 17, 22):
            for (school, ref), when in given.items():
                if when == at(day, hour):
                    await hands_in(here, school, ref, when)
            clock.move(at(day, hour, 45) - clock())
            await worker.work()
            await goes_out(begin)
    async with begin() as session:
        rows = (await session.scalars(select(OutboxRow).where(OutboxRow.key.startswith(reminders.KEY)))).all()
    read = [row for row in rows if row.chat in schools]
    expected = {
        (kind, school, day, str(one.ref))
        for school in schools
        for one in tasks
        if owes(index, school, one)
        for kind, days in ((Kind.MORNING, counted(one.due) | opened(one.due)), (Kind.URGENT, last_days(one.due)))
        for day in days
        if FIRST <= day <= LAST and at(day, SAID[kind]) < given.get((school, one.ref), NEVER)
    }
    found = [(kind_of(row), row.chat, on(row), ref) for row in read for ref in row.tasks]
    assert set(found) == expected
    assert len(found) == len(expected)
    assert {kind: sum(one[0] is kind for one in found) > 500 for kind in SAID} == dict.fromkeys(SAID, True)
    assert max(Counter((kind_of(row), row.chat, on(row)) for row in read).values()) == 1  # the budget of a group
    hours = {row.ready_at.astimezone(VIETNAM).time() for row in rows}
    assert min(hours) >= time(6, 30)
    assert max(hours) < time(21)
    assert not [hour for hour in hours if time(11, 30) <= hour < time(13)]
    officer = [row for row in rows if row.chat == "hanh"]
    assert {kind_of(row) for row in officer} == {Kind.MORNING}
    assert max(Counter(row.key for row in officer).values()) == 1
    assert roll_ups(officer) == rolled_up(index, tasks, given)


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute), VIETNAM)


def on(row: OutboxRow) -> date:
    return row.ready_at.astimezone(VIETNAM).date()


def kind_of(row: OutboxRow) -> Kind:
    return Kind(row.key.split(":")[2])


async def goes_out(begin: Begin) -> None:
    """The chat services take all that waits."""
    async with begin() as session:
        await session.execute(update(OutboxRow).where(OutboxRow.state == "waiting").values(state="sent"))


def owes(index: Index, school: str, one: "Gold") -> bool:
    return not one.private or index.tree.units[school].ownership is not Ownership.PUBLIC


def is_first(day: date, days: Iterable[date]) -> bool:
    """Whether this is the first working day among these."""
    return day == next((one for one in days if WORKDAYS.works(one)), None)


def begins(day: date) -> tuple[date, date] | None:
    """First and last day of the month, else of the week, whose first working day this is."""
    month = [day.replace(day=n) for n in range(1, monthrange(day.year, day.month)[1] + 1)]
    week = [day + timedelta(days=n - day.isoweekday()) for n in range(1, 8)]
    return next(((days[0], days[-1]) for days in (month, week) if is_first(day, days)), None)


def opened(due: date) -> set[date]:
    """The days on which a month or week begins in which it can still be handed in."""
    days = (due - timedelta(days=n) for n in range(40))
    return {day for day in days if (one := begins(day)) and day <= safe_day(due) <= one[1]}


def last_days(due: date) -> set[date]:
    """On which it is urgent."""
    return {safe_day(due), *([due] if WORKDAYS.works(due) else [])}


def safe_day(due: date) -> date:
    return next(day for n in range(1, 30) if WORKDAYS.works(day := due - timedelta(days=n)))


def roll_ups(rows: list[OutboxRow]) -> set[tuple[date, str, int, int, int]]:
    """What the officer reads of the month or week before: day, due day, given, expected, on time."""
    shape = re.compile(r"\(trước (\d\d/\d\d)\): (\d+)/(\d+) đã nộp, (\d+) đúng hạn")
    return {
        (on(row), due, int(given), int(expected), int(in_time))
        for row in rows
        for due, given, expected, in_time in shape.findall(row.text)
    }


def rolled_up(index: Index, tasks: list["Gold"], given: Given) -> set[tuple[date, str, int, int, int]]:
    """The same, counted over all schools of the district."""
    schools = [one.code for one in index.tree.units.values() if one.parent == "PGD-VB" and one.level is Level.SCHOOL]
    found = set()
    for day in (FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)):
        if (span := begins(day)) is None:
            continue
        last = span[0] - timedelta(days=1)
        first = last.replace(day=1) if span[0].day == 1 and is_month(span) else last - timedelta(days=6)
        for one in (one for one in tasks if first <= one.due <= last):
            those = [school for school in schools if owes(index, school, one)]
            came = [when for school in those if (when := given.get((school, one.ref), NEVER)) < at(day, 7, 45)]
            in_time = sum(when.date() <= one.due for when in came)
            found.add((day, f"{one.due:%d/%m}", len(came), len(those), in_time))
    return found


def is_month(span: tuple[date, date]) -> bool:
    return (span[1] - span[0]).days > 6


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


def evidence(schools: list[str], tasks: list[Gold], chance: Random) -> Given:
    """Four of five hand something in, from three weeks before its day to three weeks after, early or at noon."""
    return {
        (school, one.ref): at(max(one.due + timedelta(days=chance.randint(-21, 21)), FIRST), chance.choice((7, 12)))
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
