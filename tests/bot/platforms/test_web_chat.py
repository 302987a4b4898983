"""The web chat as a chat service: what the page posts, and what its stream gets."""

import asyncio
import json
from contextlib import aclosing
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.web_chat import WebChat
from bot.platforms.web_hub import KEPT, WAITING
from core.errors import FetchFailed, Unreadable
from core.message import Address, Choice, FileOut, FileRef, Inbound, InboundKind, Outbound, SourceRef
from core.platform import Platform

LAN = Address("web", "lan")
GROUP = Address("web", "g:VB")


def body(**values: object) -> bytes:
    return json.dumps({"id": "m-0000001", "persona": "lan", "room": "private", "text": "hạn nộp?"} | values).encode()


def read(chat: WebChat, **values: object) -> Inbound:
    message = chat.read(body(**values))
    assert message is not None
    return message


async def heard(chat: WebChat, *chats: str, after: str = "") -> list[dict[str, Any]]:
    """All that a page gets that opens now."""
    found = []
    async with aclosing(chat.subscribe(chats, after, idle=0)) as events:
        async for event in events:
            if event is None:
                break
            found.append(json.loads(event.data) | {"event": event.id})
    return found


@pytest.fixture
def chat() -> WebChat:
    return WebChat("Nhắc Việc")


def test_it_fits_the_protocol(chat: WebChat) -> None:
    platform: Platform = chat
    assert (platform.name, platform.limits.buttons, platform.limits.typing) == ("web", 100, True)


def test_a_private_message_is_addressed_to_the_bot(chat: WebChat) -> None:
    assert read(chat) == Inbound(LAN, "lan", text="hạn nộp?", message_id="m-0000001")


def test_a_post_keeps_its_id_and_the_order_of_its_chat(chat: WebChat) -> None:
    (delivery,) = chat.accept({}, body())
    assert (delivery.platform, delivery.id, delivery.lane, delivery.raw) == ("web", "m-0000001", "lan", body())
    (delivery,) = chat.accept({}, body(room="group", unit="VB"))
    assert delivery.lane == "g:VB"


@pytest.mark.parametrize(
    ("text", "addressed", "left"),
    [
        ("mai họp nhé", False, "mai họp nhé"),
        ("@Nhắc Việc tháng này nộp gì?", True, "tháng này nộp gì?"),
        ("  @nhac viec, thang nay?", True, "thang nay?"),
        ("@NhắcViệc: hạn?", True, "hạn?"),
        ("@Nhắc Việc", True, ""),
        ("Nhắc Việc giúp tôi", False, "Nhắc Việc giúp tôi"),
        ("hỏi @Nhắc Việc nhé", False, "hỏi @Nhắc Việc nhé"),
        ("/thangnay", True, "/thangnay"),
        ("@Nhắc Việc /han sáng kiến", True, "/han sáng kiến"),
        ("", False, ""),
    ],
)
def test_in_a_group_it_listens_when_called(chat: WebChat, text: str, addressed: bool, left: str) -> None:
    message = read(chat, room="group", unit="VB", text=text)
    assert (message.addressed, message.text, message.group, message.address) == (addressed, left, True, GROUP)


def test_a_tapped_choice_is_as_good_as_its_words(chat: WebChat) -> None:
    message = read(chat, room="group", unit="VB", text="1. Cấp huyện", choice="1")
    assert (message.text, message.addressed) == ("1", True)


def test_text_is_nfc_and_free_of_what_no_database_takes(chat: WebChat) -> None:
    raw = b'{"id":"m-0000001","persona":"lan","room":"private","text":"ha\\u0323n\\u0000 \\ud800 n\\u00f4\\u0323p\\n?"}'
    message = chat.read(raw)
    assert message is not None
    assert message.text == "hạn \ufffd nộp\n?"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 100_000,
        body(id="short"),
        body(id="m-000000\n1"),
        body(id=7),
        body(text=None),
        body(persona=""),
        body(room="group"),
    ],
)
def test_what_the_page_would_not_post_is_unreadable(chat: WebChat, raw: bytes) -> None:
    with pytest.raises(Unreadable):
        chat.accept({}, raw)
    with pytest.raises(Unreadable):
        chat.read(raw)


@given(
    st.binary() | st.recursive(st.none() | st.text() | st.integers(), st.lists).map(lambda v: json.dumps(v).encode())
)
def test_no_body_whatever_breaks_it(raw: bytes) -> None:
    with pytest.raises(Unreadable):
        WebChat("Nhắc Việc").accept({}, raw)


@given(st.text())
def test_any_text_is_read_and_can_be_stored(text: str) -> None:
    message = read(WebChat("Nhắc Việc"), text=text, room="group", unit="VB")
    assert "\0" not in message.text.encode().decode()


async def test_an_answer_reaches_the_page_with_its_choices_and_sources(chat: WebChat) -> None:
    source = SourceRef(3, 12, "Kế hoạch 88/KH", "trước ngày 05/12")
    sent = await chat.send(Outbound(LAN, "Hạn: 05/12", (Choice("Xem thêm", "xem thêm"),), (source,), "m-0000001"))
    (event,) = await heard(chat, "lan")
    assert event | {"event": ""} == {
        "kind": "reply",
        "chat": "lan",
        "id": sent,
        "event": "",
        "text": "Hạn: 05/12",
        "reply_to": "m-0000001",
        "choices": [{"label": "Xem thêm", "value": "xem thêm"}],
        "sources": [{"document": 3, "passage": 12, "label": "Kế hoạch 88/KH", "quote": "trước ngày 05/12"}],
        "files": [],
    }


async def test_files_are_shown_by_their_path_whatever_this_machine_is_called(chat: WebChat, tmp_path: Path) -> None:
    files = (
        FileOut("ảnh.jpg", "image/jpeg", 3, tmp_path, "http://127.0.0.1:8080/f/abc.def"),
        FileOut("kế hoạch.pdf", "application/pdf", 5, tmp_path),
    )
    await chat.send(Outbound(LAN, "2 tệp", files=files))
    (event,) = await heard(chat, "lan")
    assert event["files"] == [
        {"name": "ảnh.jpg", "size": 3, "picture": True, "address": "/f/abc.def"},
        {"name": "kế hoạch.pdf", "size": 5, "picture": False, "address": ""},
    ]


@pytest.mark.parametrize(
    ("names", "kind", "kinds"),
    [
        (["a.jpg", "b.HEIC"], InboundKind.PHOTO, ["photo", "photo"]),
        (["a.jpg", "b.pdf"], InboundKind.FILE, ["photo", "document"]),
        (["phim.mp4"], InboundKind.FILE, ["video"]),
        (["ghi chú"], InboundKind.FILE, ["document"]),
    ],
)
def test_what_files_are_is_told_by_their_names(
    chat: WebChat, names: list[str], kind: InboundKind, kinds: list[str]
) -> None:
    files = [{"id": f"{number:032x}", "name": name, "size": 1} for number, name in enumerate(names)]
    message = read(chat, text="", files=files)
    assert (message.kind, [file.kind for file in message.files], message.text) == (kind, kinds, "")


def test_an_answer_to_the_bots_message_calls_it(chat: WebChat) -> None:
    message = read(chat, room="group", unit="VB", text="đây ạ", reply_to="ab12cd34-m7")
    assert (message.addressed, message.reply_to) == (True, "ab12cd34-m7")


@pytest.mark.parametrize("id", ["0" * 32, "../x", "", "0" * 31])
async def test_a_file_that_is_not_there_is_gone(tmp_path: Path, id: str) -> None:
    for chat in (WebChat("Nhắc Việc"), WebChat("Nhắc Việc", folder=tmp_path)):
        with pytest.raises(FetchFailed) as failed:
            await chat.fetch(FileRef("photo", id), BytesIO())
        assert failed.value.gone


async def test_nobody_hears_another_chat(chat: WebChat) -> None:
    await chat.send(Outbound(LAN, "riêng"))
    assert await heard(chat, "huong", "g:VB") == []


async def test_a_page_that_comes_back_gets_only_what_it_missed(chat: WebChat) -> None:
    await chat.send(Outbound(LAN, "một"))
    await chat.send(Outbound(GROUP, "hai"))
    first, second = await heard(chat, "lan", "g:VB")
    assert (first["text"], second["text"]) == ("một", "hai")
    assert await heard(chat, "lan", "g:VB", after=first["event"]) == [second]
    assert await heard(chat, "lan", "g:VB", after=second["event"]) == []


@pytest.mark.parametrize("after", ["", "otherrun-9", "x", "-", "1-²"])
async def test_a_mark_from_before_a_restart_gets_all_that_is_kept(chat: WebChat, after: str) -> None:
    await chat.send(Outbound(LAN, "một"))
    assert [event["text"] for event in await heard(chat, "lan", after=after)] == ["một"]


async def test_the_backlog_is_bounded(chat: WebChat) -> None:
    for number in range(KEPT + 5):
        await chat.send(Outbound(LAN, str(number)))
    assert [event["text"] for event in await heard(chat, "lan")] == [str(n) for n in range(5, KEPT + 5)]


async def test_a_message_posted_twice_is_shown_once(chat: WebChat) -> None:
    for delivery in (*chat.accept({}, body()), *chat.accept({}, body())):
        chat.show(delivery)
    (event,) = await heard(chat, "lan")
    assert (event["kind"], event["id"], event["sender"], event["text"]) == ("said", "m-0000001", "lan", "hạn nộp?")


async def test_typing_is_seen_at_once_and_never_again(chat: WebChat) -> None:
    async with aclosing(chat.subscribe(["lan"], idle=5)) as events:
        coming = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0)
        await chat.typing(LAN)
        event = await coming
    assert event is not None
    assert (event.id, json.loads(event.data)) == ("", {"kind": "typing", "chat": "lan"})
    assert await heard(chat, "lan") == []


async def test_a_new_day_is_told_in_every_chat(chat: WebChat) -> None:
    chat.announce(["lan", "g:VB"], date(2023, 12, 4), "Thứ Hai")
    assert [(e["chat"], e["day"], e["text"]) for e in await heard(chat, "lan", "g:VB")] == [
        ("lan", "2023-12-04", "Thứ Hai"),
        ("g:VB", "2023-12-04", "Thứ Hai"),
    ]


async def test_closing_ends_every_stream(chat: WebChat) -> None:
    async with aclosing(chat.subscribe(["lan"], idle=5)) as events:
        coming = asyncio.ensure_future(anext(events, None))
        await asyncio.sleep(0)
        chat.close()
        assert await coming is None


async def test_a_page_that_lags_too_far_behind_starts_again_without_a_gap(chat: WebChat) -> None:
    async with aclosing(chat.subscribe(["lan"], idle=5)) as slow:
        first = asyncio.ensure_future(anext(slow))
        await asyncio.sleep(0)
        await chat.send(Outbound(LAN, "đầu"))
        seen = await first
        for number in range(WAITING + 1):
            await chat.send(Outbound(LAN, str(number)))
        assert [event async for event in slow] == []
    assert seen is not None
    again = await heard(chat, "lan", after=seen.id)
    assert [event["text"] for event in again] == [str(number) for number in range(WAITING + 1 - KEPT, WAITING + 1)]
