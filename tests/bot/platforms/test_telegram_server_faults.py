"""Limits, faults and observation of the local Bot API server, and that our pace keeps within its limits."""

import asyncio
from datetime import timedelta

import aiohttp
import pytest
from telegram import Bot, InputMediaDocument
from telegram.error import InvalidToken, NetworkError, RetryAfter

from bot.platforms.telegram import Telegram
from core.errors import SendFailed
from core.message import Address, Outbound
from scheduler.pace import Pace
from tests.fakes.clock import START, StillClock
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_library import client
from tests.fakes.telegram_people import Group, Person
from tests.fakes.telegram_rates import Rates
from tests.fakes.telegram_server import TelegramServer

OTHER = "7000000002:AAanother-token-of-the-tests-000000"


@pytest.fixture
def group(server: TelegramServer, lan: Person) -> Group:
    group = server.group("Tổ Lá")
    group.adds_bot(lan)
    return group


@pytest.fixture(autouse=True)
def waits_are_timedeltas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the library warns, and warnings are errors here."""
    monkeypatch.setenv("PTB_TIMEDELTA", "1")


async def sends(bot: Bot, chat: str, count: int) -> timedelta:
    """The wait that was asked for; zero: all went through."""
    for number in range(count):
        try:
            await bot.send_message(chat, str(number))
        except RetryAfter as wait:
            return timedelta(seconds=0) + wait.retry_after  # type: ignore[operator]  # a timedelta, as asked for
    return timedelta(0)


@pytest.mark.covers("T.faults.1")
async def test_a_group_takes_twenty_in_any_minute(
    server: TelegramServer, bot: Bot, clock: StillClock, lan: Person, group: Group
) -> None:
    server.rates.group = True
    assert await sends(bot, group.id, 1) == timedelta(0)
    clock.move(timedelta(seconds=20))
    assert await sends(bot, group.id, 20) == timedelta(seconds=40)  # until the oldest leaves the window
    clock.move(timedelta(seconds=40))
    assert await sends(bot, group.id, 2) == timedelta(seconds=20)
    assert await sends(bot, lan.id, 25) == timedelta(0)
    first = next(iter(server.world.chats[group.chat.id].own))
    await bot.edit_message_text("đã sửa", group.id, first)  # costs nothing


@pytest.mark.covers("T.faults.1")
async def test_an_album_counts_its_parts(server: TelegramServer, bot: Bot, group: Group) -> None:
    server.rates.group = True
    for _ in range(2):
        await bot.send_media_group(group.id, [InputMediaDocument(b"x")] * 10)
    assert await sends(bot, group.id, 1) == timedelta(seconds=60)


@pytest.mark.covers("T.faults.1")
async def test_one_chat_takes_one_a_second_and_a_few_at_once(
    server: TelegramServer, bot: Bot, clock: StillClock, lan: Person
) -> None:
    server.rates.chat = True
    assert await sends(bot, lan.id, 6) == timedelta(seconds=5)
    for _ in range(20):
        clock.move(timedelta(seconds=1))
        await sends(bot, lan.id, 1)
    taken = [call for call in server.asked("sendMessage") if call.status == 200]
    assert len(taken) == 5 + 16 + 0


@pytest.mark.covers("T.faults.1")
async def test_all_chats_together_take_thirty_a_second(server: TelegramServer, bot: Bot, clock: StillClock) -> None:
    server.rates.overall = True
    people = [server.person(f"Cô {number}") for number in range(40)]
    for person in people:
        person.starts()
    waits = [await sends(bot, person.id, 1) for person in people]
    assert waits == [timedelta(0)] * 30 + [timedelta(seconds=1)] * 10
    clock.move(timedelta(seconds=1))
    assert await sends(bot, people[-1].id, 1) == timedelta(0)


@pytest.mark.covers("T.faults.1")
async def test_a_refusal_names_the_wait_in_its_header_too(server: TelegramServer, group: Group) -> None:
    server.fail(Fault(status=429, retry_after=17))
    async with aiohttp.ClientSession() as http, http.post(f"{server.url}/bot{server.token}/getMe") as answer:
        body = await answer.json()
    assert (answer.status, answer.headers["Retry-After"]) == (429, "17")
    assert (body["description"], body["parameters"]) == ("Too Many Requests: retry after 17", {"retry_after": 17})


@pytest.mark.covers("T.faults.1")
async def test_our_pace_stays_within_every_limit(server: TelegramServer, telegram: Telegram, clock: StillClock) -> None:
    rates = server.rates
    rates.group = rates.chat = rates.overall = True
    host = server.person("Lan")
    groups = [server.group(f"Lớp {number}") for number in range(6)]
    for group in groups:
        group.adds_bot(host)
    pace = Pace()
    for number in range(25):
        for group in groups:
            address = Address("telegram", group.id)
            while wait := pace.wait(address, telegram.group_limits, True, clock()):
                clock.move(wait)
            pace.note(address, clock())
            await telegram.send(Outbound(address, f"Thông báo {number}", group=True))
            pace.answered(address, clock())
    assert {call.status for call in server.asked("sendMessage")} == {200}
    assert all(len(group.chat.own) == 25 for group in groups)


@pytest.mark.covers("T.faults.2")
async def test_faults_fit_a_method_a_chat_or_a_text(server: TelegramServer, bot: Bot, lan: Person) -> None:
    hoa = server.person("Hoa")
    hoa.starts()
    server.fail(Fault("sendMessage", chat=hoa.id, status=502, times=2))
    server.fail(Fault(text="xin", status=500))
    await bot.send_message(lan.id, "một")
    for chat, text in ((hoa.id, "hai"), (hoa.id, "ba"), (lan.id, "xin chào")):
        with pytest.raises(NetworkError):
            await bot.send_message(chat, text)
    await bot.send_message(hoa.id, "xin chào")
    assert server.transcript(hoa)[1:] == ["Nhắc Việc: xin chào"]


@pytest.mark.covers("T.faults.2")
async def test_an_answer_may_be_slow(server: TelegramServer, telegram: Telegram, lan: Person) -> None:
    gate = asyncio.Event()
    server.fail(Fault("sendMessage", gate=gate))
    hasty = Telegram.open(server.token, server.url, read_timeout=timedelta(milliseconds=50))
    await hasty.connect()
    with pytest.raises(SendFailed) as failed:
        await hasty.send(Outbound(Address("telegram", lan.id), "Chào cô"))
    await hasty.close()
    gate.set()
    assert failed.value.unknown
    assert server.transcript(lan)[-1] == "Nhắc Việc: Chào cô"


@pytest.mark.covers("T.transport.3")
async def test_several_bots_live_on_one_server(server: TelegramServer, bot: Bot, lan: Person) -> None:
    account = server.add_bot(OTHER, "bot_khac", "Bot khác")
    hoa = account.person("Hoa")
    hoa.starts("M4K7")
    lan.says("hạn?")
    async with client(server, token=OTHER) as other:
        assert (other.username, bot.username) == ("bot_khac", "nhacviec_bot")
        theirs, ours = await other.get_updates(), await bot.get_updates()
        await other.send_message(hoa.id, "Chào")
    assert [update.message.text for update in (*theirs, *ours) if update.message] == ["/start M4K7", "hạn?"]
    assert [call.token for call in server.asked("sendMessage")] == [OTHER]
    with pytest.raises(InvalidToken):
        async with client(server, token="7000000003:AAla"):
            pass


@pytest.mark.covers("T.faults.3")
async def test_every_call_is_logged_with_what_became_of_it(
    server: TelegramServer, telegram: Telegram, clock: StillClock, lan: Person
) -> None:
    server.calls.clear()
    server.fail(Fault(cut="before"))
    with pytest.raises(SendFailed):
        await telegram.send(Outbound(Address("telegram", lan.id), "Chào"))
    clock.move(timedelta(seconds=5))
    await telegram.send(Outbound(Address("telegram", lan.id), "Chào"))
    calls = [(call.method, call.params["text"], call.status, call.at - START) for call in server.calls]
    assert calls == [("sendMessage", "Chào", 0, timedelta(0)), ("sendMessage", "Chào", 200, timedelta(seconds=5))]


@pytest.mark.covers("T.faults.3")
@pytest.mark.parametrize("seed", [0, 7])
async def test_after_a_reset_and_with_the_same_seed_all_ids_are_the_same(clock: StillClock, seed: int) -> None:
    async with TelegramServer(clock, seed=seed) as server, TelegramServer(clock, seed=seed + 1) as other:
        server.add_bot(OTHER, "bot_khac")
        server.rates.group = True
        before = _ids(server)
        server.fail(Fault(status=500))
        await server.reset()
        assert server.rates == Rates()
        assert (server.calls, server.faults.waiting) == ([], [])
        assert _ids(server) == before
        assert not set(_ids(other)) & set(before)
        async with client(server) as bot:
            assert [update.update_id for update in await bot.get_updates()] == before[-2:]
        with pytest.raises(InvalidToken):
            async with client(server, token=OTHER):
                pass


def _ids(server: TelegramServer) -> list[int | str]:
    """One of each kind."""
    lan, group = server.person("Lan"), server.group("Tổ Lá")
    message = lan.starts()
    document = lan.sends_document("a.txt")
    updates = [waiting.id for waiting in server.world.updates.waiting]
    return [int(lan.id), int(group.id), message["message_id"], document["document"]["file_id"], *updates]


@pytest.mark.covers("T.transport.4")
async def test_it_listens_on_loopback_at_a_free_port_and_keeps_it(clock: StillClock) -> None:
    server = TelegramServer(clock)
    await server.start()
    url = server.url
    await server.stop()
    await server.start()
    assert (server.url, url.startswith("http://127.0.0.1:"), url.endswith(":0")) == (url, True, False)
    await server.stop()


@pytest.mark.covers("T.updates.1")
async def test_hasty_polls_are_slowed_down(clock: StillClock) -> None:
    async with TelegramServer(clock, sleep=clock.sleep) as server, client(server) as bot:
        server.world.updates.slows_hasty_polls = True
        lan = server.person("Lan")
        lan.starts()
        lan.says("hạn?")

        async def poll(after: float, offset: int | None = None) -> tuple[int, timedelta]:
            """How many came, and how long it took."""
            clock.move(timedelta(seconds=after))
            began = clock()
            return len(await bot.get_updates(offset=offset)), clock() - began

        assert await poll(0) == (2, timedelta(0))
        assert await poll(0.4) == (1, timedelta(seconds=3))
        clock.move(timedelta(seconds=1))
        assert await poll(3) == (2, timedelta(0))
        assert await poll(1) == (2, timedelta(seconds=3))
        assert await poll(0, offset=server.world.updates.waiting[-1].id) == (1, timedelta(0))
