"""Events that the local Official Account delivers to the app's own address, as the bot takes them."""

import asyncio
import io
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest
from aiohttp import web

from bot.platforms.zalo_oa import ZaloOA
from core.errors import Forged
from core.message import Inbound, InboundKind
from core.platform import Delivery
from tests.fakes.clock import StillClock
from tests.fakes.zalo_oa_server import ZaloOAServer
from tests.fakes.zalo_oa_webhook import LADDER


class Receiver:
    """The app's address: lets the platform check what comes, and answers as told, else 200.

    While `gate` is closed an answer waits.
    """

    def __init__(self, oa: ZaloOA) -> None:
        self.oa = oa
        self.heard: list[Delivery] = []
        self.statuses: list[int] = []
        self.retries: list[str] = []
        self.gate = asyncio.Event()
        self.gate.set()

    async def take(self, request: web.Request) -> web.Response:
        self.retries.append(request.headers.get("num_retry", ""))
        await self.gate.wait()
        status = self.statuses.pop(0) if self.statuses else 200
        if status != 200:
            return web.Response(status=status)
        try:
            self.heard += self.oa.accept(request.headers, await request.read())
        except Forged:
            return web.Response(status=403)
        return web.Response()

    def understood(self) -> list[Inbound]:
        """What came, each once, as it would be stored."""
        once = {delivery.id: delivery for delivery in self.heard}
        return [found for one in once.values() if (found := self.oa.read(one.raw)) is not None]


@pytest.fixture
async def receiver(oa_server: ZaloOAServer, oa: ZaloOA) -> AsyncIterator[Receiver]:
    receiver = Receiver(oa)
    app = web.Application()
    app.router.add_post("/webhook/zalo-oa", receiver.take)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    assert await oa_server.webhook.save(f"http://127.0.0.1:{runner.addresses[0][1]}/webhook/zalo-oa")
    receiver.retries.clear()
    yield receiver
    receiver.gate.set()
    await runner.cleanup()


@pytest.mark.covers("E2.8")
@pytest.mark.parametrize("probe", [b"{}", b""])
async def test_saving_the_address_needs_an_answer_to_an_unsigned_probe(
    oa_server: ZaloOAServer, receiver: Receiver, probe: bytes
) -> None:
    assert await oa_server.webhook.save(oa_server.webhook.url, probe)
    receiver.statuses = [403]
    assert not await oa_server.webhook.save(oa_server.webhook.url, probe)
    assert receiver.heard == []


@pytest.mark.covers("E2.8", "E0.2")
@pytest.mark.parametrize("mac", ["mac={}", "mac = {}", "{}"])
@pytest.mark.parametrize("own_timestamp", [False, True])
async def test_what_a_person_does_is_understood(
    oa_server: ZaloOAServer, receiver: Receiver, mac: str, own_timestamp: bool
) -> None:
    oa_server.webhook.mac, oa_server.webhook.own_timestamp = mac, own_timestamp
    lan = oa_server.person("Lan")
    lan.clicks_chat()
    lan.follows()
    asked = lan.says("tháng này nộp gì?")
    lan.sends_image("biên bản")
    lan.sends_file("kế hoạch.pdf")
    for act in (lan.sends_audio, lan.sends_video, lan.sends_gif, lan.sends_sticker, lan.sends_card):
        act()
    lan.sends_link("https://truong.example.vn/a")
    lan.sends_location()
    lan.reacts(asked)
    lan.reads()
    lan.withdraws()
    lan.unfollows()
    await oa_server.webhook.settle()
    assert all(attempt.status == 200 for attempt in oa_server.webhook.attempts)
    kinds = sorted(found.kind for found in receiver.understood())
    files = [InboundKind.FILE, InboundKind.FILE]
    expected = [InboundKind.ERASE, *files, InboundKind.JOINED, InboundKind.JOINED, InboundKind.LEFT, InboundKind.LINK]
    pictures = [InboundKind.PHOTO, InboundKind.PHOTO, InboundKind.STICKER, InboundKind.TEXT, InboundKind.VOICE]
    assert kinds == sorted([*expected, InboundKind.OTHER, InboundKind.OTHER, *pictures])
    assert {found.address.chat for found in receiver.understood()} == {lan.id}
    [text] = [found for found in receiver.understood() if found.kind is InboundKind.TEXT]
    assert (text.text, text.message_id, text.sent_at) == ("tháng này nộp gì?", asked, oa_server.world.clock())


@pytest.mark.covers("E2.8")
async def test_another_key_is_forged_and_every_attempt_refused(oa_server: ZaloOAServer, receiver: Receiver) -> None:
    oa_server.webhook.secret_key = "khoa-cua-ung-dung"
    oa_server.person("Lan").says("chào")
    await oa_server.webhook.settle()
    assert receiver.heard == []
    assert {attempt.status for attempt in oa_server.webhook.attempts} == {403}


@pytest.mark.covers("E2.8")
async def test_a_failed_delivery_comes_again_along_the_ladder_and_is_one_message(
    oa_server: ZaloOAServer, receiver: Receiver, clock: StillClock
) -> None:
    before = clock()
    receiver.statuses = [500, 503]
    oa_server.person("Lan").says("chào")
    await oa_server.webhook.settle()
    assert receiver.retries == ["", "1", "2"]
    assert clock() - before == timedelta(seconds=sum(LADDER[:2]))
    assert [found.text for found in receiver.understood()] == ["chào"]
    assert oa_server.webhook.subscribed


@pytest.mark.covers("E2.8")
async def test_after_the_ladder_nothing_comes_until_somebody_switches_it_on(
    oa_server: ZaloOAServer, receiver: Receiver, clock: StillClock
) -> None:
    before, lan = clock(), oa_server.person("Lan")
    receiver.statuses = [500] * 6
    lan.says("chào")
    await oa_server.webhook.settle()
    assert receiver.retries == ["", "1", "2", "3", "4", "5"]
    assert clock() - before == timedelta(seconds=sum(LADDER))
    lan.says("có ai không?")
    await oa_server.webhook.settle()
    assert receiver.heard == []
    assert await oa_server.webhook.save(oa_server.webhook.url)
    lan.says("có ai không?")
    await oa_server.webhook.settle()
    assert [found.text for found in receiver.understood()] == ["có ai không?"]


@pytest.mark.covers("E2.8")
async def test_some_say_that_only_a_lost_connection_is_a_failure(oa_server: ZaloOAServer, receiver: Receiver) -> None:
    oa_server.webhook.any_status = False
    receiver.statuses = [500]
    oa_server.person("Lan").says("chào")
    await oa_server.webhook.settle()
    assert receiver.retries == [""]


@pytest.mark.covers("E2.8")
async def test_an_answer_after_the_deadline_is_none(oa_server: ZaloOAServer, receiver: Receiver) -> None:
    assert oa_server.webhook.within == 2.0
    oa_server.webhook.within = 0.05
    receiver.gate.clear()
    oa_server.person("Lan").says("chào")
    await oa_server.webhook.settle()
    assert {attempt.status for attempt in oa_server.webhook.attempts} == {0}
    assert not oa_server.webhook.subscribed


@pytest.mark.covers("E2.8")
async def test_duplicates_and_messages_out_of_order_are_each_one_message(
    oa_server: ZaloOAServer, receiver: Receiver
) -> None:
    lan = oa_server.person("Lan")
    oa_server.webhook.times, oa_server.webhook.reorder = 3, True
    for number in range(4):
        lan.says(str(number))
    await oa_server.webhook.settle()
    assert len(receiver.heard) == 12
    assert [found.text for found in receiver.understood()] == ["3", "2", "1", "0"]
    assert {delivery.lane for delivery in receiver.heard} == {lan.id}


@pytest.mark.covers("E2.5")
async def test_a_form_is_asked_for_and_answered(oa_server: ZaloOAServer, oa: ZaloOA, receiver: Receiver) -> None:
    lan = oa_server.person("Lan")
    lan.follows()
    with pytest.raises(LookupError):
        lan.submits("Lan", "84912345678")
    element = {"title": "Cô cho số điện thoại", "subtitle": "…", "image_url": "https://example.vn/a.jpg"}
    form = {"type": "template", "payload": {"template_type": "request_user_info", "elements": [element]}}
    await oa.client.post("/v3.0/oa/message/cs", {"recipient": {"user_id": lan.id}, "message": {"attachment": form}})
    lan.submits("Lan", "84912345678")
    await oa_server.webhook.settle()
    assert receiver.understood()[-1].phone == "84912345678"


@pytest.mark.covers("E2.8", "E2.7")
async def test_what_the_bot_sends_is_echoed_and_acted_on_by_nobody(
    oa_server: ZaloOAServer, oa: ZaloOA, receiver: Receiver
) -> None:
    lan = oa_server.person("Lan")
    lan.follows()
    await oa.client.post("/v3.0/oa/message/cs", {"recipient": {"user_id": lan.id}, "message": {"text": "Chào cô"}})
    group = oa_server.group("Tổ Lá", lan)
    await oa.client.post("/v3.0/oa/group/message", {"recipient": {"group_id": group.id}, "message": {"text": "Họp"}})
    oa_server.template("nhac")
    await oa.send_template("nhac", {}, phone=lan.user.phone, tracking_id="viec-7")
    lan.reads()
    await oa_server.webhook.settle()
    events = [attempt.event for attempt in oa_server.webhook.attempts]
    names = sorted(str(event["event_name"]) for event in events)
    receipts = ["user_received_message", "user_received_message", "user_seen_message"]
    assert names == ["follow", "oa_send_group_text", "oa_send_text", *receipts]
    seen = next(event for event in events if event["event_name"] == "user_seen_message")
    assert seen["sender"]["id"] != lan.id
    assert len(seen["message"]["msg_ids"]) == 2
    tracked = [event for event in events if event.get("message", {}).get("tracking_id") == "viec-7"]
    assert [event["recipient"] for event in tracked] == [{"id": lan.user.phone}]
    assert [found.kind for found in receiver.understood()] == [InboundKind.JOINED]


@pytest.mark.covers("E2.6")
async def test_everything_said_in_a_group_arrives_and_files_can_be_fetched(
    oa_server: ZaloOAServer, oa: ZaloOA, receiver: Receiver
) -> None:
    lan, huong = oa_server.person("Lan"), oa_server.person("Hương")
    group = oa_server.group("Tổ Lá", lan, huong)
    lan.says("mai họp nhé", group)
    huong.says("[@3886132808788080000] hôm nay có gì?", group)
    huong.sends_file("minh chứng.pdf", group)
    await oa_server.webhook.settle()
    found = {one.text: one for one in receiver.understood()}
    assert {text: one.addressed for text, one in found.items()} == {
        "mai họp nhé": False,
        "hôm nay có gì?": True,
        "": False,
    }
    assert {one.address.chat for one in found.values()} == {group.id}
    assert found["mai họp nhé"].sender == lan.id
    into = io.BytesIO()
    await oa.fetch(found[""].files[0], into)
    assert into.getvalue().startswith(b"%PDF")


@pytest.mark.covers("E2.6")
@pytest.mark.parametrize("left_name", ["user_out_group", "user_leave_group"])
async def test_groups_come_and_go_under_either_name(
    oa_server: ZaloOAServer, oa: ZaloOA, receiver: Receiver, left_name: str
) -> None:
    oa_server.world.switches.left_name = left_name
    lan = oa_server.person("Lan")
    lan.follows()
    lan.user.admin = True
    asked = {"group_name": "Tổ Lá", "asset_id": "gmf-asset-1", "member_user_ids": [lan.id]}
    made = await oa.client.post("/v3.0/oa/group/creategroupwithoa", asked)
    await oa_server.webhook.settle()
    assert (receiver.understood()[-1].kind, receiver.understood()[-1].address.chat) == (
        InboundKind.JOINED,
        made["group_id"],
    )
    other = oa_server.group("Tổ Mầm", lan)
    other.leaves(lan)
    await oa_server.webhook.settle()
    assert len(receiver.understood()) == 2
    other.throws_oa_out()
    await oa_server.webhook.settle()
    assert (receiver.understood()[-1].kind, receiver.understood()[-1].address.chat) == (InboundKind.LEFT, other.id)
    await oa.client.post("/v3.0/oa/group/delete", {"group_id": made["group_id"]})
    await oa_server.webhook.settle()
    assert (receiver.understood()[-1].kind, receiver.understood()[-1].address.chat) == (
        InboundKind.LEFT,
        made["group_id"],
    )
