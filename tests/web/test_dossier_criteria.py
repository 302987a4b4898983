"""The dossier by a criteria set: folders and tables by criterion, by the same links as every other."""

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from docx import Document
from openpyxl import load_workbook
from sqlalchemy import update

from core.dossier import Cut
from core.evidence import State
from core.texts import dossier as texts
from core.texts import dossier_criteria as by_texts
from records import criteria
from records.evidence_tables import SubmissionRow
from records.session import Begin
from tests.evidence.criteria_stage import NAME, SAFE, SAFE_LINES, CriteriaStage
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, READY, WEIGHING, files_in, path_in

PDF = b"%PDF-1.4 "
Client = TestClient[Request, Application]


@pytest.fixture
async def stage(begin: Begin, clock: StillClock, tmp_path: Path) -> CriteriaStage:
    return await CriteriaStage(begin, clock, tmp_path / "files").opens()


@pytest.fixture
async def client(stage: CriteriaStage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(stage.app())) as client:
        yield client


async def served(stage: CriteriaStage) -> str:
    """Of the set four criteria, one accepted and one handed in serve two; the path of the link made in chat."""
    await stage.gives_set()
    photos = await stage.gives(WEIGHING, {"can do.jpg": JPEG + b"1", "bieu do.pdf": PDF + b"1"}, State.ACCEPTED)
    await stage.gives(READY, {"can do.jpg": JPEG + b"2"})
    other = (await stage.rows())[1].code
    for said in (f"gắn {photos} vào tiêu chí 2.1", f"gắn {photos} vào tiêu chí 1.2", f"gắn {other} vào tiêu chí 2.1"):
        assert "Đã gắn" in await stage.says("huong", said)
    await stage.says("huong", "tự chấm 2.1: 18,5")
    return path_in(await stage.says("huong", "hồ sơ theo bộ tiêu chí hạnh phúc"))


async def test_the_zip_has_a_folder_for_each_criterion_and_a_file_lies_in_each_that_it_serves(
    stage: CriteriaStage, client: Client
) -> None:
    path = await served(stage)
    answer = await client.get(f"{path}.zip")
    growth = "2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ"
    with ZipFile(BytesIO(await answer.read())) as packed:
        assert packed.testzip() is None
        assert packed.namelist() == [
            "Mục lục.xlsx",
            "Mục lục.docx",
            "1.2 Lớp học sạch, sáng/can do.jpg",
            "1.2 Lớp học sạch, sáng/bieu do.pdf",
            f"{growth}/can do.jpg",
            f"{growth}/bieu do.pdf",
            f"{growth}/can do (2).jpg",
        ]
        assert packed.read(f"{growth}/can do (2).jpg") == JPEG + b"2"
        assert packed.read("1.2 Lớp học sạch, sáng/bieu do.pdf") == packed.read(f"{growth}/bieu do.pdf")
        book = load_workbook(BytesIO(packed.read("Mục lục.xlsx")))
        paper = Document(BytesIO(packed.read("Mục lục.docx")))
    sheet = [[*row] for row in book["Mục lục"].iter_rows(values_only=True)]
    assert sheet[0] == [*by_texts.COLUMNS]
    assert [(row[1], row[4], row[5], row[9]) for row in sheet[1:]] == [
        ("1.1", None, "Chưa có minh chứng", None),
        ("1.2", None, "Đã nhận", "can do.jpg"),
        ("1.2", None, "Đã nhận", "bieu do.pdf"),
        ("2.1", 18.5, "Đã nhận", "can do.jpg"),
        ("2.1", 18.5, "Đã nhận", "bieu do.pdf"),
        ("2.1", 18.5, "Đã nhận", "can do.jpg"),
        ("2.2", None, "Chưa có minh chứng", None),
    ]
    links = [cell.hyperlink.target for cell in book["Mục lục"]["J"] if cell.hyperlink]
    assert len(links) == 5
    assert links[0].startswith("1.2%20L")
    totals = [[*row] for row in book["Tổng hợp"].iter_rows(values_only=True)]
    assert totals[-1][:6] == ["Cộng", 4, 2, 0.5, 50, 18.5]
    assert ["Bộ tiêu chí", NAME] in [row[:2] for row in totals]
    said = "\n".join(line.text for line in paper.paragraphs)
    assert f"theo bộ tiêu chí {NAME}" in said
    assert "2/4 tiêu chí có minh chứng (50%)" in said
    assert "Tự chấm: 18,5/50 điểm, còn 3 tiêu chí chưa chấm" in said
    rows = [[cell.text for cell in row.cells] for table in paper.tables for row in table.rows]
    [growth_row] = [row for row in rows if row[0] == "2.1"]
    assert growth_row[2:4] == ["Tự chấm: 18,5/20 điểm", "Đã nhận"]
    assert "– bieu do.pdf" in growth_row[4]


async def test_the_page_shows_each_criterion_its_evidence_and_points_and_gives_the_form(
    stage: CriteriaStage, client: Client
) -> None:
    path = await served(stage)
    page = await (await client.get(path)).text()
    for said in (
        f"Hồ sơ minh chứng, theo bộ tiêu chí {NAME}",
        "2/4 tiêu chí có minh chứng (50%)",
        '<h2 id="p1">I. Môi trường</h2>',
        "1.1 Sân chơi ngoài trời an toàn",
        "Tự chấm: 18,5/20 điểm",
        "Tự chấm: 18,5/50 điểm, còn 3 tiêu chí chưa chấm",
        "Chưa tự chấm (tối đa 10 điểm)",
        "Tổ chức cân - đo",
    ):
        assert said in page
    assert "Việc số" not in page
    assert "trễ" not in page  # late for its task, not for the criterion
    assert len(files_in(page)) == 5  # two serve two
    file = await client.get(files_in(page)[0])
    assert (file.status, await file.read()) == (200, JPEG + b"1")
    form = await client.get(f"{path}.xlsx")
    sheet = load_workbook(BytesIO(await form.read())).active
    assert sheet is not None
    assert any(row[0] == "2.1" and row[3] == 18.5 for row in sheet.iter_rows(values_only=True))
    assert form.headers["Cache-Control"] == "no-store"
    assert [what for what, _ in await stage.visits()] == ["page", "file", "file"]


async def test_of_other_dossiers_there_is_no_form_and_of_a_set_of_others_nothing(
    stage: CriteriaStage, client: Client
) -> None:
    theirs = await stage.gives_set("Của huyện khác", "1 Vườn rau", unit="PGD-AL")
    whole, foreign = await stage.link(), await stage.link(Cut(UNIT, criteria=theirs.id))
    assert (await client.get(f"{whole}.xlsx")).status == 404
    assert (await client.get(f"{foreign}.xlsx")).status == 404
    page = await (await client.get(foreign)).text()
    assert "Bộ tiêu chí này không còn áp dụng cho đơn vị." in page
    assert "Vườn rau" not in page
    assert (await client.get(f"{foreign}.zip")).status == 200  # the tables of contents alone
    assert (await client.get("/dossier/none.xlsx")).status == 404


@pytest.mark.parametrize("state", [State.RETURNED, State.WITHDRAWN])
async def test_what_is_no_evidence_any_more_is_gone_from_the_open_link(
    state: State, stage: CriteriaStage, client: Client
) -> None:
    path = await served(stage)
    address = files_in(await (await client.get(path)).text())[0]
    async with stage.begin() as session:
        await session.execute(update(SubmissionRow).where(SubmissionRow.state == State.ACCEPTED).values(state=state))
    page = await (await client.get(path)).text()
    assert "1/4 tiêu chí có minh chứng (25%)" in page
    assert len(files_in(page)) == 1
    assert (await client.get(address)).status == 404


async def test_a_set_that_was_taken_back_shows_nothing_by_its_links(stage: CriteriaStage, client: Client) -> None:
    path = await served(stage)
    async with stage.begin() as session:
        [set] = await criteria.of_units(session, ["PGD-VB"])
        await criteria.take_back(session, set.id, stage.clock())
    page = await (await client.get(path)).text()
    assert "không còn áp dụng" in page
    assert files_in(page) == []


async def test_with_blurred_faces_only_copies_are_in_it(stage: CriteriaStage, client: Client) -> None:
    set = await stage.gives_set()
    code = await stage.gives(WEIGHING, {"can do.jpg": JPEG + b"1", "bieu do.pdf": PDF}, State.ACCEPTED)
    await stage.says("huong", f"gắn {code} vào tiêu chí 2.1")
    await stage.blurs(JPEG + b"1", JPEG + b"blurred")
    path = await stage.link(Cut(UNIT, blurred=True, criteria=set.id))
    page = await (await client.get(path)).text()
    assert "bieu do.pdf" in page
    [only] = files_in(page)
    assert await (await client.get(only)).read() == JPEG + b"blurred"
    with ZipFile(BytesIO(await (await client.get(f"{path}.zip")).read())) as packed:
        assert [name for name in packed.namelist() if "Mục lục" not in name] == [
            "2.1 Cân đo, theo dõi biểu đồ tăng trưởng của trẻ/can do.jpg"
        ]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_which_set_is_asked_and_the_list_of_links_says_it(stage: CriteriaStage) -> None:
    assert await stage.says("huong", "hồ sơ theo bộ tiêu chí") == by_texts.NO_SETS
    await stage.gives_set()
    await stage.gives_set(SAFE, SAFE_LINES)
    assert await stage.says("huong", "hồ sơ minh chứng theo bộ tiêu chí của trường") == by_texts.WHICH_SET
    said = await stage.taps("huong", SAFE)
    assert f"theo bộ tiêu chí {SAFE}:\n" in said
    assert "0/2 tiêu chí có minh chứng (0%)." in said
    assert f"MN Hoa Phượng, theo bộ tiêu chí {SAFE}" in await stage.says("huong", "/hoso")
    said = await stage.says("hanh", "ho so theo bo tieu chi hanh phuc cua truong mam non Hoa Phuong")
    assert f"Hồ sơ minh chứng của MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng, theo bộ tiêu chí {NAME}" in said
    assert await stage.says("mai", "hồ sơ theo bộ tiêu chí hạnh phúc của trường Mầm non Hoa Phượng") == texts.NOT_YOURS
    assert await stage.says("lan", "hồ sơ theo bộ tiêu chí hạnh phúc") == texts.ONLY_HEADS
