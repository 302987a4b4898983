"""The chat page's endpoints on the real site and the real web chat."""

import json
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient, TestServer

from core.clock import local_day
from core.message import Address, Outbound
from tests.web.stage import KHANH, LAN, PLAN, QUOTE, Stage, stage
from web.demo import DECEMBER

Client = Any  # aiohttp's TestClient; its type parameters differ between releases


@pytest.fixture
def built(tmp_path: Path) -> Stage:
    return stage(folder=tmp_path / "sent")


@pytest.fixture
async def client(built: Stage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(built.app)) as client:
        yield client


async def say(client: Client, text: str, **values: Any) -> int:
    posted = {"id": "m-0000001", "persona": "lan", "room": "private", "unit": "VB-HOAPHUONG", "text": text} | values
    answer = await client.post("/chat/messages", json=posted)
    return int(answer.status)


async def listen(client: Client, persona: str, last_kind: str, **headers: str) -> list[dict[str, Any]]:
    """What the stream of a persona gives, up to and with the first event of that kind."""
    events: list[dict[str, Any]] = []
    async with client.get("/chat/events", params={"persona": persona}, headers=headers) as stream:
        assert stream.headers["Content-Type"] == "text/event-stream"
        mark = ""
        async for line in stream.content:
            if line.startswith(b"id: "):
                mark = line[4:].decode().strip()
            if line.startswith(b"data: "):
                events.append(json.loads(line[6:]) | {"event": mark})
                mark = ""
                if events[-1]["kind"] == last_kind:
                    return events
    raise AssertionError(f"the stream ended without {last_kind}")


async def test_a_question_is_shown_stored_and_answered(client: Client, built: Stage) -> None:
    assert await say(client, "tháng này nộp gì?") == 200
    events = await listen(client, "lan", "reply")
    said, reply = [event for event in events if event["kind"] != "typing"]
    assert (said["kind"], said["text"], said["sender"]) == ("said", "tháng này nộp gì?", "lan")
    assert (reply["text"], reply["reply_to"]) == ("Đã nghe: tháng này nộp gì?", "m-0000001")
    assert list(built.brain.stored) == ["m-0000001"]


async def test_a_message_posted_twice_is_answered_once(client: Client, built: Stage) -> None:
    await say(client, "hạn?")
    await listen(client, "lan", "reply")
    await say(client, "hạn?")
    await built.chat.send(Outbound(Address("web", "lan"), "hết"))
    events = await listen(client, "lan", "reply")
    last = await listen(client, "lan", "reply", **{"Last-Event-ID": events[-1]["event"]})
    assert [event["text"] for event in (*events, *last)] == ["hạn?", "Đã nghe: hạn?", "hết"]


async def test_the_group_is_read_by_all_its_members_and_nobody_else(client: Client, built: Stage) -> None:
    await say(client, "@Nhắc Việc tháng này?", room="group")
    assert [event["chat"] for event in await listen(client, "huong", "reply")][-1] == "g:VB-HOAPHUONG"
    await built.chat.send(Outbound(Address("web", "sen"), "cho Sen"))
    assert [event["text"] for event in await listen(client, "sen", "reply")] == ["cho Sen"]


@pytest.mark.parametrize(
    "values",
    [
        {"persona": "nobody"},
        {"room": "group", "unit": "DH-HOASIM"},
        {"room": "group", "unit": ""},
        {"id": "x"},
    ],
)
async def test_a_message_from_nobody_or_to_a_foreign_group_is_refused(
    client: Client, built: Stage, values: dict[str, str]
) -> None:
    assert await say(client, "hạn?", **values) == 400
    assert built.brain.stored == {}


async def test_another_sites_form_cannot_post(client: Client, built: Stage) -> None:
    answer = await client.post("/chat/messages", data=b"{}", headers={"Content-Type": "text/plain"})
    assert (answer.status, built.brain.stored) == (415, {})


async def test_a_stranger_has_no_stream(client: Client) -> None:
    assert (await client.get("/chat/events?persona=nobody")).status == 404
    assert (await client.get("/chat/events")).status == 404


async def test_a_source_is_shown_with_what_stands_around_it(client: Client) -> None:
    shown = await (await client.get("/chat/source/1/30")).json()
    cited = [passage for passage in shown["passages"] if passage["cited"]]
    assert [QUOTE in passage["text"] for passage in cited] == [True]
    assert [passage["line"] for passage in shown["passages"]] == list(range(19, 44))
    assert (shown["title"], shown["number"], shown["before"], shown["after"]) == (PLAN.head.title, "88/KH", True, True)
    first = await (await client.get("/chat/source/1/0")).json()
    assert (first["before"], first["passages"][0]["cited"]) == (False, True)


async def test_a_sentence_of_a_row_is_shown_in_its_row_once(client: Client) -> None:
    shown = await (await client.get("/chat/source/2/1")).json()
    assert [(passage["text"], passage["cited"]) for passage in shown["passages"]] == [
        ("Cân đo trẻ. Gửi số liệu trước 05/12.", True),
        ("Gửi số liệu trước 05/12.", False),  # the same words on another line
    ]


@pytest.mark.parametrize("path", ["1/60", "3/0", "x/1", "1/-1", "1/" + "9" * 30])
async def test_a_source_that_is_not_there_is_not_found(client: Client, path: str) -> None:
    assert (await client.get(f"/chat/source/{path}")).status == 404


@pytest.mark.parametrize(
    ("asked", "day", "words"),
    [
        ({"days": 1}, "2023-12-02", "Thứ Bảy, ngày 2 tháng 12 năm 2023"),
        ({"days": 7}, "2023-12-08", "Thứ Sáu, ngày 8 tháng 12 năm 2023"),
        ({"to": "2024-02-29"}, "2024-02-29", "Thứ Năm, ngày 29 tháng 2 năm 2024"),
    ],
)
async def test_the_clock_moves_forward_and_every_chat_is_told(
    client: Client, asked: dict[str, Any], day: str, words: str
) -> None:
    moved = await client.post("/chat/clock", json=asked)
    assert await moved.json() == {"day": day, "text": words}
    for persona in (LAN, KHANH):
        assert (await listen(client, persona.id, "day"))[-1]["text"] == words
    assert words in await (await client.get("/chat")).text()


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"7",
        b"{}",
        b'"to"',
        b'{"days": 0}',
        b'{"days": -1}',
        b'{"days": 99999}',
        b'{"days": 1e999}',
        b'{"days": "x"}',
        b'{"to": "2023-12-01"}',
        b'{"to": "2023-11-30"}',
        b'{"to": "2023-02-31"}',
        b'{"to": 5}',
    ],
)
async def test_the_clock_never_moves_back_nor_on_nonsense(client: Client, built: Stage, body: bytes) -> None:
    before = built.clock()
    answer = await client.post("/chat/clock", data=body, headers={"Content-Type": "application/json"})
    assert (answer.status, built.clock()) == (400, before)


@pytest.mark.parametrize("body", [b"", b"7", b"{}", b'{"persona": "nobody"}', b'{"persona": ["lan"]}'])
async def test_nobody_else_is_let_into_the_staff_site(client: Client, body: bytes) -> None:
    answer = await client.post("/chat/trang-quan-ly", data=body, headers={"Content-Type": "application/json"})
    assert answer.status == 400
    assert (await client.post("/chat/trang-quan-ly", data={"persona": LAN.id})).status == 415


async def test_a_persona_is_let_into_the_staff_site_at_the_month_that_is_filled(client: Client, built: Stage) -> None:
    at_once = await client.post("/chat/trang-quan-ly", json={"persona": LAN.id})
    assert await at_once.json() == {"address": "/trang-quan-ly/vao/token-of-lan"}
    assert built.filled == 0
    for _ in range(2):
        await client.post("/chat/trang-quan-ly", json={"persona": KHANH.id, "december": True})
        assert (built.filled, local_day(built.clock())) == (1, DECEMBER)
    assert "data-december" not in await (await client.get("/chat")).text()


async def test_the_page_offers_everybody_by_province_and_loads_nothing_from_elsewhere(client: Client) -> None:
    page = await (await client.get("/")).text()  # / leads to /chat
    for persona in (LAN, KHANH):
        assert persona.name in page
    assert page.index("Hải Phòng</legend>") < page.index("Quảng Ninh</legend>")
    assert 'src="http' not in page
    assert "<style" not in page
    assert "style=" not in page


async def test_what_the_new_day_brings_comes_at_once(client: Client, built: Stage) -> None:
    await client.post("/chat/clock", json={"days": 3})
    await client.post("/chat/clock", json={"days": 0})
    assert built.mornings == [date(2023, 12, 4)]
