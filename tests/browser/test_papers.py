"""Documents of the staff site on a phone and a desk: a draft is settled and published, a teacher hears the new day."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from core.texts import drafts as said_of
from core.texts import site as frame
from core.texts import site_papers as texts
from noticing.publishing import LAG
from records.session import open_engine, opener
from tests.browser.conftest import DESK, PICTURES
from tests.browser.test_accessibility import complaints
from tests.drafting.plans import PLAN
from tests.fakes.clock import StillClock
from tests.made_documents.pdf import printed
from tests.web.papers_stage import Papers
from tests.web.site_stage import BOARD, SteadyServer, path_in, site_of

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

PHONE = (390, 844)
QUESTION = "hạn gửi phiếu khảo sát bếp ăn bán trú?"


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[Papers, TestServer]]:
    engine = open_engine(sqlite_url)
    stage = await Papers(opener(engine), StillClock(), tmp_path / "files").opens()
    server = SteadyServer(site_of(stage, secure=False))
    await server.start_server()
    yield stage, server
    await server.close()
    await engine.dispose()


async def is_fine(page: Page, name: str) -> None:
    """Nobody is kept out, nothing is wider than the page; a picture for people."""
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.screenshot(path=PICTURES / f"papers-{name}.png", full_page=True)


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk"])
async def test_a_draft_is_settled_and_published_and_a_teacher_hears_the_new_day(
    browser: Browser, here: tuple[Papers, TestServer], size: tuple[int, int], dark: bool
) -> None:
    stage, server = here
    name = "phone" if size == PHONE else "desk"
    code = await stage.sent_and_read(name="kế hoạch tháng 12.pdf", data=_pdf())
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = await context.new_page()
    await page.goto(str(server.make_url(path_in(await stage.says("hanh", "trang quản lý")))))
    await page.get_by_role("button", name=frame.ENTER).click()
    await page.get_by_role("link", name=texts.PAPERS, exact=True).click()
    await is_fine(page, f"1-list-{name}")
    await page.locator(f'a[href="{BOARD}/van-ban/nhap/{code}"]').click()
    await expect(page.get_by_role("heading", name=texts.doubts_left(4))).to_be_visible()
    picture = page.locator(".pictured")
    await picture.locator("summary").click()
    await expect(picture.locator("img")).to_have_js_property("naturalWidth", 1000)
    await is_fine(page, f"2-draft-{name}")
    doubt = page.locator("form.card").first
    await doubt.get_by_label(texts.RIGHT_IS).fill("chậm nhất 19/12")
    await doubt.get_by_label(texts.RIGHT_IS).press("Enter")
    await expect(page.get_by_role("status").filter(has_text="Đã sửa mục 3")).to_be_visible()
    await page.locator("form.card").first.get_by_role("link", name=texts.TO_ORIGINAL).click()
    await expect(page.locator(".line:target")).to_be_in_viewport()
    for left in (3, 2, 1):
        await expect(page.get_by_role("heading", name=texts.doubts_left(left))).to_be_visible()
        await page.locator("form.card").first.get_by_role("button", name=texts.KEEP).click()
    await expect(page.get_by_text(texts.ALL_SETTLED)).to_be_visible()
    item = page.locator("#muc-3")
    await item.locator("summary").click()
    await item.get_by_label(texts.DUE).fill("trước 18/12")
    await is_fine(page, f"3-edit-{name}")
    await item.get_by_role("button", name=texts.SAVE).click()
    await expect(page.locator("#muc-3")).to_contain_text("trước ngày 18/12/2023")
    await page.get_by_role("link", name=texts.PUBLISH_STEP).click()
    await expect(page.get_by_text("Tôi báo cho 2 đơn vị")).to_be_visible()
    await is_fine(page, f"4-preview-{name}")
    await page.get_by_role("button", name=texts.PUBLISH).click()
    await expect(page.get_by_role("status").filter(has_text="Đã công bố")).to_be_visible()
    await stage.passes(LAG)
    await stage.reindexes()
    assert "18/12/2023" in await stage.says("lan", QUESTION)
    await page.get_by_role("link", name=texts.OPEN_PAPER).click()
    await expect(page.locator("#muc-3")).to_contain_text("trước ngày 18/12/2023")
    await is_fine(page, f"5-paper-{name}")
    await _changed_later(stage, page, name)
    await context.close()


async def _changed_later(stage: Papers, page: Page, name: str) -> None:
    """A letter changes two of its tasks."""
    await stage.changes_sent()
    for _ in range(2):
        await stage.says("hanh", "soát")
        await stage.taps("hanh", "Đúng")
    await stage.says("hanh", "vẫn công bố")
    await stage.taps("hanh", said_of.PUBLISH)
    await stage.reindexes()
    await page.reload()
    await expect(page.get_by_role("region", name=texts.CHANGED)).to_contain_text("20/12/2023")
    await is_fine(page, f"6-changed-{name}")
    await page.get_by_role("button", name=texts.COMPARE).click()
    await expect(page.get_by_text(texts.count_of("moved", 1))).to_be_visible()
    await is_fine(page, f"7-compared-{name}")


def _pdf() -> bytes:
    return printed("".join(f"<p>{line}" for line in PLAN.decode().splitlines()))
