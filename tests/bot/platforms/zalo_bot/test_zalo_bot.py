"""The Zalo Bot as a platform: events taken in by webhook and by polling, over real HTTP to a local server."""

import asyncio
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from bot.platforms.zalo_bot import FLOOR, ZaloBot
from bot.platforms.zalo_bot_client import REJECTED
from bot.polling import poll_forever, poll_once
from core.errors import Act, FetchFailed, Forged, Unreadable
from core.message import Address, FileRef, InboundKind
from core.platform import Connected, Delivery, Polled
from records import inbox
from records.session import Begin
from tests.bot.platforms.zalo_bot.conftest import SECRET
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_bot_people import Person
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.fakes.zalo_cdn import JPEG

HEADERS = {"X-Bot-Api-Secret-Token": SECRET}
ONCE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


def payload(deliveries: Path, name: str) -> bytes:
    return (deliveries / f"{name}.json").read_bytes()


class Site:
    """Our webhook's address, as little as there must be of it."""

    def __init__(self, zalo: ZaloBot) -> None:
        self.zalo = zalo
        self.got: list[Delivery] = []
        self.statuses: list[int] = []  # answered instead of 200, in turn
        self.agents: list[str] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.agents.append(request.headers["User-Agent"])
        try:
            self.got += self.zalo.accept(request.headers, await request.read())
        except Forged:
            return web.Response(status=403)
        return web.Response(status=self.statuses.pop(0) if self.statuses else 200)

    @property
    def texts(self) -> list[str]:
        found = [self.zalo.read(delivery.raw) for delivery in self.got]
        return [message.text for message in found if message is not None]


@pytest.fixture
async def site(zalo: ZaloBot, server: ZaloBotServer) -> AsyncIterator[Site]:
    """Set as the webhook."""
    server.world.switches.loopback_webhooks = True
    site = Site(zalo)
    app = web.Application()
    app.router.add_post("/webhook/zalo-bot", site.handle)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    site.url = f"http://127.0.0.1:{runner.addresses[0][1]}/webhook/zalo-bot"
    yield site
    await runner.cleanup()


def test_it_fits_the_protocols(zalo: ZaloBot) -> None:
    platform: Connected = zalo
    polled: Polled = zalo
    assert (platform.name, platform.limits.text, platform.limits.buttons) == ("zalo_bot", 2000, 0)
    assert polled is zalo


@pytest.mark.parametrize("name", ["text_private", "text_wrapped"])
def test_a_webhook_call_with_our_secret_is_kept_as_it_came(zalo: ZaloBot, deliveries: Path, name: str) -> None:
    body = payload(deliveries, name)
    kept = zalo.accept({"x-bot-api-secret-TOKEN": SECRET}, body)
    assert kept == [Delivery("zalo_bot", "2d75aa10b3c4d5e6f708", body, "9f1c2b7a4e5d60718293")]


@pytest.mark.parametrize("name", ["unsupported_bare", "unknown_event", "reaction", "added_to_group"])
def test_an_event_that_nobody_knows_is_kept_too(zalo: ZaloBot, deliveries: Path, name: str) -> None:
    (kept,) = zalo.accept(HEADERS, payload(deliveries, name))
    (again,) = zalo.accept(HEADERS, payload(deliveries, name))
    assert kept.id == again.id != ""


@pytest.mark.parametrize("id_", [None, "", 0.5, [], "x" * 100_000, "a\0b", "\ud83d"])
def test_an_event_without_a_usable_id_is_named_by_what_it_says(zalo: ZaloBot, id_: object) -> None:
    event = {"event_name": "message.text.received", "message": {"message_id": id_, "chat": {"id": id_}}}
    (kept,) = zalo.accept(HEADERS, json.dumps(event).encode())
    assert (len(kept.id), kept.id.isascii(), kept.lane) == (70, True, "")


@pytest.mark.parametrize("headers", [{}, {"X-Bot-Api-Secret-Token": "sai"}, {"X-Bot-Api-Secret-Token": "mật\udcff"}])
@pytest.mark.parametrize(
    "body", [b"{", b"7", b'{"event_name": "x"}', b'{"message": {}}', b'{"result": 5, "message": 1}']
)
def test_a_webhook_call_without_our_secret_is_forged(zalo: ZaloBot, headers: dict[str, str], body: bytes) -> None:
    with pytest.raises(Forged):
        zalo.accept(headers, body)


def test_without_a_secret_every_webhook_call_is_forged(deliveries: Path) -> None:
    with pytest.raises(Forged):
        ZaloBot.open("1:a").accept({"X-Bot-Api-Secret-Token": ""}, payload(deliveries, "text_private"))


@pytest.mark.parametrize("headers", [{}, HEADERS])
@pytest.mark.parametrize("body", [b"", b" \n", b"{}", b'{"ok": true, "result": {}}'])
def test_a_probe_is_accepted_and_means_nothing(zalo: ZaloBot, headers: dict[str, str], body: bytes) -> None:
    assert zalo.accept(headers, body) == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"[]", b"null", b"[" * 100_000])
def test_a_webhook_call_that_is_no_event_is_unreadable(zalo: ZaloBot, body: bytes) -> None:
    with pytest.raises(Unreadable):
        zalo.accept(HEADERS, body)


@pytest.mark.covers("E1.5")
async def test_the_webhook_is_set_once_and_probed(site: Site, zalo: ZaloBot, server: ZaloBotServer) -> None:
    found = await zalo.set_webhook(site.url, SECRET)
    assert found is not None
    assert (found.ok, found.outcome, found.status_code) == (True, "webhook.ok", 200)
    assert site.agents == ["Java/17.0.2"]
    assert await zalo.set_webhook(site.url, SECRET) is None
    assert (await zalo.webhook_info(), len(server.asked("setWebhook"))) == (site.url, 1)
    await zalo.delete_webhook()
    await zalo.delete_webhook()
    assert (await zalo.webhook_info(), len(server.asked("deleteWebhook"))) == ("", 1)


@pytest.mark.covers("E1.5")
async def test_a_blocked_webhook_is_kept_and_explained(site: Site, zalo: ZaloBot) -> None:
    site.statuses = [403, 502, 404]
    found = await zalo.set_webhook(site.url, SECRET)
    assert found is not None
    assert (found.ok, found.outcome, await zalo.webhook_info()) == (False, "webhook.http.403", site.url)
    assert [(await zalo.test_webhook()).outcome for _ in range(3)] == [
        "webhook.http.5xx",
        "webhook.http.404",
        "webhook.ok",
    ]
    assert [(await zalo.test_webhook()).ok for _ in range(2)] == [True, True]
    with pytest.raises(FetchFailed, match="426"):
        await zalo.test_webhook()


@pytest.mark.covers("E1.6")
@pytest.mark.parametrize("wrapped", [False, True])
@pytest.mark.parametrize("image_field", ["photo_url", "photo"])
async def test_events_arrive_in_either_shape(
    site: Site, zalo: ZaloBot, server: ZaloBotServer, lan: Person, wrapped: bool, image_field: str
) -> None:
    server.world.switches.wrapped, server.world.switches.image_field = wrapped, image_field
    await zalo.set_webhook(site.url, SECRET)
    lan.says("hạn nộp?")
    lan.sends_photo("minh chứng")
    await server.webhook.settle()
    assert site.texts == ["hạn nộp?", "minh chứng"]
    photo = zalo.read(site.got[1].raw)
    assert photo is not None
    into = io.BytesIO()
    await zalo.fetch(photo.files[0], into)
    assert into.getvalue() == JPEG


@ONCE
@pytest.mark.covers("E1.6")
async def test_duplicates_out_of_order_are_each_kept_once(
    site: Site, zalo: ZaloBot, server: ZaloBotServer, lan: Person, begin: Begin, clock: StillClock
) -> None:
    await zalo.set_webhook(site.url, SECRET)
    server.webhook.times, server.webhook.reorder = 2, True
    for text in ("một", "hai"):
        lan.says(text)
    await server.webhook.settle()
    assert site.texts == ["hai", "hai", "một", "một"]
    async with begin() as session:
        new = [await inbox.store(session, delivery, clock()) for delivery in site.got]
    assert new == [True, False, True, False]


async def test_another_secret_than_ours_delivers_nothing(
    site: Site, zalo: ZaloBot, server: ZaloBotServer, lan: Person
) -> None:
    await zalo.set_webhook(site.url, "mot-bi-mat-khac")
    lan.says("hạn nộp?")
    await server.webhook.settle()
    assert (site.got, server.webhook.attempts[-1].status) == ([], 403)


@pytest.mark.covers("E1.3")
async def test_it_learns_who_it_is(server: ZaloBotServer, zalo: ZaloBot) -> None:
    me = await zalo.me()
    assert (me.id, me.display_name, me.can_join_groups) == ("3141592653589793238", "Bot Nhắc Việc", True)
    server.world.switches.can_join_groups = False
    assert not (await zalo.me()).can_join_groups


async def test_a_wrong_token_is_named_without_showing_it(server: ZaloBotServer) -> None:
    zalo = ZaloBot.open("31415:bi-mat-sai", server.url)
    with pytest.raises(FetchFailed, match=REJECTED) as failed:
        await zalo.connect()
    await zalo.close()
    assert failed.value.act is Act.OPERATOR
    assert "bi-mat" not in f"{failed.value!r} {failed.value.__cause__!r} {zalo!r} {zalo.client!r}"


@pytest.mark.parametrize("url", ["http://127.0.0.1:1", "https://khong co dau", "ftp://example.vn"])
async def test_an_address_that_leads_nowhere_is_named_without_the_token(url: str) -> None:
    zalo = ZaloBot.open("31415:bi-mat", url)
    with pytest.raises(FetchFailed) as failed:
        await zalo.connect()
    await zalo.close()
    assert "bi-mat" not in f"{failed.value!r} {failed.value.__cause__!r}"


async def test_a_start_that_failed_can_be_tried_again(server: ZaloBotServer) -> None:
    zalo = ZaloBot.open(server.token, server.url + "/")
    server.fail(Fault("getMe", code=502))
    with pytest.raises(FetchFailed, match="502"):
        await zalo.connect()
    await zalo.connect()
    await zalo.close()
    await zalo.connect()
    await zalo.close()


@pytest.mark.covers("E1.4")
async def test_no_news_is_an_empty_batch(zalo: ZaloBot, server: ZaloBotServer, lan: Person) -> None:
    assert await zalo.poll("") == ([], "")
    server.world.switches.refuse_with_200 = True
    assert await zalo.poll("") == ([], "")
    assert server.asked("getUpdates")[0].status == 408


@pytest.mark.covers("E1.4")
async def test_polling_gives_one_event_at_a_time(zalo: ZaloBot, lan: Person) -> None:
    lan.says("một")
    lan.says("hai")
    (first,), offset = await zalo.poll("")
    (second,), _ = await zalo.poll(offset)
    assert [zalo.read(one.raw).text for one in (first, second)] == ["một", "hai"]  # type: ignore[union-attr]
    assert (first.id != second.id, first.lane, offset) == (True, lan.id, "")


async def test_polling_waits_and_hears_at_once(server: ZaloBotServer, lan: Person) -> None:
    patient = ZaloBot.open(server.token, server.url)
    poll = asyncio.create_task(patient.poll(""))
    await server.updates.polled.wait()
    lan.says("nhanh")
    deliveries, _ = await asyncio.wait_for(poll, 2)
    await patient.close()
    assert len(deliveries) == 1
    assert server.asked("getUpdates")[-1].params == {"timeout": "25"}


@pytest.mark.covers("E1.4")
async def test_polling_while_a_webhook_is_set_fails_with_the_reason(site: Site, zalo: ZaloBot) -> None:
    await zalo.set_webhook(site.url, SECRET)
    with pytest.raises(FetchFailed, match="while a webhook is set") as failed:
        await zalo.poll("")
    assert failed.value.act is Act.OPERATOR
    await zalo.delete_webhook()
    assert await zalo.poll("") == ([], "")


@pytest.mark.parametrize(
    "fault",
    [
        Fault("getUpdates", code=502),
        Fault("getUpdates", code=504, status=200),
        Fault("getUpdates", code=429),
        Fault("getUpdates", cut="before"),
        Fault("getUpdates", body=b"<html>", status=502),
    ],
    ids=repr,
)
async def test_polling_through_trouble_fails_and_works_again(
    server: ZaloBotServer, zalo: ZaloBot, lan: Person, fault: Fault
) -> None:
    server.updates.replay = True
    lan.says("đợi")
    server.fail(fault)
    with pytest.raises(FetchFailed):
        await zalo.poll("")
    assert len((await zalo.poll(""))[0]) == 1


@pytest.mark.parametrize(
    ("body", "count"),
    [
        (b'{"ok": true}', 0),
        (b'{"ok": true, "result": null}', 0),
        (b'{"ok": true, "result": []}', 0),
        (b'{"ok": true, "result": {}}', 0),
        (b'{"ok": true, "result": [{"event_name": "x"}, {"event_name": "y"}, 7]}', 2),
        (b'{"ok": true, "result": {"event_name": "message.unsupported.received"}}', 1),
    ],
)
async def test_one_or_many_or_none_may_come(zalo: ZaloBot, server: ZaloBotServer, body: bytes, count: int) -> None:
    server.updates.waiting.append({"event_name": "x"})
    server.fail(Fault("getUpdates", body=body))
    assert len((await zalo.poll(""))[0]) == count


@pytest.mark.parametrize("body", [b"[]", b"{}", b"\xff", b'{"ok": 1}', b'{"ok": true, "result": [7]}', b"[" * 100_000])
async def test_a_batch_nobody_can_read_fails_instead_of_spinning(
    zalo: ZaloBot, server: ZaloBotServer, body: bytes
) -> None:
    server.updates.waiting.append({"event_name": "x"})
    server.fail(Fault("getUpdates", body=body))
    with pytest.raises(FetchFailed):
        await zalo.poll("")


@ONCE
@pytest.mark.covers("E1.4")
async def test_a_service_that_repeats_itself_is_asked_once_a_second_and_heard_once(
    zalo: ZaloBot, server: ZaloBotServer, lan: Person, begin: Begin, clock: StillClock
) -> None:
    server.updates.replay = True
    lan.says("hạn nộp?")
    start = clock()
    poller = asyncio.create_task(poll_forever(zalo, begin, clock, lambda: None, clock.sleep, floor=FLOOR))
    await server.until(lambda: len(server.asked("getUpdates")) >= 6)
    poller.cancel()
    await asyncio.wait([poller])
    assert clock() - start >= 5 * FLOOR
    async with begin() as session:
        (first,) = await inbox.take(session, ["zalo_bot"], clock(), 10)
        await inbox.mark_handled(session, [first.id])
        await inbox.forget_before(session, clock() - timedelta(days=7))
    await poll_once(zalo, begin, clock, lambda: None)
    async with begin() as session:
        assert await inbox.take(session, ["zalo_bot"], clock(), 10) == []


async def heard(zalo: ZaloBot, server: ZaloBotServer) -> list[Any]:
    """Everything that waits, understood."""
    found = []
    while server.updates.waiting:
        deliveries, _ = await zalo.poll("")
        found += [zalo.read(delivery.raw) for delivery in deliveries]
    return found


@pytest.mark.covers("E1.7")
@pytest.mark.parametrize("bare", [False, True])
async def test_what_the_service_withholds_is_said_where_it_is_known_from_whom(
    zalo: ZaloBot, server: ZaloBotServer, lan: Person, bare: bool
) -> None:
    server.world.switches.bare_withheld = bare
    lan.sends_file("Kế hoạch.pdf")
    child = server.person("Bé Na", protected=True)
    child.says("chào")
    kinds = [None if message is None else (message.kind, message.sender) for message in await heard(zalo, server)]
    assert kinds == ([None, None] if bare else [(InboundKind.WITHHELD, lan.id), (InboundKind.WITHHELD, child.id)])


@pytest.mark.covers("E1.8")
async def test_in_a_group_it_hears_who_names_or_answers_it(zalo: ZaloBot, server: ZaloBotServer, lan: Person) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot()
    greeting = list(group.chat.messages.values())[-1]
    lan.says("cả nhà ăn gì chưa", to=group)
    lan.says("hôm nay có gì?", to=group, mention=True)
    lan.sends_photo("không ai thấy", to=group)
    lan.sends_photo("minh chứng", to=group, mention=True)
    lan.sends_photo(to=group, reply_to=greeting)
    messages = await heard(zalo, server)
    assert [(one.kind, one.text) for one in messages] == [
        (InboundKind.TEXT, "hôm nay có gì?"),
        (InboundKind.PHOTO, "minh chứng"),
        (InboundKind.PHOTO, ""),
    ]
    assert {(one.address.chat, one.sender, one.group, one.addressed) for one in messages} == {
        (group.id, lan.id, True, True)
    }


async def test_in_a_group_it_understands_though_nobody_said_how_it_is_called(
    zalo: ZaloBot, server: ZaloBotServer, lan: Person
) -> None:
    group = server.group("Tổ Lá")
    group.adds_bot()
    lan.says("hôm nay có gì?", to=group, mention=True)
    documented = b'{"ok": true, "result": {"id": "1", "account_name": "bot.a", "account_type": "BASIC"}}'
    server.fail(Fault("getMe", body=documented))
    await zalo.connect()
    assert [one.text for one in await heard(zalo, server) if one] == ["hôm nay có gì?"]


@pytest.mark.covers("E0.4")
async def test_a_file_whose_address_has_expired_is_gone(
    zalo: ZaloBot, server: ZaloBotServer, lan: Person, clock: StillClock
) -> None:
    sent = lan.sends_voice()
    clock.move(timedelta(hours=25))
    with pytest.raises(FetchFailed) as failed:
        await zalo.fetch(FileRef("voice", "", url=sent["voice_url"]), io.BytesIO())
    assert failed.value.gone


async def test_typing_is_shown_and_its_failure_ignored(zalo: ZaloBot, server: ZaloBotServer, lan: Person) -> None:
    await zalo.typing(Address("zalo_bot", lan.id))
    for fault in (Fault(code=500), Fault(cut="after"), Fault(body=b"")):
        server.fail(fault)
        await zalo.typing(Address("zalo_bot", lan.id))
    await zalo.acknowledge(json.dumps({}).encode())
    assert lan.chat.actions == ["typing"] * 3
