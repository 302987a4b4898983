"""The Zalo Bot's messages out, and what each refusal means, over real HTTP."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.platforms import zalo_bot_client
from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_bot_client import REJECTED
from bot.platforms.zalo_bot_text import markdown
from core.errors import Act, SendFailed
from core.message import Address, FileOut, Outbound, units
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_bot_people import Group, Person, seen
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.fakes.zalo_cdn import JPEG

ANSWER = "Tháng 12, thầy/cô có 2 việc có hạn:\n1. Nộp *đề_cương*: 05/12\n2. Họp: 07/12\n\n📄 Kế hoạch 12/KH_PGD, mục II"


def to(where: Person | Group, text: str = "Chào cô", **more: Any) -> Outbound:
    return Outbound(Address("zalo_bot", where.id), text, group=where.chat.group, **more)


def file_out(name: str, mime: str, url: str = "", size: int = 100) -> FileOut:
    return FileOut(name, mime, size, Path(name), url)


async def refused(zalo: ZaloBot, message: Outbound) -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await zalo.send(message)
    return failed.value


@pytest.fixture
async def group(server: ZaloBotServer, lan: Person) -> Group:
    """The bot is in it and has been spoken to."""
    group = server.group("Tổ Lá")
    group.adds_bot()
    lan.says("chào", to=group, mention=True)
    return group


class Pictures:
    """Our own addresses of pictures; `once`: each is there for one GET alone."""

    def __init__(self) -> None:
        self.once = False
        self.gets = 0
        self.base = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.gets += request.method == "GET"
        if self.once and self.gets > 1:
            raise web.HTTPNotFound
        return web.Response(body=JPEG, content_type="image/jpeg")


@pytest.fixture
async def pictures() -> AsyncIterator[Pictures]:
    pictures = Pictures()
    app = web.Application()
    app.router.add_get("/f/{name}", pictures.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    pictures.base = f"http://127.0.0.1:{runner.addresses[0][1]}/f/"
    yield pictures
    await runner.cleanup()


@pytest.mark.covers("E0.3")
async def test_a_message_arrives_as_it_was_written(server: ZaloBotServer, zalo: ZaloBot, lan: Person) -> None:
    text = "Hạn <b>05/12</b> *đúng* `x` {red}đỏ{/red} https://example.org"
    sent = await zalo.send(to(lan, text))
    assert lan.chat.messages[sent]["text"] == text
    assert server.asked("sendMessage")[-1].params == {"chat_id": lan.id, "text": text}


async def test_a_head_is_bold_and_a_source_a_quote(server: ZaloBotServer, zalo: ZaloBot, lan: Person) -> None:
    await zalo.send(to(lan, ANSWER))
    (call,) = server.asked("sendMessage")
    assert call.params["parse_mode"] == "markdown"
    assert call.params["text"].splitlines()[::4] == [
        "**Tháng 12, thầy/cô có 2 việc có hạn:**",
        r"> 📄 Kế hoạch 12/KH\_PGD, mục II",
    ]
    assert server.transcript(lan)[-1] == f"Bot Nhắc Việc: {ANSWER}"


async def test_a_formatted_message_that_is_refused_goes_out_plain(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person
) -> None:
    server.fail(Fault("sendMessage", having="parse_mode", code=400))
    await zalo.send(to(lan, ANSWER))
    assert [call.status for call in server.asked("sendMessage")] == [400, 200]
    assert "parse_mode" not in server.asked("sendMessage")[-1].params
    assert server.transcript(lan)[-1] == f"Bot Nhắc Việc: {ANSWER}"


@pytest.mark.parametrize(
    "text",
    [
        "Một dòng:",
        "Đầu:\n# không phải đề mục",
        "Đầu:\n> trích",
        "Đầu:\n`mã`",
        "Đầu:\n~~gạch~~",
        "Đầu:\n{red}đỏ{/red}",
        "Đầu:\nC:\\tệp",
        "Đầu:\n---",
        "Gửi qua liên kết này:\nhttps://bot.example.vn/upload/nSgUX0TU_NpHMo4iWxm",
        "Việc:\nNộp tại https://example.vn/*/a nhé\n📄 Kế hoạch",
        "Không có gì\nđể làm đậm",
    ],
)
def test_what_markdown_would_change_is_sent_plain(text: str) -> None:
    assert markdown(text) is None


@pytest.mark.parametrize("text", [ANSWER, "Có *2* việc:\n- a_b_c\n- **x** __y__", "Việc:\n📄 * _ ** __"])
def test_markdown_shows_the_words_that_were_written(text: str) -> None:
    formatted = markdown(text)
    assert formatted is not None
    assert seen(formatted, "markdown") == text


@pytest.mark.covers("E1.9")
async def test_the_longest_text_fits_in_every_way_it_is_sent(server: ZaloBotServer, zalo: ZaloBot, lan: Person) -> None:
    for text in ("🌸" * 1000, "Việc:\n" + "*" * 1994):
        await zalo.send(to(lan, text))
        assert server.transcript(lan)[-1] == f"Bot Nhắc Việc: {text}"
        assert units(text) == 2000
    failed = await refused(zalo, to(lan, ""))
    assert (failed.retry_in, failed.unknown) == (None, False)


@pytest.mark.covers("E1.9")
async def test_a_text_that_is_too_long_is_sent_in_parts(server: ZaloBotServer, zalo: ZaloBot, lan: Person) -> None:
    await zalo.send(to(lan, "Hạn nộp. " * 11_000))
    assert len(server.asked("sendMessage")) > 40
    assert {call.status for call in server.asked("sendMessage")} == {200}


@pytest.mark.covers("E0.4", "E1.9")
async def test_pictures_go_out_by_their_address_with_the_words_below_the_first(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, pictures: Pictures
) -> None:
    files = tuple(file_out(f"{name}.jpg", "image/jpeg", pictures.base + name) for name in "ab")
    sent = await zalo.send(to(lan, "Minh chứng", files=files))
    assert server.transcript(lan)[1:] == ["Bot Nhắc Việc: (photo) Minh chứng", "Bot Nhắc Việc: (photo)"]
    assert lan.chat.messages[sent]["photo"] == pictures.base + "b"
    assert pictures.gets == 4


@pytest.mark.covers("E0.4")
async def test_a_picture_that_is_there_only_once_is_a_failure(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, pictures: Pictures
) -> None:
    pictures.once = True
    await zalo.send(to(lan, "", files=(file_out("a.jpg", "image/jpeg", pictures.base + "a"),)))
    assert server.failures == [f"{pictures.base}a: the second fetch differs"]
    server.failures.clear()


async def test_other_files_are_lines_with_their_address(server: ZaloBotServer, zalo: ZaloBot, lan: Person) -> None:
    plan = file_out("Kế hoạch.pdf", "application/pdf", "https://example.vn/f/a")
    here = file_out("Biên bản.docx", "application/msword")
    huge = file_out("Ảnh.png", "image/png", "https://example.vn/f/b", 11 * 1024 * 1024)
    await zalo.send(to(lan, "Tài liệu", files=(plan, here, huge)))
    text = server.transcript(lan)[-1]
    assert "Tài liệu\n\nTệp: Kế hoạch.pdf\nhttps://example.vn/f/a\n\n" in text
    assert "Tệp: Biên bản.docx (ở đây tôi không gửi được" in text
    assert text.endswith("Tệp: Ảnh.png\nhttps://example.vn/f/b")


async def test_a_picture_that_the_service_cannot_fetch_becomes_a_line(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person
) -> None:
    address = server.url + "/cdn/khong-co.jpg"
    await zalo.send(to(lan, "Minh chứng", files=(file_out("a.jpg", "image/jpeg", address),)))
    assert server.transcript(lan)[-1] == f"Bot Nhắc Việc: Minh chứng\n\nTệp: a.jpg\n{address}"


async def test_what_has_arrived_in_part_is_not_repeated(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, pictures: Pictures
) -> None:
    files = tuple(file_out(f"{name}.jpg", "image/jpeg", pictures.base + name) for name in "ab")
    server.fail(_Second("sendPhoto", code=503))
    failed = await refused(zalo, to(lan, "Minh chứng", files=files))
    assert (failed.reason.partition(":")[0], failed.retry_in, failed.unknown) == ("cut short", None, False)


class _Second(Fault):
    """Lets the first call pass."""

    def fits(self, method: str, params: Any) -> bool:
        return "caption" not in params and super().fits(method, params)


@pytest.mark.covers("E0.1")
@pytest.mark.parametrize(
    ("fault", "reason", "wait", "unknown", "act"),
    [
        (Fault(code=400, description="Bad Request: no"), "refused: Bad Request: no", None, False, Act.OTHER_CHANNEL),
        (Fault(code=400, status=200), "refused: Internal Server Error", None, False, Act.OTHER_CHANNEL),
        (Fault(code=404), "refused: Internal Server Error", None, False, Act.OTHER_CHANNEL),
        (Fault(code=401), REJECTED, timedelta(minutes=5), False, Act.OPERATOR),
        (Fault(code=403), "trouble: 403 Internal Server Error", timedelta(minutes=1), False, Act.NOBODY),
        (Fault(code=408), "unknown", timedelta(seconds=30), True, Act.NOBODY),
        (Fault(code=426), "refused: 426 Internal Server Error", None, False, Act.NOBODY),
        (Fault(code=429), "quota", timedelta(minutes=1), False, Act.OPERATOR),
        (Fault(code=429, status=200), "quota", timedelta(minutes=1), False, Act.OPERATOR),
        (Fault(code=500), "trouble: 500 Internal Server Error", timedelta(minutes=1), False, Act.NOBODY),
        (Fault(code=500, status=200), "trouble: 500 Internal Server Error", timedelta(minutes=1), False, Act.NOBODY),
        (Fault(code=502), "trouble: 502 Internal Server Error", timedelta(minutes=1), False, Act.NOBODY),
        (Fault(code=504), "unknown", timedelta(seconds=30), True, Act.NOBODY),
        (Fault(body=b"<html>", status=500), "unknown", timedelta(seconds=30), True, Act.NOBODY),
        (Fault(body=b"<html>", status=502), "unknown", timedelta(seconds=30), True, Act.NOBODY),
        (Fault(code=503), "trouble: 503 Internal Server Error", timedelta(minutes=1), False, Act.NOBODY),
        (Fault(body=b"<html>", status=504), "unknown", timedelta(seconds=30), True, Act.NOBODY),
    ],
    ids=lambda value: f"{value.code}-{value.status}" if isinstance(value, Fault) else "",
)
async def test_each_refusal_says_what_is_to_be_done(
    server: ZaloBotServer,
    zalo: ZaloBot,
    lan: Person,
    fault: Fault,
    reason: str,
    wait: timedelta | None,
    unknown: bool,
    act: Act,
) -> None:
    fault.times, fault.method = 1, "sendMessage"
    server.fail(fault)
    failed = await refused(zalo, to(lan))
    assert (failed.reason, failed.retry_in, failed.unknown, failed.act) == (reason, wait, unknown, act)


@pytest.mark.covers("E0.1")
@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (Fault("sendMessage", cut="before"), False),
        (Fault("sendMessage", cut="after"), True),
        (Fault("sendMessage", body=b"<html>"), True),
        (Fault("sendMessage", body=b"[]"), True),
        (Fault("sendMessage", body=b'{"ok": true, "result": {}}'), True),
        (Fault("sendMessage", body=b'{"ok": true, "result": "x"}'), True),
    ],
)
async def test_nobody_knows_whether_a_message_without_an_answer_arrived(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, fault: Fault, arrived: bool
) -> None:
    server.fail(fault)
    failed = await refused(zalo, to(lan))
    assert (failed.reason, failed.unknown) == ("unknown", True)
    assert ("Bot Nhắc Việc: Chào cô" in server.transcript(lan)) is arrived


@pytest.mark.covers("E0.1")
async def test_an_answer_that_does_not_come_is_unknown_too(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(zalo_bot_client, "CALL", timedelta(milliseconds=100))
    server.fail(Fault("sendMessage", silent="after"))
    failed = await refused(zalo, to(lan))
    assert (failed.reason, failed.unknown) == ("unknown", True)


async def test_a_message_that_never_left_is_tried_again_soon(server: ZaloBotServer, zalo: ZaloBot, lan: Person) -> None:
    await server.stop()
    failed = await refused(zalo, to(lan))
    assert (failed.reason, failed.retry_in, failed.unknown) == ("offline", timedelta(seconds=5), False)
    await server.start()
    await zalo.send(to(lan))
    assert server.transcript(lan)[-1] == "Bot Nhắc Việc: Chào cô"


@pytest.mark.covers("E1.8", "E1.9")
async def test_who_cannot_be_reached_is_told_apart(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, group: Group
) -> None:
    await zalo.send(to(group))
    group.removes_bot()
    lan.blocks()
    assert (await refused(zalo, to(group))).act is Act.GONE
    assert (await refused(zalo, to(lan))).act is Act.OTHER_CHANNEL
    assert (await refused(zalo, to(server.person("Mai")))).act is Act.OTHER_CHANNEL
    assert (await refused(zalo, to(server.group("Tổ Chồi")))).act is Act.GONE


@pytest.mark.covers("E1.9")
async def test_the_month_has_its_messages_and_then_waits(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, clock: StillClock
) -> None:
    server.world.sent[server.world.month] = 2999
    await zalo.send(to(lan, "số 3000"))
    failed = await refused(zalo, to(lan, "số 3001"))
    assert (failed.reason, failed.act) == ("quota", Act.OPERATOR)
    clock.move(timedelta(days=31))
    await zalo.send(to(lan, "tháng sau"))
