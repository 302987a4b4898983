"""What happens in chat shows on the open page, which is not loaded anew and takes nothing from who is writing."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from core.evidence import State
from core.texts import site as texts
from records.session import open_engine, opener
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import SteadyServer, path_in, site_of

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[DossierStage, SteadyServer]]:
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    server = SteadyServer(site_of(stage, secure=False))
    await server.start_server()
    yield stage, server
    await server.close()
    await engine.dispose()


async def test_evidence_shows_on_the_open_board(browser: Browser, here: tuple[DossierStage, SteadyServer]) -> None:
    stage, server = here
    page = await (await browser.new_context()).new_page()
    await page.goto(str(server.make_url(path_in(await stage.says("huong", "trang quản lý")))))
    await page.get_by_role("button", name=texts.ENTER).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"{texts.BOARD}: tháng 12/2023")
    await page.evaluate("window.same = true")
    focused = page.get_by_label(texts.CHOOSE, exact=True)
    await focused.focus()
    await expect(page.locator(".own .a")).to_have_count(0)

    await stage.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED)
    await expect(page.locator(".own .a")).to_have_count(1)
    assert await page.evaluate("window.same")
    await expect(focused).to_be_focused()

    await focused.fill("2023-11")  # she is writing
    await stage.gives(WEIGHING, {"b.jpg": JPEG}, State.RETURNED)
    await expect(page.locator("#news")).to_be_visible()
    await expect(focused).to_have_value("2023-11")
    await page.get_by_role("link", name=texts.NEWS_SHOW).click()
    await expect(page.locator("#news")).to_be_hidden()
    await page.context.close()
