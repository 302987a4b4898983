"""A real Chromium on the real page; skipped, with a word on how to get it, where there is none."""

import asyncio
import re
import shutil
import socket
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp.test_utils import TestServer
from playwright.async_api import Browser, Page, async_playwright, expect

from tests.web.stage import Stage, stage

ROOT = Path(__file__).parents[2]
PICTURES = ROOT / "artefacts"
PHONE, DESK = (360, 740), (1280, 800)
PATIENCE = 60  # seconds for the demo to read its samples on a slow machine
MISSING = "no Chromium on the path; on Debian or Ubuntu: apt-get install chromium"
QUIET = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


expect.set_options(timeout=20_000)  # milliseconds; a slow machine needs more than the usual five seconds


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    path = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if path is None:
        pytest.skip(MISSING)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=QUIET)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(loop_scope="session")
async def site(tmp_path: Path) -> AsyncIterator[tuple[Stage, str]]:
    """The stage, and the address of its server."""
    built = stage(folder=tmp_path / "sent")
    server = TestServer(built.app)
    await server.start_server()
    yield built, str(server.make_url("/chat"))
    await server.close()


Open = Callable[..., Awaitable[Page]]


@pytest_asyncio.fixture(loop_scope="session")
async def faults() -> AsyncIterator[list[str]]:
    """What the browser complained of: script errors, refused resources. Any left at the end fails the test."""
    found: list[str] = []
    yield found
    assert found == []


@pytest_asyncio.fixture(loop_scope="session")
async def open_page(browser: Browser, site: tuple[Stage, str], faults: list[str]) -> AsyncIterator[Open]:
    """Opens the page in a given size and colour scheme."""

    contexts = []

    async def open_one(size: tuple[int, int] = DESK, dark: bool = False) -> Page:
        context = await browser.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="vi-VN",
        )
        contexts.append(context)
        context.set_default_timeout(10_000)
        page = await context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if said.type == "error" else None)
        await page.goto(site[1])
        return page

    yield open_one
    for context in contexts:
        await context.close()


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def demo(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[str]:
    """The address that the demo prints once it is open."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "bot.py", "demo", "--no-open", "--port", str(free_port())),
        cwd=ROOT,
        env={"NHACVIEC_DATA_DIR": str(tmp_path_factory.mktemp("demo")), "PYTHONUTF8": "1"},
        stderr=asyncio.subprocess.PIPE,
    )
    assert process.stderr is not None
    said = ""
    async with asyncio.timeout(PATIENCE):
        while not (address := re.search(r"http://\S+/chat", said)):
            line = (await process.stderr.readline()).decode()
            assert line, f"the demo ended: {said}"
            said += line
    rest = asyncio.create_task(process.stderr.read())  # so that it never waits for us to read
    yield address.group()
    process.terminate()
    await process.wait()
    await rest
