"""doctor on an Official Account: keys, grant, plan and groups, as the local server has them."""

import json
from collections.abc import AsyncIterator

import pytest

from tests.bot.cli_settings import Desk, line
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_oa_oauth import SECRET, OAuth
from tests.fakes.zalo_oa_server import SECRET_KEY, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
PUBLIC_URL = "https://127.0.0.1:1"  # nobody is there
GETOA = "/v2.0/oa/getoa"


@pytest.fixture
async def oa(clock: StillClock) -> AsyncIterator[ZaloOAServer]:
    async with ZaloOAServer(clock, OAuth(clock), clock.sleep) as server:
        yield server


def _oa(server: ZaloOAServer, refresh: str = "", **more: str) -> dict[str, str]:
    grants = server.grants
    assert isinstance(grants, OAuth)
    keys = {"APP_ID": APP_ID, "APP_SECRET": SECRET, "SECRET_KEY": SECRET_KEY, "API_URL": server.url}
    keys |= {"REFRESH_TOKEN": refresh or grants.issue()[1], "BUSINESS_URL": server.business_url} | more
    own = {"PUBLIC_URL": PUBLIC_URL, "ZALO_OAUTH_URL": server.url}
    return own | {f"ZALO_OA_{name}": value for name, value in keys.items()}


async def test_a_good_account_is_named_with_its_plan(desk: Desk, oa: ZaloOAServer) -> None:
    desk.sets(_oa(oa))
    for _ in range(2):  # the refresh token is used once
        _, lines = await desk.types("doctor")
        assert line("✓ Zalo OA: được cấp quyền, OA là “Nhắc Việc”", "gói Tăng trưởng", lines)
        assert [one for one in lines if "Zalo OA" in one and one[0] != "✓"] == []


@pytest.mark.parametrize("missing", ["APP_ID", "APP_SECRET", "SECRET_KEY"])
async def test_a_key_that_is_missing(desk: Desk, oa: ZaloOAServer, missing: str) -> None:
    values = _oa(oa)
    del values[f"ZALO_OA_{missing}"]
    desk.sets(values)
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Cài đặt: ", "NHACVIEC_ZALO_OA_APP_ID", lines)


async def test_the_webhooks_key_is_not_the_apps_secret(desk: Desk, oa: ZaloOAServer) -> None:
    desk.sets(_oa(oa, SECRET_KEY=SECRET))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo OA: hai trong ba mã", "OA Secret Key nằm ở trang Webhook", lines)
    assert not any(SECRET in one for one in lines)


async def test_a_grant_that_is_lost_is_had_again_by_the_link(desk: Desk, oa: ZaloOAServer) -> None:
    desk.sets(_oa(oa, refresh="da-dung-roi"))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo OA: ", f"{PUBLIC_URL}/zalo-oa/consent?link=", lines)
    again = (await desk.types("doctor"))[1]
    assert len([one for one in again if "consent?link=" in one]) == 1  # its alert is not told beside it


async def test_a_secret_that_is_wrong(desk: Desk, oa: ZaloOAServer) -> None:
    desk.sets(_oa(oa, APP_SECRET="khong-phai"))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo OA: ", "NHACVIEC_ZALO_OA_APP_SECRET", lines)


@pytest.mark.parametrize(
    ("code", "advice"),
    [
        (-209, "bật lại ứng dụng"),
        (-221, "Xác thực tài khoản"),
        (-223, "/zalo-oa/consent?link="),
        (-224, "nâng gói"),
        (-320, "Zalo Cloud"),
        (-321, "Nạp thêm"),
    ],
)
async def test_what_zalo_refuses(desk: Desk, oa: ZaloOAServer, code: int, advice: str) -> None:
    oa.fail(Fault(GETOA, code=code, description="no"))
    desk.sets(_oa(oa))
    ended, lines = await desk.types("doctor")
    assert ended == 1
    assert f"({code}: no)" in line("✗ Zalo OA: ", advice, lines)


async def test_an_account_that_is_not_whole(desk: Desk, oa: ZaloOAServer) -> None:
    oa.world.switches.verified = False
    oa.world.switches.cloud_account = False
    oa.fail(Fault("/v3.0/oa/group/getgroupsofoa", code=-224, description="no"))
    desk.sets(_oa(oa))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo OA: ", "Xác thực tài khoản", lines)
    assert line("! Zalo OA: ", "ZCA", lines)
    assert line("! Zalo OA: không xem được nhóm GMF", "-224", lines)


async def test_a_group_that_has_lapsed(desk: Desk, oa: ZaloOAServer) -> None:
    lan = oa.person("Lan")
    lan.follows()
    oa.group("Tổ Mẫu giáo", lan).lapses()
    desk.sets(_oa(oa))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo OA: nhóm “Tổ Mẫu giáo” đã bị tắt", "Gia hạn gói GMF", lines)


@pytest.mark.parametrize(
    ("remain", "said"),
    [(0, "✗ Zalo OA: đã hết 500 tin"), (90, "! Zalo OA: chỉ còn 90 trên 500 tin"), (400, "✓ Zalo OA: ")],
)
async def test_messages_that_run_out(desk: Desk, oa: ZaloOAServer, remain: int, said: str) -> None:
    told = {"error": 0, "data": [{"asset_id": "a", "product_type": "cs", "total": 500, "remain": remain}]}
    oa.fail(Fault("/v3.0/oa/quota/message", body=json.dumps(told).encode()))
    desk.sets(_oa(oa))
    _, lines = await desk.types("doctor")
    assert line(said, "", lines)
    assert len([one for one in lines if "500 tin" in one]) == (remain < 400)


async def test_a_plan_that_has_ended(desk: Desk, oa: ZaloOAServer) -> None:
    told = {"error": 0, "data": {"oa_id": "1", "is_verified": True, "package_valid_through_date": "01/01/2024"}}
    oa.fail(Fault(GETOA, body=json.dumps(told).encode()))
    desk.sets(_oa(oa))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo OA: gói OA hết hạn ngày 01/01/2024", "Gia hạn", lines)


async def test_a_service_out_of_reach(desk: Desk, oa: ZaloOAServer) -> None:
    oa.fail(Fault(GETOA, cut="before", times=9))
    desk.sets(_oa(oa))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo OA: không hỏi được Zalo OA", "mạng", lines)
