"""Units and people on a phone and a desk: a list previewed and imported, a code made and printed; journal, health."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, FilePayload, Page, expect

from bot.health import Health
from core.capabilities import ZALO_BOT
from core.message import Address
from core.people import Role, State
from core.platform import Platform
from core.texts import site as frame_texts
from core.texts import site_channels, site_health, site_invites, site_journal
from core.texts import site_import as import_texts
from core.texts import site_units as texts
from knowledge.shelf import Shelf
from records import contacts, groups, memberships, people
from records.session import open_engine, opener
from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform
from tests.web.dossier_stage import DossierStage
from tests.web.site_stage import SteadyServer, path_in, site_of
from tests.web.units_stage import UNITS

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

LIST = """name,unit,role,phone
Nguyễn Thị Lan,VB-HOAPHUONG,teacher,0912345678
Đoàn Thị Mỹ Duyên,VB-HOAPHUONG,teacher,0987654321
Lê Thị Thu Trang,VB-ANHDUONG,teacher,
Trần Thị Mai,VB-ANHDUONG,principal,
"""


@pytest_asyncio.fixture(loop_scope="session")
async def here(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[DossierStage, TestServer]]:
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    stage.store.root.mkdir(parents=True, exist_ok=True)
    async with stage.begin() as session:
        for number, unit in enumerate(("VB-HOAPHUONG", "VB-HOAPHUONG", "VB-ANHDUONG")):
            await groups.bind(session, Address("telegram", f"-{number}"), unit)
        await contacts.lose_group(session, Address("telegram", "-2"), stage.clock())
        waiting = await people.add_person(session, "Bùi Thị Hà", "VB-HOAPHUONG", Role.TEACHER, member=False)
        await people.link(session, "telegram", "ha", waiting.id, stage.clock())
        await memberships.add(session, waiting.id, waiting.unit, waiting.role, stage.clock(), State.PENDING)
    zalo = FakePlatform("zalo_bot", ZALO_BOT)
    platforms: dict[str, Platform] = {"telegram": stage.school.platform, zalo.name: zalo}
    connected = {"telegram": True, zalo.name: False}
    health = Health(stage.clock, stage.store.root, Shelf(), platforms, connected, None)
    await health.look()
    health.ran("wake", True)
    server = SteadyServer(site_of(stage, secure=False, machine=health.machine))
    await server.start_server()
    yield stage, server
    await server.close()
    await engine.dispose()


async def fits(page: Page, picture: str) -> None:
    """No complaint, nothing wider than the page; seen."""
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    await page.screenshot(path=PICTURES / f"{picture}.png", full_page=True)


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (DESK, False)], ids=["phone-dark", "desk"])
async def test_an_officer_imports_invites_and_looks_after_her_units(
    browser: Browser, here: tuple[DossierStage, TestServer], size: tuple[int, int], dark: bool
) -> None:
    stage, server = here
    name = "phone" if size == PHONE else "desk"
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light"
    )
    page = await context.new_page()
    await page.goto(str(server.make_url(path_in(await stage.says("hanh", "trang quản lý")))))
    await page.get_by_role("button", name=frame_texts.ENTER).click()

    await page.get_by_role("link", name=texts.TITLE).click()
    row = page.get_by_role("row", name="Ánh Dương")
    await expect(row).to_contain_text("nhóm mất liên lạc")
    await fits(page, f"units-{name}")
    await page.get_by_role("link", name="MN Hoa Phượng").click()
    await fits(page, f"unit-{name}")
    await page.get_by_role("button", name=f"{texts.LET_IN}: Bùi Thị Hà").click()
    await expect(page.get_by_role("status")).to_contain_text("Đã nhận Bùi Thị Hà")

    await page.get_by_role("link", name=texts.IMPORT).click()
    await page.get_by_label(import_texts.KIND).select_option("people")
    file: FilePayload = {"name": "danh-sach.csv", "mimeType": "text/csv", "buffer": LIST.encode()}
    await page.get_by_label(import_texts.FILE).set_input_files(file)
    await fits(page, f"import-{name}")
    await page.get_by_role("button", name=import_texts.LOOK).click()
    await expect(page.get_by_text(import_texts.counts(2, 1, 1, 0))).to_be_visible()
    await fits(page, f"import-preview-{name}")
    await page.get_by_role("button", name=import_texts.APPLY).click()
    await expect(page.get_by_role("status")).to_have_text(import_texts.imported("people", 2, 1))

    await page.goto(str(server.make_url(f"{UNITS}?ma=VB-HOAPHUONG")))
    await expect(page.get_by_role("row", name="Đoàn Thị Mỹ Duyên")).to_contain_text(texts.NOT_LINKED)
    await page.get_by_role("link", name=texts.INVITE).click()
    await page.get_by_label(site_invites.USES).fill("12")
    await page.get_by_role("button", name=site_invites.MAKE).click()
    code = await page.locator(".big-code").inner_text()
    await fits(page, f"invite-{name}")
    async with context.expect_page() as opening:
        await page.get_by_role("link", name=site_invites.POSTER).click()
    poster = await opening.value
    await poster.wait_for_load_state()
    await expect(poster.locator(".code")).to_contain_text(code[:4])
    assert await poster.evaluate("getComputedStyle(document.querySelector('h1')).color") == "rgb(11, 107, 87)"
    await poster.screenshot(path=PICTURES / f"poster-{name}.png", full_page=True)
    await poster.close()

    await page.get_by_role("link", name=site_journal.TITLE).click()
    await expect(page.get_by_role("row", name=site_journal.ACTS["nhapdanhsach"]).first).to_contain_text("Vũ Thị Hạnh")
    await fits(page, f"journal-{name}")
    await page.get_by_role("link", name=site_health.TITLE).click()
    await expect(page.get_by_role("row", name=site_health.channel("zalo_bot"))).to_contain_text(site_health.CHANNEL_BAD)
    await fits(page, f"health-{name}")
    await page.goto(str(server.make_url("/trang-quan-ly/kenh")))
    await expect(page.get_by_role("heading", level=1)).to_have_text(site_channels.TITLE)
    await fits(page, f"channels-{name}")
    await context.close()
