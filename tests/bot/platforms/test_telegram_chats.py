"""What Telegram can do and others cannot: edits in place, phone numbers, topics, links into groups, old presses."""

from datetime import timedelta

import pytest

from bot.platforms.telegram import Telegram, WebhookInfo
from core.errors import SendFailed
from core.message import Address, Choice, Inbound, InboundKind, Outbound
from core.texts import menu
from tests.fakes.clock import StillClock
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_payloads import SECRET
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_server import TelegramServer

CHOICES = (Choice("Được", "m1"),)


def to(where: Person | Group, text: str, choices: tuple[Choice, ...] = (), *, edits: str = "") -> Outbound:
    return Outbound(Address("telegram", where.id), text, choices, edits=edits)


async def heard_last(telegram: Telegram) -> Inbound:
    deliveries, _ = await telegram.poll("")
    last = telegram.read(deliveries[-1].raw)
    assert last is not None
    return last


@pytest.mark.covers("T.sending.1")
async def test_a_status_is_edited_in_place(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    sent = await telegram.send(to(lan, "Đã nhận 1 ảnh", CHOICES))
    for text in ("Đã nhận 2 ảnh", "Đã nhận 2 ảnh", "Đã nhận đủ"):  # the same again is no failure
        assert await telegram.send(to(lan, text, edits=sent)) == sent
    assert server.transcript(lan)[1:] == ["Nhắc Việc: Đã nhận đủ"]


@pytest.mark.covers("T.sending.2", "T.sending.4")
async def test_what_cannot_be_edited_is_written_anew(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    mine = lan.says("hạn?")
    gone = await telegram.send(to(lan, "Đang tìm"))
    await telegram.bot.delete_message(lan.id, int(gone))
    for edits in (gone, str(mine["message_id"]), "x"):
        assert await telegram.send(to(lan, "Có 2 việc.", CHOICES, edits=edits)) != edits
    assert server.transcript(lan)[2:] == ["Nhắc Việc: Có 2 việc. [Được]"] * 3


async def test_an_edit_that_is_refused_for_another_reason_fails(telegram: Telegram, lan: Person) -> None:
    sent = await telegram.send(to(lan, "Đang tìm"))
    with pytest.raises(SendFailed, match="empty"):
        await telegram.send(to(lan, "", edits=sent))


@pytest.mark.covers("T.people.1")
async def test_a_phone_number_is_shared_by_a_tap_and_the_keyboard_put_away(
    server: TelegramServer, telegram: Telegram
) -> None:
    hoa = server.person("Hoa", phone="+84912345678")
    hoa.starts()
    await telegram.send(Outbound(Address("telegram", hoa.id), "Thầy/cô là ai ạ?", CHOICES, ask_phone=True))
    assert server.transcript(hoa)[-1] == f"Nhắc Việc: Thầy/cô là ai ạ? [{menu.SHARE_PHONE}] [Được]"
    assert hoa.chat.keyboard["one_time_keyboard"]
    hoa.taps_keyboard(menu.SHARE_PHONE)
    shared = await heard_last(telegram)
    assert (shared.kind, shared.phone, shared.sender) == (InboundKind.CONTACT, "+84912345678", hoa.id)
    await telegram.send(to(hoa, "Cảm ơn cô Hoa."))
    assert hoa.chat.keyboard == {}
    status = await telegram.send(to(hoa, "Đang tìm"))
    assert await telegram.send(to(hoa, "Xong", edits=status)) == status


async def test_in_a_group_nobody_is_asked_for_a_number(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot(lan)
    message = Outbound(Address("telegram", group.id), "Ai đó ạ?", CHOICES, group=True, ask_phone=True)
    await telegram.send(message)
    assert server.transcript(group)[-1] == "Nhắc Việc: Ai đó ạ? [Được]"


@pytest.mark.covers("T.people.1")
async def test_the_card_of_somebody_else_proves_nothing(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    hoa = server.person("Hoa", phone="84912345678")
    lan.sends_contact(of=hoa)
    handed_on = await heard_last(telegram)
    assert (handed_on.kind, handed_on.phone) == (InboundKind.OTHER, "")


@pytest.mark.covers("T.people.2")
async def test_an_answer_to_a_topic_that_was_deleted_goes_to_the_group(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    group = server.group("Trường", "supergroup", forum=True)
    group.adds_bot(lan, "administrator")
    topic = group.opens_topic("Hỏi đáp", lan)
    lan.says("@nhacviec_bot tuần này", to=group, topic=topic)
    asked = await heard_last(telegram)
    group.deletes_topic(topic)
    sent = await telegram.send(Outbound(asked.address, "Có 2 việc.", reply_to=asked.message_id, group=True))
    message = group.chat.messages[int(sent)]
    assert (message["text"], "message_thread_id" in message) == ("Có 2 việc.", False)


@pytest.mark.covers("T.people.1")
async def test_a_link_into_a_group_brings_its_code(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot_by_link(lan, "M4K7")
    deliveries, _ = await telegram.poll("")
    joined, service, start = [telegram.read(delivery.raw) for delivery in deliveries]
    assert joined is not None
    assert start is not None
    assert (joined.kind, service) == (InboundKind.JOINED, None)
    assert (start.text, start.addressed, start.group, start.sender) == ("/start M4K7", True, True, lan.id)


@pytest.mark.covers("T.people.1")
async def test_leaving_and_blocking_are_heard_and_edits_and_reactions_are_not(
    server: TelegramServer, telegram: Telegram, lan: Person
) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot(lan, "administrator")
    asked = lan.says("/han", to=group)
    lan.edits(asked, "/tuannay")
    lan.reacts(asked, "👍")
    group.removes_bot(lan)
    lan.blocks()
    deliveries, _ = await telegram.poll("")
    found = [one for one in (telegram.read(delivery.raw) for delivery in deliveries) if one is not None]
    assert [(one.kind, one.text, one.address.chat) for one in found] == [
        (InboundKind.JOINED, "", group.id),
        (InboundKind.TEXT, "/han", group.id),
        (InboundKind.LEFT, "", group.id),
        (InboundKind.LEFT, "", lan.id),
    ]


@pytest.mark.covers("T.sending.2")
async def test_a_press_is_marked_as_one_and_answered_only_while_it_is_fresh(
    server: TelegramServer, telegram: Telegram, lan: Person, clock: StillClock
) -> None:
    await telegram.send(to(lan, "Chọn:", CHOICES))
    early, late = lan.taps("Được"), lan.taps("Được")
    first, second = (await telegram.poll(""))[0]
    understood = telegram.read(first.raw)
    assert understood is not None
    assert (understood.text, understood.pressed) == ("m1", True)
    await telegram.acknowledge(first.raw)
    clock.move(timedelta(seconds=151))
    await telegram.acknowledge(second.raw)  # too old: ignored
    assert [server.world.presses[press].answer for press in (early, late)] == ["", None]
    lan.says("m1")
    assert not (await heard_last(telegram)).pressed


async def test_who_we_are_and_how_the_webhook_fares_can_be_asked(
    server: TelegramServer, clock: StillClock, telegram: Telegram, lan: Person
) -> None:
    assert (await telegram.who()).username == "nhacviec_bot"
    assert await telegram.webhook_info() == WebhookInfo("", 0)
    server.webhook.attempts = 1
    await telegram.set_webhook("http://127.0.0.1:1/webhook/telegram", SECRET)
    lan.says("hạn?")
    await server.webhook.idle()
    info = await telegram.webhook_info()
    assert (info.url, info.waiting, info.last_error_at) == ("http://127.0.0.1:1/webhook/telegram", 1, clock())
    assert info.last_error.startswith("Connection failed")


async def test_a_bot_without_privacy_mode_says_so(clock: StillClock) -> None:
    async with TelegramServer(clock, privacy=False) as server:
        telegram = Telegram.open(server.token, server.url)
        assert (await telegram.who()).reads_all
        await telegram.close()


async def test_lists_of_commands_that_could_not_be_shown_are_shown_at_the_next_try(server: TelegramServer) -> None:
    telegram = Telegram.open(server.token, server.url)
    server.fail(Fault("setMyCommands", status=429, retry_after=5))
    with pytest.raises(Exception, match="Throttled"):
        await telegram.connect()
    await telegram.connect()
    await telegram.close()
    assert len(server.world.commands) == 8
