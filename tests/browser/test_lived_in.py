"""The real demo in the middle of its December: an officer sees who is late, writes to them, sends one photo back."""

import pytest
from playwright.async_api import Browser, Page, expect

from core.texts import site as texts
from tests.browser.conftest import PICTURES
from tests.browser.test_accessibility import complaints
from tests.browser.test_demo import become

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


async def staff_site(page: Page) -> Page:
    """In a tab of its own, signed in as the officer."""
    async with page.context.expect_page() as opened:
        await page.locator("[data-december]").click()
    tab = await opened.value
    await tab.wait_for_url("**/vao/**", timeout=120_000)  # a month of files is looked at
    await tab.get_by_role("button", name=texts.ENTER).click()
    await expect(tab.get_by_role("heading", level=1)).to_have_text(f"{texts.BOARD}: tháng 12/2023")
    return tab


async def test_a_stranger_sees_who_is_late_writes_to_them_and_returns_a_photo(browser: Browser, demo: str) -> None:
    page = await (await browser.new_context()).new_page()
    await page.goto(demo)
    tab = await staff_site(page)
    await expect(tab.get_by_text("7 trường quá hạn")).to_be_in_viewport()
    late = tab.locator("main li, main tr", has_text="danh sách giáo viên").first
    await expect(late).to_contain_text("MN Sơn Ca")
    await expect(late).to_be_in_viewport()
    assert await complaints(tab) == []
    await tab.screenshot(path=PICTURES / "lived-in.png")

    await late.get_by_role("link", name="Nhắn các trường trễ").click()
    await tab.get_by_role("button", name="Gửi ngay (6)").click()
    await expect(tab.locator("main")).to_contain_text("đã gửi: 6/6")

    await tab.get_by_role("link", name="Minh chứng", exact=True).click()
    await tab.get_by_role("link", name="MN Tuổi Thơ").first.click()
    await expect(tab.locator("main img").first).to_be_visible()
    returned = tab.url
    await tab.keyboard.press("t")
    await tab.keyboard.type("Ảnh chưa có ngày kiểm tra")
    await tab.keyboard.press("Enter")
    await expect(tab).not_to_have_url(returned)
    await tab.goto(returned)
    await expect(tab.locator("main")).to_contain_text("Ảnh chưa có ngày kiểm tra")

    school = await become(browser, demo, "Phạm Thị Hương")
    await expect(school.locator("[data-room=group] .said.bot").last).to_contain_text("đã quá hạn mà chưa nộp")
    for one in (page, school):
        await one.context.close()
