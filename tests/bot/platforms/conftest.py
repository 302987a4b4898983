"""A local Bot API server, the platform that talks to it, and a teacher with a phone."""

from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from telegram import Bot

from bot.platforms.telegram import Telegram
from bot.platforms.zalo_oa import ZaloOA
from tests.fakes.clock import StillClock
from tests.fakes.telegram_library import client
from tests.fakes.telegram_payloads import SECRET
from tests.fakes.telegram_people import Person
from tests.fakes.telegram_server import TelegramServer
from tests.fakes.zalo_oa_people import Person as ZaloPerson
from tests.fakes.zalo_oa_server import SECRET_KEY, OneGrant, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID, OA_ID


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


@pytest.fixture
async def oa_server(clock: StillClock) -> AsyncIterator[ZaloOAServer]:
    """Its pauses pass on the clock alone."""
    async with ZaloOAServer(clock, OneGrant(), clock.sleep) as server:
        yield server


@pytest.fixture
async def oa(oa_server: ZaloOAServer, clock: StillClock) -> AsyncIterator[ZaloOA]:
    grant = oa_server.grants
    assert isinstance(grant, OneGrant)
    oa = ZaloOA.open(APP_ID, SECRET_KEY, grant, oa_server.url, oa_server.business_url, OA_ID, clock)
    yield oa
    await oa.close()


@pytest.fixture
def hoa(oa_server: ZaloOAServer) -> ZaloPerson:
    """She follows the account."""
    hoa = oa_server.person("Hoa")
    hoa.follows()
    return hoa
