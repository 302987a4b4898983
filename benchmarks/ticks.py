"""A morning's tick for fifteen thousand schools with a hundred tasks each, of which one in a hundred is due, or ten."""

import asyncio
import time
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy import insert, text

from benchmarks.databases import databases
from core.clock import VIETNAM
from core.evidence import State
from core.people import Level, Role, Unit, UnitTree
from core.work import Due, Head, Obligation, Passage, Plan, Rule, Shelved
from knowledge.index import Index
from knowledge.workdays import Workdays
from records.evidence_tables import SubmissionRow
from records.session import Begin, migrate, open_engine, opener
from records.tables import AddressRow, Base, ContactRow, DocumentRow, GroupRow, MembershipRow, PersonRow
from records.units import import_units
from reminding.owed import STEPS
from reminding.steps import reminds_on
from scheduler.reminders import Reminders

OFFICES, SCHOOLS_OF_EACH, TASKS = 150, 100, 100
DUE = 10  # tasks that an office has due, where it has any
GIVEN = 5  # tasks of each school that are handed in
TODAY = date(2023, 12, 5)
NINE = datetime(2023, 12, 5, 9, 0, tzinfo=VIETNAM)
SHARES = (1, 10)  # per cent
AT_ONCE = 5000  # rows


def run() -> None:
    """Print the figures; the databases are the same for both shares, but for the days on which things are due."""
    for share in SHARES:
        with databases() as urls:
            for name, url in urls.items():
                asyncio.run(_measure(name, url, share))


async def _measure(name: str, url: str, share: int) -> None:
    engine = open_engine(url)
    await migrate(engine)
    begin = opener(engine)
    units = list(_units())
    await _move_in(begin, units)
    index = Index.of(_shelf(share), UnitTree.of(units))
    reminders = Reminders(begin, lambda: index, lambda: NINE, lambda: None)
    times = []
    for _ in range(3):
        began = time.perf_counter()
        messages = await reminders.work()
        times.append(time.perf_counter() - began)
    await engine.dispose()
    pairs = OFFICES * SCHOOLS_OF_EACH * TASKS
    print(
        f"{name}: {pairs:,} tasks of schools, {share} % due: {messages:,} messages;"
        f" the first tick {times[0]:.2f} s, with nothing new {min(times[1:]):.2f} s",
        flush=True,
    )


def _units() -> Iterator[Unit]:
    yield Unit("SO", "Sở GDĐT tỉnh Thử", Level.DEPARTMENT)
    for office in range(OFFICES):
        yield Unit(f"P{office}", f"Phòng GDĐT huyện {office}", Level.DISTRICT, "SO")
        for school in range(SCHOOLS_OF_EACH):
            yield Unit(f"P{office}S{school}", f"MN Số {school}, huyện {office}", Level.SCHOOL, f"P{office}")


def _shelf(share: int) -> list[Shelved]:
    """A plan of each office; the share of all tasks that is due lies with some offices, ten tasks each."""
    busy = OFFICES * TASKS * share // 100 // DUE
    return [
        Shelved(office + 1, f"P{office}", _plan(DUE if office < busy else 0, Random(office)), date(2023, 8, 1))
        for office in range(OFFICES)
    ]


def _plan(due: int, chance: Random) -> Plan:
    """So many are due today; the others all the year round, on days of which nothing is said today."""
    days = [TODAY] * due + [TODAY + timedelta(days=chance.choice(_OTHER_DAYS)) for _ in range(TASKS - due)]
    tasks = tuple(
        Obligation(f"Báo cáo số {n}", f"Báo cáo số {n}", n, n, due=day, rule=Rule.BY, from_level=Level.SCHOOL)
        for n, day in enumerate(days)
    )
    passages = tuple(Passage(n, n, task.task) for n, task in enumerate(tasks))
    return Plan("kế hoạch.txt", Head(level=Level.DISTRICT, date=date(2023, 8, 1)), passages, tasks)


def _other_days() -> list[int]:
    workdays = Workdays()
    around = (n for n in range(-120, 180) if n)
    return [n for n in around if not reminds_on(TODAY, Due(TODAY + timedelta(days=n)), STEPS, workdays)]


_OTHER_DAYS = _other_days()


async def _move_in(begin: Begin, units: Sequence[Unit]) -> None:
    """Each school with a group, a principal who has an account, and some tasks handed in."""
    schools = [unit.code for unit in units if unit.level is Level.SCHOOL]
    async with begin() as session:
        await import_units(session, units)
    people = [
        {"id": n, "name": f"Hiệu trưởng {n}", "unit": code, "role": Role.PRINCIPAL.value}
        for n, code in enumerate(schools, start=1)
    ]
    await _add(begin, PersonRow, people)
    await _add(begin, MembershipRow, [{"person_id": p["id"], "unit": p["unit"], "role": p["role"]} for p in people])
    await _add(
        begin,
        AddressRow,
        [{"platform": "bench", "sender": f"p{p['id']}", "person_id": p["id"], "linked_at": NINE} for p in people],
    )
    await _add(begin, GroupRow, [{"platform": "bench", "chat": f"g{code}", "unit": code} for code in schools])
    chats = [f"g{code}" for code in schools] + [f"p{p['id']}" for p in people]
    heard = [
        {"platform": "bench", "chat": chat, "group": chat.startswith("g"), "first_at": NINE, "seen_at": NINE}
        for chat in chats
    ]
    await _add(begin, ContactRow, heard)
    offices = [unit.code for unit in units if unit.level is Level.DISTRICT]
    await _add(begin, DocumentRow, [_document(n, code) for n, code in enumerate(offices, start=1)])
    given = range(TASKS - GIVEN, TASKS)
    await _add(begin, SubmissionRow, [_given(n, code, number) for n, code in enumerate(schools) for number in given])
    async with begin() as session:
        await session.execute(text("ANALYZE"))  # as the database does by itself sooner or later


def _document(id: int, office: str) -> dict[str, object]:
    return {
        **{"id": id, "digest": str(id), "unit": office, "source_file": "kế hoạch.txt", "state": "published"},
        **{"plan": {}, "ingested_at": NINE},
    }


def _given(place: int, school: str, number: int) -> dict[str, object]:
    return {
        **{"code": f"{place}-{number}", "platform": "bench", "chat": f"g{school}", "sender": "x", "unit": school},
        **{"state": State.ACCEPTED, "document_id": place // SCHOOLS_OF_EACH + 1, "number": number},
        **{"opened_at": NINE, "quiet_at": NINE},
    }


async def _add(begin: Begin, table: type[Base], rows: Sequence[dict[str, object]]) -> None:
    for at in range(0, len(rows), AT_ONCE):
        async with begin() as session:
            await session.execute(insert(table), rows[at : at + AT_ONCE])
