"""The office asks about what was handed in; the school hears it once and answers in the thread; a log keeps it all."""

from datetime import timedelta
from pathlib import Path

import pytest

from core.texts import asking as texts
from core.texts import chat as chat_texts
from core.texts import evidence as evidence_texts
from records.session import Begin
from tests.evidence.stage import District
from tests.evidence.test_reviewing import OFFICE, SCHOOL, WEIGHING, handed_in
from tests.fakes.clock import StillClock

QUESTION = "Lớp 5 tuổi đã cân chưa?"


@pytest.fixture
async def here(begin: Begin, clock: StillClock, tmp_path: Path) -> District:
    return await District(begin, clock, tmp_path / "files").opens()


async def asked(here: District, code: str) -> None:
    """The officer types the question after the button."""
    await here.says("hanh", f"/xemnop {code}")
    assert await here.taps("hanh", texts.ASK) == texts.WHAT
    assert await here.says("hanh", QUESTION) == f"Đã hỏi {SCHOOL} về {code}. Có trả lời tôi báo thầy/cô."


async def test_the_school_is_asked_and_answers_by_a_pick(here: District) -> None:
    code = await handed_in(here)
    before = len(here.read_by("huong"))
    await asked(here, code)
    [told] = here.read_by("huong")[before:]
    assert told.startswith(f"{OFFICE} hỏi về minh chứng {code}: {WEIGHING}.\n“{QUESTION}”")
    assert await here.taps("huong", texts.ANSWER) == texts.YOUR_ANSWER
    assert await here.says("huong", "Dạ cân rồi ạ") == f"Đã chuyển câu trả lời cho {OFFICE}."
    answered = here.last("hanh")
    assert answered.text == f"{SCHOOL} trả lời về {code}: {WEIGHING}.\n“Dạ cân rồi ạ”"
    assert await here.states() == [(WEIGHING, "submitted")]  # asking changes nothing of how it stands
    await here.taps("hanh", evidence_texts.ACCEPT)
    assert await here.states() == [(WEIGHING, "accepted")]


@pytest.mark.parametrize("typed", ["trả lời", "/traloi"])
async def test_an_answer_without_a_code_is_told_how(typed: str, here: District) -> None:
    assert await here.says("huong", typed) == texts.ANSWER_HOW


@pytest.mark.parametrize("word", ["thôi", "THOI", "huỷ", "để sau"])
async def test_a_second_thought_is_neither_asked_nor_answered(word: str, here: District) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/hoinop {code}")
    before = len(here.read_by("huong"))
    assert await here.says("hanh", word) == chat_texts.CANCELLED
    assert here.read_by("huong")[before:] == []
    await asked(here, code)
    await here.taps("huong", texts.ANSWER)
    before = len(here.read_by("hanh"))
    assert await here.says("huong", word) == chat_texts.CANCELLED
    assert here.read_by("hanh")[before:] == []


async def test_thanks_that_are_awaited_are_an_answer(here: District) -> None:
    code = await handed_in(here)
    await asked(here, code)
    await here.taps("huong", texts.ANSWER)
    await here.says("huong", "vâng ạ")
    assert here.last("hanh").text.endswith("“vâng ạ”")
    await here.says("huong", f"trả lời {code}: cân rồi\nhai lần")
    assert here.last("hanh").text.endswith("“cân rồi\nhai lần”")


async def test_an_answer_in_the_thread_needs_no_pick(here: District) -> None:
    code = await handed_in(here)
    await asked(here, code)
    await here.says("huong", "Dạ lớp 5 tuổi cân sáng qua", reply_to=here.id_of_last("huong"))
    assert here.last("hanh").text.endswith("“Dạ lớp 5 tuổi cân sáng qua”")


async def test_an_answer_with_the_code_is_passed_on_even_later(here: District) -> None:
    code = await handed_in(here)
    await asked(here, code)
    here.clock.move(timedelta(days=2))
    await here.says("huong", f"Trả lời {code} cân ngày 20/11")
    assert here.last("hanh").text.endswith("“cân ngày 20/11”")


async def test_other_words_after_a_question_are_no_answer(here: District) -> None:
    code = await handed_in(here)
    await asked(here, code)
    before = len(here.read_by("hanh"))
    assert "05/12" in await here.says("huong", "thang nay nop gi")
    assert here.read_by("hanh")[before:] == []


@pytest.mark.parametrize("words", ["Trường gửi nhầm ảnh à?", "Ảnh chụp ngày nào vậy trường?", "Sao chỉ có 2 ảnh"])
async def test_what_is_meant_for_the_school_goes_there_at_once(here: District, words: str) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/hoinop {code}")
    before = len(here.read_by("huong"))
    await here.says("hanh", words)
    [asked] = here.read_by("huong")[before:]
    assert f"“{words}”" in asked


FOR_THE_BOT = ["tháng này phòng gửi Sở gì?", "Tuần sau có việc gì", "hạn cân đo lần 2 là bao giờ?"]


@pytest.mark.parametrize("question", FOR_THE_BOT)
async def test_a_question_to_the_bot_goes_to_no_school_unless_that_is_picked(here: District, question: str) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/hoinop {code}")
    before = len(here.read_by("huong"))
    assert (await here.says("hanh", question)).split("\n")[0] == texts.FOR_WHOM
    assert "/12" in await here.taps("hanh", texts.TO_ME)
    assert here.read_by("huong")[before:] == []
    await here.says("hanh", f"/hoinop {code}")
    await here.says("hanh", question)
    await here.taps("hanh", texts.TO_SCHOOL)
    [asked] = here.read_by("huong")[before:]
    assert f"“{question}”" in asked


COMMANDS = [
    "hồ sơ minh chứng",
    "mở hồ sơ minh chứng",
    "nhắc trước 5 ngày",
    "danh sách hiệu trưởng",
    "dữ liệu của tôi",
    "/tiendo",
]


@pytest.mark.parametrize("words", COMMANDS)
async def test_a_command_typed_while_a_question_is_awaited_goes_to_no_school(here: District, words: str) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/hoinop {code}")
    before = len(here.read_by("huong"))
    await here.says("hanh", words)
    assert here.read_by("huong")[before:] == []


async def test_a_question_to_the_bot_is_no_answer_unless_that_is_picked(here: District) -> None:
    code = await handed_in(here)
    await asked(here, code)
    before = len(here.read_by("hanh"))
    await here.taps("huong", texts.ANSWER)
    assert (await here.says("huong", "thang nay nop gi")).split("\n")[0] == texts.AN_ANSWER
    assert here.read_by("hanh")[before:] == []
    await here.taps("huong", texts.IT_IS)
    assert here.last("hanh").text.endswith("“thang nay nop gi”")


@pytest.mark.parametrize("words", ["Dạ trước 05/12 trường gửi đủ ạ", "Tháng này trường cân rồi ạ"])
async def test_an_answer_that_names_a_day_is_one(here: District, words: str) -> None:
    code = await handed_in(here)
    await asked(here, code)
    await here.taps("huong", texts.ANSWER)
    await here.says("huong", words)
    assert here.last("hanh").text.endswith(f"“{words}”")


async def test_photos_in_the_thread_are_for_the_same_task(here: District) -> None:
    code = await handed_in(here)
    await asked(here, code)
    receipt = await here.hands_in("huong", "d", reply_to=here.id_of_last("huong"))
    assert f"Việc: {WEIGHING}" in receipt


async def test_who_decides_sees_what_was_asked_and_answered(here: District) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/hoinop {code} {QUESTION}")
    await here.says("hanh", "/duyet")
    assert here.last("hanh").choices[0].label.endswith("đã hỏi")
    await here.says("huong", f"/traloi {code} Rồi ạ")
    await here.says("hanh", "/duyet")
    assert here.last("hanh").choices[0].label.endswith("trường đã trả lời")
    assert f"\nHỏi: {QUESTION}\nĐáp: Rồi ạ" in f"\n{await here.says('hanh', f'/xemnop {code}')}"


async def test_the_giver_and_the_principal_are_asked_each_once(here: District) -> None:
    code = await handed_in(here, "lan")
    await here.taps("huong", evidence_texts.CONFIRM)
    before = len(here.read_by("lan")), len(here.read_by("huong"))
    await here.says("hanh", f"/hoinop {code} {QUESTION}")
    assert [len(here.read_by("lan")) - before[0], len(here.read_by("huong")) - before[1]] == [1, 1]


async def test_nobody_but_the_office_asks_and_nobody_but_the_school_answers(here: District) -> None:
    code = await handed_in(here)
    for who in ("huong", "mai", "lan"):
        assert await here.says(who, f"/hoinop {code} sao ạ") == evidence_texts.NOT_FOUND
    assert await here.says("huong", f"/traloi {code} vâng") == texts.NOTHING_ASKED
    await here.says("hanh", f"/hoinop {code} {QUESTION}")
    assert await here.says("mai", f"/traloi {code} vâng") == evidence_texts.NOT_FOUND


async def test_an_answer_that_comes_after_the_decision_offers_none(here: District) -> None:
    code = await handed_in(here)
    await here.says("hanh", f"/hoinop {code} {QUESTION}")
    await here.says("hanh", f"/nhan {code}")
    await here.says("huong", f"/traloi {code} Rồi ạ")
    assert [choice.label for choice in here.last("hanh").choices] == [evidence_texts.LOOK]


async def test_the_log_says_who_did_what_to_the_school_and_its_office_alone(here: District) -> None:
    code = await handed_in(here, "lan")
    await here.taps("huong", evidence_texts.CONFIRM)
    await here.says("hanh", f"/xemnop {code}")
    await here.says("hanh", f"/tralai {code} Ảnh mờ")
    said = (await here.says("huong", f"nhật ký {code}")).split("\n")
    assert said[0] == f"Nhật ký {code}: {WEIGHING}"
    assert [line.partition(": ")[2] for line in said[1:]] == [
        "Nguyễn Thị Lan gửi, chờ hiệu trưởng",
        "Phạm Thị Hương nộp",
        "Vũ Thị Hạnh xem tệp",
        "Vũ Thị Hạnh trả lại “Ảnh mờ”",
    ]
    assert await here.says("hanh", f"nhat ky {code}") == "\n".join([said[0], *said[2:]])  # since it was handed in
    assert await here.says("mai", f"/nhatky {code}") == evidence_texts.NOT_FOUND
