"""A dossier with blurred faces over HTTP: of what is not blurred no byte goes out, by whatever way it is asked for."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from docx import Document
from openpyxl import load_workbook

from core.dossier import Cut
from core.evidence import State
from records import faces
from records.session import Begin
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, PLAN, READY, WEIGHING, DossierStage, files_in

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

BLURRED = Cut(UNIT, blurred=True)
SEEN, WAITING, FAILED = (JPEG + word for word in (b"face of An", b"face of Binh", b"face of Chi"))
COPY = JPEG + b"nobody"
RAW = {
    "an.jpg": SEEN,
    "binh.jpg": WAITING,
    "chi.jpg": FAILED,
    "phim.mp4": b"\0\0\0\x18ftypisom film of An",
    "danh sach.pdf": b"%PDF-1.4 photo of An",
    "anh.svg": b"<svg>face of An</svg>",
}
TOLD = [b"face of", b"film of", b"photo of"]

Client = TestClient[Request, Application]


@pytest.fixture
async def stage(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    made = DossierStage(begin, clock, tmp_path / "files")
    await made.opens()
    await made.gives(READY, RAW, State.ACCEPTED)
    await made.blurs(SEEN, COPY)
    await made.blurs(FAILED, None)
    return made


@pytest.fixture
async def client(stage: DossierStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(stage.app())) as client:
        yield client


async def test_no_way_leads_to_what_is_not_blurred(stage: DossierStage, client: Client) -> None:
    await stage.gives(PLAN, {"returned.jpg": JPEG + b"face of Dung"}, State.RETURNED)
    path = await stage.link(BLURRED)
    plain = files_in(await (await client.get(await stage.link())).text())
    assert len(plain) == len(RAW)
    given = []
    numbers = {file.rpartition("/")[2] for file in plain} | {str(number) for number in range(40)}
    for end in ("", ".zip", *(f"/f/{number}" for number in numbers)):
        for headers in ({}, {"Range": "bytes=0-99999"}, {"Range": "bytes=-400"}):
            answer = await client.get(f"{path}{end}", headers=headers)
            content = await answer.read()
            assert [word for word in TOLD if word in content] == [], end
            if end.startswith("/f/") and answer.status != 404:
                given.append(content)
    assert given == [COPY, COPY, COPY[-400:]]


async def test_the_zip_holds_blurred_pictures_and_names_the_others(stage: DossierStage, client: Client) -> None:
    answer = await client.get(f"{await stage.link(BLURRED)}.zip")
    assert answer.headers["Content-Disposition"].endswith("%28che%20m%E1%BA%B7t%29.zip")
    with ZipFile(BytesIO(await answer.read())) as packed:
        assert packed.testzip() is None
        assert [name.rpartition("/")[2] for name in packed.namelist()] == ["Mục lục.xlsx", "Mục lục.docx", "an.jpg"]
        assert packed.read(packed.namelist()[2]) == COPY
        book = load_workbook(BytesIO(packed.read("Mục lục.xlsx")))
        paper = Document(BytesIO(packed.read("Mục lục.docx")))
    named = [str(row[8].value) for row in book["Mục lục"].iter_rows(min_row=2) if row[8].value]
    others = [
        "binh.jpg (đang che mặt)",
        "chi.jpg (ảnh không che mặt được)",
        *(f"{name} (không có trong bản che mặt)" for name in ("phim.mp4", "danh sach.pdf", "anh.svg")),
    ]
    assert named == ["an.jpg", *others]
    printed = "\n".join(cell.text for table in paper.tables for cell in table._cells)
    assert [name for name in others if name not in printed] == []


async def test_the_page_says_what_is_blurred_what_comes_and_what_is_left_out(
    stage: DossierStage, client: Client
) -> None:
    page = await (await client.get(await stage.link(BLURRED))).text()
    assert "Máy có thể sót" in page
    assert "Còn 1 ảnh đang che mặt" in page
    assert "Video và tài liệu không che mặt được nên chỉ có tên." in page
    assert "Đã nộp 1/5 việc đến hạn (20%)" in page
    for name in RAW:
        assert name in page
    assert len(files_in(page)) == 1
    assert "che mặt" not in await (await client.get(await stage.link())).text()


async def test_the_zip_stays_the_same_until_another_picture_is_blurred(stage: DossierStage, client: Client) -> None:
    path = f"{await stage.link(BLURRED)}.zip"
    first, second = await client.get(path), await client.get(path)
    whole = await first.read()
    assert (await second.read(), second.headers["ETag"]) == (whole, first.headers["ETag"])
    headers = {"Range": "bytes=100-", "If-Range": first.headers["ETag"]}
    rest = await client.get(path, headers=headers)
    assert (rest.status, await rest.read()) == (206, whole[100:])
    await stage.blurs(WAITING, JPEG + b"nobody else")
    assert (await client.get(path, headers=headers)).status == 200


async def test_a_month_waits_for_its_own_pictures_alone(stage: DossierStage, client: Client) -> None:
    december = JPEG + b"face in December"
    await stage.gives(WEIGHING, {"thang 12.jpg": december})
    page = await (await client.get(await stage.link(Cut(UNIT, month="2023-12", blurred=True)))).text()
    assert "Còn 1 ảnh đang che mặt" in page
    assert "binh.jpg" not in page
    await stage.blurs(december, COPY)
    page = await (await client.get(await stage.link(Cut(UNIT, month="2023-12", blurred=True)))).text()
    assert "đang che mặt" not in page


async def test_the_same_picture_handed_in_twice_is_blurred_once(stage: DossierStage, client: Client) -> None:
    await stage.gives(PLAN, {"lai anh cua an.png": SEEN, "lai anh cua binh.jpg": WAITING})
    page = await (await client.get(await stage.link(BLURRED))).text()
    assert "lai anh cua an.jpg" in page
    assert "Còn 2 ảnh đang che mặt" in page
    async with stage.begin() as session:
        assert len(await faces.to_blur(session, range(40))) == 1
