"""The office looks at what was handed in, accepts it or sends it back; the school hears once and sends it again."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.texts import evidence as texts
from core.texts import library as library_texts
from core.texts import queue as queue_texts
from records.session import Begin
from tests.evidence.stage import District
from tests.fakes.clock import StillClock

WEIGHING = "Tổ chức cân - đo, theo dõi biểu đồ tăng trưởng của trẻ lần 2"
OFFICE = "Phòng GDĐT huyện Vĩnh Bảo"
SCHOOL = "MN Hoa Phượng"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


async def handed_in(here: District, who: str = "huong", *files: str, text: str = "cân đo lần 2") -> str:
    """The code."""
    await here.hands_in(who, *(files or ("a", "b", "c")), text=text)
    return (await here.rows())[-1].code


async def test_an_officer_sees_it_and_returns_it_with_a_reason_and_it_comes_again(here: District) -> None:
    code = await handed_in(here)
    said = await here.says("hanh", "duyệt")
    assert said.startswith("Đang chờ thầy/cô: 1 lần nộp.")
    await here.taps("hanh", SCHOOL)
    shown = here.last("hanh")
    assert shown.text.startswith(f"{WEIGHING} (trước 05/12/2023)\n{SCHOOL}, ")
    assert len(shown.files) == 0  # the deliverer of this stage attaches none
    assert await here.taps("hanh", texts.SEND_BACK) == texts.WHY
    assert await here.taps("hanh", "Ảnh mờ") == texts.sent_back((await here.submission(0)), SCHOOL)
    told = here.last("huong")
    assert told.text.startswith(f"{OFFICE} trả lại minh chứng {code}: {WEIGHING}.\nLý do: Ảnh mờ, không đọc được")
    receipt = await here.hands_in("huong", "d", reply_to=here.id_of_last("huong"))  # answers that very message
    assert f"Việc: {WEIGHING}" in receipt
    assert await here.states() == [(WEIGHING, "returned"), (WEIGHING, "submitted")]
    assert "(nộp lại)" in (await here.says("hanh", "/duyet") + here.last("hanh").choices[0].label)


async def test_a_reason_is_typed(here: District) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/tralai {code}")
    await here.says("hanh", "Thiếu biểu đồ của lớp 3 tuổi")
    assert "Lý do: Thiếu biểu đồ của lớp 3 tuổi" in here.last("huong").text


async def test_a_question_or_a_second_thought_is_no_reason(here: District) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/tralai {code}")
    assert "Sở" in await here.says("hanh", "tháng này phòng gửi Sở gì?")
    await here.says("hanh", f"/tralai {code}")
    await here.taps("hanh", texts.NOT_NOW)
    await here.says("hanh", "thôi")
    assert await here.states() == [(WEIGHING, "submitted")]


async def test_thinking_better_of_it_is_no_reason(here: District) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/tralai {code}")
    await here.says("hanh", "thôi")
    assert await here.states() == [(WEIGHING, "submitted")]


@pytest.mark.parametrize(
    ("decide", "stands", "offered"),
    [("/nhan {}", "Đã nhận.", [library_texts.PUT]), ("/tralai {} mờ", "Đã trả lại, chờ nộp lại.", [])],
)
async def test_what_is_decided_is_shown_as_it_stands_and_not_decided_again(
    decide: str, stands: str, offered: list[str], here: District
) -> None:
    code = await handed_in(here)
    await here.says("hanh", decide.format(code))
    assert stands in (await here.says("hanh", f"/xemnop {code}")).split("\n")
    assert [choice.label for choice in here.last("hanh").choices] == offered
    for again in ("/nhan", "/tralai"):
        assert await here.says("hanh", f"{again} {code}") == texts.ALREADY


async def test_accepting_is_told_once_to_the_giver_and_to_the_principal(here: District) -> None:
    code = await handed_in(here, "lan")
    await here.taps("huong", texts.CONFIRM)
    before = len(here.read_by("lan")), len(here.read_by("huong"))
    await here.says("hanh", f"/nhan {code}")
    assert await here.says("hanh", f"/nhan {code}") == texts.ALREADY
    assert [len(here.read_by("lan")) - before[0], len(here.read_by("huong")) - before[1]] == [1, 1]
    assert here.read_by("lan")[-1] == f"{OFFICE} đã nhận minh chứng: {WEIGHING}. Mã: {code}."
    assert await here.states() == [(WEIGHING, "accepted")]


async def test_all_that_waits_is_accepted_at_once_when_that_is_confirmed(here: District) -> None:
    await handed_in(here)
    await handed_in(here, "mai")
    await here.says("hanh", "/duyet")
    assert await here.taps("hanh", queue_texts.ACCEPT_ALL) == queue_texts.accept_all(2, "của 2 đơn vị, cho 1 việc")
    assert await here.taps("hanh", queue_texts.ACCEPT_ALL) == queue_texts.accepted_all(2, "của 2 đơn vị, cho 1 việc")
    assert [state for _, state in await here.states()] == ["accepted", "accepted"]
    assert await here.says("hanh", "/duyet") == texts.QUEUE_EMPTY


async def test_what_waits_for_the_principal_is_in_her_queue_not_in_the_offices(here: District) -> None:
    code = await handed_in(here, "lan")
    assert await here.says("hanh", "/duyet") == texts.QUEUE_EMPTY
    assert await here.says("hanh", f"/nhan {code}") == texts.NOT_FOUND
    assert (await here.says("huong", "/duyet")).startswith("Đang chờ thầy/cô: 1")
    await here.taps("huong", SCHOOL)
    await here.taps("huong", texts.CONFIRM)
    assert await here.states() == [(WEIGHING, "submitted")]


async def test_a_principal_accepts_nothing_in_the_offices_stead(here: District) -> None:
    await handed_in(here, "lan")
    await handed_in(here, "lan", "d")
    assert (await here.says("huong", "/duyet nhan het")).startswith("Đang chờ thầy/cô: 2 lần nộp.")


@pytest.mark.parametrize("who", ["lan", "huong", "mai", "ngoc"])
async def test_nobody_but_the_office_right_above_decides(here: District, who: str) -> None:
    code = await handed_in(here)
    if who == "ngoc":
        await here.knows("ngoc", "Bùi Thị Ngọc")  # an officer of the next district
    for command in ("/nhan", "/tralai", "/xemnop"):
        said = await here.says(who, f"{command} {code} lý do")
        assert said in (texts.NOT_FOUND, texts.ONLY_OFFICES), (command, said)
    assert await here.says(who, "/duyet") in (texts.QUEUE_EMPTY, texts.ONLY_OFFICES)
    assert await here.states() == [(WEIGHING, "submitted")]


async def test_a_reason_that_comes_too_late_is_a_question(here: District) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/tralai {code}")
    here.clock.move(timedelta(minutes=31))
    await here.says("hanh", "tháng này phòng gửi Sở gì?")
    assert await here.states() == [(WEIGHING, "submitted")]


async def test_more_time_is_no_reason_to_return_something(here: District) -> None:
    await here.hands_in("huong", "a", text="cân đo lần 2")
    code = (await here.rows())[0].code
    assert texts.WHY in await here.says("hanh", f"/tralai {code}")
    said = await here.says("hanh", "gia hạn cho trường Hoa Phượng đến 10/12")
    assert [row.state for row in await here.rows()] == ["submitted"]
    assert "Hoa Phượng" in said
