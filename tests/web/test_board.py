"""The board over HTTP: who sees whose, what it is cut by, and where its cells lead."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from core.evidence import State
from core.people import Role
from core.texts import site as site_texts
from core.texts import site_board as texts
from records.session import open_engine, opener
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import BOARD, path_in, site_of
from tests.web.test_sign_in import Client, enters
from web.pages import HERE
from web.site.board_table import CLASSES

MONTH = f"{BOARD}?thang=2023-12"
Enter = Callable[[str], Awaitable[Client]]


@pytest.fixture
async def engine(sqlite_url: str) -> AsyncIterator[AsyncEngine]:
    engine = open_engine(sqlite_url)
    yield engine
    await engine.dispose()


@pytest.fixture
async def here(engine: AsyncEngine, tmp_path: Path) -> DossierStage:
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    return stage


@pytest.fixture
async def enter(here: DossierStage) -> AsyncIterator[Enter]:
    """A browser of somebody's who has signed in."""
    async with AsyncExitStack() as browsers:
        server = TestServer(site_of(here, secure=False))
        await browsers.enter_async_context(server)

        async def enter(who: str) -> Client:
            client: Client = await browsers.enter_async_context(TestClient(server))
            await enters(client, path_in(await here.says(who, "trang quản lý")))
            return client

        yield enter


def rows(page: str) -> dict[str, str]:
    """By the unit's name, what stands in its row."""
    body = page.partition("<tbody>")[2].partition("</tbody>")[0]
    lines = [re.fullmatch(r'<th scope=row><a href="[^"]*">([^<]*)</a>(.*)', one.strip()) for one in body.split("<tr>")]
    return {line[1]: line[2] for line in lines if line}


async def test_everybody_sees_her_own_line_alone(here: DossierStage, enter: Enter) -> None:
    await here.hires("quan-tri", "Nguyễn Văn Quản", "PGD-VB", Role.ADMIN)
    await here.knows("ngoc", "Bùi Thị Ngọc")  # an officer of the next district
    await here.says("huong", "uỷ quyền cho cô Lan đến 20/12")  # a deputy sees what a teacher sees
    units = ("VB-HOAPHUONG", "VB-ANHDUONG", "PGD-VB", "AL-TRUONGSON", "khong-co", "SO-HP")
    opens = {
        "lan": {"VB-HOAPHUONG"},
        "huong": {"VB-HOAPHUONG"},
        "hanh": {"VB-HOAPHUONG", "VB-ANHDUONG", "PGD-VB"},
        "ngoc": {"AL-TRUONGSON"},
        "tuan": {"VB-HOAPHUONG", "VB-ANHDUONG", "PGD-VB", "AL-TRUONGSON", "SO-HP"},
        "quan-tri": {"PGD-VB"},
    }
    for who, its in opens.items():
        client = await enter(who)
        seen = {unit: (await client.get(f"{MONTH}&don-vi={quote(unit)}")).status for unit in units}
        assert seen == {unit: 200 if unit in its else 404 for unit in units}, who


async def test_the_officer_is_told_who_is_late_with_what(here: DossierStage, enter: Enter) -> None:
    here.clock.move(here.clock().replace(day=8) - here.clock())  # the weighing was due on the 5th
    code = await here.gives(WEIGHING, {"a.jpg": JPEG}, State.SUBMITTED)
    client = await enter("hanh")
    page = await (await client.get(MONTH)).text()
    assert texts.overdue(True, 2) in page  # other things are due too
    assert texts.waiting(1, False) in page
    [behind] = [one for one in re.findall(r"<li>(.*?)</li>", page, re.DOTALL) if "Tổ chức cân" in one]
    assert f"{texts.MISSING} (1): " in behind
    assert "Ánh Dương" in behind
    assert "Hoa Phượng" not in behind
    assert f'href="/trang-quan-ly/thong-bao/moi?viec={WEIGHING.document}-{WEIGHING.number}&amp;tre=1"' in behind
    assert f'<td class=i><a data-t=3 href="/trang-quan-ly/minh-chung/{code}">' in rows(page)["MN Hoa Phượng"]
    assert [*rows(page)][0] != "MN Hoa Phượng"  # the worst comes first
    assert "minh-chung" not in rows(page)["Lớp MN độc lập tư thục Ánh Dương"]
    cuts = {
        "xep=ten": 2,
        "ten=hoa+phuong": 1,
        "loc=choxem": 1,
        "loc=quahan": 2,
        f"viec={WEIGHING}&loc=quahan": 1,
        "loc=tralai": 0,
        f"viec={WEIGHING}": 2,
        f"viec={WEIGHING}&loc=du": 1,
        "viec=9.9": 0,
        f"viec={'9' * 5000}.1": 2,
        "viec=x&loc=x&xep=x": 2,
    }
    left = {cut: len(rows(await (await client.get(f"{MONTH}&{cut}")).text())) for cut in cuts}
    assert left == cuts


async def test_further_down_it_is_to_read_alone(here: DossierStage, enter: Enter) -> None:
    code = await here.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED)
    held = await here.gives(WEIGHING, {"b.jpg": JPEG}, State.HELD, "VB-ANHDUONG")
    client = await enter("tuan")
    offices = await (await client.get(MONTH)).text()
    below = await (await client.get(f"{MONTH}&don-vi=PGD-VB")).text()
    school = await (await client.get(f"{MONTH}&don-vi=VB-HOAPHUONG")).text()
    assert "don-vi=PGD-VB" in offices
    assert "class=a>" in rows(below)["MN Hoa Phượng"]
    assert "don-vi=VB-HOAPHUONG" in below
    for page in (below, school):
        assert code not in page
        assert held not in page
        assert "tre=1" not in page
    hers = await (await (await enter("hanh")).get(f"{MONTH}&don-vi=VB-HOAPHUONG")).text()
    assert f"/minh-chung/{code}" in hers


async def test_it_asks_the_database_no_more_for_more_units(
    here: DossierStage, enter: Enter, engine: AsyncEngine
) -> None:
    client, asked = await enter("hanh"), list[str]()
    event.listen(engine.sync_engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    assert (await client.get(MONTH)).status == 200
    assert len([one for one in asked if one.startswith("SELECT")]) <= 10


def test_every_state_has_its_sign_in_the_style_sheet() -> None:
    styles = (HERE / "static/site-board.css").read_text(encoding="utf-8")
    drawn = dict(re.findall(r'^\.(\w) \{ --sign: "(.+)"; \}$', styles, re.MULTILINE))
    assert drawn == {CLASSES[mark]: sign for mark, (sign, _) in site_texts.MARKS.items() if mark in CLASSES}
    assert {*site_texts.MARKS} == {*CLASSES} == {*texts.WORDS}
