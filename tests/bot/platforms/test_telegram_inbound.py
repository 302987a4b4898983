"""What Telegram's updates mean, payload by payload."""

import json
from typing import Any

import pytest

from bot.platforms.telegram import Telegram
from core.errors import Unreadable
from core.message import Address, FileRef, InboundKind
from tests.fakes.clock import START
from tests.fakes.telegram_payloads import DELIVERIES, payload

PRIVATE = Address("telegram", "100001")
GROUP = Address("telegram", "-4001")
SENT = {"sent_at": START, "kind": InboundKind.TEXT, "sender": "100001", "sender_name": "Người A"}
ALONE = SENT | {"address": PRIVATE, "group": False, "addressed": True}
TOGETHER = SENT | {"address": GROUP, "group": True}
FORUM = SENT | {"address": Address("telegram", "-1001000004002"), "group": True, "addressed": False}
PHOTO = (FileRef("photo", "large", size=98_000),)
DOCUMENT = (FileRef("document", "doc", "Kế hoạch tháng 12.docx", 20_480),)
UNDERSTOOD: dict[str, dict[str, Any]] = {
    "text_private": ALONE | {"text": "tháng này nộp gì?", "message_id": "11"},
    "text_decomposed": ALONE | {"text": "Hạn nộp đề cương ôn tập"},
    "start_with_code": ALONE | {"text": "/start M4K7"},
    "command_group": TOGETHER | {"text": "/han đề cương", "addressed": True},
    "mention_after_emoji": TOGETHER | {"text": "🌸 tháng này nộp gì?", "addressed": True},
    "group_chatter": TOGETHER | {"text": "Chiều nay họp nhé @ai_do", "addressed": False},
    "reply_to_bot": TOGETHER | {"addressed": True, "reply_to": "10", "message_id": "12"},
    "topic_message": FORUM | {"address": Address("telegram", "-1001000004002", "5"), "reply_to": ""},
    "reply_chain_without_topic": FORUM | {"reply_to": "9"},
    "anonymous_admin": FORUM | {"sender": "-1001000004002", "sender_name": "", "addressed": True, "text": "/han"},
    "photo_caption": ALONE | {"kind": InboundKind.PHOTO, "text": "nộp minh chứng", "files": PHOTO},
    "document": ALONE | {"kind": InboundKind.FILE, "files": DOCUMENT},
    "voice": ALONE | {"kind": InboundKind.VOICE, "files": (FileRef("voice", "voice", size=9_000),)},
    "sticker": ALONE | {"kind": InboundKind.STICKER, "text": ""},
    "location": ALONE | {"kind": InboundKind.OTHER},
    "press_private": ALONE | {"text": "xem thêm", "message_id": "30", "sent_at": None},
    "press_old_message_group": TOGETHER | {"text": "1", "addressed": True, "message_id": "31", "sent_at": None},
    "joined": TOGETHER | {"kind": InboundKind.JOINED},
    "kicked": TOGETHER | {"kind": InboundKind.LEFT},
    "blocked": ALONE | {"kind": InboundKind.LEFT},
    "unblocked": ALONE | {"kind": InboundKind.BACK},
    "migrated": TOGETHER | {"kind": InboundKind.MOVED, "moved_to": "-1001000004003", "sender": "", "sender_name": ""},
}
NOTHING_FOR_US = {
    "command_of_another_bot",
    "pinned",
    "migrated_from",
    "edited",
    "channel_post",
    "other_bot",
}


@pytest.mark.parametrize("name", UNDERSTOOD)
async def test_an_update_is_understood(telegram: Telegram, name: str) -> None:
    found = telegram.read(payload(name))
    assert found is not None
    assert {key: getattr(found, key) for key in UNDERSTOOD[name]} == UNDERSTOOD[name]


@pytest.mark.parametrize("name", sorted(NOTHING_FOR_US))
async def test_an_update_that_does_not_concern_us_is_nothing(telegram: Telegram, name: str) -> None:
    assert telegram.read(payload(name)) is None


def test_every_sample_payload_is_tested() -> None:
    assert {path.stem for path in DELIVERIES.glob("*.json")} == UNDERSTOOD.keys() | NOTHING_FOR_US


def test_text_is_read_before_the_service_was_ever_reached() -> None:
    found = Telegram.open("7000000001:AAoffline").read(payload("reply_to_bot"))
    assert found is not None
    assert found.addressed


def test_text_that_a_database_would_refuse_is_mended(telegram: Telegram) -> None:
    update = json.loads(payload("text_private"))
    update["message"]["text"] = "n\0ộp \ud83d gì"
    found = telegram.read(json.dumps(update).encode())
    assert found is not None
    assert found.text == "nộp \ufffd gì"


@pytest.mark.parametrize(
    "odd",
    [
        {"message": {"message_id": 1}},
        {"message": {"message_id": 1, "date": "hôm qua", "chat": {"id": 1, "type": "private"}}},
        {"message": {"message_id": 1, "date": 1, "chat": {"id": 1, "type": "private"}, "from": 3, "text": "x"}},
        {"callback_query": {"id": "1"}},
        {"my_chat_member": []},
        {"message": "x"},
    ],
)
def test_an_update_of_a_wrong_shape_is_unreadable(telegram: Telegram, odd: dict[str, Any]) -> None:
    with pytest.raises(Unreadable):
        telegram.read(json.dumps({"update_id": 1} | odd).encode())


def test_a_text_that_is_no_text_is_unreadable(telegram: Telegram) -> None:
    update = json.loads(payload("text_private"))
    update["message"]["text"] = 5
    with pytest.raises(Unreadable):
        telegram.read(json.dumps(update).encode())
