"""Evidence on the staff site on a phone and a desk: looked at, returned by keyboard with a reason, several accepted."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from core.texts import site as site_texts
from core.texts import site_proofs as texts
from records.session import open_engine, opener
from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.media.made import film, photo, saved
from tests.web.dossier_stage import READY, WEIGHING, DossierStage
from tests.web.site_stage import SteadyServer, path_in, site_of

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[DossierStage, TestServer]]:
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    pictures = [saved(photo(seed), "JPEG") for seed in range(6)]
    papers = {"Danh sách trẻ.pdf": b"%PDF-1.4", "Phim cân đo.mp4": film(3)}
    await stage.gives(READY, {"a.jpg": pictures[0], "b.jpg": pictures[1], **papers})
    await stage.gives(WEIGHING, {f"{n}.jpg": one for n, one in enumerate(pictures)}, unit="VB-ANHDUONG")
    await stage.gives(WEIGHING, {"c.jpg": pictures[3]}, unit=UNIT)
    server = SteadyServer(site_of(stage, secure=False))
    await server.start_server()
    yield stage, server
    await server.close()
    await engine.dispose()


async def fits(page: Page, name: str) -> None:
    """Nobody is kept out, nothing is wider than the page; a picture of it."""
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.screenshot(path=PICTURES / f"{name}.png", full_page=True)


async def comes_to(page: Page, unit: str) -> None:
    """The page of one of its submissions is there, and hears keys."""
    await expect(page.get_by_role("heading", level=1)).to_have_text(unit)
    await expect(page.locator("#phim")).to_be_visible()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk"])
async def test_one_is_returned_by_keyboard_and_the_others_accepted(
    browser: Browser, here: tuple[DossierStage, TestServer], size: tuple[int, int], dark: bool
) -> None:
    stage, server = here
    name = "phone" if size == PHONE else "desk"
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = await context.new_page()
    faults: list[str] = []
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    page.on("response", lambda one: faults.append(one.url) if one.status >= 400 else None)
    await page.goto(str(server.make_url(path_in(await stage.says("hanh", "trang quản lý")))))
    await page.get_by_role("button", name=site_texts.ENTER).click()
    await page.get_by_role("link", name=texts.TITLE, exact=True).click()
    await expect(page.locator(".proofs li")).to_have_count(3)
    await fits(page, f"proofs-{name}")
    await page.get_by_role("link", name=texts.GALLERY).click()
    await expect(page.locator(".gallery img")).to_have_count(9)
    await expect(page.locator(".gallery img").first).to_have_js_property("naturalWidth", 640)
    await fits(page, f"proof-pictures-{name}")
    await page.get_by_role("link", name=texts.LIST, exact=True).click()
    await expect(page.locator("#phim")).to_be_visible()

    await page.keyboard.press("j")
    await page.keyboard.press("Enter")
    await comes_to(page, "MN Hoa Phượng")
    await expect(page.locator(".files img").first).to_have_js_property("naturalWidth", 640)
    await page.keyboard.press("?")
    await expect(page.locator("kbd").first).to_be_visible()
    await fits(page, f"proof-{name}")
    await page.get_by_role("button", name=texts.KEYS_OFF).click()
    await page.keyboard.press("j")
    await page.get_by_role("button", name=texts.KEYS_ON).click()
    await comes_to(page, "MN Hoa Phượng")
    await page.keyboard.press("j")
    await comes_to(page, "Lớp MN độc lập tư thục Ánh Dương")
    await page.keyboard.press("k")
    await comes_to(page, "MN Hoa Phượng")

    await page.keyboard.press("t")
    await expect(page.get_by_label(texts.OTHER_WHY)).to_be_focused()
    await page.keyboard.type("ảnh b bị mờ, a ạ")  # no key of ours meanwhile
    await page.keyboard.press("Enter")
    await comes_to(page, "Lớp MN độc lập tư thục Ánh Dương")
    await expect(page.locator(".told").last).to_contain_text("Đã trả lại")
    await stage.school.works()
    assert sum("Lý do: ảnh b bị mờ, a ạ" in one for one in stage.read_by("huong")) == 1
    await page.keyboard.press("a")
    await comes_to(page, "MN Hoa Phượng")

    await page.get_by_role("link", name=texts.BACK).click()
    await page.get_by_label(texts.TICK_ALL).check()
    await page.get_by_role("button", name=f"{texts.ACCEPT_TICKED} (1)").click()
    await expect(page.locator(".told").last).to_have_text(texts.accepted_ticked(1, 0))
    await expect(page.get_by_text(texts.NOTHING)).to_be_visible()
    await stage.school.works()
    accepted = [one for who in ("huong", "mai") for one in stage.read_by(who) if "đã nhận minh chứng" in one]
    assert len(accepted) == 2
    assert faults == []
    await context.close()
