"""Who gets a certificate: by how many made it, once for each holder, for what was selected; as a list and a table."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core.certificates import Holder, Product
from core.evidence import State
from core.people import Role
from core.texts import certificates as texts
from core.texts import library as library_texts
from evidence.certifying import grant, holder_of
from handlers.certificates import in_words
from knowledge.author_names import authors_said, names_in
from records.files import FileStore
from records.session import Begin
from records.tables import OutboxRow
from scheduler.sheets import Sheets
from tests.evidence.privacy_stage import PrivacyStage
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import WEIGHING

LAN, MAI, HOA, SEN = "Nguyễn Thị Lan", "Trần Thị Mai", "Lê Thị Hoa", "Hoàng Thị Sen"
A, B, C = ("A2", "Bài hát", "S1"), ("B2", "Trò chơi", "S1"), ("C2", "Thực đơn", "S2")


def product(what: tuple[str, str, str], *authors: str) -> Product:
    return Product(*what, authors)


@pytest.mark.parametrize(
    ("products", "granted"),
    [
        ([], []),
        ([product(A, LAN)], [(Holder.PERSON, "S1", (LAN,), 1)]),
        ([product(A, LAN, MAI)], [(Holder.TEAM, "S1", (LAN, MAI), 1)]),
        ([product(A, LAN, MAI, HOA)], [(Holder.TEAM, "S1", (HOA, LAN, MAI), 1)]),
        ([product(A, LAN, MAI, HOA, SEN)], [(Holder.COLLECTIVE, "S1", (), 1)]),
        ([product(A, LAN), product(B, "nguyen thi  lan")], [(Holder.PERSON, "S1", (LAN,), 2)]),  # one certificate
        ([product(A, LAN, MAI), product(B, MAI, LAN)], [(Holder.TEAM, "S1", (LAN, MAI), 2)]),
        (
            [product(A, LAN, MAI, HOA, SEN), product(B, LAN, MAI, HOA, "Vũ Thị Hạnh", SEN)],
            [(Holder.COLLECTIVE, "S1", (), 2)],
        ),
        (
            [product(A, LAN), product(C, LAN)],  # of the same name in two schools: two people
            [(Holder.PERSON, "S1", (LAN,), 1), (Holder.PERSON, "S2", (LAN,), 1)],
        ),
        (
            [product(A, LAN), product(B, LAN, MAI), product(C, LAN, MAI, HOA, SEN)],
            [(Holder.COLLECTIVE, "S2", (), 1), (Holder.PERSON, "S1", (LAN,), 1), (Holder.TEAM, "S1", (LAN, MAI), 1)],
        ),
        ([product(A, LAN, LAN)], [(Holder.PERSON, "S1", (LAN, LAN), 1)]),
        ([product(A)], []),
    ],
)
def test_who_gets_one(products: list[Product], granted: list[tuple[Holder, str, tuple[str, ...], int]]) -> None:
    found = grant(products)
    assert [(one.holder, one.unit, one.names, len(one.products)) for one in found.certificates] == granted
    assert found.nameless == tuple(one for one in products if not one.authors)


def test_who_stands_on_two_is_to_be_looked_at() -> None:
    found = grant([product(A, LAN), product(B, LAN, MAI), product(C, LAN)])
    assert [one.also for one in found.certificates] == [(LAN,), (), (LAN,)]


@pytest.mark.parametrize(
    ("authors", "holder"), [(1, Holder.PERSON), (2, Holder.TEAM), (3, Holder.TEAM), (4, Holder.COLLECTIVE)]
)
def test_four_are_a_collective(authors: int, holder: Holder) -> None:
    assert holder_of(authors) is holder


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (f"{LAN}, {MAI} và {HOA}", (LAN, MAI, HOA)),
        (f"cô {LAN}; thầy Phạm Minh Tuấn", (LAN, "Phạm Minh Tuấn")),
        ("Lan,lan, LAN", ("Lan",)),
        (" , ; 12", ()),
        ("Lê Va", ("Lê Va",)),
        ("co Lan, Chí Phèo", ("Lan", "Chí Phèo")),
    ],
)
def test_names_are_read(said: str, names: tuple[str, ...]) -> None:
    assert names_in(said) == names


def test_a_caption_may_name_them() -> None:
    assert authors_said(f"Bài hát ru. Tác giả: {LAN}, {MAI}") == (LAN, MAI)
    assert authors_said("ghi rõ tên tác giả") == ()


@pytest.mark.parametrize(
    ("said", "command"),
    [
        (f"tác giả H7K2QM: {LAN}, {MAI}", ("tacgia", f"H7K2QM {LAN}, {MAI}")),
        ("danh sách cấp giấy chứng nhận", ("chungnhan", "")),
        ("xuất giấy chứng nhận", ("chungnhan", "excel")),
        ("ai được cấp giấy chứng nhận?", None),
        ("giấy chứng nhận cấp cho ai", None),
        ("mấy tác giả thì tính tập thể", None),
    ],
)
def test_plain_words(said: str, command: tuple[str, str] | None) -> None:
    assert in_words(said) == command


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> PrivacyStage:
    return await PrivacyStage(begin, clock, tmp_path / "files").opens()


async def selected(here: PrivacyStage, title: str, number: int) -> str:
    """The code of what the office has put into its store."""
    code = await here.gives(WEIGHING, {f"bai-{number}.pdf": b"%PDF-1.4 " + str(number).encode()}, State.ACCEPTED)
    await here.says("hanh", f"đưa {code} vào kho: {title}")
    await here.taps("hanh", library_texts.SURE)
    return code


async def test_the_office_reads_who_gets_one_and_why(here: PrivacyStage) -> None:
    assert await here.says("hanh", "danh sách giấy chứng nhận") == texts.NOTHING_SELECTED
    first, second, third = [await selected(here, f"Học liệu {n}", n) for n in (1, 2, 3)]
    said = await here.says("huong", f"tác giả {first}: {LAN}")
    assert said == f"Đã ghi 1 tác giả của {first}: {LAN}. Nếu được chọn thì cấp theo: cá nhân."
    await here.says("huong", f"tác giả {second}: cô {LAN}")
    said = await here.says("hanh", "danh sách giấy chứng nhận")
    assert said.startswith("1 giấy chứng nhận từ 2 sản phẩm đã chọn:\n")
    assert f"• Cá nhân: {LAN} (MN Hoa Phượng): 01 tác giả; 2 sản phẩm, cấp 01 giấy theo tác giả." in said
    assert f"Chưa cấp, vì chưa ghi tác giả (1):\n• Học liệu 3 ({third}), MN Hoa Phượng" in said
    assert "“Chỉ cấp giấy chứng nhận đối với tác giả." in said
    await here.says("huong", f"tác giả {third}: {LAN}, {MAI}, {HOA}, {SEN}")
    said = await here.says("hanh", "danh sách giấy chứng nhận")
    assert "• Tập thể: MN Hoa Phượng: 4 tác giả, từ 04 người trở lên lấy theo tập thể." in said
    await here.says("huong", f"rút khỏi kho {third}")  # selected no more
    assert "Tập thể" not in await here.says("hanh", "danh sách giấy chứng nhận")


async def test_the_table_is_sent_as_a_file(here: PrivacyStage) -> None:
    code = await selected(here, "=Bài hát", 1)
    await here.says("huong", f"tác giả {code}: {LAN}, {MAI}")
    await here.says("hanh", "danh sách giấy chứng nhận")
    assert await here.taps("hanh", texts.EXCEL) == texts.COMES
    store = FileStore(here.folder)
    await Sheets(here.begin, store, lambda: here.school.index, here.clock, lambda: None).work()
    await here.school.works()
    async with here.begin() as session:
        row = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()).limit(1))).one()
    [file] = row.files
    [line] = list(load_workbook(BytesIO(store.path(file["sha256"]).read_bytes()))[texts.SHEET].iter_rows(min_row=2))
    assert [cell.value for cell in line][:2] == ["Nhóm tác giả", f"{LAN}, {MAI}"]
    assert line[4].value == f"=Bài hát ({code})"
    assert line[4].data_type == "s"


async def test_only_the_school_names_authors_and_only_offices_read_the_list(here: PrivacyStage) -> None:
    code = await selected(here, "Bài hát", 1)
    await here.hires("hien", "Đỗ Hiền", "VB-ANHDUONG", Role.PRINCIPAL)
    for who in ("hien", "hanh"):
        assert "Tôi không thấy lần nộp nào có mã này" in await here.says(who, f"tác giả {code}: {LAN}")
    assert await here.says("huong", "danh sách giấy chứng nhận") == texts.ONLY_OFFICES
    assert await here.says("tuan", "danh sách giấy chứng nhận") == texts.NOTHING_SELECTED  # not its own store
