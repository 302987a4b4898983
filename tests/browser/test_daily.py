"""The real demo: its first school keeps a book; photos go in, the day is shown, and counted by its office."""

import pytest
from playwright.async_api import Browser, expect

from core.texts.daily import WIDTH
from tests.browser.conftest import PHONE, PICTURES
from tests.browser.test_demo import answer, become
from tests.browser.test_evidence import says, told
from tests.browser.test_files import choose, picture, seen

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


async def test_a_stranger_writes_into_the_book_and_sees_its_photos(browser: Browser, demo: str) -> None:
    hers, office = await become(browser, demo, "Nguyễn Thị Lan", PHONE), await become(browser, demo, "Vũ Thị Hạnh")
    assert "Chưa có ngày nào" in await answer(hers, "sổ tháng này")
    await choose(hers, picture("bếp.png"), picture("mẫu.png"))
    await says(hers, "kiểm thực hôm nay")
    await told(hers, "Đã ghi vào sổ kiểm thực, lưu mẫu, thứ Sáu 01/12/2023: 2 ảnh.")
    said = await answer(hers, "sổ tháng này")
    assert "Có 1/1 ngày:\n01" in said
    assert max(map(len, said.splitlines())) <= WIDTH
    await hers.screenshot(path=PICTURES / "daily-month-phone.png")
    await hers.locator("[data-room=private] .said.bot").last.get_by_role("button", name="Xem sổ kiểm thực").click()
    shown = await told(hers, "2 tệp.")
    images = shown.get_by_role("img", name="Ảnh ")
    await expect(images).to_have_count(2)
    assert await seen(images.first)
    assert "• kiểm thực: 1/1 ngày" in await answer(office, "sổ tháng này")
    for page in (hers, office):
        await page.context.close()
