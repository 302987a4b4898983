"""Updates that the local Bot API server delivers to the bot's own address."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import timedelta

import pytest
from aiohttp import web

from bot.platforms.telegram import Telegram
from core.errors import Forged
from core.platform import Delivery
from tests.fakes.clock import START, StillClock
from tests.fakes.telegram_payloads import SECRET
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer


class Receiver:
    """The bot's address: lets the platform check what comes, and answers as told, else 200.

    While `gate` is closed an answer waits.
    """

    def __init__(self, telegram: Telegram) -> None:
        self.telegram = telegram
        self.heard: list[Delivery] = []
        self.answers: list[web.Response] = []
        self.gate = asyncio.Event()
        self.gate.set()
        self._changed = asyncio.Condition()

    async def take(self, request: web.Request) -> web.Response:
        try:
            self.heard += self.telegram.accept(request.headers, await request.read())
        except Forged:
            return web.Response(status=403)
        finally:
            async with self._changed:
                self._changed.notify_all()
        await self.gate.wait()
        return self.answers.pop(0) if self.answers else web.Response()

    async def until(self, seen: Callable[[], bool]) -> None:
        async with asyncio.timeout(5), self._changed:
            await self._changed.wait_for(seen)

    def texts(self) -> list[str]:
        found = (self.telegram.read(delivery.raw) for delivery in self.heard)
        return ["" if inbound is None else inbound.text for inbound in found]


@pytest.fixture
async def server(clock: StillClock) -> AsyncIterator[TelegramServer]:
    """Its pauses between attempts pass on the clock alone."""

    async def sleep(seconds: float) -> None:
        clock.move(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    async with TelegramServer(clock, sleep=sleep) as server:
        yield server


@pytest.fixture
async def receiver(telegram: Telegram) -> AsyncIterator[tuple[Receiver, str]]:
    receiver = Receiver(telegram)
    app = web.Application()
    app.router.add_post("/webhook/telegram", receiver.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield receiver, f"http://127.0.0.1:{runner.addresses[0][1]}/webhook/telegram"
    receiver.gate.set()
    await runner.cleanup()


@pytest.mark.covers("T.updates.3")
async def test_updates_arrive_with_our_secret_and_those_that_waited_come_first(
    server: TelegramServer, telegram: Telegram, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    lan.says("trước")
    await telegram.set_webhook(url, SECRET)
    lan.says("sau")
    await bot.until(lambda: bot.texts() == ["trước", "sau"])


@pytest.mark.covers("T.updates.3")
async def test_a_wrong_secret_is_forged_and_comes_again_once_it_is_right(
    server: TelegramServer, telegram: Telegram, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    server.webhook.attempts = 2
    await telegram.set_webhook(url, "bi-mat-khac")
    lan.says("hạn?")
    await server.webhook.idle()
    assert bot.heard == []
    assert server.webhook.info()["last_error_message"] == "Wrong response from the webhook: 403"
    await telegram.set_webhook(url, SECRET)
    await bot.until(lambda: bot.texts() == ["hạn?"])


@pytest.mark.covers("T.updates.3")
async def test_messages_of_one_chat_come_one_at_a_time_and_chats_side_by_side(
    server: TelegramServer, telegram: Telegram, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    await telegram.set_webhook(url, SECRET)
    bot.gate.clear()
    hoa = server.person("Hoa")
    lan.says("một")
    lan.says("hai")
    hoa.starts()
    await bot.until(lambda: len(bot.heard) == 2)
    assert sorted(bot.texts()) == ["/start", "một"]
    bot.gate.set()
    await bot.until(lambda: bot.texts()[2:] == ["hai"])


@pytest.mark.covers("T.updates.3")
async def test_what_is_not_accepted_comes_again_later_and_later(
    server: TelegramServer, telegram: Telegram, clock: StillClock, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    bot.answers = [web.Response(status=500), web.Response(status=302), web.Response(status=404)]
    await telegram.set_webhook(url, SECRET)
    lan.says("hạn?")
    await bot.until(lambda: len(bot.heard) == 4)
    await server.webhook.idle()
    assert {delivery.id for delivery in bot.heard} == {bot.heard[0].id}
    assert clock() - START == timedelta(seconds=0 + 2 + 4)
    assert server.webhook.info()["pending_update_count"] == 0


@pytest.mark.covers("T.updates.3")
async def test_a_retry_after_is_obeyed(
    server: TelegramServer, telegram: Telegram, clock: StillClock, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    bot.answers = [web.Response(status=503, headers={"Retry-After": "90"})]
    await telegram.set_webhook(url, SECRET)
    lan.says("hạn?")
    await bot.until(lambda: len(bot.heard) == 2)
    assert clock() - START == timedelta(seconds=90)


@pytest.mark.covers("T.updates.3")
async def test_a_lost_answer_makes_the_same_update_come_twice(
    server: TelegramServer, telegram: Telegram, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    server.webhook.lose_answers = 1
    await telegram.set_webhook(url, SECRET)
    lan.says("hạn?")
    await bot.until(lambda: len(bot.heard) == 2)
    assert bot.heard[0] == bot.heard[1]


@pytest.mark.covers("T.updates.3")
async def test_an_answer_may_carry_one_call(
    server: TelegramServer, telegram: Telegram, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    told = {"method": "sendMessage", "chat_id": lan.id, "text": "Chào cô"}
    bot.answers = [web.json_response(told), web.json_response({"method": "deleteWebhook"})]
    await telegram.set_webhook(url, SECRET)
    lan.says("hạn?")
    lan.says("còn ai?")
    await bot.until(lambda: len(bot.heard) == 2)
    await server.webhook.idle()
    assert server.transcript(lan)[-1] == "Nhắc Việc: Chào cô"
    assert server.webhook.url == url


async def test_without_a_webhook_again_updates_wait_to_be_polled(
    server: TelegramServer, telegram: Telegram, lan: Person, receiver: tuple[Receiver, str]
) -> None:
    bot, url = receiver
    await telegram.set_webhook(url, SECRET)
    await telegram.delete_webhook()
    lan.says("hạn?")
    deliveries, _ = await telegram.poll("")
    assert (len(deliveries), bot.heard) == (1, [])
