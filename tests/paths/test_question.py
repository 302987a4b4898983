"""A question's path: delivered, stored, handled, queued, sent, once; whatever goes wrong on the way."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.receive import MOST_ATTEMPTS
from core.errors import Refused, SendFailed
from core.message import Choice, Inbound, Reply, SourceRef, Talk
from core.people import Role
from core.texts import chat as texts
from core.texts import joining
from handlers.commands import Handler
from handlers.context import Context
from records import people
from records.session import Begin
from records.tables import DeliveryRow, PersonRow
from tests.fakes.clock import StillClock
from tests.fakes.school import School

LONG = "Một câu dài. " * 300


def answering(message: Inbound, ctx: Context) -> Handler:
    """Chooses, instead of answering from documents, what each text here needs."""
    return {"hỏng": _break, "cấm": _refuse, "im": _nothing, "nhớ": _remember, "dài": _long}.get(message.text, _echo)


async def _echo(message: Inbound, ctx: Context) -> Reply:
    who = ctx.person.name if ctx.person else "?"
    unit = ctx.unit.name if ctx.unit else "?"
    return Reply(f"{who}, {unit}: {message.text} ({ctx.talk.question})")


async def _break(message: Inbound, ctx: Context) -> Reply:
    await people.add_person(ctx.session, "half done", "MN1", Role.TEACHER)
    raise ZeroDivisionError("a bug")


async def _refuse(message: Inbound, ctx: Context) -> Reply:
    await people.add_person(ctx.session, "half done", "MN1", Role.TEACHER)
    raise Refused("Thầy/cô không được làm việc này.")


async def _nothing(message: Inbound, ctx: Context) -> None:
    return None


async def _remember(message: Inbound, ctx: Context) -> Reply:
    return Reply("Nhớ rồi", talk=Talk(question="câu trước"))


async def _long(message: Inbound, ctx: Context) -> Reply:
    return Reply(LONG, (Choice("Xem thêm", "xem thêm"),), (SourceRef(1, 2, "KH 12", "trước ngày 05/12"),))


@pytest.fixture
async def school(begin: Begin, clock: StillClock) -> School:
    return await School(begin, clock, choose=answering).opens()


async def test_a_question_is_answered(school: School) -> None:
    await school.says("lan", "hạn nộp đề cương?")
    assert school.read_by("lan") == ["Lan, Trường Mầm non Hoa Sen: hạn nộp đề cương? ()"]


async def test_a_message_delivered_twice_is_answered_once(school: School) -> None:
    await school.says("lan", "hạn nộp đề cương?", id="7")
    await school.says("lan", "hạn nộp đề cương?", id="7")
    assert len(school.read_by("lan")) == 1


async def test_a_message_delivered_twice_before_it_is_handled_is_answered_once(school: School) -> None:
    await school.receives("7", sender="lan", text="a")
    await school.receives("7", sender="lan", text="a")
    await school.works()
    assert len(school.read_by("lan")) == 1


async def test_what_cannot_be_understood_is_put_aside_and_the_next_is_answered(school: School, begin: Begin) -> None:
    broken = [
        school.platform.delivery("1", lane="lan"),
        school.platform.delivery("2", lane="lan", ignored=True),
    ]
    not_json = type(broken[0])("fake", "0", b"\xff{", "lan")
    await school.receiver.store([not_json, *broken])
    await school.says("lan", "a")
    assert len(school.read_by("lan")) == 1
    async with begin() as session:
        states = (await session.scalars(select(DeliveryRow.state).order_by(DeliveryRow.id))).all()
    assert list(states) == ["aside", "aside", "handled", "handled"]


async def test_handled_deliveries_keep_no_content(school: School, begin: Begin) -> None:
    await school.says("lan", "bí mật")
    async with begin() as session:
        assert await session.scalar(select(DeliveryRow.raw)) == b""


async def test_a_refused_message_changes_nothing_and_says_why(school: School, begin: Begin) -> None:
    await school.says("lan", "cấm")
    assert school.read_by("lan") == ["Thầy/cô không được làm việc này."]
    assert await _names(begin) == ["Lan"]


async def test_a_bug_in_a_handler_changes_nothing_and_is_admitted(school: School, begin: Begin) -> None:
    with capture_logs() as logs:
        await school.says("lan", "hỏng")
    assert school.read_by("lan") == [texts.TROUBLE]
    assert await _names(begin) == ["Lan"]
    assert "handler.failed" in [entry["event"] for entry in logs]


async def test_after_a_bug_the_next_message_is_answered(school: School) -> None:
    await school.says("lan", "hỏng")
    await school.says("lan", "a")
    assert school.read_by("lan")[1:] == ["Lan, Trường Mầm non Hoa Sen: a ()"]


async def test_a_handler_may_say_nothing(school: School) -> None:
    await school.says("lan", "im")
    assert school.read_by("lan") == []


async def test_what_an_answer_left_open_is_known_next_time_to_the_same_person_in_the_same_chat(school: School) -> None:
    await school.says("lan", "nhớ")
    await school.says("lan", "a")
    await school.says_in("group", "lan", "b")
    assert school.read_by("lan")[1].endswith(": a (câu trước)")
    assert school.read_by("group")[0].endswith(": b ()")


async def test_a_long_answer_comes_in_parts_in_order_with_its_choices_at_the_end(school: School) -> None:
    await school.says("lan", "dài", message_id="m0")
    assert len(school.platform.sent) > 2
    assert " ".join(school.read_by("lan")) == LONG.strip()
    assert [bool(message.choices) for message in school.platform.sent[-2:]] == [False, True]
    assert school.platform.sent[-1].sources == (SourceRef(1, 2, "KH 12", "trước ngày 05/12"),)


async def test_in_a_group_the_unit_is_the_groups_and_the_answer_quotes_the_question(school: School) -> None:
    await school.says_in("group", "stranger", "a", message_id="m1")
    assert school.read_by("group") == ["?, Trường Mầm non Hoa Sen: a ()"]
    assert school.platform.sent[0].reply_to == "m1"


async def test_after_the_bot_was_removed_a_group_is_not_known_any_more(school: School) -> None:
    await school.receives(chat="group", sender="", kind="left", group=True)
    await school.says_in("group", "stranger", "a")
    assert school.read_by("group")[-1] == "?, ?: a ()"


async def test_a_group_that_moved_keeps_its_unit_what_is_open_and_what_waits(school: School) -> None:
    await school.says_in("group", "stranger", "nhớ")
    await school.receives(chat="group", sender="stranger", text="a", group=True)
    assert await school.receiver.handle_next()
    for id in ("m1", "m2"):  # both the old and the new chat tell of it
        await school.receives(id, chat="group", sender="", kind="moved", group=True, moved_to="super")
    while await school.receiver.handle_next():
        pass
    await school.works()
    assert "?, Trường Mầm non Hoa Sen: a (câu trước)" in school.read_by("super")
    await school.says_in("super", "stranger", "b")
    assert school.read_by("super")[-1] == "?, Trường Mầm non Hoa Sen: b (câu trước)"


async def test_a_move_that_only_the_send_tells_of_reaches_the_new_chat(school: School) -> None:
    school.platform.failures = [SendFailed("upgraded", moved_to="super")]
    await school.says_in("group", "stranger", "a")
    assert school.read_by("super") == ["?, Trường Mầm non Hoa Sen: a ()"]
    await school.says_in("super", "stranger", "b")
    assert school.read_by("super")[-1] == "?, Trường Mầm non Hoa Sen: b ()"


async def test_one_chats_messages_are_answered_in_order(school: School) -> None:
    for text in "abcde":
        await school.receives(sender="lan", text=text)
    await school.works()
    assert [text.split(": ")[1] for text in school.read_by("lan")] == [f"{text} ()" for text in "abcde"]


async def test_typing_is_shown_while_a_question_is_answered(school: School) -> None:
    await school.says("lan", "a")
    assert [address.chat for address in school.platform.seen_typing] == ["lan"]


async def test_control_characters_do_not_stop_an_answer(school: School) -> None:
    await school.says("lan", "a\x00b\ud800", sender_name="\x00")
    assert school.read_by("lan") == ["Lan, Trường Mầm non Hoa Sen: ab ()"]


class Killed(BaseException):
    """Stands for the end of the process: nothing catches it."""


async def test_a_delivery_that_kills_the_process_is_not_taken_up_for_ever(begin: Begin, clock: StillClock) -> None:
    def choose(message: Inbound, ctx: Context) -> Handler:
        if message.text == "chết":
            raise Killed
        return _echo

    school = await School(begin, clock, choose=choose).opens()
    await school.receives(sender="lan", text="chết")
    await school.receives(sender="lan", text="a")
    for _ in range(MOST_ATTEMPTS):
        with pytest.raises(Killed):
            await school.receiver.handle_next()
    await school.works()
    assert school.read_by("lan") == ["Lan, Trường Mầm non Hoa Sen: a ()"]


async def test_a_fault_outside_the_handler_is_tried_again_and_order_is_kept(school: School) -> None:
    school.faults = [OSError("no index")] * 2  # together with others, and alone
    await school.receives(sender="lan", text="a")
    await school.receives(sender="lan", text="b")
    await school.receives(sender="stranger", text="c")
    await school.works()
    assert school.read_by("lan") == []
    assert school.read_by("stranger") == ["?, ?: c ()"]
    school.clock.move(timedelta(seconds=2))
    await school.works()
    assert [text.split(": ")[1] for text in school.read_by("lan")] == ["a ()", "b ()"]


async def test_a_question_before_any_document_is_known_gets_a_clear_answer(begin: Begin, clock: StillClock) -> None:
    school = await School(begin, clock).opens()
    await school.says("lan", "tháng này nộp gì?")
    (answer,) = school.read_by("lan")
    assert answer not in ("", texts.TROUBLE, joining.UNKNOWN_SENDER)


async def _names(begin: Begin) -> list[str]:
    async with begin() as session:
        return list(await session.scalars(select(PersonRow.name)))
