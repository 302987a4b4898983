"""The page against axe's rules (WCAG 2.2 A and AA, contrast included), in each state, size and colour scheme."""

from typing import Any

import pytest
from axe_playwright_python.async_playwright import Axe  # type: ignore[import-untyped]
from playwright.async_api import Page, expect

from tests.browser.conftest import DESK, PHONE, PICTURES, Open

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


async def complaints(page: Page) -> list[str]:
    """Each broken rule with the elements that break it."""
    found: Any = await Axe().run(page, options=RULES)
    return [f"{one['id']}: {[node['html'] for node in one['nodes']]}" for one in found.response["violations"]]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_nobody_is_shut_out(open_page: Open, size: tuple[int, int], dark: bool) -> None:
    page = await open_page(size, dark)
    name = f"{'phone' if size == PHONE else 'desk'}{'-dark' if dark else ''}"
    assert await complaints(page) == []

    await page.locator("label", has_text="Nguyễn Thị Lan").click()
    for text in ("thang nay nop gi?", "hỏi lại"):
        await page.get_by_role("textbox", name="Câu hỏi").fill(text)
        await page.keyboard.press("Enter")
        await expect(page.locator(f".said.bot >> nth={0 if text != 'hỏi lại' else 1}")).to_be_visible()
    await page.get_by_text("Nguồn: Kế hoạch 88/KH").click()
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / f"talk-{name}.png")

    await page.get_by_role("button", name="Xem trong văn bản").click()
    await expect(page.get_by_role("dialog")).to_be_visible()
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / f"source-{name}.png")


async def test_it_can_be_read_at_twice_the_text_size(open_page: Open) -> None:
    page = await open_page((640, 400))  # 1280 x 800 at 200 %
    await page.locator("label", has_text="Nguyễn Thị Lan").click()
    await expect(page.get_by_role("textbox", name="Câu hỏi")).to_be_in_viewport()
    assert await page.evaluate("document.documentElement.scrollWidth") == 640


async def test_nothing_moves_for_those_who_asked_for_rest(open_page: Open) -> None:
    page = await open_page()  # opened with prefers-reduced-motion
    await page.locator("label", has_text="Nguyễn Thị Lan").click()
    await page.get_by_role("textbox", name="Câu hỏi").fill("nghĩ lâu")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Nhắc Việc đang tìm").first).to_be_visible()
    assert await page.evaluate("document.getAnimations().length") == 0
