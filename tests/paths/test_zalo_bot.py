"""A question's path over the Zalo Bot Platform: asked on a phone, answered there once, whatever the service does."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.platforms.zalo_bot import ZaloBot
from bot.polling import poll_once
from bot.receive import Receiver
from core.message import Inbound, InboundKind, Reply
from core.people import UnitTree
from core.platform import Platform
from handlers.commands import Handler
from handlers.context import Context
from knowledge.index import Index
from records import alerts
from records.session import Begin
from scheduler.deliver import Deliverer
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_bot_people import Group, Person
from tests.fakes.zalo_bot_server import ZaloBotServer

SECRET = "mot-bi-mat-dai"
HOUR = timedelta(hours=1)


def answering(message: Inbound, ctx: Context) -> Handler:
    return _echo


async def _echo(message: Inbound, ctx: Context) -> Reply:
    return Reply("Không xem được" if message.kind is InboundKind.WITHHELD else f"Nghe: {message.text}")


class Office:
    """Takes in and answers, by polling until `listens` to the webhook."""

    def __init__(self, zalo: ZaloBot, begin: Begin, clock: StillClock) -> None:
        platforms: dict[str, Platform] = {zalo.name: zalo}
        index = Index.of((), UnitTree.of(()))
        self.zalo, self.begin, self.clock = zalo, begin, clock
        self.deliverer = Deliverer(begin, platforms, clock, clock.sleep)
        self.receiver = Receiver(begin, platforms, lambda: index, clock, self.deliverer.wake, choose=answering)

    async def polls(self, times: int = 1) -> None:
        for _ in range(times):
            await poll_once(self.zalo, self.begin, self.clock, lambda: None)
        await self.works()

    async def works(self) -> None:
        """Everything that can be handled and sent now is."""
        while await self.receiver.handle_next():
            pass
        while await self.deliverer.deliver_ready():
            pass

    async def delivered(self, request: web.Request) -> web.Response:
        await self.receiver.store(self.zalo.accept(request.headers, await request.read()))
        return web.json_response({"ok": True})


@pytest.fixture
async def server(clock: StillClock) -> AsyncIterator[ZaloBotServer]:
    async with ZaloBotServer(clock) as server:
        server.world.switches.loopback_webhooks = True
        yield server


@pytest.fixture
async def office(server: ZaloBotServer, begin: Begin, clock: StillClock) -> AsyncIterator[Office]:
    zalo = ZaloBot.open(server.token, server.url, SECRET, poll_timeout=timedelta(0))
    await zalo.connect()
    yield Office(zalo, begin, clock)
    await zalo.close()


@pytest.fixture
def lan(server: ZaloBotServer) -> Person:
    return server.person("Lan")


@pytest.fixture
def group(server: ZaloBotServer) -> Group:
    group = server.group("Tổ Lá")
    group.adds_bot()
    return group


def read_by(server: ZaloBotServer, where: Person | Group) -> list[str]:
    """What the bot has written there."""
    return [line.partition(": ")[2] for line in server.transcript(where) if line.startswith("Bot Nhắc Việc")]


@pytest.mark.covers("E1.4")
async def test_a_question_is_answered_once_though_the_service_repeats_it(
    server: ZaloBotServer, office: Office, lan: Person, group: Group
) -> None:
    server.updates.replay = True
    lan.says("hạn nộp?")
    lan.says("có gì?", to=group, mention=True)
    lan.sends_file("Kế hoạch.pdf")
    await office.polls(9)
    office.clock.move(timedelta(days=6))
    await office.polls(9)
    assert read_by(server, lan) == ["Nghe: hạn nộp?", "Không xem được"]
    assert read_by(server, group)[1:] == ["Nghe: có gì?"]


@pytest.mark.covers("E1.6")
async def test_duplicates_out_of_order_are_each_answered_once(
    server: ZaloBotServer, office: Office, lan: Person
) -> None:
    app = web.Application()
    app.router.add_post("/webhook/zalo-bot", office.delivered)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    await office.zalo.set_webhook(f"http://127.0.0.1:{runner.addresses[0][1]}/webhook/zalo-bot", SECRET)
    server.webhook.times, server.webhook.reorder = 3, True
    for text in ("một", "hai", "ba"):
        lan.says(text)
    await server.webhook.settle()
    await office.works()
    await runner.cleanup()
    assert sorted(read_by(server, lan)) == ["Nghe: ba", "Nghe: hai", "Nghe: một"]
    assert [attempt.status for attempt in server.webhook.attempts] == [200] * 9


@pytest.mark.covers("E0.1")
async def test_an_answer_that_may_have_arrived_is_not_sent_again(
    server: ZaloBotServer, office: Office, lan: Person
) -> None:
    server.fail(Fault("sendMessage", cut="after"))
    lan.says("một")
    await office.polls()
    office.clock.move(HOUR)
    await office.works()
    assert read_by(server, lan) == ["Nghe: một"]
    assert len(server.asked("sendMessage")) == 1


async def test_too_many_at_once_cost_minutes_and_not_the_hour(
    server: ZaloBotServer, office: Office, lan: Person
) -> None:
    server.fail(Fault("sendMessage", code=429, description="Quota exceeded"))
    lan.says("một")
    await office.polls()
    lan.says("hai")
    await office.polls()
    office.clock.move(timedelta(minutes=1))
    await office.works()
    assert read_by(server, lan) == ["Nghe: một", "Nghe: hai"]


async def test_what_the_service_says_it_failed_to_do_is_tried_again(
    server: ZaloBotServer, office: Office, lan: Person
) -> None:
    server.fail(Fault("sendMessage", code=500, times=2))
    lan.says("một")
    await office.polls()
    for _ in range(3):
        office.clock.move(timedelta(minutes=1))
        await office.works()
    assert read_by(server, lan) == ["Nghe: một"]


async def test_what_waited_while_the_service_was_down_arrives_in_order(
    server: ZaloBotServer, office: Office, lan: Person
) -> None:
    for text in ("một", "hai", "ba"):
        lan.says(text)
    await office.polls(3)
    server.world.chats[lan.id].messages.clear()
    for text in ("bốn", "năm"):
        lan.says(text)
        await poll_once(office.zalo, office.begin, office.clock, lambda: None)
    await server.stop()
    for _ in range(12):
        await office.works()
        office.clock.move(HOUR / 12)
    await server.start()
    for _ in range(3):
        office.clock.move(HOUR)
        await office.works()
    assert read_by(server, lan) == ["Nghe: bốn", "Nghe: năm"]


async def test_a_chat_that_refuses_does_not_hold_up_the_others(
    server: ZaloBotServer, office: Office, lan: Person, group: Group
) -> None:
    lan.says("có gì?", to=group, mention=True)
    lan.says("hạn nộp?")
    await poll_once(office.zalo, office.begin, office.clock, lambda: None)
    group.removes_bot()
    await office.polls()
    assert read_by(server, group)[1:] == []
    assert read_by(server, lan) == ["Nghe: hạn nộp?"]


@pytest.mark.covers("E1.9")
async def test_the_operator_hears_of_the_plans_bounds(server: ZaloBotServer, office: Office) -> None:
    server.world.switches.users = 60
    for number in range(50):
        server.person(f"Cô {number}").says("chào")
    await office.polls(50)
    async with office.begin() as session:
        (alert,) = await alerts.open_alerts(session)
    assert "Zalo Bot đã đủ 50 người" in alert.text
