"""Photos and files on the chat page: chosen, looked at, removed, sent, seen by others, and sent again after trouble."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from zlib import crc32

import pytest
from playwright.async_api import FileChooser, FilePayload, Locator, Page, Route, expect
from playwright.async_api import TimeoutError as NoWindow

from core.message import Address, FileOut, Outbound
from tests.browser.conftest import DESK, PHONE, PICTURES, Open
from tests.browser.test_accessibility import complaints
from tests.browser.test_chat_page import GROUP, ask, be, log
from tests.media.made import photo, saved
from tests.web.stage import Stage

pytestmark = pytest.mark.asyncio(loop_scope="session")  # the browser is shared

Sent = FilePayload


def picture(name: str, side: int = 640) -> Sent:
    """A photo, another for every name."""
    return {"name": name, "mimeType": "image/png", "buffer": saved(photo(crc32(name.encode()), (side, side)), "PNG")}


def paper(name: str, size: int = 35_000) -> Sent:
    return {"name": name, "mimeType": "application/pdf", "buffer": b"%PDF-1.4 " + b"x" * size}


async def choose(page: Page, *files: Sent, room: str = "private") -> None:
    """As if picked in the window that the button opens."""
    button = page.locator(f"[data-room={room}]").get_by_role("button", name="Đính kèm ảnh, tệp")
    await (await picker(page, button.click)).set_files(list(files))


async def picker(page: Page, opens: Callable[[], Awaitable[None]]) -> FileChooser:
    """The window that this opens. Done once more where it does not come: a browser under load drops it now and then."""
    for patience in (3_000, 20_000):  # milliseconds
        with suppress(NoWindow):
            async with page.expect_file_chooser(timeout=patience) as chooser:
                await page.evaluate("0")  # answered once the browser knows that the window is ours
                await opens()
            return await chooser.value
    raise AssertionError("no window to pick files")


def tray(page: Page, room: str = "private") -> Locator:
    return page.locator(f"[data-room={room}]").get_by_role("list", name="Tệp sẽ gửi")


async def seen(element: Locator) -> bool:
    """Whether a picture is loaded, or drawn."""
    return bool(
        await element.evaluate(
            """async (one) => {
                if (one instanceof HTMLImageElement) { await one.decode(); return one.naturalWidth > 0; }
                return one.getContext("2d").getImageData(0, 0, 1, 1).data[3] === 255;
            }"""
        )
    )


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
async def test_files_are_looked_at_before_they_are_sent_with_a_word(
    open_page: Open, size: tuple[int, int], dark: bool
) -> None:
    page = await open_page(size, dark)
    name = f"{'phone' if size == PHONE else 'desk'}{'-dark' if dark else ''}"
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "thang nay nop gi?")
    await log(page).get_by_role("button", name="Trả lời tin: Đã nghe: thang nay nop gi?").click()
    await choose(page, picture("lớp lá.png"), picture("lớp mầm.png"), paper("kế hoạch.pdf"))
    await expect(tray(page).get_by_role("listitem")).to_have_count(3)
    assert await seen(tray(page).get_by_role("img", name="Ảnh lớp lá.png"))
    await expect(page.get_by_role("group", name="Tin đang trả lời")).to_contain_text("Đã nghe: thang nay nop gi?")
    assert await complaints(page) == []
    assert await page.evaluate("document.documentElement.scrollWidth") == size[0]
    await page.screenshot(path=PICTURES / f"files-tray-{name}.png")

    await tray(page).get_by_role("button", name="Bỏ lớp mầm.png").click()
    await expect(tray(page).get_by_role("button", name="Bỏ kế hoạch.pdf")).to_be_focused()
    await ask(page, "cân đo")
    await expect(log(page)).to_contain_text("Đã nghe: cân đo")
    mine = log(page).locator(".said.mine").last
    await expect(mine).to_contain_text("Trả lời tin: Đã nghe: thang nay nop gi?")
    await expect(mine.get_by_role("link")).to_have_count(2)
    await expect(tray(page)).to_be_hidden()
    await expect(page.get_by_role("group", name="Tin đang trả lời")).to_be_hidden()
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / f"files-sent-{name}.png")


async def test_own_pictures_are_there_after_a_reload_and_open_whole(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await choose(page, picture("lớp lá.png"), paper("kế hoạch.pdf"))
    await page.get_by_role("button", name="Gửi", exact=True).first.click()
    await expect(log(page).get_by_role("link", name="Ảnh lớp lá.png")).to_be_visible()
    await page.reload()
    image = log(page).get_by_role("img", name="Ảnh lớp lá.png")
    await expect(image).to_be_visible()
    assert await seen(image)
    assert await image.evaluate("one => one.width === one.height && one.loading === 'lazy'")
    await expect(log(page).get_by_role("link", name="kế hoạch.pdf 35 kB")).to_be_visible()
    async with page.context.expect_page() as opened:
        await log(page).get_by_role("link", name="Ảnh lớp lá.png").click()
    assert "/chat/files/" in (await opened.value).url


async def test_colleagues_see_the_pictures_in_the_group(open_page: Open) -> None:
    lan, huong = await open_page(), await open_page()
    await be(lan, "Nguyễn Thị Lan")
    await be(huong, "Phạm Thị Hương")
    await choose(lan, picture("sân trường.png"), room="group")
    await lan.get_by_role("textbox", name="Tin gửi vào nhóm").press("Enter")
    await expect(log(huong, GROUP)).to_contain_text("Nguyễn Thị Lan:")
    assert await seen(log(huong, GROUP).get_by_role("img", name="Ảnh sân trường.png"))


async def test_pictures_and_files_of_the_bot_are_shown_and_what_cannot_be_shown_is_a_link(
    open_page: Open, site: tuple[Stage, str], faults: list[str]
) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    files = (
        FileOut("biểu tượng", "image/svg+xml", 900, PICTURES, "http://elsewhere.example/static/icon.svg"),
        FileOut("hỏng.heic", "image/heic", 2_500_000, PICTURES, "http://elsewhere.example/static/chat.css"),
        FileOut("số liệu.xlsx", "application/x", 12_300, PICTURES, "http://elsewhere.example/f/x"),
        FileOut("không có địa chỉ.pdf", "application/pdf", 700, PICTURES),
    )
    await site[0].chat.send(Outbound(Address("web", "lan"), "Bốn tệp", files=files))
    reply = log(page).locator(".said.bot")
    assert await seen(reply.get_by_role("img", name="Ảnh biểu tượng"))
    await expect(reply.get_by_role("link", name="hỏng.heic 2,5 MB")).to_be_visible()
    await expect(reply.get_by_role("link", name="số liệu.xlsx 12 kB")).to_be_visible()
    await expect(reply.get_by_role("link")).to_have_count(3)
    await expect(reply).to_contain_text("không có địa chỉ.pdf 700 byte")
    faults.clear()  # the broken picture


async def test_how_far_it_is_shows_while_files_are_sent(open_page: Open) -> None:
    page, released = await open_page(PHONE), asyncio.Event()
    await be(page, "Nguyễn Thị Lan")

    async def hold(route: Route) -> None:
        if "hai.png" in route.request.url:
            await released.wait()
        await route.continue_()

    await page.route("**/chat/files?**", hold)
    await choose(page, picture("một.png"), picture("hai.png"))
    await ask(page, "đây ạ")
    bar = log(page).get_by_role("progressbar", name="Đang gửi tệp")
    await bar.evaluate(  # the first has arrived; `wait_for_function` would be refused by the page's policy
        "bar => new Promise(so => { const look = () => bar.value > 0.4 ? so() : requestAnimationFrame(look); look(); })"
    )
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / "files-sending.png")
    released.set()
    await expect(bar).to_have_count(0)
    await expect(log(page)).to_contain_text("Đã nghe: đây ạ")


async def test_what_failed_is_kept_and_sent_again_under_the_same_ids(
    open_page: Open, site: tuple[Stage, str], faults: list[str]
) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    asked: list[str] = []

    async def cut(route: Route) -> None:
        asked.append(route.request.url)
        await (route.abort() if len(asked) == 2 else route.continue_())

    await page.route("**/chat/files?**", cut)
    await choose(page, picture("một.png"), picture("hai.png"))
    await ask(page, "đây ạ")
    await expect(log(page)).to_contain_text("Chưa gửi được.")
    assert await complaints(page) == []
    await page.screenshot(path=PICTURES / "files-failed.png")
    assert site[0].brain.stored == {}
    await page.get_by_role("button", name="Gửi lại").click()
    await expect(log(page)).to_contain_text("Đã nghe: đây ạ")
    await expect(log(page).locator(".said")).to_have_count(2)
    assert [asked[1]] == asked[2:]  # the first had arrived, the second kept its id
    assert len(site[0].brain.stored) == 1
    faults.clear()


@pytest.mark.parametrize(
    ("files", "told", "left"),
    [
        ([paper("to.pdf", 60_000)], "to.pdf lớn hơn 50 kB. Thầy/cô nhắn /nop", 0),
        ([{"name": "rỗng.pdf", "mimeType": "x/y", "buffer": b""}], "rỗng.pdf không có gì bên trong", 0),
        ([paper(f"{n}.pdf", 10) for n in range(12)], "Mỗi tin gửi được 10 tệp.", 10),
    ],
    ids=["large", "empty", "many"],
)
async def test_what_cannot_be_sent_is_said_at_once(open_page: Open, files: list[Sent], told: str, left: int) -> None:
    page = await open_page()
    await page.evaluate("document.querySelector('.panes').dataset.biggest = 50_000")
    await be(page, "Nguyễn Thị Lan")
    await choose(page, *files)
    await expect(page.locator("#line")).to_contain_text(told)
    await expect(tray(page).locator("li")).to_have_count(left)


async def test_files_are_pasted_and_dropped_and_words_are_pasted_as_words(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    act = """([selector, kind, name, words]) => {
        const data = new DataTransfer();
        data.items.add(new File(["abc"], name, { type: "application/pdf" }));
        if (words) data.setData("text/plain", words);
        const all = { clipboardData: data, dataTransfer: data, bubbles: true, cancelable: true };
        const event = kind === "paste" ? new ClipboardEvent(kind, all) : new DragEvent(kind, all);
        document.querySelector(selector).dispatchEvent(event);
    }"""
    await page.evaluate(act, ["#private-text", "paste", "dán.pdf", ""])
    await page.evaluate(act, ["#private-text", "paste", "từ Word.pdf", "các trường nộp"])
    await page.evaluate(act, ["[data-room=private] .log", "dragover", "thả.pdf", ""])
    await expect(page.locator("[data-room=private]")).to_have_class("pane preparing dropping")
    await page.evaluate(act, ["[data-room=private] .log", "drop", "thả.pdf", ""])
    await expect(tray(page).get_by_role("listitem")).to_have_text(["dán.pdf3 byte✕", "thả.pdf3 byte✕"])
    await expect(page.locator("[data-room=private]")).to_have_class("pane preparing")


async def test_a_reply_is_given_up_by_escape_and_all_works_by_keyboard(open_page: Open) -> None:
    page = await open_page()
    await be(page, "Nguyễn Thị Lan")
    await ask(page, "hạn?")
    back = log(page).get_by_role("button", name="Trả lời tin: Đã nghe: hạn?")
    await back.focus()
    await page.keyboard.press("Enter")
    box = page.get_by_role("textbox", name="Câu hỏi")
    await expect(box).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("group", name="Tin đang trả lời")).to_be_hidden()
    await expect(box).to_be_focused()
    await page.keyboard.press("Shift+Tab")
    await expect(page.get_by_role("button", name="Đính kèm ảnh, tệp").first).to_be_focused()
    await (await picker(page, lambda: page.keyboard.press("Enter"))).set_files([paper("kế hoạch.pdf")])
    await expect(box).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(log(page).get_by_role("link", name="kế hoạch.pdf 35 kB")).to_be_visible()
