"""The real demo at phone width: an officer sends a plan, settles its doubts, publishes it; a correction comes."""

import pytest
from playwright.async_api import Browser, Page, expect

from core.texts import amendments
from core.texts import drafts as texts
from tests.browser.conftest import PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.browser.test_demo import become
from tests.browser.test_evidence import OFFICE, OFFICER, says, told
from tests.browser.test_files import Sent, choose
from tests.drafting.plans import in_word
from tests.knowledge.library import ROOT

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

CORRECTION = ROOT / "samples" / "corrections" / "vinhbao-dieu-chinh-hoc-ky-1.txt"
NAME = "kế hoạch tháng 12.docx"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PLAN_FILE: Sent = {"name": NAME, "mimeType": WORD, "buffer": in_word()}
QUESTION = "hạn nộp danh sách trẻ học hè tình nguyện?"


async def picks(page: Page, said: str, label: str) -> None:
    message = await told(page, said)
    await message.get_by_role("button", name=label, exact=True).click()


async def shoots(page: Page, name: str) -> None:
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    await page.screenshot(path=PICTURES / f"drafts-{name}.png")


async def _corrects(officer: Page) -> None:
    """The correction that lies among the samples comes."""
    await choose(officer, {"name": CORRECTION.name, "mimeType": "text/plain", "buffer": CORRECTION.read_bytes()})
    await says(officer, "văn bản cần đọc")
    await picks(officer, "Văn bản này đổi hạn 1 việc của văn bản trước", amendments.check_label(1))
    await told(officer, amendments.RIGHT)
    await shoots(officer, "7-change")
    await picks(officer, amendments.RIGHT, amendments.YES)
    await picks(officer, amendments.CONFIRMED, texts.PUBLISH)
    await picks(officer, "Đổi hạn 1 việc của văn bản trước.", texts.PUBLISH)


async def test_a_plan_is_sent_checked_and_published_and_a_teacher_gets_the_new_answer(
    browser: Browser, demo: str
) -> None:
    officer = await become(browser, demo, OFFICER, PHONE)
    teacher = await become(browser, demo, "Nguyễn Thị Lan", PHONE)
    await choose(officer, PLAN_FILE)
    await says(officer, "")
    await told(officer, f"Đã nhận {NAME}")
    await shoots(officer, "1-receipt")
    await picks(officer, f"Đã nhận {NAME}", texts.READ_IT)
    await told(officer, "tôi đọc được 5 việc")
    await shoots(officer, "2-read")
    await picks(officer, "tôi đọc được", "Soát 4 chỗ nghi ngờ")
    await told(officer, "Chỗ nghi ngờ 1/4")
    await shoots(officer, "3-doubt")
    assert await complaints(officer) == []
    await says(officer, "chậm nhất 19/12")
    await picks(officer, "Đã sửa mục 3", texts.DROP_ITEM)
    await picks(officer, "Đã bỏ mục 5", texts.KEEP)
    await picks(officer, "Đã giữ mục 2", texts.KEEP)
    await told(officer, texts.ALL_SETTLED)
    await says(officer, "xem lại")
    await told(officer, "trang 1/1")
    await shoots(officer, "4-review")
    await says(officer, "công bố")
    await told(officer, "Tôi báo cho 2 đơn vị")
    await shoots(officer, "5-preview")
    await picks(officer, "Tôi báo cho 2 đơn vị", texts.PUBLISH)
    await told(officer, "Đã công bố")

    group = teacher.locator("[data-room=group] .said.bot").last
    await expect(group).to_contain_text(f"{OFFICE} có văn bản mới")
    await expect(group).to_contain_text("chậm nhất 19/12/2023")
    await expect(group).not_to_contain_text("28/12/2023")
    await says(teacher, QUESTION)
    await told(teacher, "15/12/2023")
    await shoots(teacher, "6-answer")
    await _corrects(officer)
    group = teacher.locator("[data-room=group] .said.bot").last
    await expect(group).to_contain_text("Đổi hạn: Tổng hợp báo cáo kết quả và thống kê số liệu")
    await says(teacher, "số liệu học kỳ 1 nộp ngày nào?")
    answer = await told(teacher, "(hạn cũ 05/12, đổi từ ngày 01/12 theo Công văn số 735/GDĐT-MN)")
    await expect(answer).to_contain_text("Trước ngày 08/12/2023")
    await shoots(teacher, "8-changed")
    for page in (officer, teacher):
        await page.context.close()
