"""Who has handed in what: the school sees its own, the office everybody's, by name."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from core.dossier import Cut, Standing
from core.texts import evidence as evidence_texts
from core.texts import progress as texts
from core.work import Due
from evidence.dossier import gather
from records.session import Begin
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


def line(said: str, title: str) -> str:
    return next(line for line in said.split("\n") if title in line)


async def test_a_school_sees_how_it_stands(here: District) -> None:
    said = await here.says("huong", "tiến độ")
    assert line(said, WEIGHING) == f"○ {WEIGHING} (trước 05/12): chưa nộp, hôm nay là ngày cuối"
    await here.hands_in("lan", "a", text="cân đo lần 2")
    assert "… " + WEIGHING in await here.says("lan", "/tiendo")
    await here.taps("huong", evidence_texts.CONFIRM)
    assert line(await here.says("huong", "tien do"), WEIGHING) == f"✓ {WEIGHING} (trước 05/12): đã nộp"


async def test_the_office_sees_the_count_and_who_is_missing(here: District) -> None:
    here.clock.move(timedelta(days=2))
    await here.hands_in("huong", "a", text="cân đo lần 2")
    assert (await here.says("hanh", "/tiendo")).endswith(texts.OF_OFFICE)
    labels = [choice.label for choice in here.last("hanh").choices]
    counted = next(label for label in labels if WEIGHING in label)
    assert counted.startswith("○ 1/")
    said = await here.taps("hanh", counted)
    assert f"{WEIGHING} (trước 05/12): 1/" in said
    assert "Ánh Dương" in line(said, "Chưa nộp")
    assert line(said, "Nộp trễ") == "Nộp trễ (1): MN Hoa Phượng"


async def test_what_waits_for_a_principal_is_not_there_for_the_office(here: District) -> None:
    await here.hands_in("lan", "a", text="cân đo lần 2")
    await here.says("hanh", "/tiendo")
    said = await here.taps("hanh", next(one.label for one in here.last("hanh").choices if WEIGHING in one.label))
    assert "Hoa Phượng" in line(said, "Chưa nộp")
    assert "hiệu trưởng" not in said
    await here.taps("huong", evidence_texts.CONFIRM)
    await here.says("hanh", f"/tralai {(await here.rows())[0].code} mờ")
    await here.hands_in("lan", "b", text="nộp lại cân đo lần 2")
    await here.says("hanh", "/tiendo")
    said = await here.taps("hanh", next(one.label for one in here.last("hanh").choices if WEIGHING in one.label))
    assert line(said, "Đã trả lại") == "Đã trả lại (1): MN Hoa Phượng"


async def test_nobody_sees_sideways(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.knows("ngoc", "Bùi Thị Ngọc")  # an officer of the next district
    await here.says("ngoc", "/tiendo")
    shown = here.last("ngoc")
    assert all("1/" not in choice.label for choice in shown.choices)
    assert "chưa nộp" in line(await here.says("mai", "/tiendo"), WEIGHING)


async def test_one_school_gets_more_time_and_is_told_and_is_not_late(here: District) -> None:
    here.clock.move(timedelta(days=2))
    await here.says("hanh", "/tiendo")
    await here.taps("hanh", next(one.label for one in here.last("hanh").choices if WEIGHING in one.label))
    assert await here.taps("hanh", texts.extend("MN Hoa Phượng")) == texts.until_when("MN Hoa Phượng", WEIGHING)
    said = await here.says("hanh", "đến 10/12 nhé")
    assert said.startswith("Đã gia hạn cho MN Hoa Phượng")
    assert here.read_by("huong")[-1].endswith(f"gia hạn cho MN Hoa Phượng đến 10/12/2023: {WEIGHING}.")
    assert line(await here.says("huong", "/tiendo"), WEIGHING).endswith("(hạn 10/12): chưa nộp, còn 4 ngày")
    assert "trễ" not in await here.hands_in("huong", "a", text="cân đo lần 2")
    assert "trễ" in await here.hands_in("mai", "b", text="cân đo lần 2")


async def test_a_past_day_is_asked_for_again_and_nobody_else_may_extend(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [row] = await here.rows()
    ref = f"{row.document_id}.{row.number}"
    for who in ("huong", "lan"):
        assert await here.says(who, f"/giahan {ref} VB-ANHDUONG 10/12") == evidence_texts.ONLY_OFFICES
    assert await here.says("hanh", f"/giahan {ref} AL-TRUONGSON 10/12") == evidence_texts.ONLY_OFFICES
    await here.says("hanh", f"/giahan {ref} VB-ANHDUONG")
    assert await here.says("hanh", "1/12/2023") == texts.NO_DAY
    assert (await here.says("hanh", "31/12")).startswith("Đã gia hạn")


@pytest.mark.parametrize("other", ["ngày 20/12 có việc gì?", "uỷ quyền cho Lan trường Hoa Phượng đến 20/12", "thôi"])
async def test_while_a_day_is_awaited_other_words_extend_nothing(here: District, other: str) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    [row] = await here.rows()
    await here.says("hanh", f"/giahan {row.document_id}.{row.number} VB-ANHDUONG")
    before = len(here.read_by("mai"))
    assert "gia hạn" not in (await here.says("hanh", other)).lower()
    assert here.read_by("mai")[before:] == []


async def test_the_moved_day_is_told_wherever_the_task_is_named(here: District) -> None:
    await here.hands_in("mai", "b", text="cân đo lần 2")
    [row] = await here.rows()
    here.clock.move(timedelta(days=2))  # the day of the document is past
    await here.says("hanh", f"/giahan {row.document_id}.{row.number} VB-HOAPHUONG 10/12")
    await here.says("huong", "/nop")
    assert f"{WEIGHING} (hạn 10/12)" in [choice.label for choice in here.last("huong").choices]
    assert f"{WEIGHING} (hạn 10/12)" in await here.says("huong", "/nop cân đo lần 2")
    await here.says("huong", "/huy")
    await here.hands_in("huong", "a")
    assert f"{WEIGHING} (hạn 10/12)" in [choice.label for choice in here.last("huong").choices]
    async with here.begin() as session:
        dossier = await gather(session, here.school.index, Cut("VB-HOAPHUONG"), here.clock())
    [item] = [item for programme in dossier.programmes for item in programme.items if item.title.startswith(WEIGHING)]
    assert (item.due, item.standing) == (Due(date(2023, 12, 10)), Standing.AHEAD)
