"""A local Bot API server, the platform that talks to it, and a teacher with a phone."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot

from bot.platforms.telegram import Telegram
from tests.fakes.clock import StillClock
from tests.fakes.telegram_library import client
from tests.fakes.telegram_payloads import SECRET
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer


@pytest.fixture
async def server(clock: StillClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock) as server:
        yield server


@pytest.fixture
async def telegram(server: TelegramServer) -> AsyncIterator[Telegram]:
    telegram = Telegram.open(server.token, server.url, SECRET, poll_timeout=timedelta(0))
    await telegram.connect()
    yield telegram
    await telegram.close()


@pytest.fixture
def lan(server: TelegramServer) -> Person:
    """She has pressed Start, and the bot has seen it."""
    lan = server.person("Lan")
    lan.starts()
    server.world.updates.waiting.clear()
    return lan


@pytest.fixture
async def bot(server: TelegramServer) -> AsyncIterator[Bot]:
    """The library's own client, which shares no code of ours."""
    async with client(server) as bot:
        yield bot
