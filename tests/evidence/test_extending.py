"""More time, asked for in plain words: the school and the day are understood, what is missing is asked for."""

from pathlib import Path

import pytest

from core.texts import evidence as evidence_texts
from core.texts import progress as texts
from records.session import Begin
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
HOA_PHUONG = "MN Hoa Phượng"

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


def pick(here: District, title: str) -> str:
    return next(one.label for one in here.last("hanh").choices if title in one.label)


@pytest.mark.parametrize(
    "typed", ["gia hạn cho trường Hoa Phượng", "Cho MN Hoa Phượng gia hạn", "gia han truong hoa phuong"]
)
async def test_what_the_school_still_owes_is_offered_then_the_day_is_asked_for(here: District, typed: str) -> None:
    assert await here.says("hanh", typed) == texts.extend_which(HOA_PHUONG)
    assert await here.taps("hanh", pick(here, WEIGHING)) == texts.until_when(HOA_PHUONG, WEIGHING)
    assert (await here.says("hanh", "10/12")).startswith(f"Đã gia hạn cho {HOA_PHUONG} đến 10/12/2023")


async def test_a_day_that_was_said_is_not_asked_for_again(here: District) -> None:
    assert await here.says("hanh", "gia hạn cho trường Hoa Phượng đến 10/12") == texts.extend_which(HOA_PHUONG)
    said = await here.taps("hanh", pick(here, WEIGHING))
    assert said.startswith(f"Đã gia hạn cho {HOA_PHUONG} đến 10/12/2023")


async def test_what_is_handed_in_is_not_offered(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.says("hanh", "gia hạn cho trường Hoa Phượng")
    assert all(WEIGHING not in one.label for one in here.last("hanh").choices)


async def test_an_unknown_school_and_none_at_all_are_told_how(here: District) -> None:
    assert await here.says("hanh", "gia hạn cho trường Hoa Sen") == texts.extend_whom("trường Hoa Sen")
    for typed in ("gia hạn", "/giahan", "em muốn gia hạn ạ"):
        assert await here.says("hanh", typed) == texts.EXTEND_HOW


async def test_a_school_is_told_who_gives_more_time(here: District) -> None:
    for who in ("huong", "lan"):
        assert await here.says(who, "xin gia hạn") == texts.ask_the_office("Phòng GDĐT huyện Vĩnh Bảo")
    assert await here.says("hanh", "/giahan 1.1 AL-TRUONGSON") == evidence_texts.ONLY_OFFICES


async def test_a_question_is_answered_from_the_documents(here: District) -> None:
    for typed in ("có được gia hạn không?", "gia hạn đến ngày nào"):
        assert await here.says("hanh", typed) != texts.EXTEND_HOW
