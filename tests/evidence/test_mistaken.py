""" "Gửi nhầm": what was sent last is named with its code, and how to take it back or replace it."""

from pathlib import Path

import pytest

from core.texts import evidence as texts
from core.texts import mistaken as said_of
from records.session import Begin
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
TYPED = ["gửi nhầm", "em gửi nhầm ảnh rồi ạ", "tôi vừa nộp nhầm việc", "gui lon tep roi", "Gửi nhầm thì làm sao?"]

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


@pytest.mark.parametrize("typed", TYPED)
async def test_the_last_is_named_and_taken_back_by_a_pick(here: District, typed: str) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.hands_in("huong", "b", text="số liệu học kỳ 1")
    code = (await here.submission(-1)).code
    said = await here.says("huong", typed)
    assert said.startswith(f"Lần gửi gần nhất: {code}, ")
    assert f"rút lại {code}" in said
    assert await here.taps("huong", said_of.take_back(code)) == texts.taken_back(code)
    assert [state for _, state in await here.states()] == ["submitted", "withdrawn"]
    assert (await here.says("huong", typed)).startswith(f"Lần gửi gần nhất: {(await here.submission(0)).code}, ")


async def test_a_teacher_is_shown_her_own_not_her_colleagues(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    assert await here.says("lan", "gửi nhầm") == said_of.NOTHING
    await here.hands_in("lan", "b", text="cân đo lần 2")
    assert (await here.submission(-1)).code in await here.says("lan", "gửi nhầm")


async def test_what_the_office_has_accepted_stays(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.says("hanh", "duyệt")
    await here.taps("hanh", here.last("hanh").choices[0].label)
    await here.taps("hanh", texts.ACCEPT)
    said = await here.says("huong", "gửi nhầm")
    code = (await here.submission(0)).code
    assert said.startswith(f"Lần gửi gần nhất: {code}, {WEIGHING}, ")
    assert said.endswith(said_of.accepted(code))
    assert here.last("huong").choices == ()


async def test_a_reason_that_is_asked_for_is_no_mistake_of_the_reader(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    await here.says("hanh", "duyệt")
    await here.taps("hanh", here.last("hanh").choices[0].label)
    await here.taps("hanh", texts.SEND_BACK)
    assert "Đã trả lại" in await here.says("hanh", "trường gửi nhầm ảnh")
