"""What the events of the Zalo Bot Platform mean, payload by payload."""

import json
from pathlib import Path
from typing import Any

import pytest

from bot.platforms.zalo_bot import ZaloBot
from bot.platforms.zalo_bot_inbound import without_name
from core.errors import Unreadable
from core.message import Address, FileRef, InboundKind
from tests.fakes.clock import START

PRIVATE = Address("zalo_bot", "9f1c2b7a4e5d60718293")
GROUP = Address("zalo_bot", "c0ffee11223344556677")
SENT = {
    "sent_at": START,
    "kind": InboundKind.TEXT,
    "sender": "9f1c2b7a4e5d60718293",
    "sender_name": "Người A",
    "message_id": "2d75aa10b3c4d5e6f708",
    "addressed": True,
    "files": (),
}
ALONE = SENT | {"address": PRIVATE, "group": False}
TOGETHER = SENT | {"address": GROUP, "group": True}
PHOTO = {
    "kind": InboundKind.PHOTO,
    "files": (FileRef("photo", "", url="https://photo-stal-1.example.vn/a.jpg"),),
}
VOICE = {
    "kind": InboundKind.VOICE,
    "files": (FileRef("voice", "", url="https://f2-voice-aac-dl.example.vn/a.aac"),),
}
UNDERSTOOD: dict[str, dict[str, Any]] = {
    "text_private": ALONE | {"text": "tháng này nộp gì?"},
    "text_wrapped": ALONE | {"text": "tháng này nộp gì?"},
    "text_decomposed": ALONE | {"text": "Hạn nộp đề cương ôn tập"},
    "text_controls": ALONE | {"text": "nộp gì?"},
    "text_seconds": ALONE | {"text": "hạn?"},
    "number_ids": {"address": Address("zalo_bot", "42"), "sender": "42"},
    "group_mention": TOGETHER | {"text": "hôm nay có gì?"},
    "group_mention_bare": TOGETHER | {"text": "hôm nay có gì?"},
    "group_mention_joined": TOGETHER | {"text": "hôm nay có gì?"},
    "group_other_name": TOGETHER | {"text": "@Bot Nhắc Việcx hỏi @ai đó"},
    "image": ALONE | PHOTO | {"text": "biên bản"},
    "image_as_documented": ALONE | PHOTO | {"text": ""},
    "image_group": TOGETHER | PHOTO | {"text": "nộp minh chứng"},
    "image_without_address": ALONE | {"kind": InboundKind.WITHHELD},
    "voice": ALONE | VOICE,
    "sticker": ALONE | {"kind": InboundKind.STICKER, "text": ""},
    "unsupported": ALONE | {"kind": InboundKind.WITHHELD},
    "link": ALONE | {"kind": InboundKind.LINK, "text": "https://example.vn/ke-hoach"},
    "added_to_group": {"address": GROUP, "kind": InboundKind.JOINED, "group": True, "sender": PRIVATE.chat},
}
NOTHING_FOR_US = {"unsupported_bare", "reaction", "added_to_group_bare", "unknown_event", "other_bot"}
MALFORMED: list[Any] = [
    None,
    7,
    "chào",
    [],
    {},
    {"event_name": 5},
    {"event_name": "message.text.received"},
    {"event_name": "message.text.received", "message": []},
    {"event_name": "message.text.received", "message": {"text": "x"}},
    {"event_name": "message.text.received", "message": {"from": {"id": "1"}, "chat": {"id": "1"}, "text": "x"}},
]
CHANGES: list[dict[str, Any]] = [
    {"text": None},
    {"text": 5},
    {"from": None},
    {"from": "Lan"},
    {"from": {"display_name": "Lan"}},
    {"chat": None},
    {"chat": {"chat_type": "PRIVATE"}},
    {"chat": {"id": True}},
    {"chat": {"id": {}}},
    {"message_id": None},
    {"message_id": ""},
    {"message_id": "a\0b"},
    {"chat": {"id": "x" * 101}},
    {"from": {"id": "\ud83d"}},
]


def changed(path: Path, **fields: Any) -> bytes:
    """The sample with some of its message replaced."""
    event = json.loads(path.read_bytes())
    event["message"] |= fields
    return json.dumps(event).encode()


@pytest.mark.covers("E1.6", "E1.7")
@pytest.mark.parametrize("name", UNDERSTOOD)
def test_an_event_is_understood(zalo: ZaloBot, deliveries: Path, name: str) -> None:
    found = zalo.read((deliveries / f"{name}.json").read_bytes())
    assert found is not None
    assert {key: getattr(found, key) for key in UNDERSTOOD[name]} == UNDERSTOOD[name]


@pytest.mark.parametrize("name", sorted(NOTHING_FOR_US))
def test_an_event_that_does_not_concern_us_is_nothing(zalo: ZaloBot, deliveries: Path, name: str) -> None:
    assert zalo.read((deliveries / f"{name}.json").read_bytes()) is None


def test_every_sample_payload_is_tested(deliveries: Path) -> None:
    assert {path.stem for path in deliveries.glob("*.json")} == UNDERSTOOD.keys() | NOTHING_FOR_US


@pytest.mark.parametrize("event", MALFORMED, ids=json.dumps)
def test_a_malformed_event_is_unreadable(zalo: ZaloBot, event: object) -> None:
    with pytest.raises(Unreadable):
        zalo.read(json.dumps(event).encode())


@pytest.mark.parametrize("fields", CHANGES, ids=json.dumps)
def test_a_malformed_message_is_unreadable(zalo: ZaloBot, deliveries: Path, fields: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        zalo.read(changed(deliveries / "text_private.json", **fields))


@pytest.mark.parametrize("raw", [b"", b"\xff\xfe", b"{", b"[" * 100_000, b'{"a":' * 100_000])
def test_bytes_that_are_no_json_are_unreadable(zalo: ZaloBot, raw: bytes) -> None:
    with pytest.raises(Unreadable):
        zalo.read(raw)


@pytest.mark.parametrize("date", [None, "sai", {}, -(10**30), 10**30, 1e400, True])
def test_an_odd_date_does_not_lose_the_message(zalo: ZaloBot, deliveries: Path, date: object) -> None:
    found = zalo.read(changed(deliveries / "text_private.json", date=date))
    assert found is not None
    assert found.text == "tháng này nộp gì?"


def test_a_very_long_text_is_read_whole(zalo: ZaloBot, deliveries: Path) -> None:
    text = "Hạn nộp @đề cương? " * 5_000
    found = zalo.read(changed(deliveries / "text_private.json", text=text))
    assert found is not None
    assert found.text == text.strip()


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("\u202eCô\u202c \u2067Hoa\u2069", "Cô Hoa"),
        ("Cô Hoa 👩‍👩‍👧 🌸", "Cô Hoa 👩‍👩‍👧 🌸"),
        ("Hoa " * 50, ("Hoa " * 50).strip()),
        ("Hoa\n\nNgày mai nghỉ", "Hoa Ngày mai nghỉ"),
        ("\ud83d", "\ufffd"),
        (None, ""),
    ],
)
def test_odd_names_are_shown_as_one_harmless_line(
    zalo: ZaloBot, deliveries: Path, name: str | None, shown: str
) -> None:
    sender = {"id": "1", "display_name": name, "is_bot": False}
    found = zalo.read(changed(deliveries / "text_private.json", **{"from": sender}))
    assert found is not None
    assert found.sender_name == shown


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@Bot Nhắc Việc", ""),
        ("@bot nhắc việc, chào", "chào"),
        ("@ Bot  Nhac   Viec chào", "chào"),
        ("@BOTNHẮCVIỆC chào", "chào"),
        ("@bot.nhacviec chào", "chào"),
        ("cho hỏi @Bot Nhắc Việc hạn nào?", "cho hỏi hạn nào?"),
        ("@Bot Nhắc Việc @Bot Nhắc Việc hạn?", "hạn?"),
        ("@Bot Nhắc hạn?", "@Bot Nhắc hạn?"),
        ("a@b.vn gửi Bot Nhắc Việc", "a@b.vn gửi Bot Nhắc Việc"),
        ("@", "@"),
    ],
)
def test_the_bots_name_is_no_part_of_the_question(text: str, rest: str) -> None:
    assert without_name(text, ("Bot Nhắc Việc", "bot.nhacviec", "")) == rest


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("@Bot Nhắc Việc", ""),
        ("@Bot Nhắc Việc /thamgia", "/thamgia"),
        ("@Bot Nhắc Việc\n2", "2"),
        ("@Bot Nhắc Việc, hạn nào?", "hạn nào?"),
        ("@bot.nhacviec chào", "chào"),
        ("cho hỏi @Bot: hạn nào?", "cho hỏi hạn nào?"),
        ("hỏi a@Bottle.vn", "hỏi a@Bottle.vn"),
        ("Bot Nhắc Việc", "Bot Nhắc Việc"),
    ],
)
def test_where_the_service_does_not_say_its_name_any_bots_is_taken_out(text: str, rest: str) -> None:
    assert without_name(text, ("", "bot.nhacviec")) == rest


def test_text_is_read_before_the_service_was_ever_reached(deliveries: Path) -> None:
    found = ZaloBot.open("1:a").read((deliveries / "group_mention.json").read_bytes())
    assert found is not None
    assert found.text == "hôm nay có gì?"
