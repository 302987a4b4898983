"""The pages of a dossier over HTTP: what they show and log, who gets nothing, downloads that break and go on."""

import hashlib
import random
import shutil
from collections.abc import AsyncIterator
from contextlib import suppress
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiohttp import ClientPayloadError
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request

from core.dossier import Cut
from core.evidence import State
from core.texts.privacy import purpose
from records import dossiers
from records.dossiers import LIFETIME
from records.session import Begin
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, PLAN, READY, WEIGHING, DossierStage, files_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BIG = random.Random(3).randbytes(3_000_000)
OTHER = "VB-ANHDUONG"

Client = TestClient[Request, Application]


@pytest.fixture
async def stage(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    made = DossierStage(begin, clock, tmp_path / "files")
    await made.opens()
    return made


@pytest.fixture
async def client(stage: DossierStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(stage.app())) as client:
        yield client


async def test_the_page_shows_all_at_a_glance_and_nothing_may_run(stage: DossierStage, client: Client) -> None:
    code = await stage.gives(READY, {"Ảnh 1.jpg": JPEG, "<b>&.pdf": b"%PDF-1.4"}, State.ACCEPTED)
    await stage.gives(PLAN, {"secret.pdf": b"%PDF-1.5"}, State.RETURNED)
    answer = await client.get(await stage.link())
    page = await answer.text()
    assert answer.status == 200
    for text in (
        "MN Hoa Phượng",
        "Đã nộp 1/5 việc đến hạn (20%)",
        "Ảnh 1.jpg",
        "&lt;b&gt;&amp;.pdf",
        "Bị trả lại",
        purpose(1827),
    ):
        assert text in page
    assert f"{code}: đã nhận, nộp 08:00 ngày 04/12/2023, trễ 96 ngày" in page
    assert "dùng được đến 08:00 ngày 18/12/2023" in page
    assert "secret.pdf" not in page
    assert "<script" not in page
    assert "script-src" not in answer.headers["Content-Security-Policy"]
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'self'")
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow"


async def test_every_visit_is_logged_and_nothing_else(stage: DossierStage, client: Client) -> None:
    await stage.gives(READY, {"a.jpg": JPEG})
    path = await stage.link()
    page = await (await client.get(path, headers={"User-Agent": "Mozilla/5.0 Firefox/120.0"})).text()
    [file] = files_in(page)
    await client.get(file, headers={"User-Agent": "Zalo iOS/600"})
    await client.head(f"{path}.zip", headers={"User-Agent": ""})
    await client.get(f"{path}/f/999999")
    await client.get(f"{path[:-1]}.zip")
    assert await stage.visits() == [("page", "Firefox"), ("file", "Zalo"), ("zip", "other")]


async def test_a_picture_is_shown_and_other_files_are_saved(stage: DossierStage, client: Client) -> None:
    await stage.gives(READY, {"Ảnh.jpg": JPEG + BIG, "a.html": b"<script>alert(1)</script>"})
    shown, saved = files_in(await (await client.get(await stage.link())).text())
    answer = await client.get(shown)
    assert await answer.read() == JPEG + BIG
    assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''%E1%BA%A2nh.jpg"
    answer = await client.get(saved)
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert (answer.headers["Cache-Control"], answer.headers["X-Robots-Tag"]) == ("no-store", "noindex, nofollow")


async def test_wrong_links_all_get_the_same_page(stage: DossierStage, client: Client) -> None:
    await stage.gives(READY, {"a.jpg": JPEG})
    old = await stage.link()
    stage.clock.move(LIFETIME)
    revoked, good = await stage.link(), await stage.link()
    [file] = files_in(await (await client.get(good)).text())
    number = file.rpartition("/")[2]
    async with stage.begin() as session:
        link = await dossiers.find(session, revoked.rpartition("/")[2], stage.clock())
        assert link
        await dossiers.revoke(session, link.code, stage.clock())
    guessed = [good[:-1] + char for char in "AQgw_" if char != good[-1]] + [
        f"/dossier/{good[9:].swapcase()}",
        "/dossier/x",
        f"{good}A",
        "/dossier/" + "x" * 300,
    ]
    answers = set()
    before = await stage.visits()
    for path in (old, revoked, *guessed):
        for end in ("", ".zip", f"/f/{number}"):
            answer = await client.get(f"{path}{end}")
            answers.add((answer.status, await answer.text(), tuple(sorted(_told(dict(answer.headers)).items()))))
    assert len(answers) == 1
    [(status, text, _)] = answers
    assert status == 404
    assert "đã hết hạn hoặc đã được thu hồi" in text
    assert await stage.visits() == before


def _told(headers: dict[str, str]) -> dict[str, str]:
    return {name: value for name, value in headers.items() if name != "Date"}


async def test_files_of_others_cannot_be_had_by_counting(stage: DossierStage, client: Client) -> None:
    await stage.gives(READY, {"theirs.jpg": JPEG + b"1"}, unit=OTHER)
    await stage.gives(PLAN, {"returned.pdf": b"%PDF-1.5"}, State.RETURNED)
    await stage.gives(PLAN, {"held.pdf": b"%PDF-1.6"}, State.HELD)
    await stage.gives(PLAN, {"withdrawn.pdf": b"%PDF-1.7"}, State.WITHDRAWN)
    await stage.gives(WEIGHING, {"december.jpg": JPEG + b"2"})
    await stage.gives(READY, {"august.jpg": JPEG + b"3"})
    december = await stage.link(Cut("VB-HOAPHUONG", month="2023-12"))
    [mine] = files_in(await (await client.get(december)).text())
    found = [n for n in range(40) if (await client.get(f"{december}/f/{n}")).status == 200]
    assert [f"{december}/f/{n}" for n in found] == [mine]
    with ZipFile(BytesIO(await (await client.get(f"{december}.zip")).read())) as packed:
        assert [name.rpartition("/")[2] for name in packed.namelist()[2:]] == ["december.jpg"]


async def test_nothing_can_be_changed_and_no_path_leads_out(stage: DossierStage, client: Client) -> None:
    path = await stage.link()
    for method in ("POST", "PUT", "PATCH", "DELETE", "OPTIONS"):
        for end in ("", ".zip", "/f/1"):
            assert (await client.request(method, f"{path}{end}")).status == 405
    for end in (
        "/f/../../x",
        "/f/..%2f..%2fx",
        "/f/-1",
        "/f/1e1",
        "/f/%00",
        f"/f/{'9' * 30}",
        "/../../etc/passwd",
        ".zip/x",
    ):
        assert (await client.get(f"{path}{end}")).status == 404


async def test_the_zip_is_whole_and_its_size_is_said(stage: DossierStage, client: Client) -> None:
    await stage.gives(READY, {"phim.mp4": BIG, "a.jpg": JPEG})
    path = await stage.link(Cut("VB-HOAPHUONG", month="2023-08"))
    answer = await client.get(f"{path}.zip")
    data = await answer.read()
    assert (answer.headers["Content-Length"], answer.headers["Content-Type"]) == (str(len(data)), "application/zip")
    assert answer.headers["Content-Disposition"].endswith("%202023-08.zip")
    assert answer.headers["Cache-Control"] == "no-store"
    with ZipFile(BytesIO(data)) as packed:
        assert packed.testzip() is None
        assert sorted(len(packed.read(name)) for name in packed.namelist()[2:]) == [len(JPEG), len(BIG)]
    head = await client.head(f"{path}.zip")
    assert (head.status, head.headers["Content-Length"], await head.read()) == (200, str(len(data)), b"")


async def test_a_zip_comes_from_a_bucket_file_by_file(
    begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud
) -> None:
    stage = DossierStage(begin, clock, tmp_path / "files", home=cloud.home())
    await stage.opens()
    await stage.gives(READY, {"phim.mp4": BIG, "a.jpg": JPEG, "con.txt": b"gone"})
    cloud.drops(cloud.key(hashlib.sha256(b"gone").hexdigest()))
    shutil.rmtree(stage.folder)
    path = await stage.link()
    async with TestClient(TestServer(stage.app())) as client:
        assert (await client.head(f"{path}.zip")).status == 200
        assert not list(stage.folder.rglob("*"))  # none is fetched before its turn
        with ZipFile(BytesIO(await (await client.get(f"{path}.zip")).read())) as packed:
            assert packed.testzip() is None
            assert [name.rpartition("/")[2] for name in packed.namelist()[2:]] == ["phim.mp4", "a.jpg"]
        films, photo, gone = files_in(await (await client.get(path)).text())
        shutil.rmtree(stage.folder)
        assert await (await client.get(films)).read() == BIG
        cloud.wire.cut()
        assert [(await client.get(one)).status for one in (films, photo, gone)] == [200, 503, 503]
        assert (await client.get(f"{path}.zip")).status == 503
        cloud.wire.mend()
        assert [(await client.get(one)).status for one in (photo, gone)] == [200, 404]


async def test_a_zip_whose_bucket_goes_away_breaks_off_and_can_go_on(
    begin: Begin, clock: StillClock, tmp_path: Path, cloud: Cloud, caplog: pytest.LogCaptureFixture
) -> None:
    stage = DossierStage(begin, clock, tmp_path / "files", home=cloud.home())
    await stage.opens()
    await stage.gives(READY, {"phim.mp4": BIG, "b.mp4": BIG[::-1]})
    path = f"{await stage.link()}.zip"
    async with TestClient(TestServer(stage.app())) as client:
        whole = await (await client.get(path)).read()
        shutil.rmtree(stage.folder)
        cloud.wire.down = 4_000_000
        answer = await client.get(path)
        came = b""
        with suppress(ClientPayloadError):
            async for piece in answer.content.iter_any():
                came += piece
        assert 0 < len(came) < len(whole)
        cloud.wire.mend()
        headers = {"Range": f"bytes={len(came)}-", "If-Range": answer.headers["ETag"]}
        assert came + await (await client.get(path, headers=headers)).read() == whole
    assert [record for record in caplog.records if record.exc_info] == []


async def test_a_download_that_broke_goes_on_and_is_the_same_to_the_byte(stage: DossierStage, client: Client) -> None:
    await stage.gives(READY, {"phim.mp4": BIG, "a.jpg": JPEG})
    path = f"{await stage.link()}.zip"
    answer = await client.get(path)
    whole, tag = await answer.read(), answer.headers["ETag"]
    came = b""
    stage.clock.move(timedelta(minutes=20))
    while len(came) < len(whole):  # it breaks every 700 kB
        headers = {"Range": f"bytes={len(came)}-", "If-Range": tag}
        answer = await client.get(path, headers=headers if came else {})
        assert answer.status == (206 if came else 200)
        if came:
            assert answer.headers["Content-Range"] == f"bytes {len(came)}-{len(whole) - 1}/{len(whole)}"
        assert int(answer.headers["Content-Length"]) == len(whole) - len(came)
        wanted = min(700_000, len(whole) - len(came))
        came += await answer.content.readexactly(wanted)
        answer.close()
    assert came == whole
    assert [what for what, _ in await stage.visits()] == ["zip", "zip"] + ["rest"] * (len(whole) // 700_000)


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-99", 0, 100), ("bytes=-50", -50, None), ("bytes=5-5", 5, 6), ("bytes=0-", 0, None)],
)
async def test_parts_are_given(stage: DossierStage, client: Client, asked: str, first: int, last: int | None) -> None:
    path = f"{await stage.link()}.zip"
    whole = await (await client.get(path)).read()
    answer = await client.get(path, headers={"Range": asked})
    assert (answer.status, await answer.read()) == (206, whole[first:last])


@pytest.mark.parametrize("asked", ["bytes=a-b", "bytes=9-5", "bytes=0-1,5-6", "lines=1-2"])
async def test_a_range_that_is_not_understood_is_passed_over(stage: DossierStage, client: Client, asked: str) -> None:
    answer = await client.get(f"{await stage.link()}.zip", headers={"Range": asked})
    assert (answer.status, len(await answer.read())) == (200, int(answer.headers["Content-Length"]))


async def test_a_range_beyond_the_end_is_refused(stage: DossierStage, client: Client) -> None:
    path = f"{await stage.link()}.zip"
    size = (await client.head(path)).headers["Content-Length"]
    answer = await client.get(path, headers={"Range": f"bytes={size}-"})
    assert (answer.status, answer.headers["Content-Range"]) == (416, f"bytes */{size}")


async def test_what_changed_since_is_sent_from_the_beginning(stage: DossierStage, client: Client) -> None:
    await stage.gives(READY, {"a.jpg": JPEG})
    path = f"{await stage.link()}.zip"
    tag = (await client.head(path)).headers["ETag"]
    await stage.gives(READY, {"b.jpg": JPEG + b"b"})
    answer = await client.get(path, headers={"Range": "bytes=100-", "If-Range": tag})
    assert (answer.status, answer.headers["ETag"] != tag) == (200, True)


async def test_an_empty_month_has_a_page_and_a_zip(stage: DossierStage, client: Client) -> None:
    path = await stage.link(Cut("VB-HOAPHUONG", month="1999-01"))
    page = await (await client.get(path)).text()
    assert "Chưa có việc nào đến hạn" in page
    assert "Tải mục lục (ZIP, chưa có tệp nào)" in page
    assert "byte" not in page
    with ZipFile(BytesIO(await (await client.get(f"{path}.zip")).read())) as packed:
        assert packed.namelist() == ["Mục lục.xlsx", "Mục lục.docx"]
