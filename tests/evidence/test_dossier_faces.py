"""Links that show blurred faces: asked for in chat; the copies are made behind them, one after the other."""

import hashlib
import re
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from PIL import Image
from sqlalchemy import select

from core.dossier import Cut
from core.texts import dossier as texts
from handlers.context import House
from handlers.dossier import in_words
from records import dossiers
from records.dossier_tables import DossierLinkRow
from records.dossiers import LIFETIME
from records.file_tables import FactRow
from records.session import Begin
from scheduler.blurring import Blurrer
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.media.crowd import astronaut, crowd, needs_a_detector
from tests.media.made import photo, saved
from tests.web.dossier_stage import READY, WEIGHING, DossierStage, files_in, path_in

BLURS = House("https://nhacviec.example.vn", blurs=True)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files", house=BLURS)
    await stage.opens()
    return stage


def blurrer(here: DossierStage) -> Blurrer:
    return Blurrer(here.begin, here.store, here.clock, lambda: here.school.index)


async def cuts(here: DossierStage) -> list[Cut]:
    async with here.begin() as session:
        rows = await session.scalars(select(DossierLinkRow).order_by(DossierLinkRow.made_at, DossierLinkRow.code))
        return [Cut(row.unit, row.document_id, row.month or "", row.blurred) for row in rows]


async def faces_in(here: DossierStage) -> list[int | None]:
    async with here.begin() as session:
        return list(await session.scalars(select(FactRow.faces).order_by(FactRow.faces)))


@pytest.mark.parametrize(
    ("said", "cut"),
    [
        ("/hoso che mặt", Cut(UNIT, blurred=True)),
        ("hồ sơ minh chứng che mặt tháng 12", Cut(UNIT, month="2023-12", blurred=True)),
        ("ho so minh chung thang 12 da che mat tre", Cut(UNIT, month="2023-12", blurred=True)),
        ("cho em link hồ sơ làm mờ khuôn mặt các cháu ạ", Cut(UNIT, blurred=True)),
        ("hồ sơ minh chứng che mặt kế hoạch trọng tâm tháng", Cut(UNIT, 2, blurred=True)),
        ("/hoso vb2 2023-12 chemat", Cut(UNIT, 2, "2023-12", blurred=True)),
    ],
)
async def test_it_is_asked_for_in_words(here: DossierStage, said: str, cut: Cut) -> None:
    answer = await here.says("huong", said)
    path_in(answer)
    assert "che mặt" in answer.splitlines()[0]
    assert "Máy có thể sót, thầy/cô xem lại trước khi gửi." in answer
    assert await cuts(here) == [cut]
    assert "che mặt, đến 18/12" in await here.says("huong", "/hoso")


async def test_it_is_offered_beside_a_link_and_keeps_what_was_asked_for(here: DossierStage) -> None:
    path_in(await here.says("hanh", "hồ sơ minh chứng của trường MN Hoa Phượng tháng 12"))
    path_in(await here.taps("hanh", texts.BLUR))
    assert here.last("hanh").choices == ()
    both = [Cut(UNIT, month="2023-12"), Cut(UNIT, month="2023-12", blurred=True)]
    assert sorted(await cuts(here), key=lambda cut: cut.blurred) == both


async def test_a_question_asked_back_keeps_it_too(here: DossierStage) -> None:
    await here.says("huong", "hồ sơ minh chứng che mặt phòng cháy chữa cháy")
    path_in(await here.taps("huong", "Công văn V/v kế hoạch trọng tâm"))
    assert await cuts(here) == [Cut(UNIT, 2, blurred=True)]


async def test_without_a_detector_that_is_said_and_nothing_is_offered(
    begin: Begin, clock: StillClock, tmp_path: Path
) -> None:
    here = DossierStage(begin, clock, tmp_path / "files")
    await here.opens()
    for said in ("/hoso che mặt", "hồ sơ minh chứng che mặt tháng 12"):
        assert await here.says("huong", said) == texts.NO_DETECTOR
    path_in(await here.says("huong", "hồ sơ minh chứng"))
    assert here.last("huong").choices == ()
    assert await cuts(here) == [Cut(UNIT)]


async def test_a_teacher_opens_none(here: DossierStage) -> None:
    assert await here.says("lan", "/hoso che mặt") == texts.ONLY_HEADS
    assert in_words("hồ sơ minh chứng che mặt thế nào?") is None


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_nothing_is_looked_for_where_no_open_link_wants_it(here: DossierStage) -> None:
    await here.gives(READY, {"a.jpg": saved(photo(), "JPEG")})
    await here.link(Cut(UNIT, blurred=True))
    here.clock.move(LIFETIME)
    await here.link(Cut(UNIT))
    await here.link(Cut(UNIT, month="2023-12", blurred=True))  # it is of another month
    revoked = await here.link(Cut(UNIT, blurred=True))
    async with here.begin() as session:
        link = await dossiers.find(session, revoked.rpartition("/")[2], here.clock())
        assert link
        await dossiers.revoke(session, link.code, here.clock())
    assert await blurrer(here).blur_ready() == 0
    assert await faces_in(here) == [None]


@needs_a_detector
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_what_is_not_blurred_yet_is_shown_once_it_is(here: DossierStage) -> None:
    children, _ = crowd([astronaut(80), astronaut(60)], (800, 600))
    handed = {"be.jpg": saved(children, "JPEG"), "vuon.png": saved(photo(), "PNG"), "hong.jpg": b"\xff\xd8\xff\xe0"}
    await here.gives(READY, handed)
    path = path_in(await here.says("huong", "hồ sơ minh chứng che mặt"))
    async with TestClient(TestServer(here.app())) as client:
        page = await (await client.get(path)).text()
        assert ("Còn 3 ảnh đang che mặt" in page, files_in(page)) == (True, [])
        assert await blurrer(here).blur_ready() == 3
        assert await blurrer(here).blur_ready() == 0
        page = await (await client.get(path)).text()
        assert "đang che mặt" not in page
        assert re.search(r"hong\.jpg <[^>]+>ảnh không che mặt được<", page)
        shown = [await (await client.get(file)).read() for file in files_in(page)]
    assert len(shown) == 2
    assert {hashlib.sha256(one).digest() for one in shown}.isdisjoint(
        hashlib.sha256(one).digest() for one in handed.values()
    )
    assert await faces_in(here) == [0, 0, 2]
    assert list((here.folder / "coming").iterdir()) == []


@needs_a_detector
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_copy_is_made_once_for_all_links(here: DossierStage) -> None:
    await here.gives(WEIGHING, {"a.jpg": saved(Image.new("RGB", (40, 40)), "JPEG")})
    for cut in (Cut(UNIT, blurred=True), Cut(UNIT, month="2023-12", blurred=True)):
        await here.link(cut)
    assert await blurrer(here).blur_ready() == 1
