"""The local Official Account itself, asked by a client that shares no code of ours."""

import io
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.fakes.clock import StillClock
from tests.fakes.zalo_cdn import JPEG
from tests.fakes.zalo_oa_people import PDF, Person
from tests.fakes.zalo_oa_server import OneGrant, ZaloOAServer

CS = "/v3.0/oa/message/cs"
Ask = Callable[..., Awaitable[Any]]
PICTURE = {"type": "template", "payload": {"template_type": "media", "elements": [{"media_type": "image"}]}}


@pytest.fixture
async def ask(oa_server: ZaloOAServer) -> AsyncIterator[Ask]:
    """POSTs JSON, or GETs; the answer as it came."""
    grant = oa_server.grants
    assert isinstance(grant, OneGrant)
    async with aiohttp.ClientSession(oa_server.url) as http:

        async def one(path: str, body: Any = None, headers: dict[str, str] | None = None, **query: Any) -> Any:
            sent = {"access_token": grant.good} if headers is None else headers
            method = "POST" if isinstance(body, dict | aiohttp.FormData) else "GET"
            form = {"data": body} if isinstance(body, aiohttp.FormData) else {"json": body}
            async with http.request(method, path, headers=sent, params=query, **form) as answer:
                assert answer.status == 200
                assert answer.headers["X-RateLimit-Limit"] == str(oa_server.world.switches.a_minute)
                return await answer.json()

        yield one


def to(person: Person, **message: Any) -> dict[str, Any]:
    return {"recipient": {"user_id": person.id}, "message": message}


def form(name: str, content: bytes) -> aiohttp.FormData:
    found = aiohttp.FormData()
    found.add_field("file", io.BytesIO(content), filename=name)
    return found


@pytest.mark.covers("E2.2")
@pytest.mark.parametrize("headers", [{}, {"Authorization": "Bearer {}"}, {"access_token": "Bearer {}"}])
async def test_a_token_stands_bare_in_its_own_header(
    oa_server: ZaloOAServer, ask: Ask, headers: dict[str, str]
) -> None:
    grant = oa_server.grants
    assert isinstance(grant, OneGrant)
    wrong = {name: value.format(grant.good) for name, value in headers.items()}
    assert (await ask("/v2.0/oa/getoa", headers=wrong))["error"] == -216
    assert (await ask("/v2.0/oa/getoa"))["error"] == 0


@pytest.mark.covers("E2.2")
async def test_so_many_calls_a_minute(oa_server: ZaloOAServer, ask: Ask, clock: StillClock) -> None:
    oa_server.world.switches.a_minute = 3
    codes = [(await ask("/v2.0/oa/getoa"))["error"] for _ in range(4)]
    assert codes == [0, 0, 0, -32]
    clock.move(timedelta(minutes=1))
    assert (await ask("/v2.0/oa/getoa"))["error"] == 0


@pytest.mark.covers("E0.2")
async def test_ids_are_opaque_text_and_words_are_not_escaped(oa_server: ZaloOAServer, hoa: Person) -> None:
    grant = oa_server.grants
    assert isinstance(grant, OneGrant)
    query = {"data": json.dumps({"user_id": hoa.id})}
    hoa.user.name = "Hoà"
    async with aiohttp.ClientSession(headers={"access_token": grant.good}) as http:
        async with http.get(f"{oa_server.url}/v3.0/oa/user/detail", params=query) as answer:
            raw = await answer.text()
        async with http.get(f"{oa_server.url}/v3.0/oa/nothing") as answer:
            assert answer.status == 404
    assert "Hoà" in raw
    assert int(json.loads(raw)["data"]["user_id"]) > 2**53
    assert oa_server.world.now() == "1701651600000"


@pytest.mark.covers("E2.3")
async def test_the_window_counts_free_then_billed_then_closes(
    oa_server: ZaloOAServer, ask: Ask, hoa: Person, clock: StillClock
) -> None:
    oa_server.world.switches.free = 2

    async def left() -> tuple[int, int]:
        person = await ask("/v3.0/oa/quota/message", {"user_id": hoa.id})
        plan = {"quota_owner": "OA", "product_type": "cs", "quota_type": "sub_quota"}
        [asset] = (await ask("/v3.0/oa/quota/message", plan))["data"]
        return person["data"]["cs_reply"]["remain"], asset["remain"]

    async def code() -> int:
        return int((await ask(CS, to(hoa, text="x")))["error"])

    assert await left() == (2, 500)
    assert (await code(), await code(), await left()) == (0, 0, (0, 500))
    assert (await code(), await left()) == (0, (0, 499))
    hoa.says("x")
    assert await left() == (2, 499)
    clock.move(timedelta(hours=48, seconds=1))
    assert (await left(), await code(), await left()) == ((0, 499), 0, (0, 498))
    oa_server.world.switches.billed = 2
    assert await code() == -211
    clock.move(timedelta(days=7))
    assert await code() == -230
    clock.move(timedelta(days=45))
    assert await code() == -227


@pytest.mark.covers("E2.3")
@pytest.mark.parametrize(
    "act",
    [lambda lan: lan.follows(), lambda lan: lan.clicks_chat(), lambda lan: lan.says("x"), lambda lan: lan.sends_card()],
)
async def test_what_a_person_does_opens_the_window(
    oa_server: ZaloOAServer, ask: Ask, act: Callable[[Person], object]
) -> None:
    lan = oa_server.person("Lan")
    assert (await ask(CS, to(lan, text="x")))["error"] == -213
    act(lan)
    assert (await ask(CS, to(lan, text="x")))["error"] == 0


@pytest.mark.covers("E2.3")
async def test_receipts_and_groups_open_no_window(
    oa_server: ZaloOAServer, ask: Ask, hoa: Person, clock: StillClock
) -> None:
    group = oa_server.group("Tổ Lá", hoa)
    clock.move(timedelta(days=8))
    hoa.reads()
    hoa.says("x", group)
    assert (await ask(CS, to(hoa, text="x")))["error"] == -230


BUTTON = {"title": "Việc", "type": "oa.query.show", "payload": "#viec"}


def buttons(*made: dict[str, Any]) -> dict[str, Any]:
    return {"type": "template", "payload": {"buttons": list(made)}}


@pytest.mark.covers("E2.3")
@pytest.mark.parametrize(
    "message",
    [
        {},
        {"text": ""},
        {"text": "x" * 2001},
        {"text": 7},
        {"text": "x", "parse_mode": "html"},
        {"text": "x", "quote_message_id": "none"},
        {"text": "x", "attachment": "y"},
        {"text": "x", "attachment": {"type": "image", "payload": {}}},
        {"text": "x", "attachment": buttons()},
        {"text": "x", "attachment": buttons(*[BUTTON] * 6)},
        {"attachment": buttons(BUTTON)},
        {"text": "x", "attachment": buttons(BUTTON | {"title": ""})},
        {"text": "x", "attachment": buttons(BUTTON | {"title": "x" * 101})},
        {"text": "x", "attachment": buttons(BUTTON | {"type": "oa.query"})},
        {"text": "x", "attachment": buttons(BUTTON | {"payload": {}})},
        {"text": "x", "attachment": buttons(BUTTON | {"type": "oa.open.url", "payload": {"url": "x"}})},
        {"text": "x", "attachment": buttons(BUTTON | {"type": "oa.open.phone", "payload": {}})},
        {"attachment": PICTURE},
        {"attachment": {"type": "template", "payload": {"template_type": "media", "elements": []}}},
        {"attachment": {"type": "template", "payload": {"template_type": "list", "elements": [{}]}}},
        {"attachment": {"type": "template", "payload": {"template_type": "request_user_info", "elements": [{}, {}]}}},
    ],
)
async def test_messages_of_another_shape_are_refused(ask: Ask, hoa: Person, message: dict[str, Any]) -> None:
    assert (await ask(CS, to(hoa, **message)))["error"] == -201


@pytest.mark.covers("E2.3")
@pytest.mark.parametrize(
    "button",
    [
        BUTTON,
        BUTTON | {"type": "oa.query.hide"},
        BUTTON | {"type": "oa.open.url", "payload": {"url": "https://example.vn"}},
        BUTTON | {"type": "oa.open.phone", "payload": {"phone_code": "84912345678"}},
        BUTTON | {"type": "oa.open.sms", "payload": {"phone_code": "84912345678", "content": "x"}},
    ],
)
async def test_every_kind_of_button(ask: Ask, hoa: Person, button: dict[str, Any]) -> None:
    assert (await ask(CS, to(hoa, text="x" * 2000, attachment=buttons(*[button] * 5))))["error"] == 0


@pytest.mark.covers("E2.3")
async def test_dead_addresses_say_so(ask: Ask, hoa: Person) -> None:
    for path in ("/v3.0/oa/message/transaction", "/v3.0/oa/message/promotion", "/v2.0/oa/message"):
        assert (await ask(path, to(hoa, text="x")))["error"] == -240
    said = hoa.says("x")
    reaction = {"react_icon": "/-strong", "react_message_id": said}
    assert (await ask("/v2.0/oa/message", {"recipient": {"user_id": hoa.id}, "sender_action": reaction}))["error"] == 0


@pytest.mark.covers("E0.4", "E2.3")
async def test_a_picture_by_address_is_fetched_twice_and_must_not_change(clock: StillClock) -> None:
    grant, served = OneGrant(), [JPEG]

    async def picture(_: web.Request) -> web.Response:
        return web.Response(body=served.pop(0) if len(served) > 1 else served[0])

    app = web.Application()
    app.router.add_get("/a.jpg", picture)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    element = {"media_type": "image", "url": f"http://127.0.0.1:{runner.addresses[0][1]}/a.jpg"}
    payload = {"template_type": "media", "elements": [element]}

    async def send() -> str:
        async with ZaloOAServer(clock, grant) as server, aiohttp.ClientSession() as http:
            lan = server.person("Lan")
            lan.follows()
            body = to(lan, attachment={"type": "template", "payload": payload})
            async with http.post(server.url + CS, json=body, headers={"access_token": grant.good}) as answer:
                assert (await answer.json())["error"] == 0
            return server.transcript(lan)[-1]

    assert "(image" in await send()
    served[:] = [JPEG, JPEG, b"black"]  # HEAD, then GET twice
    with pytest.raises(AssertionError, match="second fetch differs"):
        await send()
    await runner.cleanup()


@pytest.mark.covers("E2.4")
@pytest.mark.parametrize(
    ("kind", "name", "content", "code"),
    [
        ("image", "a.jpg", JPEG, 0),
        ("image", "a.png", b"\x89PNG", 0),
        ("image", "a.pdf", PDF, -201),
        ("image", "a.jpg", JPEG + b"0" * 1024 * 1024, -210),
        ("gif", "a.gif", b"GIF89a", 0),
        ("gif", "a.gif", b"GIF89a" + b"0" * 5 * 1024 * 1024, -210),
        ("file", "a.pdf", PDF, 0),
        ("file", "a.docx", b"PK", 0),
        ("file", "a.xlsx", b"PK", -201),
        ("file", "a.pdf", PDF + b"0" * 5 * 1024 * 1024, -210),
    ],
)
async def test_uploads_are_checked(ask: Ask, kind: str, name: str, content: bytes, code: int) -> None:
    assert (await ask(f"/v2.0/oa/upload/{kind}", form(name, content)))["error"] == code


@pytest.mark.covers("E2.4")
async def test_uploads_live_seven_days_and_are_counted(
    oa_server: ZaloOAServer, ask: Ask, hoa: Person, clock: StillClock
) -> None:
    token = (await ask("/v2.0/oa/upload/file", form("a.pdf", PDF)))["data"]["token"]
    paper = {"type": "file", "payload": {"token": token}}
    clock.move(timedelta(days=7))
    hoa.says("x")
    assert (await ask(CS, to(hoa, attachment=paper)))["error"] == 0
    assert (await ask(CS, to(hoa, text="x", attachment=paper)))["error"] == -201
    clock.move(timedelta(seconds=1))
    assert (await ask(CS, to(hoa, attachment=paper)))["error"] == -100
    oa_server.world.switches.uploads = 1
    assert (await ask("/v2.0/oa/upload/file", form("a.pdf", PDF)))["error"] == -211


@pytest.mark.covers("E2.4", "E2.3")
async def test_a_gif_needs_its_size_and_one_source(ask: Ask, hoa: Person) -> None:
    upload = (await ask("/v2.0/oa/upload/gif", form("a.gif", b"GIF89a")))["data"]["attachment_id"]

    async def code(**element: Any) -> int:
        elements = [{"media_type": "gif", "attachment_id": upload} | element]
        payload = {"template_type": "media", "elements": elements}
        return int((await ask(CS, to(hoa, attachment={"type": "template", "payload": payload})))["error"])

    assert await code(width=10, height=10) == 0
    assert await code() == -201
    assert await code(width=10, height=10, url="https://example.vn/a.gif") == -201


@pytest.mark.covers("E2.6")
async def test_a_group_s_life(oa_server: ZaloOAServer, ask: Ask, hoa: Person) -> None:
    events: list[Any] = []
    oa_server.world.emit = events.append
    lan, huong = oa_server.person("Lan"), oa_server.person("Hương")
    hoa.user.admin = huong.user.refuses_groups = huong.user.follower = True
    asset = (await ask("/v3.0/oa/quota/group", {}))["data"][0]
    made = {"group_name": "Tổ Lá", "asset_id": asset["asset_id"]}
    create = "/v3.0/oa/group/creategroupwithoa"
    codes = {
        -201: made | {"member_user_ids": []},
        -238: made | {"asset_id": "?", "member_user_ids": [hoa.id]},
        -213: made | {"member_user_ids": [hoa.id, lan.id]},
        -217: made | {"member_user_ids": [hoa.id, huong.id]},
        0: made | {"member_user_ids": [hoa.id]},
        -241: made | {"member_user_ids": [hoa.id]},
    }
    for code, body in codes.items():
        assert (await ask(create, body))["error"] == code
    [group] = oa_server.world.groups.values()
    assert (await ask("/v3.0/oa/quota/group", {}))["data"][0]["used_id"] == group.id
    lan.says("tôi đây")
    named = {"group_id": group.id, "member_user_ids": [lan.id]}
    for verb in ("invite", "addadmins", "removeadmins", "removemembers"):
        assert (await ask(f"/v3.0/oa/group/{verb}", named))["error"] == 0
    owned = oa_server.group("khác", hoa)
    owned.asks_in(lan)
    assert (await ask("/v3.0/oa/group/acceptpendinginvite", named))["error"] == -201
    pending = {"group_id": owned.id, "member_user_ids": [lan.id]}
    assert (await ask("/v3.0/oa/group/listpendinginvite", group_id=owned.id))["data"]["total"] == 1
    assert (await ask("/v3.0/oa/group/acceptpendinginvite", pending))["error"] == 0
    members = (await ask("/v3.0/oa/group/listmember", group_id=owned.id, offset=0, count=10))["data"]["members"]
    assert [member["name"] for member in members] == ["Hoa", "Lan"]
    owned.asks_in(huong)
    refused = {"group_id": owned.id, "member_user_ids": [huong.id]}
    assert (await ask("/v3.0/oa/group/rejectpendinginvite", refused))["error"] == 0
    assert (await ask("/v3.0/oa/group/updateinfo", {"group_id": group.id, "group_name": "Tổ Mầm"}))["error"] == 0
    shown = (await ask("/v3.0/oa/group/getgroup", group_id=group.id))["data"]["group_info"]
    assert (shown["name"], shown["status"], shown["total_member"]) == ("Tổ Mầm", "enabled", 1)
    assert (await ask("/v3.0/oa/group/delete", {"group_id": group.id}))["error"] == 0
    assert (await ask("/v3.0/oa/group/getgroup", group_id=group.id))["error"] == -403
    names = [event["event_name"] for event in events if "group" in event["event_name"]]
    assert (
        names
        == (
            "create_group user_join_group add_group_admin remove_group_admin user_out_group user_request_join_group "
            "accept_request_join_group user_join_group user_request_join_group reject_request_join_group "
            "update_group_info delete_group"
        ).split()
    )


@pytest.mark.covers("E2.6")
async def test_a_group_takes_no_buttons_and_no_forms(oa_server: ZaloOAServer, ask: Ask, hoa: Person) -> None:
    group = oa_server.group("Tổ Lá", hoa)

    async def code(**message: Any) -> int:
        body = {"recipient": {"group_id": group.id}, "message": message}
        return int((await ask("/v3.0/oa/group/message", body))["error"])

    assert await code(text=f"[@{hoa.id}] và [@{group.id}] ơi") == 0
    assert oa_server.transcript(group) == ["Nhắc Việc: @Hoa và @Tất cả ơi"]
    assert await code(text="x", attachment=buttons(BUTTON)) == -233
    group.lapses()
    assert await code(text="x") == -237


@pytest.mark.covers("E2.7")
async def test_templates_in_development_reach_the_account_s_own_people(
    oa_server: ZaloOAServer, ask: Ask, hoa: Person
) -> None:
    oa_server.template("nhac")
    body = {"phone": hoa.user.phone, "template_id": "nhac", "template_data": {}, "tracking_id": "1"}
    path = "/business/message/template"
    assert (await ask(path, body | {"mode": "development"}))["error"] == -119
    hoa.user.admin = True
    assert (await ask(path, body | {"mode": "development"}))["data"]["sending_mode"] == "development"
    assert (await ask(path, body | {"phone": f"0{hoa.user.phone[2:]}"}))["error"] == -108
    assert (await ask(path, body | {"tracking_id": "x" * 49}))["error"] == -1122
    assert (await ask("/business/message/quota"))["data"] == {"dailyQuota": "500", "remainingQuota": "499"}


@pytest.mark.covers("E0.3")
async def test_every_call_is_kept(oa_server: ZaloOAServer, ask: Ask, hoa: Person) -> None:
    await ask(CS, to(hoa, text="x"))
    [call] = oa_server.asked(CS)
    assert (call.params, call.code, call.at) == (to(hoa, text="x"), 0, oa_server.world.clock())
