"""From the five founding documents to the chat: people of two provinces ask on Telegram and get what is theirs."""

import asyncio
import re
from argparse import Namespace
from datetime import UTC, datetime

import pytest

from bot.cli.program import parser
from core.people import Role
from core.texts import answers as say
from core.texts import chat as texts
from core.texts import joining
from tests.fakes.telegram_params import Json
from tests.paths.conftest import Town

PEOPLE = (
    ("Nguyễn Thị Lan", "VB-HOAPHUONG", Role.TEACHER),
    ("Trần Thị Mai", "VB-ANHDUONG", Role.PRINCIPAL),
    ("Hoàng Thị Sen", "DH-HOASIM", Role.TEACHER),
    ("Vũ Thị Hạnh", "PGD-VB", Role.STAFF),
)
QUESTIONS = (
    "thang nay nop gi",
    "chuyên đề thực hiện những tiêu chí nào",
    "giá vàng hôm nay bao nhiêu",
)
FEBRUARY, MAY = datetime(2025, 2, 17, 1, 0, tzinfo=UTC), datetime(2025, 5, 6, 1, 0, tzinfo=UTC)
MORE = say.more_choice()[0].label

one_database = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)  # where nothing new is kept


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_everybody_is_answered_what_the_documents_say_to_them(town: Town) -> None:
    told: dict[str, str] = {}
    for name, unit, role in PEOPLE:
        person = await town.resident(name, unit, role)
        for question in QUESTIONS:
            answered = await town.asks(person, question)
            assert answered == town.knows(question, unit, role).text, (unit, question)
            told[unit] = told.get(unit, answered)
    assert len(set(told.values())) == len(PEOPLE)
    assert "05/12/2023" in told["VB-HOAPHUONG"]
    assert "15/12/2023" in told["PGD-VB"]
    assert "3. Công khai thông tin" in told["VB-ANHDUONG"]
    assert not re.search(r"\d\d?/\d\d?/2023", told["DH-HOASIM"])  # those are dates of Hải Phòng
    town.clock.now = FEBRUARY
    assert await town.asks(person, QUESTIONS[0]) == town.knows(QUESTIONS[0], unit, role).text


@one_database
async def test_a_command_asks_what_it_is_short_for(town: Town) -> None:
    lan = await town.resident(*PEOPLE[0])
    asked = {
        "/thangnay": "Tháng này nộp gì?",
        "tuần này": "Tuần này nộp gì?",
        "/han": texts.NEXT_DEADLINES,
        "/han cân đo": "Hạn nộp cân đo",
    }
    for typed, question in asked.items():
        assert await town.asks(lan, typed) == town.knows(question, "VB-HOAPHUONG").text, typed


async def test_in_the_groups_chat_a_name_a_reply_and_a_command_are_answered(town: Town) -> None:
    lan = await town.resident(*PEOPLE[0])
    group = await town.group_of("VB-HOAPHUONG", lan)
    guest = town.server.person("Phụ huynh")  # not known herself: answered as one of the group's unit
    expected = town.knows("tháng này nộp gì?", "VB-HOAPHUONG").text
    before = len(town.answers(group))
    guest.says("tháng này nộp gì?", to=group)  # among themselves
    named = await town.reads(group, lambda: guest.says("@nhacviec_bot tháng này nộp gì?", to=group))
    assert named["text"] == expected
    replied = await town.reads(group, lambda: lan.says("tuan nay nop gi", to=group, reply_to=named))
    assert replied["text"] == town.knows("tuan nay nop gi", "VB-HOAPHUONG").text
    commanded = await town.reads(group, lambda: guest.says("/thangnay@nhacviec_bot", to=group))
    assert commanded["text"] == expected
    assert commanded["reply_to_message"]["from"]["first_name"] == "Phụ huynh"
    assert len(town.answers(group)) == before + 3


async def test_a_long_answer_goes_on_when_its_button_is_tapped(town: Town) -> None:
    lan = await town.resident(*PEOPLE[0])
    question = "năm học này có những việc gì?"
    found = town.knows(question, "VB-HOAPHUONG")
    assert len(found.more) > 1, "the question must have a long answer"
    shown = await town.reads(lan, lambda: lan.says(question))
    assert shown["text"] == found.text
    read = []
    for part in found.more:
        assert _buttons(shown) == [MORE]
        button = shown
        shown = await town.reads(lan, lambda on=button: lan.taps(MORE, on=on))  # type: ignore[misc]
        read.append(shown["text"].removesuffix(f"\n{say.MORE_HINT}"))
        assert shown["text"].startswith(part)
    assert read == list(found.more)
    assert _buttons(shown) == []
    assert all(press.answer is not None for press in town.server.world.presses.values())
    assert await town.asks(lan, "xem thêm") == texts.NOTHING_MORE


@one_database
async def test_two_readings_are_asked_back_and_a_tap_or_a_number_picks(town: Town) -> None:
    town.clock.now = MAY
    office, question = await town.resident("Bùi Thị Ngọc", "PGD-AL", Role.STAFF), "An Lão được đề xuất khen mấy?"
    found = town.knows(question, "PGD-AL", Role.STAFF)
    assert len(found.choices) == 2
    asked = await town.reads(office, lambda: office.says(question))
    assert asked["text"] == found.text
    assert _buttons(asked) == [choice.label for choice in found.choices]
    tapped = await town.reads(office, lambda: office.taps(found.choices[0].label, on=asked))
    assert tapped["text"] == town.knows(found.choices[0].value, "PGD-AL", Role.STAFF).text
    assert await town.asks(office, "2") == town.knows(found.choices[1].value, "PGD-AL", Role.STAFF).text


@one_database
async def test_in_a_group_of_another_line_nobody_is_shown_what_is_not_theirs(town: Town) -> None:
    sen = await town.resident("Hoàng Thị Sen", "DH-HOASIM", Role.TEACHER)
    group = await town.group_of("VB-HOAPHUONG", sen)
    told = await town.reads(group, lambda: sen.says("/thangnay@nhacviec_bot", to=group))
    assert told["text"] == town.knows("Tháng này nộp gì?", "VB-HOAPHUONG").text
    assert await town.asks(sen, "/thangnay") == town.knows("Tháng này nộp gì?", "DH-HOASIM").text


@one_database
async def test_a_button_that_somebody_else_taps_in_a_group_is_answered_truly(town: Town) -> None:
    lan, mai = await town.resident(*PEOPLE[0]), town.server.person("Mai")
    group = await town.group_of("VB-HOAPHUONG", lan)
    shown = await town.reads(group, lambda: lan.says("/thangnay@nhacviec_bot", to=group))
    assert _buttons(shown) == [MORE]
    other = await town.reads(group, lambda: mai.taps(MORE, on=shown))
    assert other["text"] == texts.NOTHING_MORE
    mine = await town.reads(group, lambda: lan.taps(MORE, on=shown))
    assert mine["text"] == town.knows("Tháng này nộp gì?", "VB-HOAPHUONG").more[0]


async def test_somebody_unknown_joins_with_an_invitation_and_is_answered(
    town: Town, capsys: pytest.CaptureFixture[str]
) -> None:
    code = await _invited(town, capsys, "VB-ANHDUONG", "principal", uses=2)
    school = town.index.tree.units["VB-ANHDUONG"].name
    typing, linked, late = (town.server.person(name) for name in ("Mai", "Hoa", "Kẻ đến sau"))
    assert (await town.reads(typing, typing.starts))["text"] == joining.unknown_sender(phone=True)
    assert await town.asks(typing, "thang nay nop gi") == joining.unknown_sender(phone=True)
    welcome = f"{joining.joined(school, Role.PRINCIPAL)}\n\n{joining.WHO_ARE_YOU}"
    asked = await town.reads(typing, lambda: typing.says(f"/thamgia {code.lower()}"))
    assert asked["text"] == welcome
    assert _buttons(asked) == ["Trần Thị Mai", joining.NOT_LISTED]
    picked = await town.reads(typing, lambda: typing.taps("Trần Thị Mai", on=asked))
    assert picked["text"] == joining.i_am("Trần Thị Mai")
    assert (await town.reads(linked, lambda: linked.starts(code)))["text"] == joining.joined(school, Role.PRINCIPAL)
    for person in (typing, linked):
        assert await town.asks(person, "thang nay nop gi") == town.knows("thang nay nop gi", "VB-ANHDUONG").text
    assert (await town.reads(late, lambda: late.starts(code)))["text"] == joining.CODE_WRONG


async def test_a_group_joins_with_an_invitation_and_is_answered(town: Town, capsys: pytest.CaptureFixture[str]) -> None:
    code = await _invited(town, capsys, "VB-HOAPHUONG", "principal")
    teachers = await _invited(town, capsys, "VB-HOAPHUONG", "teacher")
    mai, group = town.server.person("Mai"), town.server.group("Tổ 5 tuổi")
    assert (await town.reads(group, lambda: group.adds_bot(mai)))["text"] == joining.GROUP_UNKNOWN
    refused = await town.reads(group, lambda: mai.says(f"/thamgia@nhacviec_bot {teachers}", to=group))
    assert refused["text"] == joining.TEACHERS_CODE
    joined = await town.reads(group, lambda: mai.says(f"/thamgia@nhacviec_bot {code}", to=group))
    assert joined["text"] == joining.group_joined(town.index.tree.units["VB-HOAPHUONG"].name)
    told = await town.reads(group, lambda: mai.says("thang nay nop gi", to=group, reply_to=joined))
    assert told["text"] == town.knows("thang nay nop gi", "VB-HOAPHUONG").text


@one_database
async def test_what_cannot_be_read_gets_a_short_true_answer(town: Town) -> None:
    lan = await town.resident(*PEOPLE[0])
    sent = (
        (lan.sends_sticker, texts.STICKER),
        (lan.shares_location, texts.OTHER),
        (lambda: lan.says("😀😀😀"), texts.STICKER),
        (lambda: lan.says("/khongco"), texts.UNKNOWN_COMMAND),
        (lambda: lan.says("/trogiup"), texts.help_for(Role.TEACHER)),
    )
    for act, answered in sent:
        assert (await town.reads(lan, act))["text"] == answered
        assert answered == texts.help_for(Role.TEACHER) or len(answered) < 200


async def test_a_group_that_became_a_supergroup_keeps_its_school_and_what_is_open(town: Town) -> None:
    lan = await town.resident(*PEOPLE[0])
    group = await town.group_of("VB-HOAPHUONG", lan)
    shown = await town.reads(group, lambda: lan.says("/thangnay@nhacviec_bot", to=group))
    moved = group.becomes_supergroup(lan)
    found = town.knows("Tháng này nộp gì?", "VB-HOAPHUONG")
    assert shown["text"] == found.text
    more = await town.reads(moved, lambda: lan.says("@nhacviec_bot xem thêm", to=moved))
    assert more["text"] == found.more[0]
    told = await town.reads(moved, lambda: lan.says("@nhacviec_bot Tháng này nộp gì?", to=moved))
    assert told["text"] == found.text


def _buttons(message: Json) -> list[str]:
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    return [button["text"] for row in rows for button in row]


async def _invited(town: Town, capsys: pytest.CaptureFixture[str], unit: str, role: str, uses: int = 1) -> str:
    """The code that the command `invite` prints, with the link that opens the bot."""
    args: Namespace = parser().parse_args(["invite", "--unit", unit, "--role", role, "--uses", str(uses)])
    assert await asyncio.to_thread(args.run, args, town.settings) == 0
    printed = capsys.readouterr().out
    code = re.search(r"/thamgia (\S{4}-\S{4})", printed)
    assert code, printed
    assert f"https://t.me/nhacviec_bot?start={code[1]}" in printed
    return code[1]
