"""The board of an office with five hundred schools and a hundred tasks of the month, beside the bare query for it."""

import asyncio
import time
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from statistics import median
from typing import Any

import aiohttp
from aiohttp import web
from sqlalchemy import insert, text

from benchmarks.databases import databases
from bot.running import settle
from core.clock import VIETNAM
from core.evidence import AT_OFFICE, State
from core.people import Level, Ownership, Role, Unit, UnitTree
from core.platform import Delivery
from core.work import Head, Obligation, Passage, Plan, Rule, Shelved, TaskRef
from knowledge.index import Index
from records import site_sessions
from records.codes import new_code
from records.evidence_tables import ExtensionRow, SubmissionRow
from records.files import FileStore
from records.session import Begin, migrate, open_engine, opener
from records.standing import narrow
from records.tables import DocumentRow, MembershipRow, PersonRow
from records.units import import_units
from web.app import build
from web.site.frame import HOME, StaffSite

SCHOOLS, TASKS, RECURRING = 500, 100, 3  # RECURRING of them are due every month
OTHERS = 200  # tasks of the same plan in other months
GIVEN = 0.6  # share of what is owed that was handed in
NOW = datetime(2023, 12, 20, 19, 0, tzinfo=VIETNAM)
TIMES = 15
OFFICES = ("P1", "P2")  # the second is there to be passed over
AT_ONCE = 5000  # rows
_TASK = "Báo cáo kết quả thực hiện nhiệm vụ chăm sóc, giáo dục trẻ số"
_NAMES = (
    "Hoa Sen",
    "Hoa Hồng",
    "Ánh Dương",
    "Họa Mi",
    "Sơn Ca",
    "Bình Minh",
    "Hướng Dương",
    "Vành Khuyên",
    "Măng Non",
    "Tuổi Thơ",
)
_STATES = (*[State.ACCEPTED] * 6, *[State.SUBMITTED] * 3, State.RETURNED)


def run() -> None:
    """Print the figures of each database."""
    with databases() as urls:
        for name, url in urls.items():
            asyncio.run(_measure(name, url))


async def _measure(name: str, url: str) -> None:
    engine = open_engine(url)
    await migrate(engine)
    begin = opener(engine)
    units = [*_units()]
    await _move_in(begin, units)
    plans = [Shelved(n, office, _plan(), date(2023, 8, 1)) for n, office in enumerate(OFFICES, 1)]
    index = Index.of(plans, UnitTree.of(units))
    async with begin() as session:
        token = await site_sessions.start(session, 1, "bench", NOW)
    runner = await _serve(begin, index)
    settle()
    host, port, *_ = runner.addresses[0]
    headers = {"Accept-Encoding": "gzip, deflate, br", "Cookie": f"nhacviec={token}"}
    address = f"http://{host}:{port}{HOME}?thang=2023-12"
    async with aiohttp.ClientSession(headers=headers, auto_decompress=False) as client:
        first, body = await _page(client, address)
        timed = [((await _page(client, address))[0], await _bare(begin)) for _ in range(TIMES)]
        narrow_one = median([(await _page(client, f"{address}&viec=1.5"))[0] for _ in range(TIMES)])
    await runner.cleanup()
    await engine.dispose()
    page, bare = (median(one[which] for one in timed) for which in (0, 1))
    whole = zlib.decompress(body, zlib.MAX_WBITS | 16)
    assert whole.count(b"<tr>") == SCHOOLS + 1
    print(
        f"{name}: {SCHOOLS} schools, {TASKS} tasks: the page {page * 1000:.0f} ms (the first {first * 1000:.0f},"
        f" one task {narrow_one * 1000:.0f}), the bare query {bare * 1000:.0f} ms: {page / bare:.1f} times;"
        f" {len(body) / 1000:.0f} kB sent, {len(whole) / 1000:.0f} kB unpacked",
        flush=True,
    )


async def _page(client: aiohttp.ClientSession, address: str) -> tuple[float, bytes]:
    """Seconds until it is there, and what came."""
    began = time.perf_counter()
    async with client.get(address) as answer:
        body = await answer.read()
    assert answer.status == 200
    return time.perf_counter() - began, body


async def _bare(begin: Begin) -> float:
    """Seconds for what the page is made from, fetched and left as it is."""
    schools = [f"P1S{school}" for school in range(SCHOOLS)]
    refs = [TaskRef(1, number) for number in range(TASKS)]
    began = time.perf_counter()
    async with begin() as session:
        rows = (await session.execute(narrow(schools, refs, AT_OFFICE))).all()
    assert len(rows) > SCHOOLS * TASKS * GIVEN * 0.9
    return time.perf_counter() - began


async def _serve(begin: Begin, index: Index) -> web.AppRunner:
    staff = StaffSite(begin, FileStore(Path("unused")), lambda: index, lambda: NOW, lambda: None, secure=False)
    runner = web.AppRunner(build(platforms={}, store=_nowhere, ready=_ready, demo=None, staff=staff), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    return runner


def _units() -> Iterator[Unit]:
    yield Unit("SO", "Sở GDĐT tỉnh Thử", Level.DEPARTMENT)
    for office in OFFICES:
        yield Unit(office, f"Phòng GDĐT huyện {office}", Level.DISTRICT, "SO")
        for school in range(SCHOOLS):
            run_by = Ownership.PRIVATE if school % 10 == 0 else Ownership.PUBLIC
            yield Unit(
                f"{office}S{school}", f"MN {_NAMES[school % len(_NAMES)]} {school}, huyện", Level.SCHOOL, office, run_by
            )


def _plan() -> Plan:
    """The tasks of the month come first, of these the recurring ones last."""
    days = [date(2023, 12, 1) + timedelta(days=number % 31) for number in range(TASKS)]
    days += [date(2024, 1, 5) + timedelta(days=number) for number in range(OTHERS)]
    tasks = [
        Obligation(f"{_TASK} {n}", f"{_TASK} {n}", n, n, due=day, rule=Rule.BY, from_level=Level.SCHOOL)
        for n, day in enumerate(days)
    ]
    for n in range(TASKS - RECURRING, TASKS):
        tasks[n] = replace(tasks[n], due=None, rule=Rule.MONTHLY, recurrence=f"monthly {n % 28 + 1}")
    passages = tuple(Passage(n, n, task.task) for n, task in enumerate(tasks))
    return Plan("kế hoạch.txt", Head(level=Level.DISTRICT, date=date(2023, 8, 1)), passages, tuple(tasks))


async def _move_in(begin: Begin, units: Sequence[Unit]) -> None:
    chance = Random(7)
    async with begin() as session:
        await import_units(session, units)
        session.add(PersonRow(id=1, name="Cán bộ", unit="P1", role=Role.STAFF.value))
        await session.flush()
        session.add(MembershipRow(person_id=1, unit="P1", role=Role.STAFF.value))
        for number, office in enumerate(OFFICES, 1):
            session.add(DocumentRow(**_document(number, office)))
    given = [
        _given(f"{office}S{school}", document, number, chance)
        for document, office in enumerate(OFFICES, 1)
        for school in range(SCHOOLS)
        for number in range(TASKS + OTHERS)
        if chance.random() < (GIVEN if number < TASKS else GIVEN / 10)
    ]
    codes = {new_code() for _ in range(2 * len(given))}  # more than are needed: some come twice
    given = [one | {"code": code} for one, code in zip(given, codes, strict=False)]
    chance.shuffle(given)  # schools do not hand in one after the other
    for at in range(0, len(given), AT_ONCE):
        async with begin() as session:
            await session.execute(insert(SubmissionRow), given[at : at + AT_ONCE])
    async with begin() as session:
        moved = [{"unit": f"P1S{n}", "document_id": 1, "number": n % TASKS} for n in range(0, SCHOOLS, 10)]
        values = {"due": date(2023, 12, 31), "made_by": 1, "made_at": NOW}
        await session.execute(insert(ExtensionRow), [one | values for one in moved])
        await session.execute(text("ANALYZE"))  # as the database does by itself sooner or later


def _document(id: int, office: str) -> dict[str, Any]:
    return {
        **{"id": id, "digest": str(id), "unit": office, "source_file": "kế hoạch.txt", "state": "published"},
        **{"plan": {}, "ingested_at": NOW},
    }


def _given(school: str, document: int, number: int, chance: Random) -> dict[str, Any]:
    at = datetime(2023, 12, 1 + number % 19, tzinfo=VIETNAM) + timedelta(seconds=chance.randrange(20 * 3600))
    return {
        **{"platform": "bench", "chat": f"g{school}", "sender": "x", "unit": school},
        **{"state": chance.choice(_STATES), "document_id": document, "number": number, "title": f"{_TASK} {number}"},
        **{"opened_at": at, "quiet_at": at, "handed_in_at": at, "caption": "Trường gửi cô ạ"},
    }


async def _nowhere(deliveries: Sequence[Delivery]) -> None:
    raise AssertionError("nothing is delivered here")


async def _ready() -> Mapping[str, bool]:
    return {"database": True}
