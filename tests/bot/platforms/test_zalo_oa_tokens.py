"""Access tokens that end with time, and one address for OAuth and everything else."""

from collections.abc import AsyncIterator
from datetime import timedelta

import aiohttp
import pytest

from bot.platforms.zalo_oa import ZaloOA
from core.errors import Act, FetchFailed
from core.message import Address, Outbound
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_oauth import APP, SECRET, OAuth
from tests.fakes.zalo_oa_people import Person
from tests.fakes.zalo_oa_server import SECRET_KEY, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID, OA_ID

CS = "/v3.0/oa/message/cs"


class Refreshing:
    """A `Tokens` that forgets everything when the test ends; the product keeps them in its database."""

    def __init__(self, server: ZaloOAServer, pair: tuple[str, str]) -> None:
        self._server = server
        self.held, self._refresh = pair

    async def access(self) -> str:
        return self.held

    async def renew(self, stale: str) -> str:
        asked = {"refresh_token": self._refresh, "app_id": APP, "grant_type": "refresh_token"}
        address = f"{self._server.url}/v4/oa/access_token"
        async with (
            aiohttp.ClientSession(headers={"secret_key": SECRET}) as http,
            http.post(address, data=asked) as answer,
        ):
            found = await answer.json()
        if "access_token" not in found:
            raise FetchFailed(found["error_name"], act=Act.OPERATOR)
        self.held, self._refresh = found["access_token"], found["refresh_token"]
        return self.held


@pytest.fixture
def oauth(clock: StillClock) -> OAuth:
    return OAuth(clock)


@pytest.fixture
async def granting(clock: StillClock, oauth: OAuth) -> AsyncIterator[ZaloOAServer]:
    async with ZaloOAServer(clock, oauth, clock.sleep) as server:
        yield server


@pytest.mark.covers("E2.1", "E2.2")
@pytest.mark.parametrize("code", [-216, -220])
async def test_a_token_ends_after_25_hours_and_the_message_goes_out_with_the_next(
    granting: ZaloOAServer, oauth: OAuth, clock: StillClock, code: int
) -> None:
    granting.world.switches.expired = code
    tokens = Refreshing(granting, oauth.issue())
    first = tokens.held
    oa = ZaloOA.open(APP_ID, SECRET_KEY, tokens, granting.url, granting.business_url, OA_ID, clock)
    hoa = granting.person("Hoa")
    hoa.follows()
    await oa.send(_to(hoa))
    clock.move(timedelta(hours=25))
    await oa.send(_to(hoa))
    await oa.close()
    assert granting.transcript(hoa) == ["Nhắc Việc: Chào cô"] * 2
    assert [(call.token, call.code) for call in granting.asked(CS)] == [
        (first, 0),
        (first, code),
        (tokens.held, 0),
    ]
    assert oauth.refreshes == 1


@pytest.mark.covers("E2.1")
async def test_another_app_s_grant_ends_ours(granting: ZaloOAServer, oauth: OAuth, clock: StillClock) -> None:
    tokens = Refreshing(granting, oauth.issue())
    oauth.issue("another app")
    oa = ZaloOA.open(APP_ID, SECRET_KEY, tokens, granting.url, granting.business_url, OA_ID, clock)
    with pytest.raises(FetchFailed) as failed:
        await oa.connect()
    await oa.close()
    assert failed.value.act is Act.OPERATOR
    assert [call.code for call in granting.asked("/v2.0/oa/getoa")] == [-216]
    assert oauth.refreshes == 0


def _to(person: Person) -> Outbound:
    return Outbound(Address("zalo_oa", person.id), "Chào cô")
