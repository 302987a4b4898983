"""The real demo: an officer's notice to all schools, its preview, progress, acknowledgements and report."""

import pytest
from playwright.async_api import Browser, expect

from core.texts import notice_reports as reports
from core.texts import notices as texts
from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.browser.test_demo import become
from tests.browser.test_evidence import bot, says, told
from tests.browser.test_files import seen

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

WORDS = "Mời thầy/cô họp giao ban 8h thứ Năm 07/12 tại Phòng, mang theo số liệu học kỳ I."


@pytest.mark.parametrize("size", ["desk", "phone"])
async def test_an_officers_notice_to_all_schools(browser: Browser, demo: str, size: str) -> None:
    viewport = DESK if size == "desk" else PHONE
    officer = await become(browser, demo, "Bùi Thị Ngọc", viewport)
    teacher = await become(browser, demo, "Đặng Thị Bích", DESK)

    await says(officer, "thông báo")
    await told(officer, texts.WRITE)
    await says(officer, WORDS)
    await (await told(officer, texts.WHOM)).get_by_role("button", name=texts.ALL_SCHOOLS).click()
    preview = await told(officer, "Nơi nhận: 2 (2 nhóm)")
    await expect(preview).to_contain_text("chưa gửi")
    assert await complaints(officer) == []
    await officer.screenshot(path=PICTURES / f"notice-1-preview-{size}.png")

    await preview.get_by_role("button", name=texts.TEST).click()
    await told(officer, texts.TESTED)
    await bot(officer).last.get_by_role("button", name=texts.SEND, exact=True).click()
    report = await told(officer, "đã xong.")
    await expect(report).to_contain_text("đã gửi: 2/2")
    await expect(report).to_contain_text("báo đã nhận: 0/2")

    in_group = teacher.locator("[data-room=group] .said.bot", has_text=WORDS).last
    await in_group.get_by_role("button", name=texts.ACK).click()
    said = teacher.locator("[data-room=group] .said.bot").last
    await expect(said).to_contain_text("MN Trường Sơn đã nhận thông báo (Đặng Thị Bích)")

    await says(officer, "tiến độ thông báo")
    progress = await told(officer, "báo đã nhận: 1/2")
    await expect(progress).to_contain_text("Chưa báo nhận (1): MN Quang Trung")
    await officer.screenshot(path=PICTURES / f"notice-2-progress-{size}.png")
    await progress.get_by_role("button", name=reports.PICTURE).click()
    picture = (await told(officer, "Báo cáo thông báo")).get_by_role("img")
    assert await seen(picture)
    await officer.screenshot(path=PICTURES / f"notice-3-report-{size}.png")
    await says(officer, "tiến độ thông báo")
    await (await told(officer, "báo đã nhận: 1/2")).get_by_role("button", name=reports.EXCEL).click()
    await expect(bot(officer).last.get_by_role("link", name=".xlsx")).to_be_visible()
    await says(officer, "nhắc những ai chưa nhận")
    await told(officer, "Nơi nhận: 1 (1 nhóm)")
    assert await officer.evaluate("document.documentElement.scrollWidth") == viewport[0]
    for page in (officer, teacher):
        await page.context.close()
