"""Activities registered at three levels: typed, shown back, confirmed, corrected, withdrawn; the office's table."""

from datetime import date, datetime, time, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from core.activities import Activity, Scale
from core.clock import VIETNAM, local_day
from core.people import Role
from core.texts import activities as texts
from evidence.desk import Desk
from handlers.registering import in_words
from knowledge.activity_words import corrected, read_activity
from records.files import FileStore
from records.session import Begin
from records.tables import OutboxRow
from reminding.known import known_of
from reminding.plan import plan
from scheduler.sheets import Sheets
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

SCHOOL = "AL-QUANGTRUNG"
TASK = "Các cơ sở GDMN đăng ký quy mô tổ chức theo 03 cấp"
FAIR = "Ngày hội gia đình; cấp huyện; tháng 12/2024"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    """It is Tuesday, 15 October 2024; lien heads MN Quang Trung of An Lão, hoa teaches there, ngoc is of its Phòng."""
    clock.move(datetime(2024, 10, 15, 8, 0, tzinfo=VIETNAM) - clock())
    district = await District(begin, clock, tmp_path / "files").opens()
    await district.hires("lien", "Ngô Liên", SCHOOL, Role.PRINCIPAL)
    await district.hires("hoa", "Lê Hoa", SCHOOL)
    await district.hires("ngoc", "Bùi Ngọc", "PGD-AL", Role.STAFF)
    return district


async def registers(here: District, words: str) -> str:
    """What is said once it is confirmed."""
    await here.says("lien", f"đăng ký hoạt động: {words}")
    said = await here.taps("lien", texts.YES)
    await here.passes()
    return said


async def sheet(here: District, who: str) -> tuple[str, list[tuple[object, ...]], list[object]]:
    """What is said with the table that was asked for, its rows, and the units that have registered nothing."""
    store = FileStore(here.folder)
    await Sheets(here.begin, store, lambda: here.school.index, here.clock, lambda: None).work()
    await here.school.works()
    async with here.begin() as session:
        row = (await session.scalars(select(OutboxRow).order_by(OutboxRow.id.desc()).limit(1))).one()
    [file] = row.files
    assert (row.chat, row.state, file["name"]) == (who, "sent", f"dang-ky-hoat-dong-{local_day(here.clock())}.xlsx")
    book = load_workbook(BytesIO(store.path(file["sha256"]).read_bytes()))
    rows = [tuple(cell.value for cell in line) for line in book[texts.SHEET].iter_rows(min_row=2)]
    return row.text, rows, [line[0].value for line in book[texts.MISSING_SHEET].iter_rows(min_row=2)]


async def test_in_one_line_shown_back_confirmed_and_handed_in(here: District) -> None:
    said = await here.says("lien", f"đăng ký hoạt động: {FAIR}")
    assert said.startswith(
        "Thầy/cô đăng ký:\nHoạt động: Ngày hội gia đình\nCấp: huyện\nThời gian: tháng 12/2024\nViệc: "
    )
    assert "(trước 24/10/2024)" in said
    assert await here.rows() == []  # nothing stands before it is confirmed
    said = await here.taps("lien", texts.YES)
    assert said.startswith("Đã ghi đăng ký số 1: Ngày hội gia đình, cấp huyện, tháng 12/2024. Phòng GD&ĐT huyện An Lão")
    assert "Tôi ghi nộp cho việc “Các cơ sở GDMN đăng ký quy mô" in said
    await here.passes()
    receipt = here.read_by("lien")[-1]
    assert receipt.startswith("Đã nhận dang-ky-hoat-dong.txt")
    assert "Đã ghi là nộp. Phòng GD&ĐT huyện An Lão sẽ xem." in receipt
    [(title, state)] = await here.states()
    assert title.startswith(TASK)
    assert state == "submitted"


async def test_one_after_another(here: District) -> None:
    assert await here.says("lien", "dang ky hoat dong") == texts.WHAT
    assert "Tổ chức ở cấp nào?" in await here.says("lien", "Tuần lễ dinh dưỡng")
    assert "Tổ chức khi nào?" in await here.says("lien", "thành phố")
    said = await here.says("lien", "khoảng giữa tháng 3")
    assert "Hoạt động: Tuần lễ dinh dưỡng\nCấp: thành phố\nThời gian: khoảng giữa tháng 3\n" in said
    said = await here.says("lien", "cấp trường")  # corrected before it stands
    assert "Cấp: trường\n" in said
    assert "Đã ghi đăng ký số 1" in await here.says("lien", "đúng")


async def test_a_question_in_between_is_answered(here: District) -> None:
    await here.says("lien", "đăng ký hoạt động")
    assert "24/10/2024" in await here.says("lien", "đăng ký hoạt động hạn nào, mấy cấp?")
    assert "Hoạt động: Ngày hội" in await here.says("lien", "đăng ký hoạt động: Ngày hội, cấp trường, tháng 11")


async def test_several_stand_and_only_the_first_is_handed_in(here: District) -> None:
    await registers(here, FAIR)
    said = await registers(here, "Bé tập làm nội trợ, cấp trường, 20/11/2024")
    assert "số 2" in said
    assert "trường đã nộp rồi nên tôi không nộp lần nữa" in said
    assert len(await here.rows()) == 1
    said = await registers(here, "ngay hoi gia dinh; cấp huyện; tháng 12/2024")
    assert said.startswith("Hoạt động này đã đăng ký rồi, số 1: ")
    assert await here.says("hoa", "xem đăng ký hoạt động") == (
        "Đăng ký hoạt động của trường:\n1. Ngày hội gia đình, cấp huyện, tháng 12/2024\n"
        "2. Bé tập làm nội trợ, cấp trường, 20/11/2024"
    )


async def test_it_is_reminded_of_until_it_is_registered_and_again_once_all_is_withdrawn(here: District) -> None:
    async def reminded(day: date) -> bool:
        async with here.begin() as session:
            desk = Desk(session, here.school.index, here.clock())
            known = await known_of(desk, [SCHOOL])
        found = plan(here.school.index, known, day, here.school.index.workdays, only=[SCHOOL]).get(SCHOOL, [])
        return any(one.title.startswith(TASK) for one in found)

    last = date(2024, 10, 23)
    assert await reminded(last)
    await registers(here, FAIR)
    assert not await reminded(last)
    await registers(here, "Bé tập làm nội trợ, cấp trường, tháng 11")
    assert "rút luôn" not in await here.says("lien", "rút đăng ký 1")
    assert not await reminded(last)
    assert "nên tôi rút luôn lần nộp" in await here.says("lien", "rút đăng ký 2")
    assert await reminded(last)
    assert await here.says("lien", "rút đăng ký 2") == texts.NO_SUCH


async def test_it_is_corrected_by_its_number(here: District) -> None:
    await registers(here, FAIR)
    said = await here.says("lien", "sửa đăng ký 1: cấp thành phố")
    assert said.startswith("Sửa đăng ký số 1 thành:\nHoạt động: Ngày hội gia đình\nCấp: thành phố\n")
    assert (await here.taps("lien", texts.YES)).startswith("Đã sửa đăng ký số 1: Ngày hội gia đình, cấp thành phố")
    assert await here.says("lien", "sửa đăng ký 7 cấp trường") == texts.NO_SUCH


async def test_two_that_are_confirmed_at_once_are_handed_in_once(here: District) -> None:
    for words in (FAIR, "Bé tập làm nội trợ, cấp trường, tháng 11"):
        await here.says("lien", f"đăng ký hoạt động: {words}")
        await here.taps("lien", texts.YES)
    await here.passes()
    assert [state for _, state in await here.states()] == ["submitted"]


async def test_what_is_withdrawn_before_it_was_kept_is_not_handed_in(here: District) -> None:
    await here.says("lien", f"đăng ký hoạt động: {FAIR}")
    await here.taps("lien", texts.YES)
    await here.says("lien", "rút đăng ký 1")
    await here.passes()
    assert [state for _, state in await here.states()] == ["withdrawn"]


async def test_what_the_office_returned_is_handed_in_again_when_it_is_corrected(here: District) -> None:
    await registers(here, FAIR)
    code = (await here.submission(0)).code
    await here.says("ngoc", f"/tralai {code} Sai cấp")
    await here.says("lien", "sửa đăng ký 1 cấp trường")
    assert "Tôi ghi nộp cho việc" in await here.taps("lien", texts.YES)
    await here.passes()
    assert [state for _, state in await here.states()] == ["returned", "submitted"]


async def test_late_is_said_and_not_refused(here: District) -> None:
    here.clock.move(datetime.combine(date(2024, 10, 28), time(9), VIETNAM) - here.clock())
    said = await registers(here, FAIR)
    assert "Hạn đã qua 4 ngày, tôi vẫn ghi." in said
    assert [state for _, state in await here.states()] == ["submitted"]


async def test_where_no_document_asks_for_it_that_is_said(here: District) -> None:
    await here.says("huong", f"đăng ký hoạt động: {FAIR}")
    said = await here.taps("huong", texts.YES)
    assert texts.NO_TASK in said
    assert await here.rows() == []


async def test_only_who_heads_the_school_registers(here: District) -> None:
    for who in ("hoa", "ngoc"):
        assert await here.says(who, f"đăng ký hoạt động: {FAIR}") == texts.ONLY_HEADS
        assert await here.says(who, "rút đăng ký 1") == texts.ONLY_HEADS
    await registers(here, FAIR)
    assert await here.says("huong", "rút đăng ký 1") == texts.NO_SUCH  # of another school


async def test_the_office_is_sent_the_table(here: District) -> None:
    await registers(here, FAIR)
    assert await here.says("hoa", "xuất đăng ký hoạt động") == texts.ONLY_OFFICES
    assert await here.says("ngoc", "xuất đăng ký hoạt động") == texts.COMES
    said, rows, silent = await sheet(here, "ngoc")
    assert said == "Đăng ký hoạt động, Phòng GD&ĐT huyện An Lão: 1 hoạt động của 1 đơn vị, 1 đơn vị chưa đăng ký."
    [row] = rows
    assert row[:6] == (
        "MN Quang Trung, huyện An Lão, Hải Phòng",
        1,
        "Ngày hội gia đình",
        "huyện",
        "tháng 12/2024",
        "Ngô Liên",
    )
    assert row[7] is None
    assert silent == ["MN Trường Sơn, huyện An Lão, Hải Phòng"]


async def test_the_table_is_sent_as_often_as_it_is_asked_for(here: District) -> None:
    for day in (1, 2):
        await here.says("ngoc", "xuất đăng ký hoạt động")
        await here.says("ngoc", "xuất đăng ký hoạt động")  # not made yet
        await sheet(here, "ngoc")
        async with here.begin() as session:
            sent = [row for row in await session.scalars(select(OutboxRow)) if row.files]
        assert len(sent) == day
        here.clock.move(timedelta(days=1))


async def test_another_office_has_none_of_it(here: District) -> None:
    await registers(here, FAIR)
    await here.says("hanh", "xuất đăng ký hoạt động")
    said, rows, silent = await sheet(here, "hanh")
    assert (rows, len(silent)) == ([], 2)


@pytest.mark.parametrize(
    ("said", "title", "scale", "when"),
    [
        (FAIR, "Ngày hội gia đình", Scale.DISTRICT, "tháng 12/2024"),
        ("ngay hoi the thao cap truong thang 11", "ngay hoi the thao", Scale.SCHOOL, "thang 11"),
        ("Hội thi dinh dưỡng cấp thành phố vào tháng 3/2025", "Hội thi dinh dưỡng", Scale.CITY, "vào tháng 3/2025"),
        ("Hoạt động: Ngày hội, cấp: trường, thời gian: học kỳ II", "Ngày hội", Scale.SCHOOL, "học kỳ II"),
        ("Ngày hội gia đình - cấp tp - cuối năm học", "Ngày hội gia đình", Scale.CITY, "cuối năm học"),
        (
            "Phối hợp trường và gia đình, cấp xã, hằng tháng",
            "Phối hợp trường và gia đình",
            Scale.DISTRICT,
            "hằng tháng",
        ),
        ("Tuần lễ dinh dưỡng", "Tuần lễ dinh dưỡng", None, ""),
        ("quận", "", Scale.DISTRICT, ""),
        ("a|b+c; cấp trường; tháng 1", "a, b c", Scale.SCHOOL, "tháng 1"),
        ("", "", None, ""),
    ],
)
def test_what_is_typed(said: str, title: str, scale: Scale | None, when: str) -> None:
    assert read_activity(said) == Activity(title, scale, when)


def test_what_is_typed_next() -> None:
    first = Activity("Ngày hội", Scale.SCHOOL, "tháng 1")
    assert corrected(first, "tháng 2") == Activity("Ngày hội", Scale.SCHOOL, "tháng 2")
    assert corrected(first, "Hội thi; cấp huyện") == Activity("Hội thi", Scale.DISTRICT, "tháng 1")
    assert corrected(Activity("Ngày hội", Scale.CITY), "sau Tết") == Activity("Ngày hội", Scale.CITY, "sau Tết")


@pytest.mark.parametrize(
    ("said", "command"),
    [
        ("đăng ký hoạt động", ("dangky", "")),
        ("em muốn đăng ký thêm hoạt động ạ", ("dangky", "")),
        ("Đăng ký hoạt động: Ngày hội; cấp trường; tháng 1", ("dangky", "Ngày hội; cấp trường; tháng 1")),
        ("đăng ký hoạt động Ngày hội cấp trường tháng 1", ("dangky", "Ngày hội cấp trường tháng 1")),
        ("rút đăng ký số 2", ("rutdangky", "2")),
        ("sửa đăng ký 2 tháng 3", ("dangky", "sua 2 tháng 3")),
        ("xuất đăng ký hoạt động", ("xuatdangky", "")),
        ("xem đăng ký của trường", ("xemdangky", "")),
    ],
)
def test_plain_words_are_commands(said: str, command: tuple[str, str]) -> None:
    assert in_words(said) == command


@pytest.mark.parametrize(
    "said",
    [
        "đăng ký hoạt động hạn nào, mấy cấp?",
        "đăng ký hoạt động hạn nào",
        "đăng ký hoạt động khi nào nộp",
        "đăng ký trường chuẩn quốc gia",
        "kế hoạch đăng ký trường chuẩn",
        "hạn đăng ký hoạt động",
    ],
)
def test_other_words_are_not(said: str) -> None:
    assert in_words(said) is None
