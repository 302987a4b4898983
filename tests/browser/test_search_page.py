"""The search of the staff site on a phone and a desk: by the keyboard from any page, to an answer and what there is."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, expect

from core.texts import site as site_texts
from core.texts import site_search as texts
from records.session import open_engine, opener
from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import SteadyServer, path_in, site_of

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[DossierStage, TestServer, str]]:
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    code = await stage.gives(WEIGHING, {"a.jpg": JPEG})
    server = SteadyServer(site_of(stage, secure=False))
    await server.start_server()
    yield stage, server, code
    await server.close()
    await engine.dispose()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk"])
async def test_everything_is_found_from_any_page(
    browser: Browser, here: tuple[DossierStage, TestServer, str], size: tuple[int, int], dark: bool
) -> None:
    stage, server, code = here
    name = "phone" if size == PHONE else "desk"
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = await context.new_page()
    await page.goto(str(server.make_url(path_in(await stage.says("hanh", "trang quản lý")))))
    await page.get_by_role("button", name=site_texts.ENTER).click()
    box = page.get_by_role("search").get_by_role("searchbox", name=site_texts.SEARCH_HINT)
    for asked, words in (
        ("can do lan 2", "trước ngày 05/12"),
        ("tháng này nộp gì", "15/12/2023"),
        ("hoa phuong", "MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng"),
    ):
        await box.fill(asked)
        await box.press("Enter")
        await expect(page.get_by_role("heading", level=1)).to_have_text(texts.results_for(asked))
        await expect(page.get_by_role("main")).to_contain_text(words)
        assert await complaints(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.screenshot(path=PICTURES / f"search-{asked.replace(' ', '-')}-{name}.png", full_page=True)
    button = await page.get_by_role("search").get_by_role("button").bounding_box()
    assert button is not None
    assert button["height"] >= 44
    await box.fill(code)
    await page.get_by_role("search").get_by_role("button", name=site_texts.SEARCH).click()
    await expect(page.get_by_role("listitem").filter(has_text=code)).to_be_visible()
    await context.close()
