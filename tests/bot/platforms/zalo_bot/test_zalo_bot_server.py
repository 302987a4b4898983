"""The local Zalo Bot Platform behaves as the real one is said to, as clients see it that are not ours."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from zalo_bot import Bot
from zalo_bot.error import BadRequest, InvalidToken, NetworkError

from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_bot_people import Group, Person
from tests.fakes.zalo_bot_server import ZaloBotServer
from tests.fakes.zalo_cdn import JPEG

Answer = tuple[int, dict[str, Any]]
SECRET = "mot-bi-mat-dai"
NOT_SERVED = {"ok": False, "description": "Bad Request: chat not found", "error_code": 400}


class Client:
    """Calls methods by name, with a body of JSON."""

    def __init__(self, http: aiohttp.ClientSession, token: str) -> None:
        self.http = http
        self.base = f"/bot{token}/"

    async def __call__(self, method: str, **params: Any) -> Answer:
        return await self.request("POST", method, json=params)

    async def request(self, verb: str, method: str, **how: Any) -> Answer:
        async with self.http.request(verb, self.base + method, **how) as answer:
            return answer.status, await answer.json()

    async def raw(self, method: str) -> bytes:
        async with self.http.get(self.base + method) as answer:
            return await answer.read()


@pytest.fixture
async def call(server: ZaloBotServer) -> AsyncIterator[Client]:
    async with aiohttp.ClientSession(server.url) as http:
        yield Client(http, server.token)


@pytest.fixture
async def library(server: ZaloBotServer, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Bot]:
    """python-zalo-bot as it comes."""
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    async with Bot(server.token, server.url) as bot:
        yield bot


@pytest.fixture
async def group(server: ZaloBotServer, lan: Person) -> Group:
    group = server.group("Tổ Lá")
    group.adds_bot()
    return group


def events(server: ZaloBotServer) -> list[str]:
    """The names of what waits."""
    return [str(event["event_name"]) for event in server.updates.waiting]


@pytest.mark.covers("E1.1", "E1.3", "E1.4")
async def test_the_library_hears_and_answers(server: ZaloBotServer, library: Bot, lan: Person) -> None:
    assert (await library.get_me()).id == "3141592653589793238"
    lan.says("hạn nộp?")
    update = await library.get_update(timeout=5)
    assert (update.message.text, update.message.from_user.id) == ("hạn nộp?", lan.id)
    sent = await library.send_message(update.message.chat.id, "Mai.")
    assert lan.chat.messages[sent.message_id]["text"] == "Mai."
    await library.send_photo(lan.id, "Ảnh", server.cdn.put(JPEG, ".jpg"))
    assert server.transcript(lan)[-2:] == ["Bot Nhắc Việc: Mai.", "Bot Nhắc Việc: (photo) Ảnh"]
    assert server.cdn.fetched == server.cdn.fetched[:1] * 3


@pytest.mark.covers("E1.2", "E1.9")
async def test_the_library_understands_refusals(server: ZaloBotServer, library: Bot, lan: Person) -> None:
    with pytest.raises(BadRequest):
        await library.send_message("nobody", "Mai.")
    server.fail(Fault("sendMessage", code=502))
    with pytest.raises(NetworkError):
        await library.send_message(lan.id, "Mai.")
    other = Bot("1:khac", server.url)
    with pytest.raises(InvalidToken):
        await other.initialize()
    await other.shutdown()


@pytest.mark.covers("E1.1")
async def test_parameters_come_in_any_way(call: Client, lan: Person) -> None:
    params = {"chat_id": lan.id, "text": "Chào cô"}
    form = aiohttp.FormData(params, default_to_multipart=True)
    ways: list[tuple[str, dict[str, Any]]] = [
        ("GET", {"params": params}),
        ("POST", {"params": params}),
        ("POST", {"json": params}),
        ("POST", {"data": params}),
        ("POST", {"data": form}),
    ]
    answers = [await call.request(verb, "sendMessage", **how) for verb, how in ways]
    assert [status for status, _ in answers] == [200] * 5
    assert [message["text"] for message in lan.chat.messages.values()][1:] == ["Chào cô"] * 5


@pytest.mark.covers("E1.1", "E1.2")
async def test_tokens_and_names_are_checked(server: ZaloBotServer, call: Client) -> None:
    assert (await Client(call.http, "1:khac")("getMe"))[0] == 401
    assert (await call("getme"))[0] == (await call("GETME"))[0] == 400
    async with call.http.get("/getMe") as answer:
        assert (answer.status, await answer.json()) == (
            404,
            {"ok": False, "description": "Not Found", "error_code": 404},
        )


@pytest.mark.covers("E1.2")
async def test_envelopes_come_as_the_switches_say(server: ZaloBotServer, call: Client) -> None:
    switches = server.world.switches
    assert (await call("sendMessage", chat_id="x", text="y")) == (400, NOT_SERVED)
    switches.refuse_with_200 = switches.zero_on_success = True
    assert (await call("sendMessage", chat_id="x", text="y")) == (200, NOT_SERVED)
    status, body = await call("getMe")
    assert (status, body["ok"], body["error_code"]) == (200, True, 0)


@pytest.mark.covers("E1.3")
async def test_get_me_says_whether_groups_may_be_joined(server: ZaloBotServer, call: Client) -> None:
    server.world.switches.can_join_groups = False
    _, body = await call("getMe")
    assert body["result"] == {
        "id": "3141592653589793238",
        "account_name": "bot.nhacviec",
        "account_type": "BASIC",
        "display_name": "Bot Nhắc Việc",
        "can_join_groups": False,
    }
    group = server.group("Tổ Lá")
    group.adds_bot()
    assert not group.chat.bot


@pytest.mark.covers("E0.1", "E0.2")
async def test_ids_dates_and_letters_are_as_on_the_wire(
    server: ZaloBotServer, call: Client, lan: Person, clock: StillClock
) -> None:
    lan.says("Tháng này nộp gì?")
    raw = await call.raw("getUpdates?timeout=0")
    message = json.loads(raw)["result"]["message"]
    assert "Tháng này nộp gì?".encode() in raw
    assert message["date"] == int(clock().timestamp() * 1000)
    for id_ in (message["message_id"], message["from"]["id"], message["chat"]["id"]):
        assert re.fullmatch("[0-9a-f]{20}", id_)
    clock.move(timedelta(seconds=1))
    _, body = await call("sendMessage", chat_id=lan.id, text="Mai.")
    assert body["result"]["date"] == message["date"] + 1000


@pytest.mark.covers("E0.1")
async def test_a_fault_happens_as_often_as_it_was_ordered(
    server: ZaloBotServer, call: Client, lan: Person, clock: StillClock
) -> None:
    start = clock()
    server.fail(Fault("sendMessage", chat=lan.id, code=429, description="Quota exceeded", times=2))
    server.fail(Fault("getMe", delay=40.0))
    statuses = [(await call("sendMessage", chat_id=lan.id, text="x"))[0] for _ in range(3)]
    assert (statuses, (await call("getMe"))[0]) == ([429, 429, 200], 200)
    assert clock() - start == timedelta(seconds=40)


@pytest.mark.covers("E0.1")
@pytest.mark.parametrize(("fault", "count"), [(Fault(cut="before"), 0), (Fault(cut="after"), 1)])
async def test_a_connection_drops_before_or_after_the_effect(
    server: ZaloBotServer, call: Client, lan: Person, fault: Fault, count: int
) -> None:
    server.fail(fault)
    with pytest.raises(aiohttp.ClientError):
        await call("sendMessage", chat_id=lan.id, text="x")
    assert (len(lan.chat.messages) - 1, server.calls[-1].status) == (count, 0)


@pytest.mark.covers("E1.4")
@pytest.mark.parametrize("seconds", [0, "0", 0.01])
async def test_a_poll_without_news_is_a_408(call: Client, seconds: object) -> None:
    assert await call("getUpdates", timeout=seconds) == (
        408,
        {"ok": False, "description": "Request timeout", "error_code": 408},
    )


@pytest.mark.covers("E1.4")
async def test_updates_are_consumed_or_served_again(server: ZaloBotServer, call: Client, lan: Person) -> None:
    async def texts(times: int) -> list[str]:
        found = [await call("getUpdates", timeout=0, offset=7, limit=1) for _ in range(times)]
        return [body["result"]["message"]["text"] if status == 200 else str(status) for status, body in found]

    lan.says("một")
    lan.says("hai")
    assert await texts(3) == ["một", "hai", "408"]
    server.updates.replay = True
    assert await texts(3) == ["một", "hai", "một"]
    assert (await call("getUpdates", timeout="x"))[0] == 400


@pytest.mark.covers("E1.4")
async def test_two_pollers_share_what_comes(server: ZaloBotServer, call: Client, lan: Person) -> None:
    polls = [asyncio.create_task(call("getUpdates", timeout=5)) for _ in range(2)]
    await server.updates.polled.wait()
    lan.says("một")
    lan.says("hai")
    found = [(await poll)[1]["result"]["message"]["text"] for poll in polls]
    assert sorted(found) == ["hai", "một"]
    server.updates.replay = True
    again = [(await call("getUpdates", timeout=0))[1]["result"]["message"]["text"] for _ in range(4)]
    assert again == ["một", "hai", "một", "hai"]


@pytest.mark.covers("E1.4", "E1.5")
async def test_a_webhook_ends_polling(server: ZaloBotServer, call: Client, lan: Person) -> None:
    server.world.switches.loopback_webhooks = True
    poll = asyncio.create_task(call("getUpdates", timeout=5))
    await server.updates.polled.wait()
    await call("setWebhook", url=server.url + "/hook", secret_token=SECRET)
    assert (await poll)[0] == 400
    assert "while a webhook is set" in (await call("getUpdates"))[1]["description"]
    assert (await call("deleteWebhook"))[1]["result"]["url"] == ""
    assert (await call("getUpdates", timeout=0))[0] == 408


@pytest.mark.covers("E1.5")
async def test_a_webhook_is_checked_kept_and_limited(server: ZaloBotServer, call: Client) -> None:
    hook = {"url": "https://127.0.0.1:1/hook", "secret_token": SECRET}
    assert (await call("getWebhookInfo")) == (404, {"ok": False, "description": "Not Found", "error_code": 404})
    for wrong in ({"url": "http://example.vn/"}, {"url": ""}, {"secret_token": "7 chars"}, {"secret_token": "x" * 257}):
        assert (await call("setWebhook", **hook | wrong))[0] == 400
    _, body = await call("setWebhook", **hook)
    verification = body["result"]["verification"]
    assert (verification["ok"], verification["outcome"]) == (False, "webhook.err.blocked")
    assert (await call("getWebhookInfo"))[1]["result"]["url"] == hook["url"]
    server.world.switches.loopback_webhooks = True
    _, body = await call("testWebhook")
    assert (body["ok"], body["result"]["ok"], body["result"]["outcome"]) == (True, False, "webhook.err.conn")
    server.world.switches.webhook_tests = server.world.switches.webhook_changes = 1
    server.world.switches.code_field = "errorCode"
    status, body = await call("testWebhook")
    assert (status, body["errorCode"], (await call("setWebhook", **hook))[0]) == (426, 426, 426)


@pytest.mark.covers("E1.6")
async def test_a_delivery_is_tried_again_only_where_told(server: ZaloBotServer, call: Client, lan: Person) -> None:
    server.world.switches.loopback_webhooks = True
    await call("setWebhook", url=server.url + "/nowhere", secret_token=SECRET)
    lan.says("một")
    await server.webhook.settle()
    server.webhook.retries = 2
    lan.says("hai")
    await server.webhook.settle()
    assert [attempt.status for attempt in server.webhook.attempts] == [404] * 4


@pytest.mark.covers("E1.6")
async def test_a_delivery_without_an_answer_ends(server: ZaloBotServer, call: Client, lan: Person) -> None:
    server.world.switches.loopback_webhooks = True
    server.webhook.timeout = 0.05
    server.fail(Fault("hook", silent="before", times=2))
    body = (await call("setWebhook", url=f"{server.url}/bot{server.token}/hook", secret_token=SECRET))[1]
    assert body["result"]["verification"]["outcome"] == "webhook.err.timeout"
    lan.says("một")
    await server.webhook.settle()
    assert [attempt.status for attempt in server.webhook.attempts] == [0]


@pytest.mark.covers("E1.7")
async def test_each_kind_has_its_event(server: ZaloBotServer, lan: Person) -> None:
    lan.says("x")
    photo = lan.sends_photo("biên bản")
    voice = lan.sends_voice()
    sticker = lan.sends_sticker()
    lan.sends_file("Kế hoạch.pdf")
    assert events(server) == [
        f"message.{kind}.received" for kind in ("text", "image", "voice", "sticker", "unsupported")
    ]
    assert (photo["message_type"], voice["message_type"]) == ("CHAT_PHOTO", "CHAT_VOICE")
    assert (voice["voice_url"].endswith(".aac"), sticker["url"] != "") == (True, True)
    withheld = server.updates.waiting[-1]["message"]
    assert withheld.keys() == {"message_id", "date", "from", "chat"}
    server.world.switches.bare_withheld = True
    server.person("Bé Na", protected=True).says("chào")
    assert server.updates.waiting[-1] == {"event_name": "message.unsupported.received"}


@pytest.mark.covers("E1.8")
async def test_a_group_tells_only_what_names_or_answers_the_bot(
    server: ZaloBotServer, call: Client, lan: Person, group: Group
) -> None:
    greeting = next(iter(group.chat.messages.values()))
    assert server.transcript(group) == ["Bot Nhắc Việc: Bot Nhắc Việc xin chào cả nhóm!"]
    assert (await call("sendMessage", chat_id=group.id, text="x")) == (400, NOT_SERVED)
    lan.says("@Bot Nhắc Việc gõ tay thì không tính", to=group)
    lan.sends_photo("không ai thấy", to=group)
    lan.sends_file("Kế hoạch.pdf", to=group)
    assert events(server) == []
    lan.says("có gì?", to=group, mention=True)
    lan.says("còn gì?", to=group, reply_to=greeting)
    lan.sends_photo("nộp", to=group, mention=True)
    lan.sends_photo(to=group, reply_to=greeting)
    assert [event["message"].get("text") for event in server.updates.waiting] == [
        "@Bot Nhắc Việc có gì?",
        "còn gì?",
        None,
        None,
    ]
    assert server.updates.waiting[0]["message"]["chat"] == {"id": group.id, "chat_type": "GROUP"}
    assert (await call("sendMessage", chat_id=group.id, text="x"))[0] == 200
    group.removes_bot()
    assert (await call("sendMessage", chat_id=group.id, text="x"))[0] == 400
    lan.says("có gì?", to=group, mention=True)
    assert len(server.updates.waiting) == 4


@pytest.mark.covers("E1.7", "E1.8")
async def test_joining_may_be_an_event_of_its_own(server: ZaloBotServer) -> None:
    server.world.switches.join_events = True
    server.group("Tổ Lá").adds_bot()
    assert list(server.updates.waiting) == [{"event_name": "bot.joined.group"}]


@pytest.mark.covers("E1.9")
async def test_what_is_sent_is_checked(server: ZaloBotServer, call: Client, lan: Person, group: Group) -> None:
    lan.says("chào", to=group, mention=True)
    picture = server.cdn.put(JPEG, ".jpg")

    async def status(method: str, chat: str = lan.id, **params: Any) -> int:
        return (await call(method, chat_id=chat, **params))[0]

    assert [await status("sendMessage", text=text) for text in ("", " ", "x" * 2001, "🌸" * 1001)] == [400] * 4
    assert await status("sendMessage", text="x", parse_mode="MarkdownV2") == 400
    assert [await status("sendMessage", chat=chat, text="x") for chat in ("", "0f" * 10)] == [400] * 2
    assert await status("sendMessage", chat=server.person("Mai").id, text="x") == 400
    photos = ["", "file:///etc/passwd", server.url + "/cdn/none.jpg", "http://127.0.0.1:1/a.jpg"]
    assert [await status("sendPhoto", photo=photo) for photo in photos] == [400] * 4
    assert [await status("sendPhoto", photo=picture, caption=words) for words in ("", "x" * 2001)] == [400] * 2
    assert await status("sendPhoto", photo=picture, caption="x" * 2000) == 200
    assert [await status("sendVoice", voice_url=url) for url in ("https://x/a.mp3", "https://x/a.aac")] == [400, 200]
    before = server.transcript(group)
    assert await status("sendVoice", chat=group.id, voice_url="https://x/a.aac") == 200
    assert server.transcript(group) == before
    assert [await status("sendSticker", sticker=sticker) for sticker in ("", "0e07")] == [400, 200]


@pytest.mark.covers("E1.9")
async def test_the_plan_has_its_bounds(
    server: ZaloBotServer, call: Client, lan: Person, group: Group, clock: StillClock
) -> None:
    people = [server.person(f"Cô {number}") for number in range(2, 52)]
    for person in people:
        person.says("chào")
    assert len(events(server)) == 49
    assert (await call("sendMessage", chat_id=people[-1].id, text="x")) == (400, NOT_SERVED)
    groups = [server.group(name) for name in "abc"]
    for one in groups:
        one.adds_bot()
        lan.says("chào", to=one, mention=True)
    assert [one.chat.bot for one in groups] == [True, True, False]
    assert (await call("sendMessage", chat_id=groups[-1].id, text="x")) == (400, NOT_SERVED)
    server.world.sent[server.world.month] = 2999
    statuses = [(await call("sendMessage", chat_id=lan.id, text="x"))[0] for _ in range(2)]
    clock.move(timedelta(days=31))
    assert [*statuses, (await call("sendMessage", chat_id=lan.id, text="x"))[0]] == [200, 429, 200]


@pytest.mark.covers("E0.2", "E1.10")
@pytest.mark.parametrize(
    "method", ["editMessageText", "deleteMessage", "sendDocument", "getFile", "answerCallbackQuery", "getChat"]
)
async def test_what_telegram_has_is_unknown_here(call: Client, lan: Person, method: str) -> None:
    assert (await call(method, chat_id=lan.id, message_id="1", text="x"))[0] == 400


@pytest.mark.covers("E1.10")
async def test_keyboards_are_refused_and_typing_has_no_result(call: Client, lan: Person) -> None:
    assert (await call("sendMessage", chat_id=lan.id, text="x", reply_markup={}))[0] == 400
    assert await call("sendChatAction", chat_id=lan.id, action="typing") == (200, {"ok": True})
    assert (await call("sendChatAction", chat_id=lan.id, action="dancing"))[0] == 400
    assert lan.chat.actions == ["typing"]


@pytest.mark.covers("E0.4")
async def test_leaving_fails_where_a_picture_did_not_last(clock: StillClock) -> None:
    server = ZaloBotServer(clock)
    with pytest.raises(AssertionError, match="the second fetch differs"):
        async with server:
            server.failures.append("a: the second fetch differs")


@pytest.mark.covers("E0.3")
async def test_a_test_sees_all_calls_and_may_send_anything(server: ZaloBotServer, call: Client, lan: Person) -> None:
    server.inject({"event_name": "message.poll.received", "message": 7})
    assert (await call("getUpdates", timeout=0))[1]["result"]["message"] == 7
    lan.blocks()
    assert (await call("sendMessage", chat_id=lan.id, text="x"))[0] == 400
    lan.unblocks()
    assert (await call("sendMessage", chat_id=lan.id, text="x"))[0] == 200
    assert [(one.method, one.status) for one in server.calls] == [
        ("getUpdates", 200),
        ("sendMessage", 400),
        ("sendMessage", 200),
    ]
