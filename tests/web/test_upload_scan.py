"""The upload page with a scanner: what holds malware is told on the page and in the chat, and not received."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import FormData
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from sqlalchemy import select

from media.clamd import Clamd
from records.evidence_tables import SubmissionRow
from records.session import Begin
from scheduler.looking import Looker
from tests.fakes.clamd import HARM, NAME, FakeClamd
from tests.fakes.clock import StillClock
from tests.web.file_stage import FileStage

Client = TestClient[Request, Application]
CLEAN = b"%PDF-1.4 clean"


@pytest.fixture
async def stage(begin: Begin, clock: StillClock, tmp_path: Path) -> AsyncIterator[FileStage]:
    async with FakeClamd() as clamd:
        stage = FileStage(begin, clock, tmp_path / "files")
        stage.look = Looker(begin, stage.store, clock, Clamd(clamd.address)).look
        yield stage


@pytest.fixture
async def client(stage: FileStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(stage.app())) as client:
        yield client


async def sends(client: Client, page: str, **files: bytes) -> str:
    """The page after it."""
    form = FormData()
    for name, data in files.items():
        form.add_field("files", data, filename=f"{name}.pdf")
    return await (await client.post(page, data=form)).text()


async def test_the_page_and_the_receipt_say_which_file_is_refused(client: Client, stage: FileStage) -> None:
    page = await stage.opened()
    shown = await sends(client, page, good=CLEAN, bad=b"%PDF-1.4 " + HARM)
    assert shown.count("Có mã độc nên không nhận") == 1
    done = await (await client.post(f"{page}/done")).text()
    assert "Đã nhận 1 tệp: good.pdf (14 byte)." in done
    assert "Không nhận vì có mã độc: bad.pdf." in done
    assert await stage.received() == [("bad.pdf", "refused"), ("good.pdf", "stored")]
    [receipt] = await stage.said()
    assert receipt.startswith("Đã nhận good.pdf (14 byte)")
    assert f"bad.pdf có mã độc ({NAME}) nên tôi không nhận." in receipt
    assert stage.kept() == [CLEAN]


async def test_where_all_are_refused_nothing_is_received(client: Client, stage: FileStage) -> None:
    page = await stage.opened()
    await sends(client, page, bad=b"%PDF-1.4 " + HARM)
    done = await (await client.post(f"{page}/done")).text()
    assert "Đã nhận" not in done
    [receipt] = await stage.said()
    assert receipt.startswith("bad.pdf có mã độc")
    async with stage.begin() as session:
        assert (await session.scalars(select(SubmissionRow.handed_in_at))).all() == [None]
    assert stage.kept() == []
