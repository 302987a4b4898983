"""Which answer a message gets: greetings, help, commands in every spelling, and what the bot cannot read."""

from typing import Any

import pytest

from core.message import Inbound, Reply, Talk
from core.people import Role
from core.texts import asking as asking_texts
from core.texts import chat as texts
from core.texts import data_requests as request_texts
from core.texts import evidence as evidence_texts
from core.texts import joining
from core.texts import progress as progress_texts
from core.texts.files import NO_FILES_HERE
from handlers import commands, route
from handlers.context import Context
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.school import SCHOOL, School


async def _asked(message: Inbound, ctx: Context) -> Reply:
    """Stands for the answer to a question: shows which question was asked."""
    return Reply(f"? {message.text}", talk=Talk(question=message.text))


@pytest.fixture
async def school(begin: Begin, clock: StillClock, monkeypatch: pytest.MonkeyPatch) -> School:
    for one in (commands, route):
        monkeypatch.setattr(one, "answer_question", _asked)
    return await School(begin, clock).opens()


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestWords:
    @pytest.mark.parametrize(
        "text",
        ["/trogiup", "/TroGiup", "/trogiup@nhacviec_bot", "/help", "trợ giúp", "Tro giup!", "GIÚP", "giup", "help"],
    )
    async def test_help_is_had_in_every_spelling(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [texts.help_for(Role.TEACHER)]

    @pytest.mark.parametrize(
        ("text", "question"),
        [
            ("/thangnay", "Tháng này nộp gì?"),
            ("/thangnay@nhacviec_bot", "Tháng này nộp gì?"),
            ("tháng này", "Tháng này nộp gì?"),
            ("Thang nay?", "Tháng này nộp gì?"),
            ("/thangnay khối 5 tuổi", "Tháng này khối 5 tuổi"),
            ("/tuannay", "Tuần này nộp gì?"),
            ("TUẦN NÀY", "Tuần này nộp gì?"),
            ("/han", texts.NEXT_DEADLINES),
            ("hạn nộp", texts.NEXT_DEADLINES),
            ("/han hồ sơ GVDG", "Hạn nộp hồ sơ GVDG"),
            ("hạn nộp hồ sơ GVDG?", "hạn nộp hồ sơ GVDG?"),
            ("tháng này nộp gì", "tháng này nộp gì"),
            ("2", "2"),
            ("tham gia hội thi lúc nào?", "tham gia hội thi lúc nào?"),
            ("tham gia hoat dong", "tham gia hoat dong"),
            ("giúp tôi với hạn nộp đề cương", "giúp tôi với hạn nộp đề cương"),
        ],
    )
    async def test_commands_and_plain_words_become_questions(self, school: School, text: str, question: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [f"? {question}"]

    @pytest.mark.parametrize("text", ["cảm ơn", "Cam on nhe!", "ok ạ", "Vâng, cảm ơn bot", "dạ vâng", "rõ rồi ạ"])
    async def test_thanks_are_no_question(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [texts.AT_YOUR_SERVICE]

    @pytest.mark.parametrize("text", ["cảm ơn, cân đo khi nào", "vâng thế hạn nào", "thôi nôi", "thời gian"])
    async def test_what_only_begins_so_is_a_question(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [f"? {text}"]

    @pytest.mark.parametrize(
        ("text", "answer"),
        [
            ("nhật ký", asking_texts.WHICH),
            ("RUT LAI", evidence_texts.WHICH),
            ("trả lời", asking_texts.ANSWER_HOW),
            ("/xemnop", evidence_texts.ONLY_OFFICES),
            ("dùng chung", evidence_texts.SHARE_HOW),
            ("nhật ký H7K2QM", evidence_texts.NOT_FOUND),
            ("nhat ky ma h7k2qm.", evidence_texts.NOT_FOUND),
            ("nhật ký H7K2QMA", evidence_texts.NOT_FOUND),
            ("nhật ký ABCDEF", evidence_texts.NOT_FOUND),
            ("rút lại H1K0Q", evidence_texts.NOT_FOUND),
            ("trả lời H7K2QM: rồi\nạ", evidence_texts.NOT_FOUND),
            ("ghi yêu cầu", request_texts.ONLY_HEADS),
            ("/tiến độ", progress_texts.nothing_due("")),
        ],
    )
    async def test_a_command_in_words_without_its_code_or_with_a_wrong_one_says_what_is_missing(
        self, school: School, text: str, answer: str
    ) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [answer]

    @pytest.mark.parametrize("text", ["nhật ký chuyến đi", "trả lời phỏng vấn", "minh chứng tháng12", "rút gọn"])
    async def test_words_that_are_no_code_are_a_question(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [f"? {text}"]

    @pytest.mark.parametrize("text", ["", " \n ", "???", "…", "\u200b"])
    async def test_nothing_to_read_gets_one_clear_sentence(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [texts.EMPTY]

    @pytest.mark.parametrize("text", ["😀😀", "👍", "❤️ 👍🏽"])
    async def test_a_thumb_is_answered_like_a_sticker(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [texts.STICKER]

    @pytest.mark.parametrize("text", ["/xyz", "/bieumau@bot", "/thangnaynopgi"])
    async def test_a_command_that_does_not_exist_is_said_to(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert school.read_by("lan") == [texts.UNKNOWN_COMMAND]

    @pytest.mark.parametrize(
        "text",
        ["/huy", "huỷ", "hủy", "Huy", "thôi", "THOI", "Thôi ạ.", "để sau nhé", "thôi không hỏi nữa", "bỏ qua đi"],
    )
    async def test_cancelling_forgets_what_is_open(self, school: School, text: str) -> None:
        await school.says("lan", "câu hỏi")
        await school.says("lan", text)
        assert school.read_by("lan")[-1] == texts.CANCELLED
        assert await school.open_with("lan") == Talk()

    @pytest.mark.parametrize(
        "text", ["x" * 4000, "<b>a</b>", "'; DROP TABLE people; --", "đ\u0302ê\u0301", "приве́т 你好"]
    )
    async def test_odd_texts_are_questions_like_any_other(self, school: School, text: str) -> None:
        await school.says("lan", text)
        assert "".join(school.read_by("lan")).startswith("? ")

    @pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.STAFF])
    async def test_every_command_that_help_names_is_known(self, school: School, role: Role) -> None:
        commands = [word.strip(":,") for word in texts.help_for(role).split() if word.startswith("/")]
        assert len(commands) > 4
        for command in commands:
            await school.says("lan", command)
        assert texts.UNKNOWN_COMMAND not in school.read_by("lan")


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestKinds:
    @pytest.mark.parametrize(
        ("kind", "text"),
        [
            ("sticker", texts.STICKER),
            ("voice", NO_FILES_HERE),
            ("photo", NO_FILES_HERE),
            ("withheld", NO_FILES_HERE),
            ("other", texts.OTHER),
        ],
    )
    async def test_what_cannot_be_read_gets_a_short_true_answer(self, school: School, kind: str, text: str) -> None:
        await school.receives(sender="lan", kind=kind)
        await school.works()
        assert school.read_by("lan") == [text]

    @pytest.mark.parametrize("text", ["tháng này nộp gì?", "/trogiup", "/han", "/start", "chào"])
    async def test_an_unknown_sender_is_told_what_this_is_and_how_to_join(self, school: School, text: str) -> None:
        await school.says("stranger", text)
        assert school.read_by("stranger") == [joining.UNKNOWN_SENDER]

    @pytest.mark.parametrize("update", [{"kind": "joined"}, {"text": "/start"}])
    async def test_first_contact_with_somebody_known_names_the_unit(
        self, school: School, update: dict[str, str]
    ) -> None:
        await school.receives(sender="lan", **update)
        await school.works()
        assert school.read_by("lan") == [texts.welcome(SCHOOL.name)]
        assert [choice.label for choice in school.platform.sent[0].choices] == list(texts.SUGGESTIONS)


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
class TestGroups:
    @pytest.mark.parametrize("update", [{"text": "chào cả nhà"}, {"text": "/thangnay"}, {"kind": "sticker"}])
    async def test_what_is_not_meant_for_the_bot_gets_no_answer(self, school: School, update: dict[str, str]) -> None:
        await school.receives(chat="group", sender="lan", group=True, addressed=False, **update)
        await school.works()
        assert school.read_by("group") == []
        assert school.platform.seen_typing == []

    async def test_somebody_unknown_may_ask_in_a_known_group(self, school: School) -> None:
        await school.says_in("group", "stranger", "tháng này nộp gì?")
        assert school.read_by("group") == ["? tháng này nộp gì?"]

    async def test_in_an_unknown_group_somebody_unknown_is_told_how_it_joins(self, school: School) -> None:
        await school.says_in("other group", "stranger", "tháng này nộp gì?")
        assert school.read_by("other group") == [joining.GROUP_UNKNOWN]

    async def test_a_group_that_the_bot_is_added_to_is_greeted(self, school: School) -> None:
        await school.receives(chat="other group", sender="", group=True, addressed=False, kind="joined")
        await school.works()
        assert school.read_by("other group") == [joining.GROUP_UNKNOWN]

    @pytest.mark.parametrize("update", [{"kind": "joined", "addressed": False}, {"text": "/start"}])
    async def test_a_member_who_adds_the_bot_does_not_make_the_group_her_units(
        self, school: School, update: dict[str, Any]
    ) -> None:
        await school.receives(chat="other group", sender="lan", group=True, **update)
        await school.works()
        assert school.read_by("other group") == [joining.GROUP_UNKNOWN]

    async def test_a_group_that_has_a_unit_is_greeted_with_it(self, school: School) -> None:
        await school.says_in("group", "stranger", "/start")
        assert school.read_by("group") == [texts.welcome(SCHOOL.name)]

    @pytest.mark.parametrize("kind", ["left", "back", "moved"])
    async def test_nothing_is_said_where_nobody_spoke(self, school: School, kind: str) -> None:
        await school.receives(chat="group", sender="", group=True, kind=kind, moved_to="super")
        await school.works()
        assert school.platform.sent == []
