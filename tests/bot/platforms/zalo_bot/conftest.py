"""A local Zalo Bot Platform, the platform that talks to it, and a teacher with a phone."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.platforms.zalo_bot import ZaloBot
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_people import Person
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.fakes.zalo_bot_updates import Updates

SECRET = "mot-bi-mat-dai"


@pytest.fixture
async def server(clock: StillClock) -> AsyncIterator[ZaloBotServer]:
    async with ZaloBotServer(clock, sleep=clock.sleep) as server:
        yield server


@pytest.fixture
async def zalo(server: ZaloBotServer) -> AsyncIterator[ZaloBot]:
    zalo = ZaloBot.open(server.token, server.url, SECRET, poll_timeout=timedelta(0))
    await zalo.connect()
    yield zalo
    await zalo.close()


@pytest.fixture
def lan(server: ZaloBotServer) -> Person:
    """She has written to the bot, and the bot has seen it."""
    lan = server.person("Lan")
    lan.says("chào bot")
    server.updates.waiting.clear()
    return lan


@pytest.fixture
def updates(server: ZaloBotServer) -> Updates:
    return server.updates


@pytest.fixture
def deliveries() -> Path:
    """Events as the service delivers them, with names removed."""
    return Path(__file__).parents[3] / "deliveries" / "zalo_bot"
