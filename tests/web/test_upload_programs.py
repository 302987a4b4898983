"""The upload page takes no programs and no pages that run something, whatever they are called."""

from base64 import b64encode
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from core.texts import files as texts
from records.session import Begin
from scheduler.looking import Looker
from tests.fakes.clock import StillClock
from tests.web.file_stage import FileStage

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

Client = TestClient[Request, Application]
TUS = {"Tus-Resumable": "1.0.0"}
PROGRAM = b"MZ\x90\0\3\0\0\0\4\0\0\0\xff\xff\0\0" + bytes(100)


@pytest.fixture
def stage(begin: Begin, clock: StillClock, tmp_path: Path) -> FileStage:
    stage = FileStage(begin, clock, tmp_path / "files")
    stage.look = Looker(begin, stage.store, clock).look
    return stage


@pytest.fixture
async def client(stage: FileStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(stage.app())) as client:
        yield client


async def begins(client: Client, page: str, name: str) -> tuple[int, str, str]:
    about = {"Upload-Length": str(len(PROGRAM)), "Upload-Metadata": f"filename {b64encode(name.encode()).decode()}"}
    answer = await client.post(f"{page}/files", headers=TUS | about)
    return answer.status, await answer.text(), answer.headers.get("Location", "")


async def test_the_page_says_what_is_taken(stage: FileStage, client: Client) -> None:
    assert texts.TAKEN in await (await client.get(await stage.opened())).text()


@pytest.mark.parametrize("name", ["cài đặt.exe", "trang.HTML", "hình.svg", "a.pdf.js", "a.bat.", "b.lnk"])
async def test_what_is_called_so_is_not_even_begun(stage: FileStage, client: Client, name: str) -> None:
    page = await stage.opened()
    assert (await begins(client, page, name))[:2] == (400, texts.PROGRAM)
    form = FormData()
    form.add_field("files", BytesIO(PROGRAM), filename=name)
    answer = await client.post(page, data=form)
    assert (answer.status, texts.PROGRAM in await answer.text()) == (400, True)
    assert stage.kept() == []


async def test_a_program_under_another_name_is_refused_and_not_kept(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    status, _, part = await begins(client, page, "báo cáo.pdf")
    assert status == 201
    headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    assert (await client.patch(part, data=BytesIO(PROGRAM), headers=headers)).status == 204
    assert "Là chương trình máy tính nên không nhận" in await (await client.get(page)).text()
    done = await (await client.post(f"{page}/done")).text()
    assert "Không nhận vì là chương trình máy tính: báo cáo.pdf." in done
    assert await stage.said() == [f"báo cáo.pdf là chương trình hoặc trang web nên tôi không nhận. {texts.TAKEN}"]
    assert await stage.received() == [("báo cáo.pdf", "refused")]
    assert stage.kept() == []
