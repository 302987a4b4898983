"""Addresses of files: as often as they are asked for, in parts, until they expire."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from sqlalchemy import delete

from core.links import LIFETIME
from core.message import StoredFile
from records import files
from records.file_tables import FileRow
from records.session import Begin
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.web.file_stage import FileStage

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

JPEG = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 40

Client = TestClient[Request, Application]


@pytest.fixture
def stage(begin: Begin, clock: StillClock, tmp_path: Path) -> FileStage:
    return FileStage(begin, clock, tmp_path / "files")


@pytest.fixture
async def client(stage: FileStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(stage.app())) as client:
        yield client


async def address(stage: FileStage, content: bytes, name: str) -> str:
    coming = stage.store.coming()
    coming.write_bytes(content)
    kept = stage.store.keep(coming)
    async with stage.begin() as session:
        await files.note(session, kept, stage.clock())
    file = StoredFile(kept.sha256, name, kept.mime, kept.size)
    return f"/f/{stage.links.token(file, stage.clock() + LIFETIME)}"


async def test_a_picture_can_be_fetched_again_and_again(stage: FileStage, client: Client) -> None:
    path = await address(stage, JPEG, "Bảng tin.jpg")
    for method in ("HEAD", "GET", "GET"):
        answer = await client.request(method, path)
        assert answer.status == 200
        assert await answer.read() == (JPEG if method == "GET" else b"")
        assert answer.headers["Content-Type"] == "image/jpeg"
        assert answer.headers["Content-Length"] == str(len(JPEG))
        assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''B%E1%BA%A3ng%20tin.jpg"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


async def test_what_lies_in_the_bucket_alone_is_brought_and_shown(
    begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud
) -> None:
    first, cold = (FileStage(begin, clock, tmp_path / name, home=cloud.home()) for name in ("first", "cold"))
    path = await address(first, JPEG, "a.jpg")
    async with TestClient(TestServer(cold.app())) as client:
        cloud.wire.cut()
        answer = await client.get(path)
        assert (answer.status, answer.headers["Retry-After"]) == (503, "60")
        assert "Nơi lưu tệp đang gặp trục trặc" in await answer.text()
        cloud.wire.mend()
        answers = await asyncio.gather(*(client.get(path) for _ in range(4)))
        assert [(answer.status, await answer.read()) for answer in answers] == [(200, JPEG)] * 4
        assert cold.kept() == [JPEG]
        cloud.wire.cut()
        assert (await client.get(path, headers={"Range": "bytes=10-19"})).status == 206


async def test_what_the_bucket_lacks_is_gone(begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud) -> None:
    first, cold = (FileStage(begin, clock, tmp_path / name, home=cloud.home()) for name in ("first", "cold"))
    path = await address(first, JPEG, "a.jpg")
    for name in cloud.objects():
        cloud.drops(name)
    async with TestClient(TestServer(cold.app())) as client:
        answer = await client.get(path)
        assert (answer.status, "Không có tệp ở đây" in await answer.text()) == (404, True)


async def test_a_part_of_it_can_be_fetched(stage: FileStage, client: Client) -> None:
    answer = await client.get(await address(stage, JPEG, "a.jpg"), headers={"Range": "bytes=10-19"})
    assert (answer.status, await answer.read()) == (206, JPEG[10:20])


@pytest.mark.parametrize(
    ("content", "how"),
    [(b"%PDF-1.4", "inline"), (b"<script>alert(1)</script>", "attachment"), (b"PK\x03\x04", "attachment")],
)
async def test_only_pictures_and_pdf_are_shown(stage: FileStage, client: Client, content: bytes, how: str) -> None:
    answer = await client.get(await address(stage, content, "a.html"))
    assert answer.headers["Content-Disposition"].startswith(how)
    assert "html" not in answer.headers["Content-Type"]


async def test_it_ends_when_it_expires_and_a_wrong_one_never_opens(stage: FileStage, client: Client) -> None:
    path = await address(stage, JPEG, "a.jpg")
    stage.clock.move(LIFETIME - timedelta(seconds=1))
    assert (await client.get(path)).status == 200
    stage.clock.move(timedelta(seconds=1))
    for gone in (path, f"{path}x", "/f/x.y", "/f/..%2f..%2fetc"):
        assert (await client.get(gone)).status == 404


async def test_a_file_that_is_no_longer_kept_is_said_to_be_gone(stage: FileStage, client: Client) -> None:
    path = await address(stage, JPEG, "a.jpg")
    for kept in stage.folder.rglob("*"):
        if kept.is_file():
            kept.unlink()
    answer = await client.get(path)
    assert (answer.status, "Không có tệp ở đây" in await answer.text()) == (404, True)


async def test_what_was_deleted_is_shown_no_more_though_it_still_lies_there(stage: FileStage, client: Client) -> None:
    path = await address(stage, JPEG, "Bảng tin.jpg")
    async with stage.begin() as session:
        await session.execute(delete(FileRow))
    assert (await client.get(path)).status == 404
