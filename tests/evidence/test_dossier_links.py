"""Links to a dossier, as they are asked for in chat: by whom, of what, listed with who came, revoked."""

import re
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer
from sqlalchemy import select

from core.texts import dossier as texts
from handlers.context import House
from handlers.dossier import MOST_OPEN, in_words
from records.dossier_tables import DossierLinkRow, DossierVisitRow
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import READY, DossierStage, path_in

SCHOOL = "MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng"
CHROME = {"User-Agent": "Mozilla/5.0 (Linux; Android 9) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36"}


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    return stage


async def cuts(here: DossierStage) -> list[tuple[str, int | None, str | None]]:
    async with here.begin() as session:
        rows = await session.scalars(select(DossierLinkRow).order_by(DossierLinkRow.made_at, DossierLinkRow.code))
        return [(row.unit, row.document_id, row.month) for row in rows]


def code_in(said: str) -> str:
    found = re.search(r"thu hồi hồ sơ (\w{6})", said)
    assert found, said
    return found[1]


async def test_a_principal_opens_lists_and_revokes_the_dossier_of_her_school(here: DossierStage) -> None:
    await here.gives(READY, {"bc.pdf": b"%PDF-1.4"})
    said = await here.says("huong", "hồ sơ minh chứng")
    lines = said.splitlines()
    assert lines[0] == f"Hồ sơ minh chứng của {SCHOOL}:"
    assert lines[2] == "Đã nộp 1/5 việc đến hạn (20%)."
    assert lines[3].endswith("Dùng đến 08:00 ngày 18/12/2023 (14 ngày).")
    code, path = code_in(said), path_in(said)
    assert f"• {code}: MN Hoa Phượng, đến 18/12. Chưa ai mở." in await here.says("huong", "/hoso")
    async with TestClient(TestServer(here.app())) as client:
        for _ in range(2):
            assert (await client.get(path, headers=CHROME)).status == 200
        assert (await client.get(path, headers={"User-Agent": "TelegramBot (like TwitterBot)"})).status == 200
        assert (await client.get(f"{path}.zip", headers=CHROME)).status == 200
        listed = await here.says("huong", "/hoso")
        assert "Mở 2 lần từ 1 nơi (Chrome), tải ZIP 1 lần, gần nhất 08:00 04/12." in listed
        assert await here.taps("huong", f"Thu hồi {code}") == texts.revoked(code)
        assert (await client.get(path, headers=CHROME)).status == 404
    assert await here.says("huong", f"thu hồi hồ sơ {code}") == texts.NO_SUCH_LINK


@pytest.mark.parametrize(
    ("said", "month", "document"),
    [
        ("link hồ sơ", None, None),
        ("cho em link ho so thang 12", "2023-12", None),
        ("hồ sơ minh chứng tháng này", "2023-12", None),
        ("Hồ sơ minh chứng tháng 9/2023 của trường em ạ", "2023-09", None),
        ("/hoso 2023-11", "2023-11", None),
        ("hồ sơ minh chứng kế hoạch trọng tâm tháng", None, 2),
        ("hồ sơ minh chứng tháng 12 theo chuyên đề lấy trẻ làm trung tâm", "2023-12", 1),
        ("/hoso vb2 2023-12", "2023-12", 2),
    ],
)
async def test_a_month_or_a_document_is_named(
    here: DossierStage, said: str, month: str | None, document: int | None
) -> None:
    path_in(await here.says("huong", said))
    assert await cuts(here) == [("VB-HOAPHUONG", document, month)]


async def test_an_officer_opens_that_of_a_school_below_by_its_name(here: DossierStage) -> None:
    for said in (
        "hồ sơ minh chứng của trường MN Hoa Phượng tháng 12",
        "link ho so truong mam non hoa phuong thang 12",
        "/hoso VB-HOAPHUONG 2023-12",
    ):
        path_in(await here.says("hanh", said))
    path_in(await here.says("hanh", "hồ sơ minh chứng tháng 10"))
    assert sorted(await cuts(here)) == [("PGD-VB", None, "2023-10")] + [("VB-HOAPHUONG", None, "2023-12")] * 3
    assert "MN Hoa Phượng, tháng 12/2023" in await here.says("huong", "/hoso")  # the school sees who was let in


async def test_nobody_opens_a_dossier_sideways_or_upwards(here: DossierStage) -> None:
    for who, said in (
        ("mai", "hồ sơ minh chứng của trường MN Hoa Phượng"),
        ("mai", "/hoso VB-HOAPHUONG"),
        ("huong", "/hoso PGD-VB"),
        ("huong", "hồ sơ minh chứng của phòng GDĐT huyện Vĩnh Bảo"),
        ("hanh", "/hoso PGD-AL"),
        ("hanh", "/hoso AL-TRUONGSON 2023-12"),
        ("hanh", "/hoso SO-HP"),
        ("huong", "/hoso vb3"),  # a document of An Lão
    ):
        assert await here.says(who, said) == texts.NOT_YOURS, said
    for said in ("/hoso", "hồ sơ minh chứng", "link hồ sơ tháng 12", "/thuhoihoso H7K2QM"):
        assert await here.says("lan", said) == texts.ONLY_HEADS
    assert await cuts(here) == []


async def test_nobody_revokes_sideways_or_upwards_and_the_office_may_below(here: DossierStage) -> None:
    code = code_in(await here.says("huong", "hồ sơ minh chứng"))
    offices = code_in(await here.says("hanh", "hồ sơ minh chứng"))
    assert await here.says("mai", f"thu hồi hồ sơ {code}") == texts.NO_SUCH_LINK
    assert await here.says("huong", f"thu hồi hồ sơ {offices}") == texts.NO_SUCH_LINK
    assert await here.says("mai", "/hoso") != ""
    assert code not in here.last("mai").text
    assert await here.says("hanh", f"Thu hồi link hồ sơ {code.lower()}") == texts.revoked(code)


async def test_a_link_that_is_old_is_not_listed(here: DossierStage) -> None:
    code = code_in(await here.says("huong", "hồ sơ minh chứng"))
    here.clock.move(timedelta(days=14))
    said = await here.says("huong", "/hoso")
    assert code not in said
    assert path_in(said)


async def test_what_is_not_understood_is_asked_back_about(here: DossierStage) -> None:
    said = await here.says("huong", "hồ sơ minh chứng phòng cháy chữa cháy")
    assert said.startswith(texts.UNCLEAR)
    path_in(await here.taps("huong", "Công văn V/v kế hoạch trọng tâm"))
    assert await cuts(here) == [("VB-HOAPHUONG", 2, None)]


async def test_questions_about_papers_stay_questions(here: DossierStage) -> None:
    for said in (
        "hồ sơ minh chứng gồm những gì?",
        "hồ sơ gửi qua đâu?",
        "hồ sơ khen thưởng nộp khi nào",
        "Sở kiểm tra hồ sơ chuyên đề thế nào?",
        "thu hồi mã K7QM-2XAB",
    ):
        assert in_words(said) is None, said
        assert "Hồ sơ minh chứng của" not in await here.says("huong", said)
    assert in_words("thu hồi hồ sơ H7K2QM") == ("thuhoihoso", "H7K2QM")


@pytest.mark.parametrize("school", ["trường Sao Biển", "MN Mây Hồng", "trường mầm non Sao Mai", "truong dau tam"])
async def test_a_school_may_be_called_as_questions_are(school: str, here: DossierStage) -> None:
    assert in_words(f"hồ sơ minh chứng của {school}") == ("hoso", f"của {school}")


async def test_without_an_address_that_is_said(begin: Begin, clock: StillClock, tmp_path: Path) -> None:
    here = DossierStage(begin, clock, tmp_path / "files", house=House(""))
    await here.opens()
    assert await here.says("huong", "hồ sơ minh chứng") == texts.NO_ADDRESS


async def test_links_do_not_pile_up_without_end(here: DossierStage) -> None:
    for _ in range(MOST_OPEN):
        path_in(await here.says("huong", "/hoso moi"))
    assert await here.says("huong", "/hoso moi") == texts.too_many(MOST_OPEN)


async def test_neither_token_nor_address_of_a_visitor_is_kept(here: DossierStage) -> None:
    said = await here.says("huong", "hồ sơ minh chứng")
    token = path_in(said).rpartition("/")[2]
    async with TestClient(TestServer(here.app())) as client:
        for seen in ("203.0.113.7", "203.0.113.7", "198.51.100.1"):
            await client.get(path_in(said), headers=CHROME | {"X-Forwarded-For": f"10.9.9.9, {seen}"})
    async with here.begin() as session:
        visits = list(await session.scalars(select(DossierVisitRow)))
        links = list(await session.scalars(select(DossierLinkRow)))
    assert len({visit.visitor for visit in visits}) == 2
    kept = repr([vars(row) for row in (*visits, *links)])
    assert not any(secret in kept for secret in (token, "203.0.113", "198.51.100", "127.0.0.1", "Mozilla"))
    assert replace(here.last("huong"), text="").choices == ()
