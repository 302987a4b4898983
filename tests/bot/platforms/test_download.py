"""Files fetched from public addresses: whole or not at all, and never from inside our own network."""

import io
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.platforms.download import MOST_REDIRECTS, download
from core.errors import FetchFailed


class Store:
    """Serves what lies under a path, redirects or breaks off."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.base = ""

    async def handle(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request.path)
        kind, _, number = request.match_info["what"].partition("-")
        if kind == "status":
            return web.Response(status=int(number))
        if kind == "hop":
            raise web.HTTPFound(f"/hop-{int(number) - 1}" if int(number) > 1 else "/bytes-5")
        if kind == "broken":
            response = web.StreamResponse(headers={"Content-Length": "10"})
            await response.prepare(request)
            await response.write(b"12345")
            if request.transport is not None:
                request.transport.abort()
            return response
        return web.Response(body=b"x" * int(number))


@pytest.fixture
async def store() -> AsyncIterator[Store]:
    store = Store()
    app = web.Application()
    app.router.add_get("/{what}", store.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    store.base = f"http://127.0.0.1:{runner.addresses[0][1]}/"
    yield store
    await runner.cleanup()


async def failing(url: str, most: int = 1000, local: bool = True) -> FetchFailed:
    with pytest.raises(FetchFailed) as failed:
        await download(url, io.BytesIO(), most, local=local)
    return failed.value


@pytest.mark.parametrize("path", ["bytes-0", "bytes-1000", "hop-1", f"hop-{MOST_REDIRECTS}"])
async def test_a_file_is_written_whole(store: Store, path: str) -> None:
    into = io.BytesIO()
    await download(store.base + path, into, 1000, local=True)
    assert len(into.getvalue()) == (5 if path.startswith("hop") else int(path.partition("-")[2]))


@pytest.mark.parametrize(
    ("path", "reason", "gone"),
    [
        ("bytes-1001", "too large", True),
        ("status-404", "status 404", True),
        ("status-403", "status 403", True),
        ("status-410", "status 410", True),
        ("status-500", "status 500", False),
        ("status-429", "status 429", False),
        ("broken", "ClientPayloadError", False),
        (f"hop-{MOST_REDIRECTS + 1}", "too many redirects", True),
    ],
)
async def test_what_fails_says_whether_another_try_is_of_use(store: Store, path: str, reason: str, gone: bool) -> None:
    failed = await failing(store.base + path)
    assert (failed.reason, failed.gone) == (reason, gone)


@pytest.mark.parametrize("url", ["", "x", "file:///etc/passwd", "ftp://127.0.0.1/x", "http://", "http://[", "data:,x"])
async def test_only_addresses_of_the_web_are_fetched(url: str) -> None:
    assert (await failing(url)).gone


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "169.254.169.254", "[::1]", "[::ffff:127.0.0.1]", "0.0.0.0", "[fd00::1]"],
)
async def test_addresses_of_our_own_network_are_not_fetched(store: Store, host: str) -> None:
    port = store.base.rsplit(":", 1)[1]
    failed = await failing(f"http://{host}:{port}bytes-5", local=False)
    assert (failed.reason, failed.gone, store.asked) == ("private address", True, [])


@pytest.mark.parametrize("host", ["localhost", "2130706433", "127.1", "0x7f000001"])
async def test_names_of_our_own_machine_are_not_fetched(store: Store, host: str) -> None:
    await failing(f"http://{host}:{store.base.rsplit(':', 1)[1]}bytes-5", local=False)
    assert store.asked == []


async def test_an_address_without_a_server_may_be_tried_again() -> None:
    assert not (await failing("http://127.0.0.1:1/x")).gone
