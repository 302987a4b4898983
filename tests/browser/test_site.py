"""The staff site on a phone and a desk: by the button to the board, without complaints, nothing wider than the page."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from core.evidence import State
from core.texts import site as texts
from core.texts import site_board as its
from records.session import open_engine, opener
from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import SteadyServer, path_in, site_of

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[DossierStage, SteadyServer]]:
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    await stage.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED)
    await stage.gives(WEIGHING, {"b.jpg": JPEG}, State.RETURNED, "VB-ANHDUONG")
    server = SteadyServer(site_of(stage, secure=False))
    await server.start_server()
    yield stage, server
    await server.close()
    await engine.dispose()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk"])
async def test_the_board_is_reached_and_read(
    browser: Browser, here: tuple[DossierStage, SteadyServer], size: tuple[int, int], dark: bool
) -> None:
    stage, server = here
    stage.clock.move(timedelta(days=3))  # two things were due on the 5th
    name = "phone" if size == PHONE else "desk"
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = await context.new_page()
    await page.goto(str(server.make_url(path_in(await stage.says("hanh", "trang quản lý")))))
    assert await complaints(page) == []
    await page.get_by_role("button", name=texts.ENTER).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"{texts.BOARD}: tháng 12/2023")
    head = page.get_by_role("rowheader", name="MN Hoa Phượng")
    await expect(head).to_be_visible()
    cell = page.locator("tr", has=head).locator("td.a a").first
    assert "✓✓" in await cell.evaluate("one => getComputedStyle(one, '::before').content")
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    before = await head.bounding_box()
    await page.get_by_role("region").evaluate("one => one.scrollLeft = 300")
    assert await head.bounding_box() == before  # the unit's name stays
    await page.screenshot(path=PICTURES / f"board-{name}.png", full_page=True)
    late = page.locator(".behind li", has_text="học kỳ I")
    await expect(late).to_contain_text(f"{its.MISSING} (2): Lớp MN độc lập tư thục Ánh Dương, MN Hoa Phượng")
    await page.get_by_label(its.FIND).fill("hoa phuong")
    await page.get_by_role("button", name=its.CUT, exact=True).click()
    await expect(page.get_by_role("rowheader")).to_have_text(["MN Hoa Phượng"])
    await expect(late).to_have_count(0)
    await page.get_by_role("link", name="MN Hoa Phượng").click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"{texts.BOARD}: MN Hoa Phượng, tháng 12/2023")
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / f"board-school-{name}.png", full_page=True)
    await page.get_by_role("link", name="Phòng GDĐT huyện Vĩnh Bảo").click()
    await page.get_by_role("link", name=texts.BEFORE).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(f"{texts.BOARD}: tháng 11/2023")
    await page.get_by_role("link", name=texts.SESSIONS).click()
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / f"sessions-{name}.png", full_page=True)
    await page.get_by_role("button", name=texts.END_ALL).click()
    await expect(page.get_by_role("heading", level=1)).to_have_text(texts.OUT_TITLE)
    await context.close()
