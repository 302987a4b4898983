"""The board asked for in chat as pictures and files: on every channel, the same figures, each her own."""

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PIL import Image
from sqlalchemy import select

from core.capabilities import TELEGRAM, ZALO_BOT, ZALO_OA
from core.evidence import State
from core.platform import Limits
from core.texts import exports as texts
from core.texts import pictures as picture_texts
from handlers.board_files import in_words
from records import memberships, people
from records.session import Begin
from records.tables import OutboxRow
from scheduler.sheets import Sheets
from tests.evidence.test_progress import WEIGHING as WEIGHING_NAME
from tests.fakes.clock import StillClock
from tests.web.dossier_stage import JPEG, WEIGHING, DossierStage

sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
MB = 1 << 20
CHANNELS = {"telegram": TELEGRAM, "zalo_bot": ZALO_BOT, "zalo_oa": ZALO_OA}


@dataclass(frozen=True, slots=True)
class Sent:
    """To whom, what was said, the file's name, type and bytes; of no file: empty."""

    to: str
    said: str
    name: str = ""
    mime: str = ""
    data: bytes = b""

    @property
    def size(self) -> tuple[int, int]:
        with Image.open(BytesIO(self.data)) as picture:
            picture.load()
            return picture.size


async def opened(begin: Begin, clock: StillClock, folder: Path, name: str, limits: Limits) -> DossierStage:
    here = DossierStage(begin, clock, folder, name=name, limits=limits)
    await here.opens()
    await here.gives(WEIGHING, {"a.jpg": JPEG}, State.ACCEPTED)
    await here.gives(WEIGHING, {"b.jpg": JPEG}, State.RETURNED, "VB-ANHDUONG")
    return here


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> DossierStage:
    return await opened(begin, clock, tmp_path / "files", "telegram", TELEGRAM)


async def comes(here: DossierStage) -> Sent:
    """What is made for who has asked, once."""
    worker = Sheets(here.begin, here.store, lambda: here.school.index, here.clock, lambda: None)
    assert (await worker.work(), await worker.work()) == (1, 0)
    await here.school.works()
    async with here.begin() as session:
        row = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()).limit(1))).one()
    assert row.state == "sent"
    if not row.files:
        return Sent(row.chat, row.text)
    [file] = row.files
    data = here.store.path(file["sha256"]).read_bytes()
    return Sent(row.chat, row.text, file["name"], file["mime"], data)


@sqlite
@pytest.mark.parametrize("channel", CHANNELS)
async def test_what_is_asked_for_comes_on_every_channel(
    begin: Begin, clock: StillClock, tmp_path: Path, channel: str
) -> None:
    here = await opened(begin, clock, tmp_path / "files", channel, CHANNELS[channel])
    for asked, name, said in (
        ("ảnh tiến độ tháng 12", "anh-tien-do-2023-12.png", "Tiến độ tháng 12/2023 (Phòng GDĐT huyện Vĩnh Bảo): 1/2"),
        ("ảnh tiến độ cân đo lần 2", "anh-viec-2023-12-05.png", f"{WEIGHING_NAME} (Phòng GDĐT"),
        (
            "phiếu trường Hoa Phượng",
            "anh-phieu-truong-2023-12.png",
            "MN Hoa Phượng (Phiếu trường · tháng 12/2023): 1/2",
        ),
        ("ảnh lịch tháng 12", "anh-lich-2023-12.png", "Tháng 12/2023."),
        ("xuất excel tháng 12", "tien-do-2023-12.xlsx", f"{texts.EXCEL}, tháng 12/2023."),
        ("báo cáo word tháng 12", "bao-cao-tien-do-2023-12.docx", f"{texts.WORD}, tháng 12/2023."),
    ):
        assert await here.says("hanh", asked) == texts.COMES
        sent = await comes(here)
        assert (sent.to, sent.name) == ("hanh", name)
        assert sent.said.startswith(said), sent.said
        if name.endswith(".png"):
            assert sent.mime == "image/png"
            assert sent.size[0] == 1080
            assert 1080 <= sent.size[1] <= 1350
            assert len(sent.data) < 150_000
            assert len(sent.data) < here.limits.picture_bytes


@sqlite
async def test_the_office_sees_who_is_missing_as_a_picture(here: DossierStage) -> None:
    await here.says("hanh", "tiến độ")
    await here.taps("hanh", next(one.label for one in here.last("hanh").choices if WEIGHING_NAME in one.label))
    assert await here.taps("hanh", picture_texts.TASK_PICK) == texts.COMES
    sent = await comes(here)
    assert sent.said.startswith(f"{WEIGHING_NAME} (Phòng GDĐT huyện Vĩnh Bảo · trước 05/12/2023): 1/2 trường đã nộp.")
    said = await here.says("hanh", "ảnh tiến độ bơi lội mùa hè")
    assert said == picture_texts.no_task("bơi lội mùa hè")
    assert await here.says("hanh", "phiếu trường") == picture_texts.WHICH_SCHOOL


@sqlite
async def test_each_sees_her_own_alone(here: DossierStage) -> None:
    for who, unit in (
        ("lan", "MN Hoa Phượng"),
        ("huong", "MN Hoa Phượng"),
        ("mai", "Lớp MN độc lập tư thục Ánh Dương"),
    ):
        assert await here.says(who, "phiếu trường") == texts.COMES
        sent = await comes(here)
        assert sent.to == who
        assert sent.said.startswith(f"{unit} (Phiếu trường")
    assert await here.says("huong", "phiếu trường Ánh Dương") == picture_texts.NOT_YOURS
    assert await here.says("huong", f"/anh viec {WEIGHING} 2023-12-05") == texts.COMES
    assert (await comes(here)).said == picture_texts.NOTHING
    assert await here.says("huong", "ảnh tiến độ cân đo lần 2") == picture_texts.TASK_FOR_OFFICES
    await here.knows("ngoc", "Bùi Thị Ngọc")  # an officer of the next district
    assert "Hoa Phượng" in await here.says("ngoc", "phiếu trường Hoa Phượng")
    assert await here.says("ngoc", f"/anh viec {WEIGHING} 2023-12-05") == texts.COMES
    assert "1/2" not in (await comes(here)).said
    await here.says("mai", "bảng excel tháng 12")
    book = load_workbook(BytesIO((await comes(here)).data))
    assert {row[1].value for row in book[texts.REGISTER].iter_rows(min_row=5)} == {"Lớp MN độc lập tư thục Ánh Dương"}


@sqlite
async def test_who_has_left_meanwhile_gets_nothing(here: DossierStage) -> None:
    assert await here.says("mai", "ảnh tiến độ tháng 12") == texts.COMES
    async with here.begin() as session:
        mai = await people.find_person(session, here.name, "mai")
        assert mai
        for one in await memberships.of_person(session, mai.id):
            await memberships.end(session, one, None, here.clock())
    worker = Sheets(here.begin, here.store, lambda: here.school.index, here.clock, lambda: None)
    assert await worker.work() == 1
    async with here.begin() as session:
        rows = [*await session.scalars(select(OutboxRow).order_by(OutboxRow.id))]
    assert rows[-1].text == texts.GONE
    assert not any(row.files for row in rows)


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("Ảnh tiến độ tháng 12", ("anh", "tiến độ tháng 12")),
        ("cho tôi ảnh tiến độ cân đo lần 2", ("anh", "tiến độ cân đo lần 2")),
        ("gửi ảnh lịch tháng 12/2023.", ("anh", "lịch tháng 12/2023")),
        ("Phiếu trường Hoa Phượng", ("anh", "Phiếu trường Hoa Phượng")),
        ("ảnh phiếu trường", ("anh", "phiếu trường")),
        ("xuất excel tháng 12", ("xuat", "excel tháng 12")),
        ("bảng excel", ("xuat", "excel")),
        ("tải bảng tiến độ excel tháng này", ("xuat", "excel tháng này")),
        ("báo cáo word tháng 12", ("xuat", "word tháng 12")),
        ("xuất báo cáo ra word", ("xuat", "word")),
        ("excel", None),
        ("báo cáo tháng 12", None),
        ("lịch tháng 12", None),
        ("xuất excel giấy chứng nhận", None),
        ("phiếu trường học hạnh phúc nộp khi nào", None),
        ("ảnh tiến độ gửi ở đâu?", None),
        ("báo cáo word nộp cho ai", None),
    ],
)
def test_plain_words(said: str, meant: tuple[str, str] | None) -> None:
    assert in_words(said) == meant
