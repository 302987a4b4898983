"""The real demo, its clock moved through December: reminded, stopped by evidence, escalated; then a notice to all."""

import pytest
from playwright.async_api import Browser, Page, expect

from core.texts import notice_reports as reports
from core.texts import notices as texts
from tests.browser.conftest import DESK, PICTURES
from tests.browser.test_accessibility import complaints
from tests.browser.test_demo import become
from tests.browser.test_evidence import answers, bot, says, told
from tests.browser.test_files import picture, seen

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

WIDE = 390, 844  # a phone of today
WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
FIGURES = "Tổng hợp báo cáo kết quả và thống kê số liệu thực hiện nhiệm vụ học kỳ I"
WORDS = "Trường chưa gửi số liệu học kỳ I thì gửi trước 16h hôm nay."
HOA_PHUONG, ANH_DUONG = "MN Hoa Phượng", "Lớp MN độc lập tư thục Ánh Dương"


async def goes_to(page: Page, day: str) -> None:
    await page.get_by_label("Đến ngày").fill(day)
    await page.get_by_role("button", name="Tua tới", exact=True).click()
    year, month, date = day.split("-")
    await expect(page.get_by_role("time")).to_contain_text(f"{int(date)} tháng {int(month)} năm {year}")


async def in_group(page: Page, words: str) -> str:
    """What the bot said last in the unit's group, once it holds these words."""
    last = page.locator("[data-room=group] .said.bot").last
    await expect(last).to_contain_text(words)
    return await last.locator("> p").inner_text()


async def shot(name: str, **pages: Page) -> None:
    for who, page in pages.items():
        await page.screenshot(path=PICTURES / f"december-{name}-{who}.png")


async def test_the_clock_moves_through_december(browser: Browser, demo: str) -> None:
    principal = await become(browser, demo, "Phạm Thị Hương", DESK)
    phone = await become(browser, demo, "Phạm Thị Hương", WIDE)
    mai = await become(browser, demo, "Trần Thị Mai", DESK)
    officer = await become(browser, demo, "Vũ Thị Hạnh", DESK)
    handheld = await become(browser, demo, "Vũ Thị Hạnh", WIDE)

    # the group is reminded, and on the day after the evidence no more of what is in
    await goes_to(officer, "2023-12-04")
    said = await in_group(principal, "Nhắc việc thứ Hai 04/12")
    assert WEIGHING in said
    assert FIGURES in said
    await shot("1-reminded", principal=principal, phone=phone)
    reminder = await told(principal, "Nhắc việc thứ Hai 04/12")
    await answers(principal, reminder, picture("cân đo.jpg"), text="cân đo lần 2")
    await told(principal, "Đã ghi là nộp")
    await shot("2-handed-in", principal=principal, phone=phone)
    await goes_to(officer, "2023-12-05")
    said = await in_group(principal, "Nhắc việc thứ Ba 05/12")
    assert WEIGHING not in said
    assert FIGURES in said
    assert WEIGHING in await in_group(mai, "Nhắc việc thứ Ba 05/12")

    # who is three working days late is told to the office, by name
    await goes_to(officer, "2023-12-08")
    escalated = await (await told(officer, "Trường nộp trễ, tính đến thứ Sáu 08/12")).locator("> p").inner_text()
    _, _, weighing = escalated.partition(WEIGHING)
    assert weighing.split("\n")[1] == f"Chưa nộp (1): {ANH_DUONG}"
    _, _, figures = escalated.partition(FIGURES)
    assert figures.split("\n")[1] == f"Chưa nộp (2): {ANH_DUONG}, {HOA_PHUONG}"
    await told(handheld, "Trường nộp trễ, tính đến thứ Sáu 08/12")
    await shot("3-escalated", desk=officer, phone=handheld)
    await says(officer, "tiến độ")
    progress = await told(officer, "Số đơn vị đã nộp")
    await shot("4-progress", desk=officer, phone=handheld)
    await progress.get_by_role("button", name=f"1/2 {WEIGHING}").click()
    await told(officer, f"Chưa nộp (1): {ANH_DUONG}")

    # an officer's notice to all schools, on a phone
    await says(handheld, "thông báo")
    await told(handheld, texts.WRITE)
    await says(handheld, WORDS)
    await (await told(handheld, texts.WHOM)).get_by_role("button", name=texts.ALL_SCHOOLS).click()
    preview = await told(handheld, "Nơi nhận: 2 (2 nhóm)")
    assert await complaints(handheld) == []
    await shot("5-preview", desk=officer, phone=handheld)
    await preview.get_by_role("button", name=texts.TEST).click()
    await told(handheld, texts.TESTED)
    await shot("6-test", desk=officer, phone=handheld)
    copy = bot(handheld).filter(has_text=texts.TEST_HEAD).last
    await copy.get_by_role("button", name=texts.ACK).click()
    await told(handheld, reports.TEST_ACKED)
    await bot(handheld).filter(has_text=texts.TESTED).last.get_by_role("button", name=texts.SEND, exact=True).click()
    report = await told(handheld, "đã xong.")
    await expect(report).to_contain_text("đã gửi: 2/2")
    await expect(report).to_contain_text("báo đã nhận: 0/2")
    await shot("7-report", desk=officer, phone=handheld)

    await in_group(principal, WORDS)
    group = principal.locator("[data-room=group] .said.bot").last
    await group.get_by_role("button", name=texts.ACK).click()
    await in_group(principal, f"{HOA_PHUONG} đã nhận thông báo (Phạm Thị Hương)")
    await says(handheld, "tiến độ thông báo")
    progress = await told(handheld, "báo đã nhận: 1/2")
    await expect(progress).to_contain_text(f"Chưa báo nhận (1): {ANH_DUONG}")
    await shot("8-acknowledged", desk=officer, phone=handheld, principal=principal)
    await progress.get_by_role("button", name=reports.PICTURE).click()
    assert await seen((await told(handheld, "Báo cáo thông báo")).get_by_role("img"))
    await shot("9-picture", desk=officer, phone=handheld)
    await says(handheld, "tiến độ thông báo")
    await (await told(handheld, "báo đã nhận: 1/2")).get_by_role("button", name=reports.EXCEL).click()
    await expect(bot(handheld).last.get_by_role("link", name=".xlsx")).to_be_visible()
    await shot("10-excel", desk=officer, phone=handheld)
    await says(handheld, "nhắc những ai chưa nhận")
    await told(handheld, "Nơi nhận: 1 (1 nhóm)")
    assert await handheld.evaluate("document.documentElement.scrollWidth") == WIDE[0]
    for page in (principal, phone, mai, officer, handheld):
        await page.context.close()
