"""The bots of the webhook benchmark, one a process: two libraries' echo bots as they come, and ours."""

import asyncio
import sys
from functools import partial
from pathlib import Path

from aiohttp import web

from benchmarks.webhook_load import CHATS, FIRST_CHAT, SECRET, TOKEN
from bot.cli.demo import _publish
from bot.demo import START, prepare
from bot.logs import start_logs
from bot.platforms.telegram import Telegram
from bot.service import Service, listen, stop_on_signals
from bot.settings import read_settings
from core.clock import ShiftedClock
from core.people import Role
from records import people
from records.files import FileStore
from records.session import migrate, open_engine, opener

UNIT = "VB-HOAPHUONG"


async def python_telegram_bot(port: int, api: int, folder: Path) -> None:
    """Its defaults; updates are handed over by an aiohttp route."""
    from telegram import Update
    from telegram.ext import Application, ApplicationBuilder, ContextTypes, MessageHandler, filters

    async def echo(update: Update, context: ContextTypes.DEFAULT_TYPE) -> None:
        if update.message and update.message.text:
            await update.message.reply_text(update.message.text)

    base = f"http://127.0.0.1:{api}"
    bot: Application = (  # type: ignore[type-arg]
        ApplicationBuilder()
        .token(TOKEN)
        .base_url(f"{base}/bot")
        .base_file_url(f"{base}/file/bot")
        .updater(None)
        .build()
    )
    bot.add_handler(MessageHandler(filters.TEXT, echo))

    async def receive(request: web.Request) -> web.Response:
        await bot.update_queue.put(Update.de_json(await request.json(), bot.bot))
        return web.Response()

    app = web.Application()
    app.router.add_post("/webhook/telegram", receive)
    async with bot:
        await bot.start()
        await _serve(app, port)
        await bot.bot.set_webhook("http://127.0.0.1", secret_token=SECRET)
        await asyncio.Event().wait()


async def aiogram(port: int, api: int, folder: Path) -> None:
    """Its own webhook handler."""
    from aiogram import Bot, Dispatcher
    from aiogram.client.session.aiohttp import AiohttpSession
    from aiogram.client.telegram import TelegramAPIServer
    from aiogram.types import Message
    from aiogram.webhook.aiohttp_server import SimpleRequestHandler

    async def echo(message: Message) -> None:
        await message.answer(message.text or "")

    bot = Bot(TOKEN, session=AiohttpSession(api=TelegramAPIServer.from_base(f"http://127.0.0.1:{api}")))
    dispatcher = Dispatcher()
    dispatcher.message.register(echo)
    app = web.Application()
    SimpleRequestHandler(dispatcher, bot, secret_token=SECRET).register(app, path="/webhook/telegram")
    await _serve(app, port)
    await bot.set_webhook("http://127.0.0.1", secret_token=SECRET)
    await asyncio.Event().wait()


async def _serve(app: web.Application, port: int) -> None:
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", port).start()


async def nhacviec(port: int, api: int, folder: Path) -> None:
    """The whole service as `run` starts it, on SQLite; teachers of one school ask about the five sample plans."""
    url = f"sqlite:///{folder / 'bench.db'}"
    engine = open_engine(url)
    await migrate(engine)
    begin, clock = opener(engine), ShiftedClock(START)
    await prepare(begin, clock, partial(_publish, begin, clock))
    async with begin() as session:
        for chat in range(CHATS):
            someone = await people.add_person(session, f"Lan {chat}", UNIT, Role.TEACHER)
            await people.link(session, "telegram", str(FIRST_CHAT + chat), someone.id, clock())
    telegram = Telegram.open(TOKEN, f"http://127.0.0.1:{api}", SECRET)
    await telegram.connect()

    async def started() -> None:
        await telegram.set_webhook("http://127.0.0.1", SECRET)

    with listen("127.0.0.1", port) as listening:
        await Service(begin, clock, {telegram.name: telegram}, FileStore(folder / "files")).run(
            listening, [], started, stop_on_signals()
        )


BOTS = {"python-telegram-bot": python_telegram_bot, "aiogram": aiogram, "nhacviec": nhacviec}

if __name__ == "__main__":
    name, *numbers, data = sys.argv[1:]
    start_logs(read_settings(None).model_copy(update={"log_level": "ERROR"}))
    asyncio.run(BOTS[name](*map(int, numbers), Path(data)))
