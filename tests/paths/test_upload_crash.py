"""An upload whose server is killed in the midst of it goes on where it was, and is received once."""

import asyncio
import multiprocessing
import os
import signal
from collections.abc import AsyncIterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import ClientError, ClientSession, UnixConnector, web

from records import uploads
from records.session import Begin, open_engine, opener
from tests.fakes.clock import StillClock
from tests.web.file_stage import FileStage
from web.parts import SAFE_EVERY

BIG = os.urandom(1 << 20) * 40  # bytes
STREAM = {"Content-Type": "application/offset+octet-stream"}

_fork = multiprocessing.get_context("forkserver")


def _serve(url: str, folder: Path, socket_path: str) -> None:
    stage = FileStage(opener(open_engine(url)), StillClock(), folder)
    web.run_app(stage.app(), path=socket_path, print=None, handle_signals=False)


class _Server:
    """A process with the site, at a socket of its own."""

    def __init__(self, url: str, folder: Path, at: Path) -> None:
        self.path = str(at)
        self._process = _fork.Process(target=_serve, args=(url, folder, self.path))
        self._process.start()

    async def ready(self) -> None:
        """Returns once it answers."""
        async with asyncio.timeout(30):
            while True:
                with suppress(OSError):
                    _, writer = await asyncio.open_unix_connection(self.path)
                    writer.close()
                    return
                await asyncio.sleep(0.02)

    def kill(self) -> None:
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -signal.SIGKILL
        self._process.close()


def _over(server: _Server) -> ClientSession:
    return ClientSession("http://localhost", connector=UnixConnector(server.path), headers={"Tus-Resumable": "1.0.0"})


async def _begun() -> AsyncIterator[bytes]:
    """More than what is made safe at once, and then silence."""
    yield BIG[: SAFE_EVERY + 3_000_000]
    await asyncio.Event().wait()


async def _until_safe(stage: FileStage, page: str) -> None:
    """Until the row says that some of it is safe on disk."""
    async with asyncio.timeout(30):
        while True:
            async with stage.begin() as session:
                upload = await uploads.find(session, page.removeprefix("/upload/"))
                assert upload is not None
                parts = await uploads.parts(session, upload.id)
            if parts and parts[0].received >= SAFE_EVERY:
                return
            await asyncio.sleep(0.02)


async def test_an_upload_goes_on_after_its_server_was_killed(
    database_url: str, begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    stage = FileStage(begin, clock, tmp_path / "files")
    page = await stage.opened()
    first = _Server(database_url, stage.folder, tmp_path / "1.sock")
    await first.ready()
    async with _over(first) as http:
        made = await http.post(f"{page}/files", headers={"Upload-Length": str(len(BIG))})
        part = made.headers["Location"]
        sending = asyncio.create_task(http.patch(part, data=_begun(), headers=STREAM | {"Upload-Offset": "0"}))
        await _until_safe(stage, page)
        first.kill()
        with pytest.raises(ClientError):
            await sending
    second = _Server(database_url, stage.folder, tmp_path / "2.sock")
    await second.ready()
    async with _over(second) as http:
        offset = int((await http.head(part)).headers["Upload-Offset"])
        assert offset >= SAFE_EVERY
        rest = BytesIO(BIG[offset:])
        assert (await http.patch(part, data=rest, headers=STREAM | {"Upload-Offset": str(offset)})).status == 204
        await http.post(f"{page}/done")
    second.kill()
    assert stage.kept() == [BIG]
    assert len(await stage.said()) == 1
    assert [state for _, state in await stage.received()] == ["stored"]
