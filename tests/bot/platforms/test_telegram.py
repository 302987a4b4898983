"""Telegram as a platform: updates understood, messages sent, over real HTTP to a local Bot API server."""

import asyncio
import json
import unicodedata
from datetime import timedelta
from typing import Any

import pytest

from bot.platforms.telegram import Telegram
from bot.platforms.telegram_errors import REJECTED
from bot.platforms.telegram_inbound import Me
from core.errors import FetchFailed, Forged, SendFailed, Unreadable
from core.message import Address, Inbound, InboundKind, Outbound
from core.platform import Connected, Delivery, Polled
from core.texts import menu
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_payloads import SECRET, payload
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_server import TelegramServer


async def heard(telegram: Telegram) -> list[Inbound | None]:
    """Everything that waits, understood."""
    deliveries, _ = await telegram.poll("")
    return [telegram.read(delivery.raw) for delivery in deliveries]


async def heard_last(telegram: Telegram) -> Inbound:
    last = (await heard(telegram))[-1]
    assert last is not None
    return last


def to(person: Person | Group, text: str = "Chào cô", **more: Any) -> Outbound:
    return Outbound(Address("telegram", str(person.chat.id)), text, **more)


async def refused(telegram: Telegram, message: Outbound) -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await telegram.send(message)
    return failed.value


def test_it_fits_the_protocols(telegram: Telegram) -> None:
    platform: Connected = telegram
    polled: Polled = telegram
    assert (platform.name, platform.limits.text, platform.limits.buttons) == ("telegram", 4096, 100)
    assert polled is telegram


def test_a_webhook_call_with_our_secret_is_kept_as_it_came(telegram: Telegram) -> None:
    body = payload("command_group")
    kept = telegram.accept({"X-Telegram-Bot-Api-Secret-Token": SECRET}, body)
    assert kept == [Delivery("telegram", str(json.loads(body)["update_id"]), body, "-4001")]


def test_a_press_waits_for_the_message_before_it(telegram: Telegram) -> None:
    headers = {"x-telegram-bot-api-secret-token": SECRET}
    (press,) = telegram.accept(headers, payload("press_private"))
    (text,) = telegram.accept(headers, payload("text_private"))
    assert press.lane == text.lane == "100001"


@pytest.mark.parametrize("headers", [{}, {"X-Telegram-Bot-Api-Secret-Token": "sai"}, {"x-telegram": SECRET}])
def test_a_webhook_call_without_our_secret_is_forged(telegram: Telegram, headers: dict[str, str]) -> None:
    with pytest.raises(Forged):
        telegram.accept(headers, payload("text_private"))


def test_without_a_secret_every_webhook_call_is_forged() -> None:
    with pytest.raises(Forged):
        Telegram.open("1:A").accept({"X-Telegram-Bot-Api-Secret-Token": ""}, payload("text_private"))


@pytest.mark.parametrize("body", [b"", b"\xff\xfe", b"[]", b"null", b'{"update_id": "7"}', b"[" * 100_000])
def test_a_webhook_call_that_is_no_update_is_unreadable(telegram: Telegram, body: bytes) -> None:
    with pytest.raises(Unreadable):
        telegram.accept({"X-Telegram-Bot-Api-Secret-Token": SECRET}, body)


@pytest.mark.covers("T.updates.1")
async def test_polling_gives_each_update_until_it_is_confirmed(telegram: Telegram, lan: Person) -> None:
    lan.says("một")
    lan.says("hai")
    first, after = await telegram.poll("")
    again, _ = await telegram.poll("")
    rest, at_last = await telegram.poll(after)
    assert [delivery.id for delivery in first] == [delivery.id for delivery in again]
    assert (len(first), rest, at_last) == (2, [], after)


async def test_an_update_nobody_can_parse_does_not_block_those_around_it(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    lan.says("trước")
    server.inject("message", {"message_id": 1, "chat": "hỏng"})
    server.inject("message", 5)
    lan.says("sau")
    deliveries, after = await telegram.poll("")
    before, *poison, behind = deliveries
    assert [telegram.read(good.raw).text for good in (before, behind)] == ["trước", "sau"]  # type: ignore[union-attr]
    for bad in poison:
        with pytest.raises(Unreadable):
            telegram.read(bad.raw)
    assert len(poison) == 2
    assert await telegram.poll(after) == ([], after)


async def test_polling_asks_only_for_what_is_read(server: TelegramServer, telegram: Telegram) -> None:
    await telegram.poll("")
    assert server.asked("getUpdates")[-1].params["allowed_updates"] == '["message", "callback_query", "my_chat_member"]'


@pytest.mark.covers("T.updates.1")
async def test_polling_waits_and_hears_at_once(server: TelegramServer, lan: Person) -> None:
    patient = Telegram.open(server.token, server.url, poll_timeout=timedelta(seconds=25))
    await patient.connect()
    poll = asyncio.create_task(patient.poll(""))
    await server.world.updates.polled.wait()
    lan.says("nhanh")
    deliveries, _ = await asyncio.wait_for(poll, 2)
    await patient.close()
    assert [telegram_text(patient, delivery) for delivery in deliveries] == ["nhanh"]


def telegram_text(telegram: Telegram, delivery: Delivery) -> str:
    found = telegram.read(delivery.raw)
    return "" if found is None else found.text


@pytest.mark.covers("T.updates.2")
async def test_polling_while_a_webhook_is_set_fails_with_the_reason(telegram: Telegram) -> None:
    await telegram.set_webhook("https://127.0.0.1/webhook/telegram", SECRET)
    with pytest.raises(FetchFailed, match="webhook is active"):
        await telegram.poll("")
    await telegram.delete_webhook()
    assert await telegram.poll("") == ([], "")


@pytest.mark.covers("T.faults.2")
@pytest.mark.parametrize(
    "fault",
    [Fault(status=500), Fault(status=429, retry_after=3), Fault(cut="after"), Fault(body=b"<html>"), Fault(body=b"{}")],
)
async def test_polling_through_trouble_fails_and_works_again(
    server: TelegramServer, telegram: Telegram, lan: Person, fault: Fault
) -> None:
    lan.says("đợi")
    server.fail(fault)
    with pytest.raises(FetchFailed):
        await telegram.poll("")
    assert (await heard_last(telegram)).text == "đợi"


async def test_a_batch_without_ids_fails_instead_of_spinning(server: TelegramServer, telegram: Telegram) -> None:
    server.fail(Fault("getUpdates", body=b'{"ok": true, "result": [{"message": {}}, 7]}'))
    with pytest.raises(FetchFailed):
        await telegram.poll("")


async def test_at_the_start_it_learns_its_name_and_shows_its_commands_once(server: TelegramServer) -> None:
    for _ in range(2):
        telegram = Telegram.open(server.token, server.url + "/")
        await telegram.connect()
        await telegram.close()
    lists = {
        (json.loads(scope)["type"], language): [(one["command"], one["description"]) for one in shown]
        for (scope, language), shown in server.world.commands.items()
    }
    admins, everybody = [*menu.GROUP, ("thamgia", "Tham gia bằng mã")], list(menu.PRIVATE)
    for language in ("", "vi"):
        assert lists["default", language] == lists["all_private_chats", language] == everybody
        assert lists["all_group_chats", language] == list(menu.GROUP)
        assert lists["all_chat_administrators", language] == admins
    assert telegram.me == Me(7_000_000_001, "nhacviec_bot", reads_all=False)
    assert len(server.asked("setMyCommands")) == 8


async def test_a_wrong_token_is_named_without_showing_it(server: TelegramServer) -> None:
    telegram = Telegram.open("7000000001:AAsai", server.url)
    with pytest.raises(FetchFailed, match=REJECTED) as failed:
        await telegram.connect()
    await telegram.close()
    assert "AAsai" not in f"{failed.value!r} {failed.value.__cause__!r} {telegram!r}"


async def test_a_start_that_failed_can_be_tried_again(server: TelegramServer) -> None:
    telegram = Telegram.open(server.token, server.url)
    server.fail(Fault("getMe", status=502))
    with pytest.raises(FetchFailed):
        await telegram.connect()
    await telegram.connect()
    assert telegram.me.username == "nhacviec_bot"
    await telegram.close()


async def test_in_a_group_it_hears_who_addresses_it(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot(lan)
    joined, service = await heard(telegram)
    assert joined is not None
    assert (joined.kind, joined.group, service) == (InboundKind.JOINED, True, None)
    group.promotes_bot(lan)
    lan.says("@nhacviec_bot tuần này nộp gì", to=group)
    asked = await heard_last(telegram)
    assert (asked.text, asked.addressed, asked.group) == ("tuần này nộp gì", True, True)
    lan.says("cả nhà ăn gì chưa", to=group)
    assert not (await heard_last(telegram)).addressed
    await telegram.send(to(group, "Có 2 việc."))
    lan.says("còn gì nữa", to=group, reply_to=group.chat.messages[max(group.chat.messages)])
    assert (await heard_last(telegram)).addressed


@pytest.mark.covers("T.people.2")
async def test_a_group_that_moves_tells_its_new_id_and_so_does_a_refused_message(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot(lan)
    new = group.becomes_supergroup(lan)
    *_, moved, arrived = await heard(telegram)
    assert moved is not None
    assert (moved.kind, moved.address.chat, moved.moved_to, arrived) == (InboundKind.MOVED, group.id, new.id, None)
    failed = await refused(telegram, to(group))
    assert (failed.reason, failed.retry_in, failed.moved_to) == ("moved", timedelta(0), new.id)
    await telegram.send(to(new))
    assert server.transcript(new)[-1] == "Nhắc Việc: Chào cô"


@pytest.mark.covers("T.people.2", "T.sending.1")
async def test_in_a_topic_it_answers_in_the_topic(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    group = server.group("Trường", "supergroup", forum=True)
    group.adds_bot(lan, "administrator")
    topic = group.opens_topic("Hỏi đáp", lan)
    lan.says("@nhacviec_bot tuần này", to=group, topic=topic)
    asked = await heard_last(telegram)
    sent = await telegram.send(Outbound(asked.address, "Có 2 việc.", reply_to=asked.message_id))
    await telegram.typing(asked.address)
    assert asked.address.thread == str(topic)
    assert group.chat.messages[int(sent)]["message_thread_id"] == topic
    await telegram.send(Outbound(Address("telegram", group.id, "1"), "Chung"))
    assert "message_thread_id" not in group.chat.messages[max(group.chat.messages)]


async def test_decomposed_letters_arrive_composed(telegram: Telegram, lan: Person) -> None:
    lan.says(unicodedata.normalize("NFD", "Tháng này nộp gì?"))
    assert (await heard_last(telegram)).text == unicodedata.normalize("NFC", "Tháng này nộp gì?")
