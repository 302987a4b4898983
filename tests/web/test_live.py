"""The stream that tells open pages of changes: at once, to who is signed in alone, saying nothing else."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient, TestServer

from core.evidence import State
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage
from tests.web.site_stage import BOARD, path_in, site_of
from tests.web.test_sign_in import Client, enters
from web.site.live import BEATS

STREAM = f"{BOARD}/thay-doi"


class Pauses:
    """Between two looks: over when the test says so."""

    def __init__(self) -> None:
        self.begun, self.over = asyncio.Event(), asyncio.Event()

    async def __call__(self) -> None:
        self.begun.set()
        await self.over.wait()
        self.over.clear()

    async def end(self) -> None:
        """Another look has been taken."""
        await self.begun.wait()
        self.begun.clear()
        self.over.set()
        await self.begun.wait()


@pytest.fixture
def pauses() -> Pauses:
    return Pauses()


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    return stage


@pytest.fixture
async def client(here: DossierStage, pauses: Pauses) -> AsyncIterator[Client]:
    async with TestClient(TestServer(site_of(here, secure=False, pause=pauses))) as client:
        yield client


async def told(stream: ClientResponse) -> str:
    """The next pulse."""
    while not (line := (await stream.content.readline()).decode()).startswith("data: "):
        assert line, "the stream has ended"
    return line.removeprefix("data: ").strip()


async def test_what_is_handed_in_is_told_once_to_every_open_page(
    here: DossierStage, client: Client, pauses: Pauses
) -> None:
    assert (await client.get(STREAM)).status == 403
    await enters(client, path_in(await here.says("hanh", "trang quản lý")))
    page = await (await client.get(BOARD)).text()
    streams = [await client.get(STREAM) for _ in range(2)]
    first = [await told(stream) for stream in streams]
    assert f'data-pulse="{first[0]}"' in page  # nothing has changed since it was shown
    await pauses.end()
    code = await here.gives(WEIGHING, {"a.jpg": JPEG}, State.SUBMITTED)
    await pauses.end()
    for stream in streams:
        while (now := await told(stream)) == first[0]:
            pass  # what the first look found
        assert code not in now
        assert "HOAPHUONG" not in now
    assert f'data-pulse="{now}"' in await (await client.get(BOARD)).text()


async def test_it_ends_with_the_session_and_does_not_prolong_it(
    here: DossierStage, client: Client, pauses: Pauses
) -> None:
    await enters(client, path_in(await here.says("hanh", "trang quản lý")))
    stream = await client.get(STREAM)
    await told(stream)
    for _ in range(2 * BEATS):
        await pauses.end()
    here.clock.move(timedelta(hours=12))
    left = asyncio.create_task(stream.content.read())
    while not left.done():
        pauses.over.set()
        await asyncio.sleep(0)
    assert b"data:" not in left.result().partition(b"still here")[2]
    assert (await client.get(BOARD)).status == 403


async def test_the_server_can_stop_while_pages_are_open(here: DossierStage, pauses: Pauses) -> None:
    async with TestClient(TestServer(site_of(here, secure=False, pause=pauses))) as client:
        await enters(client, path_in(await here.says("hanh", "trang quản lý")))
        stream = await client.get(STREAM)
        await told(stream)
        await client.server.close()
        await stream.read()
        assert stream.content.at_eof()
