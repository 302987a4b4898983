"""The board of an office says what chat says, whatever was handed in, moved or comes back."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from sqlalchemy import insert

from core.clock import VIETNAM, local_day
from core.evidence import AT_OFFICE, State
from core.people import Level, Ownership, Person, Role, Unit, UnitTree
from core.work import Head, Obligation, Passage, Plan, Rule, Shelved, TaskRef
from evidence import progress
from evidence.board import Board, board, board_of, line_of, summary
from evidence.board_cut import Cut, Only, Order, narrowed
from evidence.desk import Desk
from evidence.matrix import MARKS
from evidence.standing import Standing, around, bounds, standings_of
from knowledge.index import Index
from knowledge.meant_for import due_within
from knowledge.periods import Period, whole_month
from records import extensions, submissions
from records.evidence_tables import ExtensionRow, SubmissionRow
from records.session import Begin
from records.tables import DocumentRow, PersonRow
from records.units import import_units

NOW = datetime(2023, 12, 20, 19, 0, tzinfo=VIETNAM)
MONTH = whole_month(2023, 12)
UNITS = [
    Unit("SO", "Sở GDĐT tỉnh Thử", Level.DEPARTMENT),
    Unit("P1", "Phòng GDĐT huyện Một", Level.DISTRICT, "SO"),
    Unit("P2", "Phòng GDĐT huyện Hai", Level.DISTRICT, "SO"),
    Unit("A", "MN Sơn Ca, huyện Một", Level.SCHOOL, "P1", Ownership.PUBLIC),
    Unit("B", "MN Ánh Dương, huyện Một", Level.SCHOOL, "P1", Ownership.PUBLIC),
    Unit("C", "MN Họa Mi, huyện Một", Level.SCHOOL, "P1", Ownership.PRIVATE),
    Unit("D", "MN Tuổi Thơ, huyện Hai", Level.SCHOOL, "P2", Ownership.PUBLIC),
]
SCHOOLS = "ABC"
OFFICER, ABOVE = Person(1, "Hạnh", "P1", Role.STAFF), Person(2, "Tuấn", "SO", Role.STAFF)
DONE_BY = date(2023, 12, 5)
TASK = Obligation("Báo cáo", "Báo cáo", 1, 0, due=DONE_BY, rule=Rule.BY, from_level=Level.SCHOOL)
TASKS = (
    TASK,
    replace(TASK, task="Kế hoạch", due=date(2023, 12, 28), rule=Rule.BEFORE),
    replace(TASK, task="Tự đánh giá", due=date(2023, 12, 10), ownership=(Ownership.PRIVATE,)),
    replace(TASK, task="Báo cáo tháng", due=None, rule=Rule.MONTHLY, recurrence="monthly 15"),
    replace(TASK, task="Báo cáo tuần", due=None, rule=Rule.WEEKLY, recurrence="weekly FR"),
    replace(TASK, task="Báo cáo quý", due=date(2023, 12, 31), rule=Rule.PERIOD, recurrence="hằng quý"),
    replace(TASK, task="Tháng sau", due=date(2024, 1, 5)),
)
GIVEN = (*AT_OFFICE, State.HELD, State.WITHDRAWN)


@pytest.fixture
async def index(begin: Begin) -> Index:
    """An office with schools of two kinds beside another; its plan has tasks of every kind."""
    passages = tuple(Passage(n, n, one.task) for n, one in enumerate(TASKS))
    plan = Plan("kế hoạch.txt", Head(level=Level.DISTRICT, date=date(2023, 8, 1)), passages, TASKS)
    async with begin() as session:
        await import_units(session, UNITS)
        for id, office in enumerate(("P1", "P2"), 1):
            its = {"id": id, "digest": office, "unit": office, "source_file": "a.txt", "state": "published"}
            session.add(DocumentRow(**its, plan={}, ingested_at=NOW))
        session.add(PersonRow(id=1, name="Hạnh", unit="P1", role=Role.STAFF.value))
    return Index.of([Shelved(id, f"P{id}", plan, date(2023, 8, 1)) for id in (1, 2)], UnitTree.of(UNITS))


async def hands_in(begin: Begin, *given: dict[str, Any]) -> None:
    """A row each: unit, number, state, at."""
    rows = [
        {
            **{"code": f"C{n}-{one['unit']}", "platform": "x", "chat": "x", "sender": "x", "document_id": 1},
            **{"unit": one["unit"], "number": one["number"], "state": one["state"], "due": one.get("due")},
            **{"opened_at": one["at"], "quiet_at": one["at"], "handed_in_at": one["at"]},
        }
        for n, one in enumerate(given)
    ]
    async with begin() as session:
        await session.execute(insert(SubmissionRow), rows)


async def moves(begin: Begin, *moved: tuple[str, int, date]) -> None:
    async with begin() as session:
        for unit, number, day in moved:
            values = {"unit": unit, "document_id": 1, "number": number, "due": day, "made_by": 1, "made_at": NOW}
            await session.execute(insert(ExtensionRow), values)


async def one_by_one(desk: Desk, period: Period | None) -> set[Standing]:
    """Each unit and task looked at by itself."""
    today = local_day(desk.now)
    found = set[Standing]()
    for unit in SCHOOLS:
        moved = await extensions.of_units(desk.session, [unit])
        came = await submissions.owed(desk.session, [unit], [1], AT_OFFICE)
        for one in due_within(desk.index, desk.asker(unit), *bounds(period, today), today):
            its = [sent for sent in came if sent.task == one.ref]
            found |= {*standings_of(desk, unit, one, its, moved.get((unit, one.ref)), around(period, today))}
    return found


def cells(found: Board) -> set[tuple[object, ...]]:
    return {
        (row.code, cell.task.ref, cell.task.day, cell.due, cell.mark, cell.late, code)
        for row in found.rows
        for cell, code in zip(row.cells, row.codes, strict=True)
        if cell
    }


def said(one: Standing) -> tuple[object, ...]:
    """The same of a standing."""
    past = one.due is not None and one.due.day < local_day(NOW)
    mark = MARKS[one.best.state] if one.best else "overdue" if past else "open"
    return one.unit, one.ref, one.day, one.due, mark, one.late, one.best.code if one.best else ""


@pytest.mark.parametrize("seed", range(3))
async def test_the_board_says_what_chat_says(begin: Begin, index: Index, seed: int) -> None:
    chance = Random(seed)
    given = [
        {
            **{"unit": chance.choice("ABCD"), "number": chance.randrange(len(TASKS)), "state": chance.choice(GIVEN)},
            "at": NOW - timedelta(days=chance.randrange(45), hours=chance.randrange(24)),
        }
        for _ in range(60)
    ]
    await hands_in(begin, *given)
    days = [DONE_BY + timedelta(days=chance.randrange(5, 60)) for _ in range(4)]
    await moves(begin, ("A", 0, days[0]), ("B", 1, days[1]), ("A", 3, days[2]), ("C", 4, days[3]))
    async with begin() as session:
        desk = Desk(session, index, NOW)
        for period in (MONTH, None, whole_month(2023, 11)):
            office = await progress.of_office(desk, "P1", period)
            alone = await one_by_one(desk, period)
            assert {one for ones in office.values() for one in ones} == alone
            assert all({(one.ref, one.day) for one in ones} == {key} for key, ones in office.items())
        found = await board(desk, OFFICER, MONTH)
        chat = await progress.of_office(desk, "P1", MONTH)
    assert cells(found) == {said(one) for ones in chat.values() for one in ones}
    assert [(column.task.ref, column.task.day) for column in found.columns] == [*chat]
    assert [(column.there, column.owed) for column in found.columns] == [
        (sum(one.is_in for one in ones), len(ones)) for ones in chat.values()
    ]
    assert summary(found).on_time == sum(one.is_in and not one.late for ones in chat.values() for one in ones)


async def test_a_column_that_nobody_owes_any_more_is_gone(begin: Begin, index: Index) -> None:
    await moves(begin, *((unit, 3, date(2024, 1, 2)) for unit in SCHOOLS))
    async with begin() as session:
        found = await board(Desk(session, index, NOW), OFFICER, MONTH)
    assert TaskRef(1, 3) not in [column.task.ref for column in found.columns]


async def test_what_is_owed_follows_the_day_and_the_shelf(begin: Begin, index: Index) -> None:
    async with begin() as session:
        marks = [
            {cell.mark for cell in (await board(Desk(session, index, now), OFFICER, MONTH)).rows[0].cells if cell}
            for now in (NOW - timedelta(days=19), NOW + timedelta(days=20))
        ]
        fewer = Index.of([], index.tree)
        assert (await board(Desk(session, fewer, NOW), OFFICER, MONTH)).rows == []
    assert marks == [{"open"}, {"overdue"}]


async def test_it_is_cut_and_put_in_order(begin: Begin, index: Index) -> None:
    await hands_in(
        begin,
        {"unit": "A", "number": 0, "state": State.SUBMITTED, "at": NOW - timedelta(days=20)},
        {"unit": "A", "number": 1, "state": State.ACCEPTED, "at": NOW},
        {"unit": "B", "number": 0, "state": State.RETURNED, "at": NOW},
    )
    async with begin() as session:
        found = await board(Desk(session, index, NOW), OFFICER, MONTH)

    def left(cut: Cut) -> tuple[str, int]:
        shown = narrowed(found, cut)
        assert all(len(row.cells) == len(row.codes) == len(shown.columns) for row in shown.rows)
        return "".join(row.code for row in shown.rows), len(shown.columns)

    whole = len(found.columns)
    first = TaskRef(1, 0)
    cuts: Sequence[tuple[Cut, tuple[str, int]]] = (
        (Cut(), ("CBA", whole)),
        (Cut(order=Order.NAME), ("BCA", whole)),
        (Cut(order=Order.SHARE), ("BCA", whole)),
        (Cut("son ca"), ("A", whole)),
        (Cut("huyện"), ("", whole)),
        (Cut(only=Only.RETURNED), ("B", 1)),
        (Cut(only=Only.WAITING), ("A", 1)),
        (Cut(only=Only.OVERDUE, task=first), ("C", 1)),
        (Cut(only=Only.DONE, task=first), ("A", 1)),
        (Cut(task=first), ("CBA", 1)),
        (Cut(only=Only.DONE), ("", whole)),
        (Cut(task=TaskRef(9, 9)), ("", 0)),
    )
    for cut, expected in cuts:
        assert left(cut) == expected, cut


async def test_who_looks_further_down_sees_her_line_alone(begin: Begin, index: Index) -> None:
    await hands_in(begin, {"unit": "A", "number": 0, "state": State.SUBMITTED, "at": NOW})
    teacher = Person(3, "Lan", "A", Role.TEACHER)
    async with begin() as session:
        desk = Desk(session, index, NOW)
        seen = {
            (person.unit, unit): await board_of(desk, person, unit, MONTH)
            for person in (OFFICER, ABOVE, teacher)
            for unit in ("SO", "P1", "P2", "A", "D", "nowhere")
        }
    opened = {key: [row.code for row in found.rows] for key, found in seen.items() if found}
    assert opened == {
        **{("P1", "A"): [], ("SO", "A"): [], ("SO", "D"): []},
        **{("SO", "P1"): ["B", "C", "A"], ("SO", "P2"): ["D"]},
    }
    assert [line_of(desk, ABOVE, unit) for unit in ("A", "SO")] == [["SO", "P1", "A"], ()]
    below, school = seen["SO", "P1"], seen["P1", "A"]
    assert below
    assert not any(row.opens for row in below.rows)
    assert school
    assert school.own.opens
    assert "C0-A" in school.own.codes
