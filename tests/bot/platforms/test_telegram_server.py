"""The local Bot API server behaves as the real one, as a client that is not ours sees it."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from telegram import (
    Bot,
    BotCommandScopeAllGroupChats,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardRemove,
    Update,
)
from telegram.error import BadRequest, ChatMigrated, Conflict, Forbidden, InvalidToken, RetryAfter, TelegramError
from telegram.ext import Application, CallbackQueryHandler, ContextTypes, MessageHandler, filters

from tests.fakes.clock import StillClock
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_library import client
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer

Answer = tuple[int, dict[str, Any]]


@pytest.fixture
async def http(server: TelegramServer) -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession(server.url) as http:
        yield http


async def call(http: aiohttp.ClientSession, path: str, method: str = "POST", **how: Any) -> Answer:
    async with http.request(method, path, **how) as answer:
        return answer.status, await answer.json()


async def texts(bot: Bot, **how: Any) -> list[str]:
    updates = await bot.get_updates(**how)
    return [update.message.text or "" for update in updates if update.message is not None]


async def test_an_application_of_the_library_answers_questions_and_presses(server: TelegramServer) -> None:
    application = Application.builder().bot(client(server)).build()
    application.add_handler(MessageHandler(filters.TEXT, _echo))
    application.add_handler(CallbackQueryHandler(_pressed))
    lan = server.person("Lan")
    async with application:
        assert application.updater is not None
        await application.updater.start_polling(timeout=5)
        await application.start()
        lan.starts()
        lan.says("hạn nộp?")
        await server.until(lambda: "Nhắc Việc: nghe: hạn nộp? [Được]" in server.transcript(lan))
        press = lan.taps("Được")
        await server.until(lambda: server.world.presses[press].answer == "xong")
        await application.updater.stop()
        await application.stop()
    assert server.world.updates.waiting == []


async def _echo(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.message is not None
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Được", callback_data="duoc")]])
    await update.message.reply_text(f"nghe: {update.message.text}", reply_markup=keyboard)


async def _pressed(update: Update, _: ContextTypes.DEFAULT_TYPE) -> None:
    assert update.callback_query is not None
    await update.callback_query.answer("xong")


@pytest.mark.covers("T.transport.1", "T.transport.2")
@pytest.mark.parametrize("how", ["query", "form", "multipart", "json", "get"])
async def test_parameters_come_from_everywhere(
    server: TelegramServer, http: aiohttp.ClientSession, lan: Person, how: str
) -> None:
    params = {"chat_id": lan.id, "text": "Chào cô"}
    multipart = aiohttp.MultipartWriter("form-data")
    for name, value in params.items():
        multipart.append(value).set_content_disposition("form-data", name=name)
    given: dict[str, dict[str, Any]] = {
        "query": {"params": params},
        "form": {"data": params},
        "multipart": {"data": multipart},
        "json": {"json": {"chat_id": int(lan.id), "text": "Chào cô"}},
        "get": {"params": params, "method": "GET"},
    }
    status, body = await call(http, f"/bot{server.token}/sendMessage", **given[how])
    assert (status, body["ok"], body["result"]["text"]) == (200, True, "Chào cô")


@pytest.mark.covers("T.transport.1", "T.transport.3")
async def test_tokens_and_methods_are_read_as_the_service_reads_them(
    server: TelegramServer, http: aiohttp.ClientSession
) -> None:
    assert (await call(http, f"/bot{server.token.replace(':', '%3A')}/GETME"))[0] == 200
    wrong = [
        (f"/bot{server.token}x/getMe", 401, "Unauthorized"),
        ("/botsai/getMe", 404, "Not Found"),
        (f"/bot{server.token}/getNothing", 404, "Not Found: method not found"),
        ("/", 404, "Not Found"),
    ]
    for path, code, text in wrong:
        assert await call(http, path) == (code, {"ok": False, "error_code": code, "description": text})


async def test_a_wrong_token_is_refused_by_the_library(server: TelegramServer) -> None:
    with pytest.raises(InvalidToken):
        async with client(server, token="7000000001:AAsai"):
            pass


@pytest.mark.covers("T.updates.1")
async def test_updates_come_again_until_an_offset_confirms_them(bot: Bot, lan: Person) -> None:
    for text in ("một", "hai", "ba"):
        lan.says(text)
    first, *_ = await bot.get_updates(limit=1)
    assert await texts(bot) == ["một", "hai", "ba"]
    assert await texts(bot, offset=first.update_id + 1) == ["hai", "ba"]
    assert await texts(bot, offset=-1) == ["ba"]
    assert await texts(bot) == ["ba"]


@pytest.mark.covers("T.updates.2")
async def test_the_second_poller_ends_the_first(server: TelegramServer, bot: Bot, lan: Person) -> None:
    first = asyncio.create_task(bot.get_updates(timeout=30))
    await server.world.updates.polled.wait()
    await bot.get_updates(timeout=0)
    with pytest.raises(Conflict, match="terminated by other getUpdates"):
        await first


@pytest.mark.covers("T.updates.2", "T.transport.4")
async def test_old_messages_and_presses_are_dropped(clock: StillClock, bot: Bot, lan: Person) -> None:
    await bot.send_message(lan.id, "Chọn", reply_markup=_keyboard("Được", "duoc"))
    lan.says("hạn?")
    lan.taps("Được")
    clock.move(timedelta(seconds=151))
    (message,) = await bot.get_updates()
    assert message.callback_query is None
    clock.move(timedelta(hours=24))
    assert await bot.get_updates() == ()


@pytest.mark.covers("T.updates.1")
async def test_only_kinds_that_were_asked_for_arrive_and_the_choice_is_remembered(bot: Bot, lan: Person) -> None:
    await bot.get_updates(allowed_updates=["my_chat_member"])
    lan.says("hạn?")
    lan.blocks()
    (update,) = await bot.get_updates()
    assert update.my_chat_member is not None
    assert update.my_chat_member.new_chat_member.status == "kicked"


def _keyboard(label: str, data: str) -> InlineKeyboardMarkup:
    return InlineKeyboardMarkup([[InlineKeyboardButton(label, callback_data=data)]])


@pytest.mark.covers("T.sending.2")
@pytest.mark.parametrize(
    ("more", "why"),
    [
        ({"text": "  \n"}, "Message text is empty"),
        ({"text": "ă" * 4097}, "Message is too long"),
        ({"reply_to_message_id": 999}, "Message to be replied not found"),
        ({"message_thread_id": 5}, "Message thread not found"),
        ({"chat_id": 42}, "Chat not found"),
        ({"reply_markup": _keyboard("Dài", "đ" * 33)}, "Button_data_invalid"),
        ({"reply_markup": InlineKeyboardMarkup([[InlineKeyboardButton("Chỉ chữ")]])}, "Can't parse inline keyboard"),
    ],
)
async def test_bad_messages_are_refused(bot: Bot, lan: Person, more: dict[str, Any], why: str) -> None:
    with pytest.raises(BadRequest, match=why):
        await bot.send_message(**({"chat_id": lan.id, "text": "Chào"} | more))


async def test_a_message_of_exactly_the_limits_passes(bot: Bot, lan: Person) -> None:
    sent = await bot.send_message(lan.id, "ă" * 4096, reply_markup=_keyboard("Vừa", "đ" * 32))
    assert sent.text == "ă" * 4096
    assert sent.reply_markup is not None
    assert (await bot.send_message(lan.id, "x", reply_markup=ReplyKeyboardRemove())).reply_markup is None


@pytest.mark.covers("T.sending.2", "T.people.1")
async def test_a_person_is_written_to_only_after_start_and_until_blocking(server: TelegramServer, bot: Bot) -> None:
    hoa, group = server.person("Hoa"), server.group("Tổ Lá")
    with pytest.raises(BadRequest, match="Chat not found"):
        await bot.send_message(hoa.id, "Chào")
    group.adds_bot(hoa)
    hoa.says("/han@nhacviec_bot", to=group)
    with pytest.raises(Forbidden, match="can't initiate conversation"):
        await bot.send_message(hoa.id, "Chào")
    hoa.starts()
    await bot.send_message(hoa.id, "Chào")
    hoa.blocks()
    with pytest.raises(Forbidden, match="blocked by the user"):
        await bot.send_message(hoa.id, "Chào")


@pytest.mark.covers("T.people.2")
async def test_a_group_that_moved_names_its_new_id(server: TelegramServer, bot: Bot, lan: Person) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot(lan)
    new = group.becomes_supergroup(lan)
    old_news, new_news = [update.message for update in await bot.get_updates()][-2:]
    assert old_news is not None
    assert new_news is not None
    assert (old_news.migrate_to_chat_id, new_news.migrate_from_chat_id) == (new.chat.id, group.chat.id)
    with pytest.raises(ChatMigrated) as moved:
        await bot.send_message(group.id, "Chào")
    assert moved.value.new_chat_id == new.chat.id
    assert (await bot.send_message(new.id, "Chào")).chat.type == "supergroup"


@pytest.mark.covers("T.sending.1", "T.sending.2")
async def test_a_message_is_edited_in_place(server: TelegramServer, bot: Bot, lan: Person) -> None:
    sent = await bot.send_message(lan.id, "Đang tìm", reply_markup=_keyboard("Huỷ", "huy"))
    edited = await sent.edit_text("Có 2 việc.")
    assert isinstance(edited, type(sent))
    assert (edited.edit_date is not None, edited.reply_markup) == (True, None)
    assert server.transcript(lan)[-1] == "Nhắc Việc: Có 2 việc."
    with pytest.raises(BadRequest, match="Message is not modified"):
        await edited.edit_text("Có 2 việc.")
    with pytest.raises(BadRequest, match="Message to edit not found"):
        await bot.edit_message_text("x", lan.id, 999)
    with pytest.raises(BadRequest, match="Message can't be edited"):
        await bot.edit_message_text("x", lan.id, 1)


@pytest.mark.covers("T.sending.2", "T.people.1")
async def test_a_press_is_answered_once_and_not_too_late(clock: StillClock, bot: Bot, lan: Person) -> None:
    await bot.send_message(lan.id, "Chọn", reply_markup=_keyboard("Được", "duoc"))
    first, late = lan.taps("Được"), lan.taps("Được")
    assert await bot.answer_callback_query(first)
    clock.move(timedelta(seconds=151))
    for press in (first, late, "42"):
        with pytest.raises(BadRequest, match="Query is too old"):
            await bot.answer_callback_query(press)
    with pytest.raises(LookupError):
        lan.taps("Không có")


@pytest.mark.covers("T.sending.4")
async def test_commands_are_kept_by_scope_and_language(bot: Bot) -> None:
    await bot.set_my_commands([("han", "Hạn nộp")])
    await bot.set_my_commands([("lich", "Lịch")], BotCommandScopeAllGroupChats(), "vi")
    assert [one.command for one in await bot.get_my_commands()] == ["han"]
    assert [one.command for one in await bot.get_my_commands(BotCommandScopeAllGroupChats(), "vi")] == ["lich"]
    assert await bot.get_my_commands(BotCommandScopeAllGroupChats()) == ()
    for wrong in [("Hạn", "Hạn nộp"), ("han", "")]:
        with pytest.raises(TelegramError):
            await bot.set_my_commands([wrong])


@pytest.mark.covers("T.faults.2")
async def test_a_429_says_how_long_to_wait(
    server: TelegramServer, bot: Bot, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")  # else the library warns, and warnings are errors here
    server.fail(Fault("sendMessage", status=429, retry_after=7))
    with pytest.raises(RetryAfter) as wait:
        await bot.send_message(lan.id, "Chào")
    assert wait.value.retry_after == timedelta(seconds=7)
    await bot.send_message(lan.id, "Chào")
    assert [entry.status for entry in server.asked("sendMessage")] == [429, 200]
