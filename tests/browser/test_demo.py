"""The real demo, started as `bot.py demo`: three people of two provinces ask the same and are told what is theirs."""

import pytest
from playwright.async_api import Browser, Page, expect

from tests.browser.conftest import DESK, PHONE, PICTURES

WHOLE_DATE = 140  # pixels

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


async def become(browser: Browser, address: str, name: str, size: tuple[int, int] = DESK) -> Page:
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, reduced_motion="reduce")
    page = await context.new_page()
    await page.goto(address)
    await page.locator("label", has_text=name).click()
    await expect(page.locator("[data-room=private] .log")).to_have_attribute("aria-live", "polite")  # the old is shown
    return page


async def answer(page: Page, question: str, room: str = "private") -> str:
    """The text of the answer to this question."""
    pane = page.locator(f"[data-room={room}]")
    answers = pane.locator(".said.bot")
    before = await answers.count()
    await pane.get_by_role("textbox").fill(question)
    await page.keyboard.press("Enter")
    await expect(answers).to_have_count(before + 1, timeout=20_000)
    return await answers.last.locator("> p").inner_text()


async def test_people_of_two_provinces_get_their_own_cited_answers(browser: Browser, demo: str) -> None:
    told = {}
    for name in ("Nguyễn Thị Lan", "Vũ Thị Hạnh", "Chu Văn Khánh"):
        page = await become(browser, demo, name)
        told[name] = await answer(page, "tháng này nộp gì?")
        await page.context.close()
    assert "05/12" in told["Nguyễn Thị Lan"]
    assert "05/12" not in told["Chu Văn Khánh"]  # Hải Phòng's date
    assert len(set(told.values())) == 3


async def test_an_answer_unfolds_to_the_passage_in_its_document(browser: Browser, demo: str) -> None:
    page = await become(browser, demo, "Nguyễn Thị Lan")
    await answer(page, "thang nay nop gi?")
    await page.screenshot(path=PICTURES / "demo.png")
    reply = page.locator("[data-room=private] .said.bot").last
    await reply.locator("summary").click()
    await expect(reply.locator(".label")).to_have_count(1)  # three quotes, one document: named once
    await expect(reply.locator(".place").last).to_contain_text("mục 6")
    quote = await reply.locator("blockquote").first.inner_text()
    await reply.get_by_role("button", name="Xem trong văn bản").first.click()
    await expect(page.get_by_role("dialog").locator("mark")).to_have_text(quote)
    await expect(page.get_by_role("dialog").get_by_text("Tháng 12/2023", exact=True)).to_be_visible()
    await page.screenshot(path=PICTURES / "demo-source.png")
    await page.context.close()


async def test_the_answer_follows_the_clock(browser: Browser, demo: str) -> None:
    page = await become(browser, demo, "Nguyễn Thị Lan", PHONE)
    december = await answer(page, "tháng này nộp gì?")
    await page.screenshot(path=PICTURES / "demo-phone.png")
    await page.get_by_role("button", name="Đổi ngày").click()
    await page.get_by_label("Đến ngày").fill("2024-03-04")
    box = await page.get_by_label("Đến ngày").bounding_box()
    assert box is not None
    assert box["width"] >= WHOLE_DATE
    await page.get_by_role("button", name="Tua tới", exact=True).click()
    await expect(page.get_by_role("time")).to_contain_text("4/3/2024")
    assert await answer(page, "tháng này nộp gì?") != december
    await page.context.close()


async def test_the_group_is_answered_when_it_calls(browser: Browser, demo: str) -> None:
    page = await become(browser, demo, "Đỗ Thị Thu")
    assert await answer(page, "@Nhắc Việc trợ giúp", room="group")
    await page.context.close()
