"""Late schools are written to from the staff site: once, in their own chat; what they say there shows on the page."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from playwright.async_api import Browser, expect

from core.evidence import State
from core.texts import notices as chat_texts
from core.texts import site as site_texts
from core.texts import site_calendar as calendar_texts
from core.texts import site_notices as texts
from records.session import open_engine, opener
from tests.browser.conftest import DESK, PICTURES
from tests.browser.test_accessibility import complaints
from tests.fakes.clock import StillClock
from tests.noticing.stage import GROUP_A
from tests.web.dossier_stage import JPEG, WEIGHING
from tests.web.notice_stage import NOTICES, WRITE, NoticeStage
from tests.web.site_stage import SteadyServer, path_in, site_of

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

PHONE = (390, 780)


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[NoticeStage, SteadyServer]]:
    engine = open_engine(sqlite_url)
    stage = NoticeStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    stage.clock.move(timedelta(days=2))  # weighing was due on the 5th
    await stage.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED, "VB-ANHDUONG")
    server = SteadyServer(site_of(stage, secure=False))
    await server.start_server()
    yield stage, server
    await server.close()
    await engine.dispose()


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk"])
async def test_late_schools_are_written_to_once(
    browser: Browser, here: tuple[NoticeStage, SteadyServer], size: tuple[int, int], dark: bool, faults: list[str]
) -> None:
    stage, server = here
    name = "phone" if size == PHONE else "desk"
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", locale="vi-VN"
    )
    page = await context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(str(server.make_url(path_in(await stage.says("hanh", "trang quản lý")))))
    await page.get_by_role("button", name=site_texts.ENTER).click()

    async def looks(what: str) -> None:
        assert await complaints(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        await page.screenshot(path=PICTURES / f"site-{what}-{name}.png", full_page=True)

    await page.goto(str(server.make_url(f"{WRITE}?viec={WEIGHING}&tre=1")))
    preview = page.get_by_role("region", name=texts.PREVIEW)
    await expect(preview).to_contain_text("Nơi nhận: 1 (1 nhóm)")
    await looks("notice-late")

    words = page.get_by_label(texts.TEXT)
    await words.fill("Nhờ thầy/cô nộp giúp trong hôm nay.")
    await expect(preview.locator(".bubble")).to_contain_text("Nhờ thầy/cô nộp giúp trong hôm nay.")
    await page.get_by_label(texts.WORDS_LABEL).fill("các trường tư thục")
    await expect(preview).to_contain_text(chat_texts.NOBODY)  # the one that there is has handed it in
    await page.get_by_label(texts.SEARCH).fill("hoa phuong")
    await expect(page.get_by_role("checkbox", name="Ánh Dương")).to_be_hidden()
    await page.get_by_role("checkbox", name="Hoa Phượng").check()
    await expect(page.get_by_role("radio", name=texts.BY_TICKING)).to_be_checked()
    await expect(preview).to_contain_text("Nơi nhận: 1 (1 nhóm)")
    await looks("notice-write")

    await page.get_by_role("button", name=chat_texts.SEND, exact=False).first.click()
    await expect(page.get_by_role("heading", level=1)).to_contain_text("đang gửi")
    await stage.rounds()
    [one] = stage.notices_in(GROUP_A)
    assert "Nhờ thầy/cô nộp giúp trong hôm nay." in one.text
    assert stage.notices_in("mai") == []
    await expect(page.get_by_role("heading", level=1)).to_contain_text("đã xong")
    assert await stage.taps_on(GROUP_A, "lan", 0, chat_texts.ACK)
    await expect(page.get_by_role("row", name="Hoa Phượng")).to_contain_text("Nguyễn Thị Lan")
    await looks("notice-progress")
    await page.goto(str(server.make_url(NOTICES)))
    await expect(page.get_by_role("listitem")).to_contain_text("1/1")
    await looks("notices")
    await stage.rounds()
    assert len(stage.notices_in(GROUP_A)) == 1

    await page.get_by_role("link", name=calendar_texts.CALENDAR, exact=True).click()
    due = page.get_by_role("link", name="trước 05/12: Tổ chức cân").filter(visible=True)
    await expect(due.first).to_have_attribute("href", "/trang-quan-ly?thang=2023-12")
    assert await page.get_by_role("columnheader", name="thứ Hai").is_visible() is (size == DESK)
    await page.locator("details.reminds").filter(visible=True).first.click()
    await looks("calendar")
    await context.close()
