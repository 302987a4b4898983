"""The board's files over HTTP: each reads her own unit's, an officer the units below, and nobody another's."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from docx import Document
from icalendar import Calendar
from openpyxl import load_workbook

from core.evidence import State
from core.people import Role
from core.texts import exports as texts
from records.session import open_engine, opener
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import BOARD, path_in, site_of
from tests.web.test_sign_in import Client, enters
from web.site.exports import PAGES

HOA_PHUONG, ANH_DUONG = "MN Hoa Phượng", "Lớp MN độc lập tư thục Ánh Dương"
SEEN = {  # the units in each one's register
    "lan": {HOA_PHUONG},
    "huong": {HOA_PHUONG},
    "mai": {ANH_DUONG},
    "hanh": {HOA_PHUONG, ANH_DUONG},
    "ngoc": set(),  # an officer of the next district, whose schools owe nothing in this month
    "tuan": set(),  # of the Sở: the districts below it, no school
    "quan-tri": {"Phòng GDĐT huyện Vĩnh Bảo"},
}


@pytest.fixture
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[DossierStage]:
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    await stage.knows("ngoc", "Bùi Thị Ngọc")
    await stage.hires("quan-tri", "Nguyễn Văn Quản", "PGD-VB", Role.ADMIN)
    await stage.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED)
    yield stage
    await engine.dispose()


@asynccontextmanager
async def entered(here: DossierStage, who: str) -> AsyncIterator[Client]:
    async with TestClient(TestServer(site_of(here, secure=False))) as client:
        await enters(client, path_in(await here.says(who, "trang quản lý")))
        yield client


async def test_each_gets_the_units_that_the_board_shows_her(here: DossierStage) -> None:
    for who, units in SEEN.items():
        async with entered(here, who) as client:
            answer = await client.get(f"{BOARD}/bang.xlsx?thang=2023-12")
            assert answer.headers["Content-Disposition"] == 'attachment; filename="tien-do-2023-12.xlsx"'
            book = load_workbook(BytesIO(await answer.read()))
            register = {row[1].value for row in book[texts.REGISTER].iter_rows(min_row=5)}
            lines = (await (await client.get(f"{BOARD}/bang.csv?thang=2023-12&donvi=VB-ANHDUONG")).text()).splitlines()
            assert {line.split(",")[1] for line in lines[1:]} == register
            schools = {HOA_PHUONG, ANH_DUONG}
            assert register & schools == units & schools, who
            assert register >= units, who
            if who == "quan-tri":
                assert register <= units


async def test_an_officer_finds_all_four_on_the_board(here: DossierStage) -> None:
    async with entered(here, "hanh") as client:
        board = await (await client.get(f"{BOARD}?thang=2023-12")).text()
        for page in PAGES:
            assert f'href="{page.address}?thang=2023-12"' in board
            assert (await client.get(f"{page.address}?thang=2023-13")).status == 400
        report = await (await client.get(f"{BOARD}/bao-cao.docx?thang=2023-12")).read()
        assert texts.REPORT in [one.text for one in Document(BytesIO(report)).paragraphs]
        calendar = Calendar.from_ical(await (await client.get(f"{BOARD}/lich.ics?thang=2023-12")).read())
        said = [str(event["summary"]) for event in calendar.walk("VEVENT")]
        assert any(one.endswith("– 1/2 trường đã nộp") for one in said), said
