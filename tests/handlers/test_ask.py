"""Going on with a long answer, picking by number, and what is said where there is nothing to go on with."""

from datetime import timedelta

import pytest

from bot.meaning import JUST_OFFERED
from core.answer import Answer
from core.capabilities import TELEGRAM, ZALO_OA_GROUP
from core.message import Address, Choice, Inbound, Talk
from core.people import Role
from core.texts import answers as say
from core.texts import chat as texts
from core.texts.choices import no_such_choice
from handlers.ask import answer_question
from handlers.context import Context
from records import groups, menus, people
from records.session import Begin
from records.units import import_units
from tests.fakes.clock import StillClock
from tests.fakes.school import School
from tests.knowledge.library import ask, founding

UNIT = "VB-HOAPHUONG"
DECEMBER, MAY = "tháng 12 có việc gì?", "tháng 5/2024 nộp gì?"
YEAR = "năm học này có những việc gì?"  # a long answer
WORDINGS = (
    *("xem thêm", "Xem thêm", "XEM THÊM.", "xem them", "thêm", "them nua", "tiếp", "tiếp tục", "xem tiếp", "doc tiep"),
    *("xem tiếp đi", "xem thêm ạ", "xem thêm nhé!", "cho xem thêm", "cho tôi xem thêm với", "  xem   thêm "),
    *("còn gì nữa?", "con gi nua khong", "còn nữa ko", "nữa đi"),
)
PICKS = {
    **dict.fromkeys(("1", "so 1", "chọn 1", "1."), DECEMBER),
    **dict.fromkeys(("2", "số 2", "câu 2", " 2 ", "02", "2)"), MAY),
}
OFFERED = (Choice("1. Kế hoạch tháng 12", DECEMBER), Choice("2. Kế hoạch tháng 5", MAY))

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
async def school(begin: Begin, clock: StillClock) -> School:
    """Hoa and Mai teach at MN Hoa Phượng, whose group is "tổ"; the founding documents are on the shelf."""
    school = School(begin, clock)
    school.index = founding()
    async with begin() as session:
        await import_units(session, tuple(school.index.tree.units.values()))
        await session.flush()
        for name in ("hoa", "mai"):
            person = await people.add_person(session, name, UNIT, Role.TEACHER)
            await people.link(session, "fake", name, person.id, clock())
        await groups.bind(session, Address("fake", "tổ"), UNIT)
    return school


async def offer(school: School, chat: str = "hoa") -> None:
    async with school.begin() as session:
        await menus.offer(session, Address("fake", chat), "hoa", OFFERED, school.clock())


async def is_overheard(school: School, sender: str, words: str) -> str:
    """What the group then reads of us; empty: nothing. The bot was not named."""
    before = len(school.read_by("tổ"))
    await school.says_in("tổ", sender, words, addressed=False)
    return "\n".join(school.read_by("tổ")[before:])


async def told(school: School, words: str, talk: Talk) -> str:
    """What the handler alone answers to Hoa, with this open."""
    message = Inbound(Address("fake", "hoa"), "hoa", text=words)
    async with school.begin() as session:
        ctx = Context(None, school.index.tree.get(UNIT), school.clock(), session, school.index, talk, TELEGRAM)
        return (await answer_question(message, ctx)).text


def known(question: str) -> Answer:
    return ask(founding(), UNIT, "2023-12-04", question)


class TestMore:
    async def test_every_usual_wording_goes_on(self, school: School) -> None:
        for words in WORDINGS:
            assert await told(school, words, Talk(DECEMBER, more=("phần hai",))) == "phần hai", words

    async def test_a_question_that_only_holds_such_a_word_is_a_question(self, school: School) -> None:
        for question in ("thêm tháng 12 nộp gì", "tuần tiếp nộp gì", "tháng này còn gì nữa", "kiểm tra thêm gì"):
            assert await told(school, question, Talk(DECEMBER, more=("phần hai",))) == known(question).text, question

    async def test_the_parts_come_one_by_one_and_the_last_has_no_button(self, school: School) -> None:
        parts = known(YEAR).more
        assert len(parts) > 2
        await school.says("hoa", YEAR)
        for _ in parts:
            await school.says("hoa", "xem thêm")
        told = [message.text.removesuffix(f"\n{say.MORE_HINT}") for message in school.platform.sent]
        assert told[1:] == list(parts)
        assert [bool(message.choices) for message in school.platform.sent] == [*[True] * len(parts), False]
        await school.says("hoa", "xem thêm")
        assert school.read_by("hoa")[-1] == texts.NOTHING_MORE

    async def test_no_task_is_told_twice_or_left_out(self, school: School) -> None:
        await school.says("hoa", YEAR)
        for _ in known(YEAR).more:
            await school.says("hoa", "xem thêm")
        lines = [line for text in school.read_by("hoa") for line in text.splitlines()]
        numbers = [int(line.partition(".")[0]) for line in lines if line[:1].isdigit()]
        dated = numbers.index(1, 1)  # where the tasks without a deadline begin
        assert numbers == [*range(1, dated + 1), *range(1, len(numbers) - dated + 1)]
        assert f"trường có {dated} việc có hạn" in lines[0]

    async def test_with_nothing_open_that_is_said(self, school: School) -> None:
        await school.says("hoa", "xem thêm")
        assert school.read_by("hoa") == [texts.NOTHING_MORE]

    @pytest.mark.parametrize("between", ["cân đo mấy lần?", "giá vàng hôm nay", "/huy"])
    async def test_only_the_last_answer_goes_on(self, school: School, between: str) -> None:
        await school.says("hoa", DECEMBER)
        await school.says("hoa", between)
        await school.says("hoa", "xem thêm")
        assert school.read_by("hoa")[-1] == texts.NOTHING_MORE

    async def test_help_between_does_not_close_what_is_open(self, school: School) -> None:
        await school.says("hoa", DECEMBER)
        for between in ("/trogiup", "/taikhoan", "/khongco", "😀"):
            await school.says("hoa", between)
        await school.says("hoa", "xem thêm")
        assert school.read_by("hoa")[-1] == known(DECEMBER).more[0]

    async def test_in_a_group_everybody_goes_on_with_what_they_asked(self, school: School) -> None:
        await school.says_in("tổ", "hoa", DECEMBER)
        await school.says_in("tổ", "mai", "xem thêm")
        await school.says("hoa", "xem thêm")  # in private nothing was asked
        await school.says_in("tổ", "hoa", "xem thêm")
        assert school.read_by("tổ")[1:] == [texts.NOTHING_MORE, known(DECEMBER).more[0]]
        assert school.read_by("hoa") == [texts.NOTHING_MORE]


class TestNumbers:
    async def test_a_number_picks_what_was_offered(self, school: School) -> None:
        await offer(school)
        for words, question in PICKS.items():
            await school.says("hoa", words)
            assert school.read_by("hoa")[-1] == known(question).text, words

    async def test_what_was_picked_can_be_gone_on_with(self, school: School) -> None:
        await offer(school)
        await school.says("hoa", "1")
        await school.says("hoa", "xem thêm")
        assert school.read_by("hoa")[-1] == known(DECEMBER).more[0]

    async def test_after_one_was_picked_the_other_may_be_too(self, school: School) -> None:
        await offer(school)
        for words in ("2", "1", "xem thêm", "2"):
            await school.says("hoa", words)
        december, may = known(DECEMBER), known(MAY)
        assert school.read_by("hoa") == [may.text, december.text, december.more[0], may.text]

    async def test_a_number_that_was_not_offered_gets_the_range(self, school: School) -> None:
        await offer(school)
        for words in ("0", "3", "99", "số 3", "2"):
            await school.says("hoa", words)
        assert school.read_by("hoa") == [*[no_such_choice(2)] * 4, known(MAY).text]

    async def test_a_number_without_an_offer_is_not_taken_for_a_question(self, school: School) -> None:
        for words in ("1", "12", "số 1"):
            await school.says("hoa", words)
        assert school.read_by("hoa") == [no_such_choice(0)] * 3

    async def test_an_offer_ends_with_the_next_question(self, school: School) -> None:
        await offer(school)
        await school.says("hoa", DECEMBER)
        await school.says("hoa", "2")
        assert school.read_by("hoa")[-1] == no_such_choice(0)

    async def test_what_only_looks_like_a_number_is_a_question(self, school: School) -> None:
        for words in ("9" * 1500, "1/2", "-1", "1.5", "so 1 2"):
            assert await told(school, words, Talk()) == known(words).text, words


class TestInAGroupWhoseWholeTalkIsShown:
    @pytest.fixture
    async def group(self, school: School) -> School:
        school.platform.limits = ZALO_OA_GROUP
        return school

    async def test_a_number_picks_without_naming_the_bot_again(self, group: School) -> None:
        await offer(group, "tổ")
        assert await is_overheard(group, "hoa", "số 2") == known(MAY).text

    async def test_a_long_answer_is_gone_on_with_in_the_words_that_it_names(self, group: School) -> None:
        await group.says_in("tổ", "hoa", DECEMBER)
        assert await is_overheard(group, "hoa", "Xem thêm") == known(DECEMBER).more[0]

    async def test_what_others_or_later_or_otherwise_is_said_is_talk_among_people(self, group: School) -> None:
        assert await is_overheard(group, "hoa", "1") == ""
        await offer(group, "tổ")
        for sender, words in (("mai", "1"), ("hoa", "3"), ("hoa", "0912345678"), ("hoa", DECEMBER), ("hoa", "ok")):
            assert await is_overheard(group, sender, words) == "", words
        group.clock.now += JUST_OFFERED - timedelta(seconds=1)
        assert await is_overheard(group, "hoa", "1") == known(DECEMBER).text
        group.clock.now += timedelta(seconds=1)
        assert await is_overheard(group, "hoa", "1") == ""

    async def test_where_a_bot_is_shown_only_what_names_it_nothing_is_overheard(self, group: School) -> None:
        group.platform.limits = TELEGRAM
        await offer(group, "tổ")
        assert await is_overheard(group, "hoa", "1") == ""


@pytest.mark.parametrize("place", [0, 1])
async def test_picking_one_of_two_quotas_quotes_that_quota(school: School, place: int) -> None:
    found = ask(founding(), "PGD-AL", "2025-05-06", "An Lão được đề xuất khen mấy?")
    picked = ask(founding(), "PGD-AL", "2025-05-06", found.choices[place].value)
    assert any(found.citations[place].quote in citation.quote for citation in picked.citations)


async def test_the_sources_of_an_answer_travel_with_it(school: School) -> None:
    await school.says("hoa", MAY)
    sources = school.platform.sent[-1].sources
    assert [source.quote for source in sources] == [citation.quote for citation in known(MAY).citations]
    assert all("Công văn" in source.label for source in sources)
