"""The search of the staff site over HTTP: the chat's own answer, what is called so within reach, nothing sideways."""

import re
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack
from html import unescape
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from core.evidence import State
from core.notices import Audience
from core.people import Role
from core.texts import site_search as texts
from records import notices
from records.session import Begin
from tests.evidence.access_stage import AccessStage
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING
from tests.web.site_stage import BOARD, path_in, site_of
from tests.web.test_sign_in import Client, enters
from web.site import board, pages, search
from web.site.frame import OFFICERS, SitePage, Visit

SEARCH = f"{BOARD}/tim"
WEIGHED = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
Finds = Callable[[str, str], Awaitable[str]]


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> AccessStage:
    stage = AccessStage(begin, clock, tmp_path / "files")
    await stage.opens()
    await stage.hires("quan-tri", "Nguyễn Văn Quản", "PGD-VB", Role.ADMIN)
    return stage


@pytest.fixture
async def finds(here: AccessStage) -> AsyncIterator[Finds]:
    """What the page has for somebody who searches so."""
    server, browsers = TestServer(site_of(here, secure=False)), dict[str, Client]()
    await server.start_server()
    async with AsyncExitStack() as stack:

        async def find(who: str, asked: str) -> str:
            if who not in browsers:
                browsers[who] = await stack.enter_async_context(TestClient(server))
                await enters(browsers[who], path_in(await here.says(who, "trang quản lý")))
            answer = await browsers[who].get(SEARCH, params={"hoi": asked})
            assert answer.status == 200
            page = (await answer.text()).partition("<main")[2]
            for to in re.findall(r'href="(/trang-quan-ly[^"]*)"', page):
                assert (await browsers[who].get(unescape(to))).status == 200, to
            return unescape(page)

        yield find
    await server.close()


async def test_words_are_answered_as_in_chat(here: AccessStage, finds: Finds) -> None:
    for asked in ("hạn cân đo lần 2?", "han can do lan 2"):
        page = await finds("huong", asked)
        said = (await here.says("huong", asked)).split("\n")[0]
        assert "05/12/2023" in said
        assert said in page
        assert "<blockquote>" in page
        assert "kế hoạch trọng tâm tháng GDMN năm học 2023-2024" in page
        assert f'<a href="{BOARD}?thang=2023-12">{WEIGHED} (trước 05/12/2023)</a>' in page
    await finds("huong", "tháng này nộp gì")
    nothing = await finds("hanh", "xyzt qwrk")
    assert texts.NOTHING in nothing
    assert "<figure>" not in nothing
    assert "Nhắn" not in await finds("hanh", "tháng này nộp gì")  # all of it is there at once
    assert texts.HOW in await finds("lan", " ")


async def test_each_finds_her_own_line_and_nothing_beside_it(here: AccessStage, finds: Finds) -> None:
    codes = {
        "own": await here.gives(WEIGHING, {"a.jpg": JPEG}),
        "held": await here.gives(WEIGHING, {"b.jpg": JPEG}, State.HELD),
        "beside": await here.gives(WEIGHING, {"c.jpg": JPEG}, State.RETURNED, "VB-ANHDUONG"),
        "elsewhere": await here.gives(WEIGHING, {"d.jpg": JPEG}, unit="AL-TRUONGSON"),
    }
    async with here.begin() as session:
        for name, unit in (("school's", "VB-HOAPHUONG"), ("office's", "PGD-VB"), ("next office's", "PGD-AL")):
            its = await notices.write(session, unit, None, "Họp về cân đo lần 2, 8 giờ", Audience(), here.clock())
            codes[name] = its.code
    school = {"own", "held"}
    sees = {
        "lan": school,
        "hoa": school,
        "huong": school | {"school's"},
        "mai": {"beside"},
        "hanh": {"own", "beside", "office's"},
        "ngoc": {"elsewhere", "next office's"},
        "tuan": set[str](),
        "quan-tri": {"office's"},
    }
    called = {
        "lan": {"MN Hoa Phượng, huyện"},
        "hoa": {"MN Hoa Phượng, huyện"},
        "huong": {"MN Hoa Phượng, huyện", "Nguyễn Thị Lan"},
        "mai": set[str](),
        "hanh": {"MN Hoa Phượng, huyện", "Phạm Thị Hương", "Nguyễn Thị Lan"},
        "ngoc": set[str](),
        "tuan": {"MN Hoa Phượng, huyện", "Phạm Thị Hương", "Nguyễn Thị Lan"},
        "quan-tri": {"MN Hoa Phượng, huyện", "Phạm Thị Hương", "Nguyễn Thị Lan"},
    }
    for who, hers in sees.items():
        page = await finds(who, "CAN DO lan 2" if who == "hanh" else "cân đo lần 2")
        assert {name for name, code in codes.items() if code in page} == hers, who
        for name, code in codes.items():
            assert (code in await finds(who, code.lower())) == (name in hers), (who, name)
        found = "".join([await finds(who, asked) for asked in ("hoa phuong", "Hương", "nguyen lan")])
        assert {name for name in called["hanh"] if name in found} == called[who], who
    assert "1168/KH-SGDĐT" in await finds("lan", "1168/KH-SGDĐT")
    assert "huyện Đầm Hà" not in await finds("hanh", "Đầm Hà chuyên đề lấy trẻ làm trung tâm")  # of another province


async def test_a_link_leads_only_where_a_page_is_hers(here: AccessStage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def nothing(visit: Visit) -> web.StreamResponse:
        raise AssertionError(visit.request.path)

    proof = SitePage("/minh-chung/{code:[A-Z2-9]{6}}", nothing, roles=OFFICERS)
    deeper, unit = SitePage("/van-ban/{so}/tep", nothing), SitePage("/don-vi", nothing)
    monkeypatch.setattr(pages, "PAGES", (board.PAGE, search.PAGE, proof, deeper, unit))
    code = await here.gives(WEIGHING, {"a.jpg": JPEG})
    links = dict[str, set[str]]()
    for who in ("hanh", "huong"):
        async with TestClient(TestServer(site_of(here, secure=False))) as client:
            await enters(client, path_in(await here.says(who, "trang quản lý")))
            for asked in ("cân đo lần 2", "hoa phượng", "kế hoạch trọng tâm"):
                page = (await (await client.get(SEARCH, params={"hoi": asked})).text()).partition("<main")[2]
                links.setdefault(who, set()).update(re.findall(r'href="(/trang[^"]*)"', page))
    everybody = {f"{BOARD}?thang=2023-12", f"{BOARD}/don-vi?ma=VB-HOAPHUONG"}
    assert links["huong"] >= everybody
    assert not any("/van-ban" in one or "minh-chung" in one for one in links["huong"])
    assert links["hanh"] >= {*everybody, f"{BOARD}/minh-chung/{code}"}
