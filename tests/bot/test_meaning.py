"""What a number or a word means where choices are a numbered list."""

from datetime import timedelta

import pytest

from core.message import Choice, Inbound, Reply
from core.platform import Limits
from core.texts.choices import no_such_choice, which_number
from handlers.commands import Handler
from handlers.context import Context
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.platform import FakePlatform
from tests.fakes.school import School

SECOND = timedelta(seconds=1)
NAMESAKES = (Choice("Trần Thị Lan", "/xoa 1"), Choice("Lê Thị Mai", "/xoa 2"), Choice("Trần Thị Lan", "/xoa 3"))
YES_OR_NO = (Choice("Đồng ý", "/co"), Choice("Từ chối", "/khong"))
TICKS = (Choice("Một", "/gan A +1"), Choice("Hai", "/gan A +2"), Choice("Ba", "/gan B +3"), Choice("Không", "/gan A x"))
OFFERED = {"xoá ai": NAMESAKES, "có nhận không": YES_OR_NO, "gắn đâu": TICKS}


def offering(message: Inbound, ctx: Context) -> Handler:
    async def answer(message: Inbound, ctx: Context) -> Reply:
        return Reply(f"[{message.text}]", OFFERED.get(message.text, ()))

    return answer


@pytest.fixture
async def school(begin: Begin, clock: StillClock) -> School:
    platform = FakePlatform(limits=Limits(text=4096, buttons=0))
    return await School(begin, clock, platform, offering).opens()


async def test_a_name_that_two_choices_have_is_asked_back_by_number(school: School) -> None:
    for said in ("xoá ai", "tran thi lan", "3"):
        await school.says("lan", said)
    assert school.read_by("lan")[1:] == [which_number([1, 3]), "[/xoa 3]"]


@pytest.mark.parametrize("said", ["lê thị mai", "LE THI MAI.", "số 2", "chọn số hai ạ", "2."])
async def test_a_choice_is_meant_by_its_words_and_by_its_number(school: School, said: str) -> None:
    await school.says("lan", "xoá ai")
    await school.says("lan", said)
    assert school.read_by("lan")[1:] == ["[/xoa 2]"]


@pytest.mark.parametrize("said", ["1 2", "1, 2", "chọn 1 và 2 ạ", "số 1,2", "1;2", "1 2 1"])
async def test_several_that_go_together_are_picked_at_once(school: School, said: str) -> None:
    await school.says("lan", "gắn đâu")
    await school.says("lan", said)
    assert school.read_by("lan")[1:] == ["[/gan A +1 +2]"]


@pytest.mark.parametrize("said", ["1 3", "1 4", "1 9", "1.2", "1 2 rồi"])
async def test_what_does_not_go_together_is_a_message(school: School, said: str) -> None:
    await school.says("lan", "gắn đâu")
    await school.says("lan", said)
    assert school.read_by("lan")[1:] == [f"[{said}]"]


async def test_of_choices_that_exclude_each_other_two_are_no_choice(school: School) -> None:
    for said in ("xoá ai", "1 2"):
        await school.says("lan", said)
    assert school.read_by("lan")[1:] == ["[1 2]"]


@pytest.mark.parametrize("said", ["mai", "Lê Thị", "lê thị mai có lớp nào", "không"])
async def test_words_that_are_only_like_a_choice_are_a_message(school: School, said: str) -> None:
    await school.says("lan", "xoá ai")
    await school.says("lan", said)
    assert school.read_by("lan")[1:] == [f"[{said}]"]


async def test_only_the_newest_list_counts(school: School) -> None:
    for said in ("xoá ai", "có nhận không", "3", "Lê Thị Mai", "2"):
        await school.says("lan", said)
        school.clock.move(SECOND)
    assert school.read_by("lan")[2:] == [no_such_choice(2), "[Lê Thị Mai]", "[/khong]"]


async def test_in_a_group_everybody_has_the_own_list(school: School) -> None:
    await school.says_in("group", "lan", "xoá ai")
    school.clock.move(SECOND)
    await school.says_in("group", "mai", "có nhận không")
    for sender in ("lan", "mai", "thu"):  # thu was offered nothing: the list that stands last is meant
        await school.says_in("group", sender, "2")
    assert school.read_by("group")[2:] == ["[/xoa 2]", "[/khong]", "[/khong]"]
