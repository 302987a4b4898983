"""The real demo: photos are handed in, looked at, returned with a reason, sent again, accepted; and the upload page."""

import pytest
from playwright.async_api import Browser, Locator, Page, expect

from core.texts import evidence as texts
from core.texts.chat import ANSWERED_IN_PRIVATE
from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.browser.test_demo import answer, become
from tests.browser.test_files import Sent, choose, paper, picture, seen
from tests.media.made import TELLING, telling_jpeg

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

OFFICER, OFFICE = "Vũ Thị Hạnh", "Phòng GDĐT huyện Vĩnh Bảo"
CASTS = {  # the page's size, who hands in, for which school, with which words
    "desk": (DESK, "Phạm Thị Hương", "MN Hoa Phượng", "cân đo lần 2"),
    "phone": (PHONE, "Trần Thị Mai", "Lớp MN độc lập", ""),
}
TYPED = "Thiếu biểu đồ của lớp 3 tuổi"


def bot(page: Page) -> Locator:
    """What the bot says in private."""
    return page.locator("[data-room=private] .said.bot")


async def told(page: Page, text: str) -> Locator:
    """The bot's last message, once it is this one."""
    await expect(bot(page).last).to_contain_text(text)
    return bot(page).last


async def says(page: Page, text: str) -> None:
    await page.get_by_role("textbox", name="Câu hỏi").fill(text)
    await page.keyboard.press("Enter")


async def answers(page: Page, message: Locator, *files: Sent, text: str = "") -> None:
    await message.get_by_role("button", name="Trả lời tin:").click()
    await choose(page, *files)
    await says(page, text)


async def opens(officer: Page, school: str, pictures: int) -> Locator:
    """The submission, with its pictures seen."""
    await says(officer, "duyệt")
    queue = await told(officer, "Đang chờ thầy/cô: 1 lần nộp.")
    await queue.get_by_role("button", name=school).click()
    shown = await told(officer, f"{pictures} ảnh")
    images = shown.get_by_role("img", name="Ảnh ")
    await expect(images).to_have_count(pictures)
    for number in range(pictures):
        assert await seen(images.nth(number))
    return shown


@pytest.mark.parametrize("cast", CASTS)
async def test_photos_are_handed_in_returned_with_a_reason_and_accepted(browser: Browser, demo: str, cast: str) -> None:
    size, principal, school, caption = CASTS[cast]
    hers, his = await become(browser, demo, principal, size), await become(browser, demo, OFFICER, size)

    await answer(hers, "tháng này nộp gì?")
    photos = [picture(f"lớp {n}.png") for n in (1, 2, 3)]
    await answers(hers, bot(hers).last, *photos, text=caption)
    receipt = await told(hers, "Đã nhận 3 ảnh")
    if not caption:
        await receipt.locator(".choice").first.click()
    await told(hers, "Đã ghi là nộp")
    await hers.screenshot(path=PICTURES / f"evidence-1-receipt-{cast}.png")

    shown = await opens(his, school, pictures=3)
    assert await complaints(his) == []
    await his.screenshot(path=PICTURES / f"evidence-2-look-{cast}.png")
    async with his.context.expect_page() as opened:
        await shown.get_by_role("link", name="Ảnh").first.click()
    whole = await opened.value
    assert "/f/" in whole.url
    await whole.close()
    await shown.get_by_role("button", name=texts.SEND_BACK, exact=True).click()
    why = await told(his, texts.WHY)
    if caption:
        await why.get_by_role("button", name=texts.REASONS[0]).click()
    else:
        await says(his, TYPED)
    await told(his, "Đã trả lại")

    returned = await told(hers, f"{OFFICE} trả lại minh chứng")
    await expect(returned).to_contain_text(f"Lý do: {texts.REASONS[0] if caption else TYPED}")
    assert await complaints(hers) == []
    await hers.screenshot(path=PICTURES / f"evidence-3-returned-{cast}.png")
    chart: Sent = {"name": "biểu đồ.jpg", "mimeType": "image/jpeg", "buffer": telling_jpeg(seed=len(cast))}
    await answers(hers, returned, chart)
    await told(hers, "Đã ghi là nộp")

    shown = await opens(his, school, pictures=1)
    await expect(shown).to_contain_text("Nộp lại sau khi bị trả.")
    await shown.get_by_role("button", name=texts.ACCEPT, exact=True).click()
    await told(his, f"và báo cho {school}")
    await told(hers, "đã nhận minh chứng")
    await hers.screenshot(path=PICTURES / f"evidence-4-accepted-{cast}.png")
    assert await hers.evaluate("document.documentElement.scrollWidth") == size[0]

    await hers.reload()  # all of it is there again
    await told(hers, "đã nhận minh chứng")
    await expect(hers.locator(".said.mine img")).to_have_count(4)
    await in_the_dossier(hers, "biểu đồ.jpg", cast)
    for page in (hers, his):
        await page.context.close()


async def in_the_dossier(hers: Page, name: str, cast: str) -> None:
    """Whoever has the link sees the photo, which tells no place and no device."""
    await says(hers, "/hoso")
    link = (await told(hers, "/dossier/")).get_by_role("link", name="/dossier/")
    async with hers.context.expect_page() as opened:
        await link.click()
    page = await opened.value
    shown = page.get_by_role("link", name=name)
    await expect(shown).to_be_visible()
    await page.screenshot(path=PICTURES / f"evidence-5-dossier-{cast}.png", full_page=True)
    address = await shown.evaluate("link => link.href")
    photo = await (await hers.context.request.get(address)).body()
    assert photo.startswith(b"\xff\xd8\xff")
    assert [word for word in TELLING if word in photo] == []
    await page.close()


async def test_a_teachers_photos_wait_for_the_principal_who_is_asked_at_once(browser: Browser, demo: str) -> None:
    teacher, principal = [await become(browser, demo, name) for name in ("Nguyễn Thị Lan", "Phạm Thị Hương")]
    await says(teacher, "/nop")
    await (await told(teacher, "Thầy/cô nộp cho việc nào?")).locator(".choice").first.click()
    await told(teacher, "Thầy/cô gửi ảnh, tệp ngay tại đây")
    await choose(teacher, picture("sân.png"), paper("biên bản.pdf"))
    await says(teacher, "")
    await told(teacher, "Chờ hiệu trưởng xác nhận")
    asked = await told(principal, "Nguyễn Thị Lan gửi 1 ảnh, 1 tệp cho việc:")
    await asked.get_by_role("button", name=texts.CONFIRM, exact=True).click()
    await told(teacher, "Đã ghi là nộp")
    for page in (teacher, principal):
        await page.context.close()


async def test_what_is_personal_is_answered_in_private(browser: Browser, demo: str) -> None:
    officer = await become(browser, demo, "Chu Văn Khánh")
    await answer(officer, "@Nhắc Việc duyệt", room="group")
    await told(officer, texts.QUEUE_EMPTY)
    await expect(officer.locator("[data-room=group] .said.bot")).to_contain_text(ANSWERED_IN_PRIVATE)
    await officer.context.close()


async def test_the_upload_page_opens_from_the_chat_and_its_receipt_comes_back(browser: Browser, demo: str) -> None:
    teacher = await become(browser, demo, "Lê Thị Hoa")
    await says(teacher, "/nop")
    link = (await told(teacher, "/upload/")).get_by_role("link")
    async with teacher.context.expect_page() as opened:
        await link.click()
    upload = await opened.value
    await upload.get_by_label("Chọn tệp để gửi").set_input_files([picture("sân.png")])
    await upload.get_by_role("button", name="Xong, đã gửi 1 tệp").click()
    await told(teacher, "Đã nhận sân.png")
    await teacher.context.close()
