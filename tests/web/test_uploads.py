"""The upload page: what comes through it is received, whole, once; its link opens for a while and once."""

import asyncio
from base64 import b64encode
from collections.abc import AsyncIterator
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from aiohttp import ClientResponse, FormData
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from tusclient.client import TusClient

from core.evidence import Giver
from core.message import Address
from core.privacy import RETENTION_DAYS
from core.texts import files as texts
from core.texts.privacy import purpose
from records import uploads
from records.files import Kept
from records.session import Begin
from records.uploads import LIFETIME, QUIET
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.web.file_stage import LAN, FileStage
from web import parts, tus
from web.app import HEADERS, MAX_BODY
from web.parts import BIGGEST, MOST_FILES

PDF = b"%PDF-1.4 " + b"x" * 34_991
BIG = bytes(range(256)) * 4096 * 12  # 12 MiB: more than the site takes in one body otherwise
TUS = {"Tus-Resumable": "1.0.0"}

Client = TestClient[Request, Application]


@pytest.fixture
def stage(begin: Begin, clock: StillClock, tmp_path: Path) -> FileStage:
    return FileStage(begin, clock, tmp_path / "files")


@pytest.fixture
async def client(stage: FileStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(stage.app())) as client:
        yield client


def metadata(name: str) -> str:
    return f"filename {b64encode(name.encode()).decode()}"


async def create(client: Client, page: str, size: int, name: str = "ke-hoach.pdf") -> str:
    headers = TUS | {"Upload-Length": str(size), "Upload-Metadata": metadata(name)}
    answer = await client.post(f"{page}/files", headers=headers)
    assert answer.status == 201
    return answer.headers["Location"]


async def patch(client: Client, part: str, data: bytes, offset: int = 0) -> ClientResponse:
    headers = TUS | {"Upload-Offset": str(offset), "Content-Type": "application/offset+octet-stream"}
    return await client.patch(part, data=BytesIO(data), headers=headers)


async def offset(client: Client, part: str) -> int:
    answer = await client.head(part, headers=TUS)
    assert answer.status == 200
    return int(answer.headers["Upload-Offset"])


async def test_a_file_sent_in_pieces_is_received_and_the_chat_is_told(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    assert purpose(RETENTION_DAYS) in await (await client.get(page)).text()
    part = await create(client, page, len(PDF), "Kế hoạch.pdf")
    for at in range(0, len(PDF), 10_000):
        answer = await patch(client, part, PDF[at : at + 10_000], at)
        assert (answer.status, answer.headers["Upload-Offset"]) == (204, str(min(at + 10_000, len(PDF))))
    assert await stage.said() == []
    done = await client.post(f"{page}/done")
    assert "Đã nhận 1 tệp: Kế hoạch.pdf (35 kB)" in await done.text()
    [text] = await stage.said()
    assert text.startswith("Đã nhận Kế hoạch.pdf (35 kB) lúc 08:00 ngày 04/12/2023. Mã: ")
    assert await stage.received() == [("Kế hoạch.pdf", "stored")]
    assert (stage.kept(), stage.woken) == ([PDF], 1)


async def test_several_files_get_one_receipt(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    for name, data in (("a.pdf", PDF), ("b.txt", "Có dấu".encode()), ("c.txt", b"x")):
        await patch(client, await create(client, page, len(data), name), data)
    await client.post(f"{page}/done")
    [text] = await stage.said()
    names, _, size = text.removeprefix("Đã nhận ").partition(" lúc")[0].partition(" (")
    assert (sorted(names.split(", ")), size) == (["a.pdf", "b.txt", "c.txt"], "35 kB)")


async def test_an_independent_client_of_the_protocol_works(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    url = str(client.make_url(f"{page}/files"))
    await asyncio.to_thread(_send_with_tuspy, url)
    await client.post(f"{page}/done")
    assert stage.kept() == [BIG]
    assert len(BIG) > MAX_BODY
    assert (await stage.said())[0].startswith("Đã nhận phim.bin (12,6 MB)")


def _send_with_tuspy(url: str) -> None:
    """Part of the file, then, as after a break, the rest."""
    sender = TusClient(url).uploader(file_stream=BytesIO(BIG), chunk_size=5_000_000, metadata={"filename": "phim.bin"})
    sender.upload_chunk()  # type: ignore[no-untyped-call]
    again = TusClient(url).uploader(file_stream=BytesIO(BIG), url=sender.url)
    assert again.offset == 5_000_000
    again.upload()


async def test_a_wrong_offset_is_refused_and_the_right_one_named(stage: FileStage, client: Client) -> None:
    part = await create(client, await stage.opened(), len(PDF))
    await patch(client, part, PDF[:1000])
    for wrong in (0, 999, 1001, len(PDF)):
        answer = await patch(client, part, b"zz", wrong)
        assert (answer.status, answer.headers["Upload-Offset"]) == (409, "1000")
    assert (await patch(client, part, PDF[1000:], 1000)).status == 204
    assert (await patch(client, part, b"zz", len(PDF))).status == 409
    assert stage.kept() == [PDF]


async def test_of_two_that_send_the_same_file_at_once_one_wins(stage: FileStage, client: Client) -> None:
    part = await create(client, await stage.opened(), len(BIG))
    answers = await asyncio.gather(*(patch(client, part, BIG) for _ in range(4)))
    assert sorted(answer.status for answer in answers)[0] == 204
    assert {answer.status for answer in answers[1:]} <= {204, 409, 423}
    assert [answer.status for answer in answers].count(204) == 1
    assert stage.kept() == [BIG]


async def test_what_came_before_the_connection_broke_is_kept(stage: FileStage, client: Client) -> None:
    part = await create(client, await stage.opened(), len(BIG))
    reader, writer = await asyncio.open_connection(client.host, client.port)
    head = f"PATCH {part} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
    head += f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(BIG)}\r\n\r\n"
    writer.write(head.encode() + BIG[:3_000_000])
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert reader
    async with asyncio.timeout(10):
        while (came := await offset(client, part)) < 1_000_000:  # noqa: ASYNC110  # it is on its way
            await asyncio.sleep(0.01)
    assert (await patch(client, part, BIG[came:], came)).status == 204
    assert stage.kept() == [BIG]


async def test_who_asks_how_far_it_came_may_go_on_though_the_old_connection_hangs(
    stage: FileStage, client: Client
) -> None:
    page = await stage.opened()
    part = await create(client, page, len(BIG))
    _, writer = await asyncio.open_connection(client.host, client.port)
    head = f"PATCH {part} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: 0\r\n"
    head += f"Content-Type: application/offset+octet-stream\r\nContent-Length: {len(BIG)}\r\n\r\n"
    writer.write(head.encode() + BIG[:1_000_000])
    await writer.drain()
    for _ in range(5):  # who asks before a byte has come ends the old connection for nothing
        await client.get(page)
    async with asyncio.timeout(10):
        while (came := await offset(client, part)) == 0:  # noqa: ASYNC110  # it is on its way
            await asyncio.sleep(0.01)
    assert (await patch(client, part, BIG[came:], came)).status == 204
    assert stage.kept() == [BIG]
    writer.close()


async def test_more_bytes_than_announced_are_refused(stage: FileStage, client: Client) -> None:
    part = await create(client, await stage.opened(), 10)
    assert (await patch(client, part, b"x" * 11)).status == 413
    assert await offset(client, part) == 0


async def test_a_file_can_be_taken_back(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    part = await create(client, page, len(PDF))
    await patch(client, part, PDF[:100])
    assert (await client.delete(part, headers=TUS)).status == 204
    assert (await client.head(part, headers=TUS)).status == 404
    assert stage.kept() == []


async def test_the_link_says_once_it_is_closed_that_it_is_used(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    part = await create(client, page, len(PDF))
    await patch(client, part, PDF)
    for _ in range(2):
        await client.post(f"{page}/done")
    answer = await client.get(page)
    assert answer.status == 410
    assert "Liên kết này đã dùng xong" in await answer.text()
    for method in ("POST", "HEAD"):
        path = f"{page}/files" if method == "POST" else part
        assert (await client.request(method, path, headers=TUS | {"Upload-Length": "5"})).status == 410
    assert len(await stage.said()) == 1
    assert await stage.received() == [("ke-hoach.pdf", "stored")]


async def test_closing_with_nothing_whole_is_refused_in_words(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    part = await create(client, page, len(PDF))
    await patch(client, part, PDF[:100])
    answer = await client.post(f"{page}/done")
    assert answer.status == 400
    assert "Chưa có tệp nào gửi xong" in await answer.text()
    assert (await stage.said(), await offset(client, part)) == ([], 100)


async def test_what_was_not_whole_when_it_was_closed_is_not_received(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    await patch(client, await create(client, page, len(PDF), "a.pdf"), PDF)
    await patch(client, await create(client, page, len(PDF), "b.pdf"), PDF[:100])
    await client.post(f"{page}/done")
    assert await stage.received() == [("a.pdf", "stored")]
    assert stage.kept() == [PDF]


async def test_a_link_expires_and_a_wrong_one_opens_nothing(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    stage.clock.move(LIFETIME - timedelta(seconds=1))
    assert (await client.get(page)).status == 200
    stage.clock.move(timedelta(seconds=1))
    old = await client.get(page)
    assert (old.status, "Liên kết đã hết hạn" in await old.text()) == (410, True)
    assert (await client.post(f"{page}/files", headers=TUS | {"Upload-Length": "5"})).status == 410
    wrong = await client.get(page[:-1] + ("A" if page[-1] != "A" else "B"))
    assert (wrong.status, "Liên kết không đúng" in await wrong.text()) == (404, True)
    assert (await client.get("/upload/..%2f..%2fetc%2fpasswd")).status == 404


async def test_the_open_page_is_offered_again_and_told_fresh_for_ten_minutes(stage: FileStage) -> None:
    async def offered(giver: Giver = LAN) -> tuple[str, bool]:
        async with stage.begin() as session:
            made = await uploads.offer(session, giver, stage.clock(), explains=True)
            return made.token, made.fresh

    token, fresh = await offered()
    assert not fresh
    stage.clock.move(timedelta(minutes=9))
    assert await offered() == (token, True)
    stage.clock.move(timedelta(minutes=1))
    assert await offered() == (token, False)
    assert await offered() == (token, True)
    assert (await offered(Giver(Address("fake", "lan"), "hoa")))[0] != token
    async with stage.begin() as session:
        found = await uploads.find(session, token)
        assert found is not None
        assert token not in found.id
        await uploads.close(session, found.id, stage.clock())
    again, fresh = await offered()
    assert (again != token, fresh) == (True, False)


async def test_a_page_that_nobody_closed_is_found_once_all_is_whole_and_quiet(stage: FileStage, client: Client) -> None:
    async def forgotten() -> int:
        async with stage.begin() as session:
            return len(await uploads.forgotten(session, stage.clock()))

    page = await stage.opened()
    part = await create(client, page, len(PDF))
    stage.clock.move(QUIET + timedelta(seconds=1))
    assert await forgotten() == 0
    await patch(client, part, PDF)
    assert await forgotten() == 1
    await client.post(f"{page}/done")
    assert await forgotten() == 0


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Upload-Length": "5"}, 412),
        (TUS, 400),
        (TUS | {"Upload-Length": "-5"}, 400),
        (TUS | {"Upload-Length": "٥"}, 400),
        (TUS | {"Upload-Length": str(BIGGEST + 1)}, 413),
        (TUS | {"Upload-Length": "5", "Upload-Metadata": "filename ***"}, 400),
        (TUS | {"Upload-Length": "5", "Upload-Metadata": "other YQ==, filename"}, 201),
    ],
)
async def test_what_cannot_begin_is_refused(
    stage: FileStage, client: Client, headers: dict[str, str], status: int
) -> None:
    answer = await client.post(f"{await stage.opened()}/files", headers=headers)
    assert answer.status == status
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    if status == 412:
        assert answer.headers["Tus-Version"] == "1.0.0"


async def test_the_server_says_what_it_can_do(stage: FileStage, client: Client) -> None:
    answer = await client.options(f"{await stage.opened()}/files")
    assert answer.status == 204
    assert {name: answer.headers[name] for name in ("Tus-Version", "Tus-Extension", "Tus-Max-Size")} == {
        "Tus-Version": "1.0.0",
        "Tus-Extension": "creation,termination",
        "Tus-Max-Size": "2000000000",
    }


async def test_the_method_may_stand_in_a_header(stage: FileStage, client: Client) -> None:
    part = await create(client, await stage.opened(), len(PDF))
    headers = TUS | {"Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}
    answer = await client.post(part, data=PDF, headers=headers | {"X-HTTP-Method-Override": "PATCH"})
    assert (answer.status, stage.kept()) == (204, [PDF])


async def test_twenty_files_fit_and_no_more(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    for _ in range(MOST_FILES):
        await create(client, page, 5)
    answer = await client.post(f"{page}/files", headers=TUS | {"Upload-Length": "5"})
    assert (answer.status, "tối đa 20 tệp" in await answer.text()) == (403, True)


async def test_a_file_with_nothing_in_it_is_not_taken(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    answer = await client.post(f"{page}/files", headers=TUS | {"Upload-Length": "0"})
    assert (answer.status, await answer.text()) == (400, texts.EMPTY)
    form = FormData(quote_fields=False)
    form.add_field("files", b"", filename="a.pdf", content_type="application/pdf")
    answer = await client.post(page, data=form)
    assert (answer.status, texts.EMPTY in await answer.text()) == (400, True)
    assert texts.NOTHING_CAME in await (await client.post(f"{page}/done")).text()


async def test_a_full_disk_is_said_in_words(stage: FileStage, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    page = await stage.opened()
    part = await create(client, page, len(BIG))
    monkeypatch.setattr(parts, "write_all", _full)
    answer = await patch(client, part, BIG)
    assert (answer.status, "đã đầy" in await answer.text()) == (507, True)
    monkeypatch.setattr(tus, "LEFT_FREE", 1 << 60)
    answer = await client.post(f"{page}/files", headers=TUS | {"Upload-Length": "5"})
    assert answer.status == 507


def _full(*_: object) -> None:
    raise OSError(28, "No space left on device")


@pytest.fixture
async def far(begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud) -> AsyncIterator[tuple[FileStage, Client]]:
    """The same with a bucket."""
    stage = FileStage(begin, clock, tmp_path / "files", home=cloud.home())
    async with TestClient(TestServer(stage.app())) as client:
        yield stage, client


async def test_without_the_bucket_nothing_is_acknowledged_and_nothing_is_sent_twice(
    far: tuple[FileStage, Client], cloud: Cloud
) -> None:
    stage, client = far
    page = await stage.opened()
    part = await create(client, page, len(BIG))
    cloud.wire.cut()
    answer = await patch(client, part, BIG)
    assert (answer.status, "đang gặp trục trặc" in await answer.text()) == (503, True)
    assert (await client.head(part, headers=TUS)).status == 503
    assert "Chưa có tệp nào gửi xong" in await (await client.post(f"{page}/done")).text()
    cloud.wire.mend()
    answer = await client.head(part, headers=TUS)
    assert (answer.status, answer.headers["Upload-Offset"]) == (200, str(len(BIG)))
    await client.post(f"{page}/done")
    assert await stage.received() == [("ke-hoach.pdf", "stored")]
    assert list(cloud.objects().values()) == [BIG]


async def test_who_asks_while_a_file_is_still_put_away_is_told_to_wait(
    far: tuple[FileStage, Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    stage, client = far
    part = await create(client, await stage.opened(), len(PDF))
    begun, goes_on, keep = Event(), Event(), stage.store.keep

    def slowly(*args: Any, **known: Any) -> Kept:
        begun.set()
        goes_on.wait(20)
        return keep(*args, **known)

    monkeypatch.setattr(stage.store, "keep", slowly)
    monkeypatch.setattr(parts, "ASKED_AGAIN", 0.001)
    sending = asyncio.create_task(patch(client, part, PDF))
    assert await asyncio.to_thread(begun.wait, 20)
    assert (await client.head(part, headers=TUS)).status == 423
    goes_on.set()
    assert (await sending).status == 204
    assert (await client.head(part, headers=TUS)).headers["Upload-Offset"] == str(len(PDF))


async def test_a_form_is_told_that_the_storage_is_out_of_reach(far: tuple[FileStage, Client], cloud: Cloud) -> None:
    stage, client = far
    page = await stage.opened()
    cloud.wire.cut()
    form = FormData()
    form.add_field("files", PDF, filename="a.pdf", content_type="application/pdf")
    answer = await client.post(page, data=form)
    assert (answer.status, "đang gặp trục trặc" in await answer.text()) == (400, True)
    assert stage.kept() == []


async def test_a_browser_without_scripts_sends_a_form(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    form = FormData(quote_fields=False)  # as browsers write names
    form.add_field("files", PDF, filename="../../etc/Kế hoạch.pdf", content_type="application/pdf")
    form.add_field("files", BytesIO(BIG), filename="b.bin", content_type="application/octet-stream")
    form.add_field("files", b"", filename="", content_type="application/octet-stream")
    answer = await client.post(page, data=form)
    text = await answer.text()
    assert answer.status == 200
    assert "Kế hoạch.pdf" in text
    assert "../" not in text.replace('href="', "")
    assert text.count("Đã gửi xong") == 2
    await client.post(f"{page}/done")
    assert await stage.received() == [("Kế hoạch.pdf", "stored"), ("b.bin", "stored")]
    assert stage.kept() == sorted([PDF, BIG])


async def test_a_form_to_a_closed_page_changes_nothing(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    await patch(client, await create(client, page, len(PDF)), PDF)
    await client.post(f"{page}/done")
    form = FormData(quote_fields=False)  # as browsers write names
    form.add_field("files", b"x", filename="x.txt")
    assert (await client.post(page, data=form)).status == 410
    assert stage.kept() == [PDF]


async def test_the_page_is_guarded_and_looking_at_it_changes_nothing(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    for method in ("GET", "HEAD", "GET"):
        answer = await client.request(method, page)
        assert answer.status == 200
        assert HEADERS.items() - {("Cache-Control", "no-cache")} <= answer.headers.items()
    assert answer.headers["Cache-Control"] == "no-store"


async def test_a_name_with_markup_stays_text(stage: FileStage, client: Client) -> None:
    page = await stage.opened()
    await create(client, page, 5, "<img src=x onerror=alert(1)>.pdf")
    text = await (await client.get(page)).text()
    assert "<img src=x" not in text
    assert "&lt;img src=x onerror=alert(1)&gt;.pdf" in text
