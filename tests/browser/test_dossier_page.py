"""The page of a dossier on a phone and a desk, in both colour schemes, without scripts: axe, keyboard, links."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, expect

from core.dossier import Cut
from core.evidence import State
from evidence.criteria import give
from evidence.desk import Desk
from knowledge.criteria_lists import criteria_of
from knowledge.criteria_sheets import read_sheet
from records.session import open_engine, opener
from tests.browser.conftest import DESK, PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.evidence.criteria_stage import CriteriaStage
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.media.made import film
from tests.web.dossier_stage import JPEG, PLAN, READY, WEIGHING, DossierStage

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

HOUSE = Path(__file__).parents[2]
WIDER_PHONE = (390, 844)
LONG = "Báo cáo công tác tuyển sinh và các điều kiện chuẩn bị cho năm học mới 2023-2024_ban_chinh_thuc_da_ky.pdf"


@pytest_asyncio.fixture(loop_scope="session")
async def by_criteria(sqlite_url: str, tmp_path: Path) -> AsyncIterator[str]:
    """Of a dossier by the sample set: three of twelve criteria are served, most have points."""
    engine = open_engine(sqlite_url)
    stage = CriteriaStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    sample = HOUSE / "samples" / "criteria" / "truong-hanh-phuc-mau.csv"
    async with stage.begin() as session:
        desk = Desk(session, stage.school.index, stage.clock())
        listed = criteria_of(read_sheet(sample.name, sample.read_bytes()))
        set = (await give(desk, "PGD-VB", "Trường mầm non hạnh phúc (bộ mẫu)", listed, None)).set
    weighed = await stage.gives(
        WEIGHING, {"can do.jpg": JPEG + b"1", LONG: b"%PDF-1.4" + b"x" * 350_000}, State.ACCEPTED
    )
    ready = await stage.gives(READY, {"san choi.jpg": JPEG})
    for code, number in ((weighed, "2.2"), (weighed, "1.3"), (ready, "1.1")):
        await stage.says("huong", f"gắn {code} vào tiêu chí {number}")
    await stage.says("huong", "tự chấm 1.1: 9, 1.2: 8, 1.3: 9,5, 2.2: 10, 3.1: 7")
    server = TestServer(stage.app())
    await server.start_server()
    yield str(server.make_url(await stage.link(Cut(UNIT, criteria=set.id))))
    await server.close()
    await engine.dispose()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [WIDER_PHONE, DESK], ids=["phone", "desk"])
async def test_by_criteria_it_reads_well_and_nobody_is_shut_out(
    browser: Browser, by_criteria: str, faults: list[str], size: tuple[int, int], dark: bool
) -> None:
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", locale="vi-VN"
    )
    page = await context.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    await page.goto(by_criteria)
    whole = page.get_by_role("progressbar").first
    await expect(whole).to_have_accessible_name("3/12 tiêu chí có minh chứng (25%)")
    growth = page.get_by_role("listitem").filter(has_text="2.2 Cân đo, theo dõi biểu đồ tăng trưởng")
    await expect(growth.get_by_text("Tự chấm: 10/10 điểm")).to_be_visible()
    await expect(growth.get_by_text("Đã nhận", exact=True)).to_be_visible()
    await expect(page.get_by_role("link", name="can do.jpg")).to_have_count(2)  # it serves two
    await expect(page.get_by_text("Chưa có minh chứng")).to_have_count(9)
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == size[0]
    name = f"{'desk' if size == DESK else 'phone'}{'-dark' if dark else ''}"
    await page.screenshot(path=PICTURES / f"dossier-criteria-{name}.png", full_page=True)
    async with page.expect_download() as coming:
        await page.get_by_role("link", name="Tải phiếu tự đánh giá (Excel)").click()
    saved = await coming.value
    assert saved.suggested_filename == "Phiếu tự đánh giá Trường mầm non hạnh phúc (bộ mẫu) - MN Hoa Phượng.xlsx"
    assert await saved.failure() is None
    await context.close()


@pytest_asyncio.fixture(loop_scope="session")
async def addresses(sqlite_url: str, tmp_path: Path) -> AsyncIterator[tuple[str, str]]:
    """Of the dossier, and of the same one with blurred faces."""
    engine = open_engine(sqlite_url)
    stage = DossierStage(opener(engine), StillClock(), tmp_path / "files")
    await stage.opens()
    await stage.gives(READY, {LONG: b"%PDF-1.4" + b"x" * 350_000, "anh.jpg": JPEG}, State.ACCEPTED)
    await stage.gives(PLAN, {"kh.pdf": b"%PDF-1.5"}, State.RETURNED)
    await stage.gives(WEIGHING, {"can do.jpg": JPEG + b"1", "phim.mp4": film(9)})
    await stage.blurs(JPEG, JPEG + b"blurred")
    server = TestServer(stage.app())
    await server.start_server()
    plain, blurred = await stage.link(), await stage.link(Cut(UNIT, blurred=True))
    yield str(server.make_url(plain)), str(server.make_url(blurred))
    await server.close()
    await engine.dispose()


@pytest.fixture
def address(addresses: tuple[str, str]) -> str:
    return addresses[0]


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_nobody_is_shut_out(
    browser: Browser, address: str, faults: list[str], size: tuple[int, int], dark: bool
) -> None:
    context = await browser.new_context(
        viewport={"width": size[0], "height": size[1]}, color_scheme="dark" if dark else "light", locale="vi-VN"
    )
    page = await context.new_page()
    page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
    await page.goto(address)
    await expect(page.get_by_role("progressbar").first).to_have_accessible_name("Đã nộp 1/5 việc đến hạn (20%)")
    name = f"{'phone' if size == PHONE else 'desk'}{'-dark' if dark else ''}"
    await page.screenshot(path=PICTURES / f"dossier-{name}.png")
    assert await complaints(page) == []
    await page.get_by_text("việc không nêu hạn").first.click()
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == size[0]
    await page.screenshot(path=PICTURES / f"dossier-{name}-whole.png", full_page=True)
    await context.close()


async def test_it_works_without_scripts_and_by_keyboard(browser: Browser, address: str) -> None:
    context = await browser.new_context(java_script_enabled=False, viewport={"width": PHONE[0], "height": PHONE[1]})
    page = await context.new_page()
    await page.goto(address)
    async with page.expect_download() as coming:
        await _tab_to(page)
        await page.keyboard.press("Enter")
    saved = await coming.value
    assert saved.suggested_filename == "Hồ sơ MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng.zip"
    assert await saved.failure() is None
    await context.close()


async def _tab_to(page: Page) -> None:
    """The first thing that the keyboard reaches is the ZIP."""
    await page.keyboard.press("Tab")
    await expect(page.get_by_role("link", name="Tải cả hồ sơ")).to_be_focused()


async def test_a_link_that_shows_nothing_says_so(browser: Browser, address: str) -> None:
    page = await browser.new_page()
    await page.goto(f"{address}x")
    await expect(page.get_by_role("heading", name="Không có hồ sơ ở đây")).to_be_visible()
    assert await complaints(page) == []
    await page.close()


@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_what_is_left_out_where_faces_are_blurred_is_no_link(
    browser: Browser, addresses: tuple[str, str], size: tuple[int, int]
) -> None:
    context = await browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="vi-VN")
    page = await context.new_page()
    await page.goto(addresses[1])
    await expect(page.get_by_text("Còn 1 ảnh đang che mặt")).to_be_visible()
    await expect(page.get_by_role("link", name="anh.jpg")).to_be_visible()
    for name in ("can do.jpg", "phim.mp4", LONG):
        await expect(page.get_by_text(name)).to_be_visible()
        await expect(page.get_by_role("link", name=name)).to_have_count(0)
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == size[0]
    await page.screenshot(path=PICTURES / f"dossier-faces-{'phone' if size == PHONE else 'desk'}.png", full_page=True)
    await context.close()
