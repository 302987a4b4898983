"""The upload page on a small phone, in a real browser: several files, a broken connection, the keyboard, axe."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, Route, expect

from core.texts.files import EMPTY
from records.session import open_engine, opener
from tests.browser.conftest import PHONE, PICTURES
from tests.browser.test_accessibility import complaints
from tests.fakes.clock import StillClock
from tests.web.file_stage import FileStage

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

BIG = bytes(range(256)) * 4096 * 3  # 3 MiB: three pieces


@pytest_asyncio.fixture(loop_scope="session")
async def stage(sqlite_url: str, tmp_path: Path) -> AsyncIterator[FileStage]:
    engine = open_engine(sqlite_url)
    yield FileStage(opener(engine), StillClock(), tmp_path / "files")
    await engine.dispose()


@pytest_asyncio.fixture(loop_scope="session")
async def page(browser: Browser, stage: FileStage, faults: list[str]) -> AsyncIterator[Page]:
    server = TestServer(stage.app())
    await server.start_server()
    context = await browser.new_context(viewport={"width": PHONE[0], "height": PHONE[1]}, locale="vi-VN")
    page = await context.new_page()
    page.on("pageerror", lambda error: faults.append(str(error)))
    await page.goto(str(server.make_url(await stage.opened())))
    yield page
    await context.close()
    await server.close()


def named(name: str, data: bytes) -> dict[str, object]:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


async def choose(page: Page, *sent: dict[str, object]) -> None:
    await page.get_by_label("Chọn tệp để gửi").set_input_files(list(sent))  # type: ignore[arg-type]


async def test_several_files_are_sent_and_the_chat_is_told(page: Page, stage: FileStage) -> None:
    await expect(page.get_by_role("button", name="Xong")).to_be_disabled()
    await page.screenshot(path=PICTURES / "upload-first.png")
    assert await complaints(page) == []
    await choose(page, named("Kế hoạch tháng 12.pdf", b"%PDF-1.4 " + b"x" * 34_991), named("phim.mp4", BIG))
    done = page.get_by_role("button", name="Xong, đã gửi 2 tệp")
    await expect(done).to_be_enabled()
    await page.screenshot(path=PICTURES / "upload-done.png")
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == PHONE[0]
    await done.focus()
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("heading", name="Liên kết này đã dùng xong")).to_be_visible()
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / "upload-closed.png")
    [text] = await stage.said()
    named_there = text.removeprefix("Đã nhận ").partition(" (")[0]
    assert {*named_there.split(", ")} == {"phim.mp4", "Kế hoạch tháng 12.pdf"}
    assert BIG in stage.kept()


async def test_a_broken_connection_is_waited_out(page: Page, stage: FileStage) -> None:
    broken: list[Route] = []

    async def cut(route: Route) -> None:
        if route.request.method == "PATCH" and len(broken) < 2 and route.request.headers["upload-offset"] != "0":
            broken.append(route)
            await route.abort("connectionreset")
        else:
            await route.continue_()

    await page.route("**/files/**", cut)
    await choose(page, named("phim.mp4", BIG))
    await expect(page.get_by_text("Mất kết nối, đang thử lại")).to_be_visible()
    await page.screenshot(path=PICTURES / "upload-broken.png")
    await expect(page.get_by_role("button", name="Xong, đã gửi 1 tệp")).to_be_enabled()
    assert len(broken) == 2
    assert stage.kept() == [BIG]


async def test_after_a_reload_the_same_file_goes_on_where_it_was(page: Page, stage: FileStage) -> None:
    async def cut(route: Route) -> None:
        late = route.request.method == "PATCH" and route.request.headers["upload-offset"] != "0"
        await (route.abort() if late else route.continue_())

    await page.route("**/files/**", cut)
    await choose(page, named("phim.mp4", BIG))
    await expect(page.get_by_text("Mất kết nối, đang thử lại")).to_be_visible()
    page.on("dialog", lambda dialog: dialog.accept())
    await page.reload()
    await expect(page.get_by_text("Chưa xong: chọn lại tệp này để gửi tiếp")).to_be_visible()
    await page.unroute("**/files/**")
    offsets: list[str] = []
    page.on("request", lambda asked: offsets.append(asked.headers.get("upload-offset", "")))
    await choose(page, named("phim.mp4", BIG))
    await expect(page.get_by_role("button", name="Xong, đã gửi 1 tệp")).to_be_enabled()
    assert "0" not in offsets
    assert stage.kept() == [BIG]


async def test_files_that_were_picked_before_the_script_had_come_are_sent(page: Page, stage: FileStage) -> None:
    coming = asyncio.Event()

    async def slowly(route: Route) -> None:
        await coming.wait()
        await route.continue_()

    await page.route("**/upload.js", slowly)
    await page.reload(wait_until="commit")
    await choose(page, named("a.txt", b"abc"))
    coming.set()
    await expect(page.get_by_role("button", name="Xong, đã gửi 1 tệp")).to_be_enabled()


async def test_what_will_never_be_taken_is_not_offered_again(page: Page) -> None:
    await choose(page, named("trống.pdf", b""), named("ảnh.jpg", b"x" * 9))
    row = page.get_by_role("listitem").filter(has_text="trống.pdf")
    await expect(row).to_contain_text(EMPTY)
    await expect(row.get_by_role("button")).to_have_count(1)
    assert await complaints(page) == []
    await row.get_by_role("button", name="Bỏ trống.pdf").click()
    await expect(page.get_by_role("listitem")).to_have_count(1)
    await expect(page.get_by_role("button", name="Xong, đã gửi 1 tệp")).to_be_enabled()
