"""The local Bot API server proven by a second library, aiogram."""

import asyncio
import io
from collections.abc import AsyncIterator

import pytest
from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.exceptions import TelegramBadRequest, TelegramForbiddenError, TelegramRetryAfter
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InputMediaPhoto,
    MediaUnion,
    Message,
)

from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_pictures import png
from tests.fakes.telegram_server import TelegramServer


@pytest.fixture
async def aiogram(server: TelegramServer) -> AsyncIterator[Bot]:
    async with Bot(server.token, AiohttpSession(api=TelegramAPIServer.from_base(server.url))) as bot:
        yield bot


@pytest.mark.covers("T.transport.2", "T.updates.1", "T.people.1")
async def test_a_dispatcher_of_the_library_answers_questions_and_presses(server: TelegramServer, aiogram: Bot) -> None:
    dispatcher = Dispatcher()
    dispatcher.message.register(_echo)
    dispatcher.callback_query.register(_pressed)
    lan = server.person("Lan")
    polling = asyncio.create_task(dispatcher.start_polling(aiogram, handle_signals=False, polling_timeout=5))
    lan.starts()
    lan.says("hạn nộp?")
    await server.until(lambda: "Nhắc Việc: nghe: hạn nộp? [Được]" in server.transcript(lan))
    press = lan.taps("Được")
    await server.until(lambda: server.world.presses[press].answer == "xong")
    await dispatcher.stop_polling()
    await polling


async def _echo(message: Message) -> None:
    button = InlineKeyboardButton(text="Được", callback_data="duoc")
    await message.reply(f"nghe: {message.text}", reply_markup=InlineKeyboardMarkup(inline_keyboard=[[button]]))


async def _pressed(press: CallbackQuery) -> None:
    await press.answer("xong")


@pytest.mark.covers("T.sending.1", "T.sending.3", "T.transport.1", "T.transport.2")
async def test_pictures_go_and_come_whole(aiogram: Bot, lan: Person) -> None:
    picture = png(500, 300)
    sent = await aiogram.send_photo(lan.id, BufferedInputFile(picture, "anh.png"), caption="Giờ ăn")
    assert sent.photo is not None
    assert [(size.width, size.height) for size in sent.photo] == [(90, 54), (320, 192), (500, 300)]
    found = await aiogram.download(sent.photo[-1].file_id, io.BytesIO())
    assert found is not None
    assert found.read() == picture
    album: list[MediaUnion] = [InputMediaPhoto(media=BufferedInputFile(png(50 + n, 50), f"{n}.png")) for n in range(2)]
    first, second = await aiogram.send_media_group(lan.id, album)
    assert first.media_group_id == second.media_group_id is not None


@pytest.mark.covers("T.people.3", "T.sending.4")
async def test_it_learns_who_it_is_and_who_else_is_there(server: TelegramServer, aiogram: Bot, lan: Person) -> None:
    group = server.group("Tổ Lá", "supergroup")
    group.adds_bot(lan, "administrator")
    me, chat = await aiogram.get_me(), await aiogram.get_chat(group.id)
    assert (me.username, chat.title, chat.max_reaction_count) == ("nhacviec_bot", "Tổ Lá", 11)
    statuses = {member.status for member in await aiogram.get_chat_administrators(group.id)}
    assert statuses == {"creator", "administrator"}


@pytest.mark.covers("T.sending.2", "T.transport.3", "T.faults.2")
async def test_refusals_are_understood(server: TelegramServer, aiogram: Bot, lan: Person) -> None:
    with pytest.raises(TelegramBadRequest, match="chat not found"):
        await aiogram.send_message(42, "Chào")
    server.fail(Fault("sendMessage", status=429, retry_after=7))
    with pytest.raises(TelegramRetryAfter) as wait:
        await aiogram.send_message(lan.id, "Chào")
    assert wait.value.retry_after == 7
    lan.blocks()
    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await aiogram.send_message(lan.id, "Chào")
