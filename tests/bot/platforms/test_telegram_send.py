"""Telegram's messages out, and what each refusal means, over real HTTP."""

import json
from datetime import timedelta
from typing import Any

import pytest

from bot.platforms.telegram import Telegram
from bot.platforms.telegram_errors import REJECTED
from core.errors import FetchFailed, SendFailed
from core.message import Address, Choice, Outbound
from tests.fakes.clock import StillClock
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_payloads import payload
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_server import TelegramServer

PRIVATE = Address("telegram", "100001")


def to(person: Person | Group, text: str = "Chào cô", **more: Any) -> Outbound:
    return Outbound(Address("telegram", str(person.chat.id)), text, **more)


async def refused(telegram: Telegram, message: Outbound) -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await telegram.send(message)
    return failed.value


async def test_a_message_is_sent_as_plain_text_without_previews(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    text = "Hạn <b>05/12</b> *đúng* https://example.org"
    sent = await telegram.send(to(lan, text))
    params = server.asked("sendMessage")[-1].params
    assert lan.chat.messages[int(sent)]["text"] == text
    assert "parse_mode" not in params
    assert json.loads(params["link_preview_options"]) == {"is_disabled": True}


@pytest.mark.covers("T.people.1", "T.sending.1")
async def test_choices_are_buttons_and_a_tap_says_their_value(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    long = "Chương trình Tôi yêu Việt Nam"
    choices = (Choice("1", "viec:1"), Choice("2", "viec:2"), Choice(long, "nộp gì"), Choice("Xem thêm", "xem thêm"))
    sent = await telegram.send(to(lan, "Chọn:", choices=choices))
    rows = lan.chat.messages[int(sent)]["reply_markup"]["inline_keyboard"]
    assert [[button["text"] for button in row] for row in rows] == [["1", "2"], [long], ["Xem thêm"]]
    press_id = lan.taps(long)
    deliveries, _ = await telegram.poll("")
    tapped = telegram.read(deliveries[-1].raw)
    await telegram.acknowledge(deliveries[-1].raw)
    assert tapped is not None
    assert (tapped.text, tapped.message_id, tapped.sender) == ("nộp gì", sent, lan.id)
    assert server.world.presses[press_id].answer == ""


async def test_acknowledging_never_fails(server: TelegramServer, telegram: Telegram, clock: StillClock) -> None:
    for raw in (payload("press_private"), payload("text_private"), b"x", b'{"update_id": 1, "callback_query": []}'):
        await telegram.acknowledge(raw)
    assert [call.status for call in server.asked("answerCallbackQuery")] == [400]


async def test_a_reply_is_sent_even_when_what_it_answers_is_gone(telegram: Telegram, lan: Person) -> None:
    asked = lan.says("hạn?")
    answer = await telegram.send(to(lan, "Mai.", reply_to=str(asked["message_id"])))
    alone = await telegram.send(to(lan, "Mai.", reply_to="999"))
    assert lan.chat.messages[int(answer)]["reply_to_message"]["text"] == "hạn?"
    assert "reply_to_message" not in lan.chat.messages[int(alone)]


async def test_typing_is_shown_and_its_failure_ignored(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    await telegram.typing(Address("telegram", lan.id))
    server.fail(Fault("sendChatAction", status=500))
    await telegram.typing(Address("telegram", lan.id))
    assert lan.chat.actions == ["typing"]


async def test_too_many_messages_wait_as_long_as_asked(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    server.fail(Fault("sendMessage", status=429, retry_after=37))
    failed = await refused(telegram, to(lan))
    assert (failed.reason, failed.retry_in, failed.unknown) == ("throttled", timedelta(seconds=37), False)


async def test_a_person_who_blocked_the_bot_is_given_up(telegram: Telegram, lan: Person) -> None:
    lan.blocks()
    failed = await refused(telegram, to(lan))
    assert (failed.reason, failed.retry_in) == ("blocked", None)


@pytest.mark.parametrize("kind", ["group", "supergroup"])
async def test_a_group_that_removed_the_bot_is_given_up(
    server: TelegramServer, telegram: Telegram, lan: Person, kind: str
) -> None:
    group = server.group("Tổ Lá", kind)
    group.adds_bot(lan)
    group.removes_bot(lan)
    failed = await refused(telegram, to(group))
    assert (failed.reason, failed.retry_in) == ("kicked", None)


@pytest.mark.parametrize("text", ["", "a" * 4097])
async def test_what_the_service_refuses_is_not_repeated(telegram: Telegram, lan: Person, text: str) -> None:
    failed = await refused(telegram, to(lan, text))
    assert (failed.retry_in, failed.unknown) == (None, False)
    assert failed.reason.startswith("refused: Message")


async def test_a_chat_that_is_not_there_is_given_up(telegram: Telegram) -> None:
    failed = await refused(telegram, Outbound(Address("telegram", "42"), "ai đó?"))
    assert (failed.reason, failed.retry_in) == ("refused: Chat not found", None)


async def test_a_token_that_stopped_working_waits_for_somebody(server: TelegramServer, telegram: Telegram) -> None:
    server.fail(Fault("sendMessage", status=401, description="Unauthorized"))
    failed = await refused(telegram, Outbound(PRIVATE, "x"))
    assert (failed.reason, failed.unknown) == (REJECTED, False)
    assert failed.retry_in is not None


@pytest.mark.covers("T.faults.2")
@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (Fault("sendMessage", cut="before"), False),
        (Fault("sendMessage", cut="after"), True),
        (Fault("sendMessage", status=502), False),
        (Fault("sendMessage", body=b"<html>"), True),
        (Fault("sendMessage", body=b'{"ok": true, "result": {}}'), True),
    ],
)
async def test_nobody_knows_whether_a_message_without_an_answer_arrived(
    server: TelegramServer, telegram: Telegram, lan: Person, fault: Fault, arrived: bool
) -> None:
    server.fail(fault)
    failed = await refused(telegram, to(lan))
    assert (failed.reason, failed.unknown) == ("unknown", True)
    assert failed.retry_in is not None
    assert ("Nhắc Việc: Chào cô" in server.transcript(lan)) is arrived


async def test_an_answer_that_does_not_come_is_unknown_too(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    hasty = Telegram.open(server.token, server.url, read_timeout=timedelta(milliseconds=100))
    await hasty.connect()
    server.fail(Fault("sendMessage", silent="after"))
    failed = await refused(hasty, to(lan))
    await hasty.close()
    assert (failed.reason, failed.unknown) == ("unknown", True)


async def test_a_message_that_never_left_is_tried_again_soon(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    await server.stop()
    await telegram.typing(Address("telegram", lan.id))  # finds the connection that was open dead
    failed = await refused(telegram, to(lan))
    assert (failed.reason, failed.retry_in, failed.unknown) == ("offline", timedelta(seconds=5), False)
    with pytest.raises(FetchFailed, match="offline"):
        await telegram.poll("")
    await server.start()
    await telegram.send(to(lan))
    assert server.transcript(lan)[-1] == "Nhắc Việc: Chào cô"
