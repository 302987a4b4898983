"""The chat page as a person meets it: by mouse, by keyboard, on a phone, after a reload and a lost connection."""

import pytest
from playwright.async_api import Locator, Page, expect

from core.message import Address, Outbound
from tests.browser.conftest import PHONE, PICTURES, Open
from tests.web.stage import QUOTE, Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

PRIVATE, GROUP = "Hỏi riêng", "Nhóm MN Hoa Phượng, huyện Vĩnh Bảo"


def log(page: Page, name: str = PRIVATE) -> Locator:
    return page.get_by_role("log", name=name)


async def be(page: Page, name: str) -> None:
    await page.locator("label", has_text=name).click()


async def ask(page: Page, text: str, room: str = "Câu hỏi") -> None:
    await page.get_by_role("textbox", name=room).fill(text)
    await page.keyboard.press("Enter")


async def test_a_tapped_question_is_answered_with_its_source(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await page.get_by_role("button", name="thang nay nop gi?", exact=True).click()
    await expect(log(page)).to_contain_text("Đã nghe: thang nay nop gi?")
    await expect(log(page).get_by_text(QUOTE)).to_be_hidden()
    await log(page).get_by_text("Nguồn: Kế hoạch 88/KH").click()
    await expect(log(page).get_by_text(QUOTE)).to_be_visible()


async def test_the_source_opens_in_its_document_and_gives_the_place_back(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "hạn sáng kiến?")
    await log(page).get_by_text("Nguồn: Kế hoạch 88/KH").click()
    opener = log(page).get_by_role("button", name="Xem trong văn bản")
    await opener.click()
    dialog = page.get_by_role("dialog", name="Kế hoạch trọng tâm tháng <b>năm học 2023-2024</b>")
    await expect(dialog.locator("mark")).to_have_text(QUOTE)
    await expect(dialog.locator("mark")).to_be_in_viewport()
    await expect(dialog.get_by_role("heading")).to_be_in_viewport(ratio=1)
    await expect(dialog.get_by_role("button", name="Đóng")).to_be_in_viewport(ratio=1)
    await page.keyboard.press("Escape")
    await expect(dialog).to_be_hidden()
    await expect(opener).to_be_focused()


async def test_each_role_gets_its_own_suggestions_and_conversation(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "của Lan")
    await expect(log(page)).to_contain_text("Đã nghe: của Lan")
    await be(page, "Chu Văn Khánh")
    await expect(log(page)).not_to_contain_text("của Lan")
    await expect(page.get_by_role("button", name="Tháng này Phòng phải nộp gì?", exact=True)).to_be_visible()
    await be(page, "Nguyễn Thị Lan")
    await expect(log(page)).to_contain_text("Đã nghe: của Lan")


async def test_choices_are_buttons_and_go_once_answered(open_page: Open, site: tuple[Stage, str]) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "hỏi lại")
    await page.get_by_role("group", name="Chọn một").get_by_role("button", name="2. Cấp thành phố").click()
    await expect(log(page)).to_contain_text("Đã nghe: 2")
    await expect(page.get_by_role("group", name="Chọn một")).to_have_count(0)
    await expect(page.get_by_role("textbox", name="Câu hỏi")).to_be_focused()


async def test_in_the_group_the_bot_answers_only_when_called(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "mai họp nhé", room="Tin gửi vào nhóm")
    await ask(page, "@Nhắc Việc hạn?", room="Tin gửi vào nhóm")
    await expect(log(page, GROUP)).to_contain_text("Đã nghe: hạn?")
    await expect(log(page, GROUP)).not_to_contain_text("Đã nghe: mai họp nhé")
    await expect(log(page)).not_to_contain_text("Đã nghe")


async def test_colleagues_read_each_other_in_the_group_by_name(open_page: Open) -> None:
    lan, huong = await open_page(), await open_page()
    await be(lan, "Nguyễn Thị Lan")
    await be(huong, "Phạm Thị Hương")
    await ask(lan, "mai họp nhé", room="Tin gửi vào nhóm")
    await expect(log(huong, GROUP)).to_contain_text("Nguyễn Thị Lan: mai họp nhé")


async def test_typing_shows_until_the_answer_is_there(open_page: Open, site: tuple[Stage, str]) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "nghĩ lâu")
    await expect(page.get_by_text("Nhắc Việc đang tìm").first).to_be_visible()
    await site[0].chat.send(Outbound(Address("web", "lan"), "xong"))
    await expect(log(page)).to_contain_text("xong")
    await expect(page.get_by_text("Nhắc Việc đang tìm").first).to_be_hidden()


async def test_a_reload_shows_the_person_and_the_conversation_again(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Phạm Thị Hương")
    await ask(page, "hạn?")
    await expect(log(page)).to_contain_text("Đã nghe: hạn?")
    await page.reload()
    await expect(page.get_by_role("radio", name="Phạm Thị Hương")).to_be_checked()
    await expect(log(page).locator(".said")).to_have_count(2)
    await expect(log(page)).to_have_attribute("aria-live", "polite")  # what comes from now on is read out


async def test_a_lost_connection_is_told_and_mended_and_nothing_is_lost(
    open_page: Open, site: tuple[Stage, str], faults: list[str]
) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "trước")
    await expect(log(page)).to_contain_text("Đã nghe: trước")
    await page.context.set_offline(True)
    site[0].chat.close()  # the streams break
    await expect(page.get_by_text("Mất kết nối")).to_be_visible()
    await ask(page, "giữa")
    await expect(log(page)).to_contain_text("Chưa gửi được.")
    await site[0].chat.send(Outbound(Address("web", "lan"), "tin lúc đứt mạng"))
    await page.context.set_offline(False)
    await expect(log(page)).to_contain_text("tin lúc đứt mạng")
    await page.get_by_role("button", name="Gửi lại").click()
    await expect(log(page)).to_contain_text("Đã nghe: giữa")
    await expect(log(page).locator(".said")).to_have_count(5)
    await expect(page.get_by_text("Mất kết nối")).to_be_hidden()
    assert all("net::ERR" in fault for fault in faults)
    faults.clear()


async def test_the_clock_moves_forward_for_every_open_page(open_page: Open) -> None:
    page, other = await open_page(), await open_page()
    await be(page, "Nguyễn Thị Lan")
    await be(other, "Chu Văn Khánh")
    await page.get_by_role("button", name="Tua tới một tuần").click()
    for each in (page, other):
        await expect(each.get_by_role("time")).to_have_text("Thứ Sáu, ngày 8 tháng 12 năm 2023", use_inner_text=True)
        await expect(log(each)).to_contain_text("Thứ Sáu, ngày 8 tháng 12 năm 2023")
    await page.get_by_label("Đến ngày").fill("2024-01-02")
    await page.get_by_role("button", name="Tua tới", exact=True).click()
    await expect(log(other)).to_contain_text("Thứ Ba, ngày 2 tháng 1 năm 2024")


async def test_all_of_it_works_by_keyboard(open_page: Open) -> None:
    page = await open_page()
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Đến ô nhập câu hỏi")).to_be_focused()
    while not await page.evaluate("document.activeElement.name === 'persona'"):
        await page.keyboard.press("Tab")
    await page.keyboard.press("Space")
    await expect(page.get_by_role("radio", name="Nguyễn Thị Lan")).to_be_checked()
    await page.keyboard.press("ArrowDown")
    await expect(page.get_by_role("radio", name="Phạm Thị Hương")).to_be_checked()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("textbox", name="Câu hỏi")).to_be_focused()
    await page.keyboard.type("dòng một")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("dòng hai")
    await page.keyboard.press("Enter")
    await expect(log(page)).to_contain_text("Đã nghe: dòng một\ndòng hai", use_inner_text=True)
    await log(page).locator("summary").focus()
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await expect(log(page).get_by_role("button", name="Xem trong văn bản")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("dialog")).to_be_visible()


async def test_markup_in_a_message_stays_text(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "<img src=x onerror=alert(1)><b>đậm</b>")
    await expect(log(page)).to_contain_text("Đã nghe: <img src=x onerror=alert(1)><b>đậm</b>")
    await expect(log(page).locator("img, b")).to_have_count(0)


async def test_a_phone_shows_one_pane_at_a_time_and_marks_news_in_the_other(
    open_page: Open, site: tuple[Stage, str]
) -> None:
    page = await open_page(PHONE)
    await be(page, "Nguyễn Thị Lan")
    await expect(page.get_by_role("radio", name="Nguyễn Thị Lan")).to_be_hidden()  # the list folds away
    await ask(page, "thang nay nop gi?")
    await expect(log(page)).to_contain_text("Đã nghe")
    await expect(log(page, GROUP)).to_be_hidden()
    await site[0].chat.send(Outbound(Address("web", "g:VB-HOAPHUONG"), "tin của nhóm"))
    await page.get_by_role("button", name="Nhóm đơn vị có tin mới").click()
    await expect(log(page, GROUP)).to_contain_text("tin của nhóm")
    await expect(log(page)).to_be_hidden()
    await expect(page.get_by_role("button", name="có tin mới")).to_have_count(0)


async def test_nothing_spills_over_and_everything_to_tap_is_big_enough(open_page: Open) -> None:
    page = await open_page(PHONE)
    await page.screenshot(path=PICTURES / "phone-first.png")
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "hỏi lại")
    await ask(page, "https://example.vn/" + "a" * 400)
    await expect(log(page)).to_contain_text("Đã nghe: https")
    await page.screenshot(path=PICTURES / "phone.png")
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    boxes = [await button.bounding_box() for button in await page.get_by_role("button").all()]
    assert [box for box in boxes if box and box["height"] < 32] == []
