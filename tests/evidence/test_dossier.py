"""What a dossier holds: the tasks of a unit, what it handed in for each, and the ZIP with its tables of contents."""

from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import load_workbook

from core.dossier import Cut, Dossier, Item, Standing
from core.evidence import State
from core.file_names import portable
from evidence.archive import Archive
from evidence.contents import places
from evidence.dossier import gather
from evidence.packing import pack
from records.session import Begin
from tests.evidence.stage import UNIT
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, PLAN, READY, WEIGHING, DossierStage


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    stage = DossierStage(begin, clock, tmp_path / "files")
    await stage.opens()
    return stage


async def dossier_of(here: DossierStage, cut: Cut = Cut(UNIT)) -> Dossier:  # noqa: B008 - frozen
    async with here.begin() as session:
        return await gather(session, here.school.index, cut, here.clock())


def item(dossier: Dossier, number: int) -> Item:
    return next(one for one in dossier.items if one.number == number + 1)


def opened(archive: Archive) -> ZipFile:
    return ZipFile(BytesIO(b"".join(archive.pieces())))


async def test_it_shows_how_each_task_stands_and_the_share_that_is_handed_in(here: DossierStage) -> None:
    await here.gives(READY, {"bc.pdf": b"%PDF-1.4"}, State.ACCEPTED)
    await here.gives(PLAN, {"kh.pdf": b"%PDF-1.5"}, State.RETURNED)
    await here.gives(WEIGHING, {"a.jpg": JPEG}, State.HELD)  # the principal has not spoken
    found = await dossier_of(here)
    assert (found.unit, found.office) == (
        "MN Hoa Phượng, huyện Vĩnh Bảo, Hải Phòng",
        "Phòng GDĐT huyện Vĩnh Bảo, Hải Phòng",
    )
    assert [item(found, ref.number).standing for ref in (READY, PLAN, WEIGHING)] == [
        Standing.ACCEPTED,
        Standing.RETURNED,
        Standing.AHEAD,
    ]
    assert (found.given, found.due) == (1, 5)
    [late] = item(found, READY.number).proofs
    assert (late.late, [one.file.name for one in late.exhibits]) == (96, ["bc.pdf"])
    assert [proof.exhibits for proof in item(found, PLAN.number).proofs] == [()]
    assert item(found, WEIGHING.number).proofs == ()
    here.clock.move(timedelta(days=1))
    found = await dossier_of(here)
    assert (item(found, WEIGHING.number).standing, found.given, found.due) == (Standing.MISSING, 1, 7)
    await here.gives(WEIGHING, {"a.jpg": JPEG})
    assert (await dossier_of(here)).given == 2


async def test_what_was_past_when_the_document_came_is_no_gap(here: DossierStage) -> None:
    here.clock.move(date(2026, 11, 10) - date(2023, 12, 4))  # the documents are on the shelf since 1/11/2026
    await here.gives(READY, {"bc.pdf": b"%PDF-1.4"})
    found = await dossier_of(here)
    assert (found.given, found.due) == (1, 1)
    assert item(found, WEIGHING.number).standing is Standing.HISTORY


async def test_a_part_keeps_the_numbers_of_the_whole(here: DossierStage) -> None:
    whole = await dossier_of(here)
    december = await dossier_of(here, Cut(UNIT, month="2023-12"))
    of_one = await dossier_of(here, Cut(UNIT, document=2))
    assert {one.number for one in december.items} < {one.number for one in whole.items}
    assert all(one.due is None or f"{one.due.day:%Y-%m}" == "2023-12" for one in december.items)
    assert item(december, WEIGHING.number) == item(whole, WEIGHING.number)
    [programme] = of_one.programmes
    assert programme == next(one for one in whole.programmes if one.name == programme.name)
    assert (await dossier_of(here, Cut(UNIT, month="1999-01"))).programmes == ()


async def test_nothing_is_shown_of_other_schools_and_nothing_of_a_unit_that_is_not_known(here: DossierStage) -> None:
    await here.gives(READY, {"bc.pdf": b"%PDF-1.4"}, unit="VB-ANHDUONG")
    assert (await dossier_of(here)).exhibits == {}
    assert (await dossier_of(here, Cut("NOWHERE"))).programmes == ()


async def test_the_zip_has_a_folder_for_each_task_and_a_table_of_contents(here: DossierStage) -> None:
    await here.gives(READY, {"Báo cáo.pdf": b"%PDF-1.4", "=1+1.txt": b"so", "Báo cáo.PDF": b"%PDF-1.6"}, State.ACCEPTED)
    found = await dossier_of(here)
    with opened(pack(found, here.store)) as packed:
        names = packed.namelist()
        assert names[:2] == ["Mục lục.xlsx", "Mục lục.docx"]
        folder = "02 Công văn V-v kế hoạch trọng tâm/11 Các trường báo cáo công tác tuyển sinh, các"
        programme = next(one.number for one in found.programmes if one.name.startswith("Công văn V/v kế hoạch"))
        folder = f"{programme:02d}{folder[2:]}"
        assert names[2:] == [f"{folder}/{name}" for name in ("Báo cáo.pdf", "=1+1.txt", "Báo cáo (2).PDF")]
        assert packed.read(names[2]) == b"%PDF-1.4"
        book = load_workbook(BytesIO(packed.read("Mục lục.xlsx")))
        paper = Document(BytesIO(packed.read("Mục lục.docx")))
    sheet = book["Mục lục"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("A2", sheet.dimensions)
    line = next(row for row in sheet.iter_rows(min_row=2) if row[8].value == "=1+1.txt")
    assert (line[3].value.date(), line[3].number_format, line[8].data_type) == (
        date(2023, 8, 30),
        '"trước "dd/mm/yyyy',
        "s",
    )
    assert (f"{line[5].value:%d/%m/%Y %H:%M}", line[6].value) == ("04/12/2023 08:00", 96)
    assert sheet.max_row - 1 == len(found.items) + 2
    assert [cell.value for cell in list(book["Tổng hợp"].rows)[-1]] == ["Cộng", len(found.items), 5, 1, 0.2]
    head = [cell.text for cell in paper.tables[0].rows[0].cells]
    assert head[0] == "PHÒNG GDĐT HUYỆN VĨNH BẢO, HẢI PHÒNG\nMN HOA PHƯỢNG, HUYỆN VĨNH BẢO, HẢI PHÒNG"
    assert head[1] == "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc"
    assert sum(len(table.rows) - 1 for table in paper.tables[1:]) == len(found.items)
    assert any("Báo cáo.pdf" in table._tbl.xml for table in paper.tables[1:])


async def test_the_same_dossier_gives_the_same_bytes(here: DossierStage) -> None:
    await here.gives(READY, {"bc.pdf": b"%PDF-1.4"})
    first, second = [pack(await dossier_of(here), here.store) for _ in range(2)]
    assert (first.tag, b"".join(first.pieces())) == (second.tag, b"".join(second.pieces()))


async def test_a_file_that_is_gone_from_the_disk_is_named_and_left_out(here: DossierStage) -> None:
    await here.gives(READY, {"bc.pdf": b"%PDF-1.4", "con.txt": b"here"})
    found = await dossier_of(here)
    gone = next(one.file for one in found.exhibits.values() if one.file.name == "bc.pdf")
    here.store.path(gone.sha256).unlink()
    with opened(pack(found, here.store)) as packed:
        assert [name.rpartition("/")[2] for name in packed.namelist()[2:]] == ["_con.txt"]
        sheet = load_workbook(BytesIO(packed.read("Mục lục.xlsx"))).active
    assert sheet is not None
    assert "bc.pdf (không có trên máy chủ)" in [row[8] for row in sheet.iter_rows(values_only=True)]


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "_.._etc_passwd"),
        ("..\\..\\windows\\win.ini", "_.._windows_win.ini"),
        ("C:\\a.txt", "C__a.txt"),
        ("/", "_"),
        ("..", "tệp"),
        ("", "tệp"),
        ("CON", "_CON"),
        ("nul.tar.gz", "_nul.tar.gz"),
        ("COM¹.txt", "_COM¹.txt"),
        ("com10.txt", "com10.txt"),
        ("a. ", "a"),
        ("a .txt", "a.txt"),
        ("Ảnh cân đo.jpg", "Ảnh cân đo.jpg"),  # NFD comes as NFC
        ('x<>:"|?*y.pdf', "x_______y.pdf"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("\x00\x01", "_"),
    ],
)
def test_names_are_fit_for_every_system(name: str, safe: str) -> None:
    assert portable(name, 80, "tệp").replace("__", "_") == safe.replace("__", "_")


@pytest.mark.parametrize("name", ["ắ" * 300 + ".jpg", "😀" * 100 + ".jpeg", "dài " * 100, "a." * 100])
def test_long_names_are_cut_and_keep_their_ending(name: str) -> None:
    safe = portable(name, 80, "tệp")
    assert len(safe.encode("utf-16-le")) // 2 <= 80
    assert len(safe.encode()) <= 255
    assert safe == safe.strip(". ")
    assert not name.endswith(("jpg", "jpeg")) or safe.endswith(("jpg", "jpeg"))


async def test_no_name_leads_out_of_its_folder_and_no_two_are_the_same(here: DossierStage) -> None:
    await here.gives(READY, {"../../x.txt": b"1", "..\\..\\x.txt": b"2", "X.TXT": b"3", "x.txt": b"4", "..": b"5"})
    found = list(places(await dossier_of(here)).values())
    assert len({path.casefold() for path in found}) == 5
    for path in found:
        assert path.count("/") == 2
        assert "\\" not in path
        assert all(part.strip(". ") == part and part for part in path.split("/"))
        assert len(path) < 180
