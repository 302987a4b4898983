"""The whole service, wired as `run` wires it, with Telegram's client library and a local Bot API server."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import ClientSession
from pydantic import SecretStr

from bot.channels import listen_to, open_channels
from bot.cli.run import serve
from bot.service import listen
from bot.settings import Settings, read_settings
from core.clock import Clock
from core.errors import BadInput
from core.people import Level, Role, Unit
from core.texts import joining
from records.invitations import Invitation, invite
from records.session import open_engine, opener
from records.units import import_units
from tests.fakes.clamd import FakeClamd
from tests.fakes.clock import StillClock
from tests.fakes.telegram_faults import Fault
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer

CODE = "ABCD-2345"


@pytest.fixture
async def server(clock: StillClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock) as server:
        yield server


@pytest.fixture
def settings(server: TelegramServer, sqlite_url: str, tmp_path: Path) -> Settings:
    return read_settings(None).model_copy(
        update={
            "database_url": SecretStr(sqlite_url),
            "data_dir": tmp_path,
            "telegram_token": SecretStr(server.token),
            "telegram_api_url": server.url,
        }
    )


@pytest.mark.parametrize("mode", ["polling", "webhook"])
async def test_somebody_on_telegram_joins_and_is_answered(
    mode: str, settings: Settings, server: TelegramServer, clock: StillClock
) -> None:
    await _invited(settings, clock)
    async with _running(settings.model_copy(update={"telegram_mode": mode}), clock):
        lan = server.person("Lan")
        lan.starts()
        await server.until(lambda: len(_said(server, lan)) == 1)
        lan.says(f"/thamgia {CODE}")
        await server.until(lambda: len(_said(server, lan)) == 2)
    assert joining.unknown_sender(phone=True) in _said(server, lan)[0]
    assert joining.joined("MN Hoa Sen", Role.TEACHER) in _said(server, lan)[1]
    assert bool(server.asked("getUpdates")) == (mode == "polling")


async def test_commands_are_listed_for_private_chats_and_for_groups(
    settings: Settings, server: TelegramServer, clock: StillClock
) -> None:
    async with _running(settings, clock):
        await server.until(lambda: server.asked("deleteWebhook"))
    scopes = {json.loads(str(call.params["scope"]))["type"] for call in server.asked("setMyCommands")}
    assert scopes == {"default", "all_private_chats", "all_group_chats", "all_chat_administrators"}


async def test_telegram_out_of_reach_is_tried_again_until_it_answers(
    settings: Settings, server: TelegramServer, clock: StillClock
) -> None:
    server.fail(Fault(method="getMe", cut="before", times=3))
    started, connected = clock(), asyncio.Event()
    engine = open_engine(settings.database)
    (channel,) = open_channels(settings, opener(engine), clock)
    listening = asyncio.create_task(
        listen_to(channel, lambda name, works: connected.set(), opener(engine), clock, lambda: None, clock.sleep)
    )
    await asyncio.wait_for(connected.wait(), 5)
    listening.cancel()
    await asyncio.wait([listening])
    await channel.platform.close()
    await engine.dispose()
    assert clock() - started == timedelta(seconds=1 + 2 + 4)


async def test_it_is_ready_once_telegram_has_answered(
    settings: Settings, server: TelegramServer, clock: StillClock
) -> None:
    async with _running(settings, clock) as address, ClientSession() as client:
        lan = server.person("Lan")
        lan.starts()
        await server.until(lambda: _said(server, lan))
        ready = await client.get(f"{address}/readyz")
        assert await ready.json() == {"ready": True, "parts": {"database": True, "index": True, "telegram": True}}


async def test_what_was_asked_before_a_stop_is_answered_after_the_start(
    settings: Settings, server: TelegramServer, clock: StillClock
) -> None:
    async with _running(settings, clock):
        await server.until(lambda: server.asked("deleteWebhook"))
    lan = server.person("Lan")
    lan.starts()
    async with _running(settings, clock):
        await server.until(lambda: _said(server, lan))
    assert len(_said(server, lan)) == 1


async def test_what_is_sent_is_scanned_where_a_scanner_is_set(
    settings: Settings, server: TelegramServer, clock: StillClock
) -> None:
    await _invited(settings, clock)
    async with FakeClamd() as clamd, _running(settings.model_copy(update={"clamav": clamd.address}), clock):
        lan = server.person("Lan")
        lan.starts()
        lan.says(f"/thamgia {CODE}")
        await server.until(lambda: len(_said(server, lan)) == 2)
        lan.sends_document("ke-hoach.pdf", content=b"%PDF-1.4 x")
        await asyncio.wait_for(clamd.asked.wait(), 5)
    assert clamd.scanned == [b"%PDF-1.4 x"]


async def test_the_site_says_that_it_is_alive_and_shows_no_chat_page(
    settings: Settings, server: TelegramServer, clock: StillClock
) -> None:
    async with _running(settings, clock) as address, ClientSession() as client:
        assert (await client.get(f"{address}/healthz")).status == 200
        assert (await client.get(f"{address}/chat")).status == 404
        assert (await client.post(f"{address}/webhook/telegram", json={"update_id": 1})).status == 403


def test_a_port_in_use_is_said_in_one_line() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(BadInput, match="--port"):
        listen("127.0.0.1", first.getsockname()[1])


def test_an_address_that_is_not_ours_is_said_in_one_line() -> None:
    with pytest.raises(BadInput, match="NHACVIEC_HOST"):
        listen("192.0.2.1", 8080)


@asynccontextmanager
async def _running(settings: Settings, clock: Clock) -> AsyncIterator[str]:
    """The service at this address, stopped in order at the end."""
    stop = asyncio.Event()
    with listen("127.0.0.1", 0) as listening:
        address = f"http://127.0.0.1:{listening.getsockname()[1]}"
        secret = SecretStr("hook-secret")
        settings = settings.model_copy(update={"public_url": address, "telegram_webhook_secret": secret})
        running = asyncio.create_task(serve(settings, clock, listening, stop))
        try:
            yield address
        finally:
            stop.set()
            await asyncio.wait_for(running, 10)


async def _invited(settings: Settings, clock: StillClock) -> None:
    engine = open_engine(settings.database)
    async with opener(engine)() as session:
        await import_units(session, [Unit("MN", "MN Hoa Sen", Level.SCHOOL)])
        await session.flush()
        await invite(session, Invitation("MN", Role.TEACHER), 1, clock() + timedelta(days=1), CODE)
    await engine.dispose()


def _said(server: TelegramServer, person: Person) -> list[str]:
    return [line for line in server.transcript(person) if line.startswith("Nhắc Việc: ")]
