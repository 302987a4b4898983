"""The channels as the settings ask for them."""

import pytest
from pydantic import SecretStr
from structlog.testing import capture_logs

from bot.channels import open_channels
from bot.settings import read_settings
from records.session import Begin
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_server import ZaloBotServer


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_a_webhook_that_zalo_cannot_reach_is_logged_with_its_reason(begin: Begin, clock: StillClock) -> None:
    async with ZaloBotServer(clock) as server:
        set_so = {
            "zalo_bot_token": SecretStr(server.token),
            "zalo_bot_api_url": server.url,
            "zalo_bot_mode": "webhook",
            "zalo_bot_webhook_secret": SecretStr("mot-bi-mat-dai"),
            "public_url": "https://127.0.0.1",  # Zalo calls no private address
        }
        (channel,) = open_channels(read_settings(None).model_copy(update=set_so), begin, clock)
        with capture_logs() as logs:
            await channel.connect()
        await channel.close()
    (told,) = logs
    assert (told["event"], told["outcome"]) == ("channel.webhook_unreached", "webhook.err.blocked")
