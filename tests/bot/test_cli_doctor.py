"""doctor: each thing that can be set wrongly, made by the local servers, and the line that explains it."""

import json
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.checks.finding import Premises
from bot.checks.reach import clock as check_clock
from bot.settings import read_settings
from core.clock import system_clock
from core.health import Level
from core.texts.doctor import FACES_FOUND, NO_DETECTOR
from records.alerts import NEWS, raise_alert
from records.session import open_engine, opener
from records.usage import count
from tests.bot.cli_settings import Desk, line
from tests.fakes.bucket import Cloud
from tests.fakes.clock import StillClock
from tests.fakes.telegram_faults import Fault as TelegramFault
from tests.fakes.telegram_server import TelegramServer
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_bot_server import ZaloBotServer

pytestmark = pytest.mark.usefixtures("logs_as_they_were")
SECRET = "mot-bi-mat-dai"


@pytest.fixture
async def telegram(clock: StillClock) -> AsyncIterator[TelegramServer]:
    async with TelegramServer(clock, privacy=False) as server:
        yield server


@pytest.fixture
async def zalo(clock: StillClock) -> AsyncIterator[ZaloBotServer]:
    async with ZaloBotServer(clock, sleep=clock.sleep) as server:
        server.world.switches.loopback_webhooks = True
        yield server


@pytest.fixture
async def site() -> AsyncIterator[Callable[..., Awaitable[str]]]:
    """Our own address, as a proxy may show it: /healthz and what the webhooks answer."""
    servers: list[TestServer] = []

    async def start(health: object = None, webhook: int = 200) -> str:
        async def healthz(_: web.Request) -> web.Response:
            return web.json_response({"ok": True} if health is None else health)

        async def hook(_: web.Request) -> web.Response:
            return web.Response(status=webhook)

        app = web.Application()
        app.router.add_get("/healthz", healthz)
        app.router.add_post("/webhook/{name}", hook)
        servers.append(TestServer(app))
        await servers[-1].start_server()
        return str(servers[-1].make_url("")).rstrip("/")

    yield start
    for server in servers:
        await server.close()


def _telegram(server: TelegramServer, **more: str) -> dict[str, str]:
    return {"TELEGRAM_TOKEN": server.token, "TELEGRAM_API_URL": server.url} | more


def _zalo(server: ZaloBotServer, **more: str) -> dict[str, str]:
    return {"ZALO_BOT_TOKEN": server.token, "ZALO_BOT_API_URL": server.url} | more


def _hooked(service: str, address: str) -> dict[str, str]:
    return {f"{service}_MODE": "webhook", f"{service}_WEBHOOK_SECRET": SECRET, "PUBLIC_URL": address}


async def test_all_is_well(desk: Desk, telegram: TelegramServer) -> None:
    desk.sets(_telegram(telegram))
    code, lines = await desk.types("doctor")
    assert code == 0
    assert {one[0] for one in lines} == {"✓"}
    assert "✓ Telegram: mã đúng, bot là @nhacviec_bot." in lines
    assert "✓ Cơ sở dữ liệu: kết nối được, các bảng đã sẵn sàng." in lines


@pytest.mark.parametrize(("there", "told"), [(True, FACES_FOUND), (False, NO_DETECTOR)])
async def test_whether_faces_can_be_blurred_is_told_and_no_fault(
    desk: Desk, telegram: TelegramServer, monkeypatch: pytest.MonkeyPatch, there: bool, told: str
) -> None:
    runtime = ModuleType("onnxruntime")
    runtime.__spec__ = ModuleSpec("onnxruntime", None)
    monkeypatch.setitem(sys.modules, "onnxruntime", runtime if there else None)
    desk.sets(_telegram(telegram))
    code, lines = await desk.types("doctor")
    assert (code, line("✓ Che mặt", "", lines)) == (0, f"✓ Che mặt trong ảnh: {told}")


async def test_findings_as_json(desk: Desk, telegram: TelegramServer) -> None:
    desk.sets(_telegram(telegram), mode=0o644)
    code, lines = await desk.types("doctor", "--json")
    found = [json.loads(one) for one in lines]
    assert code == 1
    assert {"subject": "Tệp .env", "level": "wrong"}.items() <= found[2].items()
    assert all(set(one) == {"subject", "level", "text"} for one in found)


async def test_nothing_is_set_up(desk: Desk) -> None:
    code, lines = await desk.types("doctor")
    assert code == 1
    assert lines[0] == "✗ Kênh chat: chưa nối kênh nào. Chạy: bot.py setup"


async def test_settings_that_cannot_be_read(desk: Desk) -> None:
    desk.sets({"PORT": "eighty"})
    code, lines = await desk.types("doctor")
    assert code == 1
    assert lines == [line("✗ Cài đặt: ", "NHACVIEC_PORT", lines)]


async def test_a_database_that_cannot_be_used_does_not_hide_the_rest(desk: Desk, telegram: TelegramServer) -> None:
    desk.sets(_telegram(telegram, DATABASE_URL="postgresql://u:secret@127.0.0.1:1/x"))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Cơ sở dữ liệu: ", "NHACVIEC_DATABASE_URL", lines)
    assert line("✓ Telegram: ", "@nhacviec_bot", lines)
    assert not any("secret" in one for one in lines)


async def test_a_folder_that_is_a_file(desk: Desk) -> None:
    (desk.folder / "data").write_text("")
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Lưu trữ: ", "NHACVIEC_DATA_DIR", lines)


async def test_a_bucket_is_tried_out(desk: Desk, telegram: TelegramServer, cloud: Cloud) -> None:
    desk.sets(_telegram(telegram, **cloud.settings))
    code, lines = await desk.types("doctor")
    assert code == 0
    assert line("✓ Lưu trữ: ", f"{cloud.url} ghi, đọc và xoá được", lines)
    assert cloud.objects() == {}


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"STORAGE_SECRET": "sai-mat-khau"}, "từ chối mã. Xem NHACVIEC_STORAGE_KEY, NHACVIEC_STORAGE_SECRET"),
        ({"STORAGE_URL": "s3://khong-co"}, "không có bucket này. Xem tên bucket trong NHACVIEC_STORAGE_URL"),
        ({"STORAGE_ENDPOINT": "http://127.0.0.1:9"}, "không dùng được. Xem mạng, NHACVIEC_STORAGE_ENDPOINT"),
    ],
)
async def test_a_bucket_that_cannot_be_used(desk: Desk, cloud: Cloud, wrong: dict[str, str], says: str) -> None:
    desk.sets(cloud.settings | wrong)
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Lưu trữ: ", says, lines)
    assert not any(secret in one for one in lines for secret in (cloud.server.key, cloud.server.secret, "sai-mat"))


async def test_a_folder_for_files_that_cannot_be_written_to(desk: Desk) -> None:
    (desk.folder / "files").write_text("")
    desk.sets({"STORAGE_URL": f"file://{desk.folder / 'files'}"})
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Lưu trữ: ", f"không ghi được vào {desk.folder / 'files'}", lines)
    assert line("✓ Lưu trữ: ", "data ghi được", lines)


async def test_a_file_of_secrets_that_others_can_read(desk: Desk) -> None:
    desk.sets({}, mode=0o640)
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Tệp .env: ", "chmod 600 .env", lines)


async def test_tokens_that_are_rejected(desk: Desk, telegram: TelegramServer, zalo: ZaloBotServer) -> None:
    wrong = {"TELEGRAM_TOKEN": "1:wrong", "ZALO_BOT_TOKEN": "1:wrong"}
    desk.sets(_telegram(telegram) | _zalo(zalo) | wrong)
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Telegram: ", "@BotFather", lines)
    assert line("✗ Zalo Bot: ", "Zalo Bot Creator", lines)
    assert not any("1:wrong" in one for one in lines)


async def test_services_out_of_reach(desk: Desk, telegram: TelegramServer, zalo: ZaloBotServer) -> None:
    desk.sets(_telegram(telegram) | _zalo(zalo))
    telegram.fail(TelegramFault("getMe", cut="before", times=9))
    zalo.fail(Fault("getMe", cut="before", times=9))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Telegram: ", "không hỏi được Telegram", lines)
    assert line("✗ Zalo Bot: ", "không hỏi được Zalo Bot", lines)


async def test_privacy_mode_is_said_and_is_no_fault(desk: Desk, clock: StillClock) -> None:
    async with TelegramServer(clock, privacy=True) as server:
        desk.sets(_telegram(server))
        code, lines = await desk.types("doctor")
    assert code == 0
    assert line("! Telegram: ", "/setprivacy", lines)


async def test_a_bot_that_may_not_join_groups(desk: Desk, zalo: ZaloBotServer) -> None:
    zalo.world.switches.can_join_groups = False
    desk.sets(_zalo(zalo))
    code, lines = await desk.types("doctor")
    assert code == 0
    assert line("! Zalo Bot: ", "can_join_groups", lines)
    assert line("! Địa chỉ công khai: ", "NHACVIEC_PUBLIC_URL", lines)


async def test_a_webhook_while_polling(desk: Desk, telegram: TelegramServer, zalo: ZaloBotServer) -> None:
    await telegram.webhook.set("https://truong.example/x")
    await zalo.webhook.set({"url": "http://127.0.0.1:9/x", "secret_token": SECRET})
    desk.sets(_telegram(telegram) | _zalo(zalo))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Telegram: cài polling", "NHACVIEC_TELEGRAM_MODE=webhook", lines)
    assert line("✗ Zalo Bot: cài polling", "NHACVIEC_ZALO_BOT_MODE=webhook", lines)


@pytest.mark.parametrize(("url", "now"), [("", "chưa có webhook"), ("http://127.0.0.1:9/x", "trỏ tới http://127")])
async def test_webhooks_that_are_not_ours(
    desk: Desk,
    telegram: TelegramServer,
    zalo: ZaloBotServer,
    site: Callable[..., Awaitable[str]],
    url: str,
    now: str,
) -> None:
    if url:
        await telegram.webhook.set(url)
        await zalo.webhook.set({"url": url, "secret_token": SECRET})
    address = await site()
    desk.sets(_telegram(telegram) | _zalo(zalo) | _hooked("TELEGRAM", address) | _hooked("ZALO_BOT", address))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert now in line("✗ Telegram: ", f"{address}/webhook/telegram", lines)
    assert now in line("✗ Zalo Bot: ", f"{address}/webhook/zalo-bot", lines)


async def test_what_telegram_could_not_deliver(
    desk: Desk, telegram: TelegramServer, site: Callable[..., Awaitable[str]]
) -> None:
    address = await site(webhook=500)
    telegram.webhook.attempts = 1
    await telegram.webhook.set(f"{address}/webhook/telegram", SECRET)
    lan = telegram.person("Lan")
    for _ in range(12):
        lan.starts()
    await telegram.webhook.idle()
    desk.sets(_telegram(telegram) | _hooked("TELEGRAM", address))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Telegram: lần gọi webhook", "Wrong response from the webhook: 500", lines)
    assert line("! Telegram: 12 tin đang chờ", "bot.py run", lines)


@pytest.mark.parametrize(
    ("status", "outcome", "advice"),
    [
        (403, "webhook.http.403", "Browser Integrity Check"),
        (404, "webhook.http.404", "/webhook/zalo-bot"),
        (502, "webhook.http.5xx", "nhật ký"),
        (301, "webhook.http.other", "chuyển hướng"),
    ],
)
async def test_zalo_is_turned_away(
    desk: Desk,
    zalo: ZaloBotServer,
    site: Callable[..., Awaitable[str]],
    status: int,
    outcome: str,
    advice: str,
) -> None:
    address = await site(webhook=status)
    await zalo.webhook.set({"url": f"{address}/webhook/zalo-bot", "secret_token": SECRET})
    desk.sets(_zalo(zalo) | _hooked("ZALO_BOT", address))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert outcome in line("✗ Zalo Bot: webhook: ", advice, lines)


@pytest.mark.parametrize(
    ("outcome", "advice"),
    [
        ("webhook.err.blocked", "nội bộ"),
        ("webhook.err.tls", "chứng chỉ"),
        ("webhook.err.dns", "DNS"),
        ("webhook.err.timeout", "quá chậm"),
        ("webhook.err.conn", "cổng 443"),
        ("webhook.err.proxy", "proxy"),
        ("webhook.err.moi", "Zalo gọi thử không được"),
    ],
)
async def test_zalo_cannot_reach_us(
    desk: Desk, zalo: ZaloBotServer, site: Callable[..., Awaitable[str]], outcome: str, advice: str
) -> None:
    address = await site()
    await zalo.webhook.set({"url": f"{address}/webhook/zalo-bot", "secret_token": SECRET})
    told = {"ok": True, "result": {"ok": False, "outcome": outcome, "hint": "Look"}}
    zalo.fail(Fault("testWebhook", body=json.dumps(told).encode()))
    desk.sets(_zalo(zalo) | _hooked("ZALO_BOT", address))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert f"({outcome}, Look)" in line("✗ Zalo Bot: webhook: ", advice, lines)


async def test_zalo_tests_a_webhook_so_many_times_a_day(
    desk: Desk, zalo: ZaloBotServer, site: Callable[..., Awaitable[str]]
) -> None:
    address = await site()
    await zalo.webhook.set({"url": f"{address}/webhook/zalo-bot", "secret_token": SECRET})
    zalo.world.switches.webhook_tests = 1
    desk.sets(_zalo(zalo) | _hooked("ZALO_BOT", address))
    assert line("✓ Zalo Bot: webhook", "đã đặt", (await desk.types("doctor"))[1])
    assert line("! Zalo Bot: hôm nay", "Mai chạy lại", (await desk.types("doctor"))[1])


async def test_a_plan_that_is_used_up(desk: Desk, zalo: ZaloBotServer) -> None:
    desk.sets(_zalo(zalo))
    await desk.types("doctor")
    await _sent(desk.folder, 2500)
    code, lines = await desk.types("doctor")
    assert code == 0
    assert line("! Zalo Bot: ", "hơn 80% của 3000 tin", lines)
    await _sent(desk.folder, 600)
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Zalo Bot: ", "hết 3000 tin", lines)


@pytest.mark.parametrize(("key", "mark", "failed"), [("grant", "✗", 1), (f"{NEWS}zalo_oa:1", "!", 0)])
async def test_what_the_service_has_noticed_is_told_again(
    desk: Desk, telegram: TelegramServer, key: str, mark: str, failed: int
) -> None:
    desk.sets(_telegram(telegram))
    await desk.types("doctor")
    engine = open_engine(f"sqlite:///{desk.folder / 'data' / 'nhacviec.db'}")
    async with opener(engine)() as session:
        await raise_alert(session, key, "Cần cấp quyền lại.", system_clock())
    await engine.dispose()
    code, lines = await desk.types("doctor")
    assert code == failed
    assert lines[-1] == f"{mark} Cảnh báo: Cần cấp quyền lại."


@pytest.mark.parametrize(("health", "fault"), [({"ok": False}, "không phải Nhắc Việc"), (None, "")])
async def test_somebody_else_at_our_address(
    desk: Desk, telegram: TelegramServer, site: Callable[..., Awaitable[str]], health: object, fault: str
) -> None:
    address = await site(health)
    desk.sets(_telegram(telegram, PUBLIC_URL=address))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Địa chỉ công khai: phải bắt đầu bằng https://", "NHACVIEC_PUBLIC_URL", lines)
    assert line("✗ Địa chỉ công khai: " if fault else "✓ Địa chỉ công khai: ", fault or "trả lời đúng", lines)


async def test_an_address_that_nobody_answers(desk: Desk, telegram: TelegramServer) -> None:
    desk.sets(_telegram(telegram, PUBLIC_URL="https://127.0.0.1:1"))
    code, lines = await desk.types("doctor")
    assert code == 1
    assert line("✗ Địa chỉ công khai: không tới được", "tường lửa", lines)


@pytest.mark.parametrize(("off", "which"), [(90, "nhanh"), (-90, "chậm"), (20, "")])
async def test_a_clock_that_is_wrong(desk: Desk, telegram: TelegramServer, off: int, which: str) -> None:
    desk.sets(_telegram(telegram))
    clock = lambda: system_clock() + timedelta(seconds=off)  # noqa: E731
    (found,) = await check_clock(Premises(read_settings(), None, clock, desk.env))
    assert found.level is (Level.WRONG if which else Level.GOOD)
    assert which in found.text


async def _sent(folder: Path, messages: int) -> None:
    engine = open_engine(f"sqlite:///{folder / 'data' / 'nhacviec.db'}")
    async with opener(engine)() as session:
        await count(session, "zalo_bot", messages, system_clock())
    await engine.dispose()
