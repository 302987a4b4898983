"""The consent page in a real Chromium, on a phone: opened from the link, through Zalo's page, and back."""

import pytest
from playwright.async_api import Browser, expect

from core.texts import consent as texts
from records.session import open_engine, opener
from tests.browser.conftest import PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.fakes.clock import StillClock
from tests.web.consent_stage import operating

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared


@pytest.mark.covers("E2.1")
@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_an_administrator_consents_with_one_tap(browser: Browser, sqlite_url: str, scheme: str) -> None:
    engine, faults = open_engine(sqlite_url), list[str]()
    async with operating(opener(engine), StillClock()) as operator:
        size = {"width": PHONE[0], "height": PHONE[1]}
        context = await browser.new_context(viewport=size, color_scheme=scheme)  # type: ignore[arg-type]
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)

        link = await operator.consent.link()
        await page.goto(link)
        await expect(page.get_by_text(texts.ASK)).to_be_visible()
        assert await complaints(page) == []
        assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
        await page.screenshot(path=PICTURES / f"consent-{scheme}.png")

        await page.get_by_role("link", name="Cấp quyền cho Nhắc Việc").click()
        await expect(page.get_by_role("status")).to_have_text(texts.DONE)
        assert await complaints(page) == []
        assert operator.oauth.is_valid(await operator.tokens.access())
        assert faults == []

        await page.goto(link)
        await expect(page.get_by_role("alert")).to_have_text(texts.LINK_WRONG)
        assert await complaints(page) == []
        await page.screenshot(path=PICTURES / f"consent-used-{scheme}.png")
        await context.close()
    await engine.dispose()
