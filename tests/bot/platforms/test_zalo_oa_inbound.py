"""Events of an Official Account, understood."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.platforms.zalo_oa import ZaloOA
from bot.platforms.zalo_oa_inbound import Ours, inbound
from core.errors import Unreadable
from core.message import Address, FileRef, Inbound, InboundKind
from tests.fakes.zalo_oa_payloads import DELIVERIES, GROUP, HOA, payload
from tests.fakes.zalo_oa_server import OneGrant
from tests.fakes.zalo_oa_world import APP_ID, OA_ID

PRIVATE = Address("zalo_oa", HOA)
IN_GROUP = Address("zalo_oa", GROUP)
SENT_AT = datetime(2023, 12, 1, 0, 0, 0, 123000, UTC)
CDN = "https://f1.example.vn/"
PDF = "kế hoạch.pdf"
ODD: tuple[object, ...] = (None, 7, "x", [], {}, [[]], {"id": None}, {"id": {}}, True)
MD5 = "d41d8cd98f00b204e9800998ecf8427e"


def account(oa_id: str = OA_ID) -> ZaloOA:
    return ZaloOA.open(APP_ID, "key", OneGrant(), oa_id=oa_id)


def read(name: str, oa_id: str = OA_ID) -> Inbound | None:
    return account(oa_id).read(payload(name))


def understood(name: str) -> Inbound:
    found = read(name)
    assert found is not None
    return found


def test_a_text_is_who_where_what_and_when() -> None:
    assert understood("text") == Inbound(
        PRIVATE, HOA, text="tháng này đến hạn gì?", message_id="96d3cdf3af15046090", sent_at=SENT_AT
    )


@pytest.mark.parametrize(
    ("name", "kind", "text", "files"),
    [
        ("image", InboundKind.PHOTO, "biên bản", (FileRef("photo", "", url=CDN + "a.jpg"),)),
        ("image_photo", InboundKind.PHOTO, "", (FileRef("photo", "", url=CDN + "a.jpg"),)),
        ("image_without_url", InboundKind.WITHHELD, "", ()),
        ("gif", InboundKind.PHOTO, "", (FileRef("photo", "", url=CDN + "a.gif"),)),
        ("link", InboundKind.LINK, "https://truong.example.vn", ()),
        ("audio", InboundKind.VOICE, "", (FileRef("voice", "", url=CDN + "a.amr"),)),
        ("video", InboundKind.FILE, "", (FileRef("video", "", url=CDN + "a.mp4"),)),
        ("sticker", InboundKind.STICKER, "", ()),
        ("file", InboundKind.FILE, "", (FileRef("document", "", PDF, 233947, CDN + "k.pdf", MD5),)),
        ("file_size_number", InboundKind.FILE, "", (FileRef("document", "", "k.pdf", 233947, CDN + "k.pdf"),)),
        ("file_size_odd", InboundKind.FILE, "", (FileRef("document", "", url=CDN + "k.pdf"),)),
        ("location", InboundKind.OTHER, "", ()),
        ("business_card", InboundKind.OTHER, "", ()),
        ("new_kind", InboundKind.OTHER, "", ()),
        ("text_decomposed", InboundKind.TEXT, "hạn nộp báo cáo?", ()),
        ("text_old_numbers", InboundKind.TEXT, "chào", ()),
        ("hash_word", InboundKind.TEXT, "#viec_thang", ()),
    ],
)
def test_what_a_person_sends(name: str, kind: InboundKind, text: str, files: tuple[FileRef, ...]) -> None:
    found = understood(name)
    assert (found.kind, found.text, found.files) == (kind, text, files)
    assert (found.address, found.sender, found.sent_at, found.addressed) == (PRIVATE, HOA, SENT_AT, True)


@pytest.mark.covers("E2.5")
def test_a_tap_is_the_mark_of_the_button() -> None:
    pressed = understood("press")
    assert (pressed.text, pressed.pressed) == ("mk3f9q2ab:2", True)
    assert not understood("hash_word").pressed
    assert (understood("group_mark").text, understood("group_mark").pressed) == ("#mk3f9q2ab:2", False)


def test_a_quote_names_what_it_answers() -> None:
    assert understood("text_quote").reply_to == "aaa111bbb222ccc333dd"


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("follow", InboundKind.JOINED),
        ("click_chatnow", InboundKind.JOINED),
        ("unfollow", InboundKind.LEFT),
        ("withdraw", InboundKind.ERASE),
    ],
)
def test_what_happens_to_the_chat_with_a_person(name: str, kind: InboundKind) -> None:
    assert understood(name) == Inbound(PRIVATE, HOA, kind, sent_at=SENT_AT)


@pytest.mark.covers("E2.5")
@pytest.mark.parametrize(("name", "phone"), [("submit_info", "84912345678"), ("submit_info_old", "0912345678")])
def test_a_form_sent_in_gives_name_and_number_as_they_were_typed(name: str, phone: str) -> None:
    found = understood(name)
    assert (found.kind, found.phone, found.sender_name) == (InboundKind.CONTACT, phone, "Cô Hoa")


@pytest.mark.covers("E2.8")
@pytest.mark.parametrize(
    "name",
    "echo_text echo_human echo_list received seen reacted template_delivered tagged anonymous group_echo "
    "permission_revoked daily_quota template_status another_account group_joined_by_member group_left_by_member "
    "group_asked_in group_renamed".split(),
)
def test_what_concerns_nobody_is_nothing(name: str) -> None:
    assert read(name) is None


@pytest.mark.covers("E2.6")
@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("group_created", InboundKind.JOINED),
        ("group_joined_by_us", InboundKind.JOINED),
        ("group_left_by_us", InboundKind.LEFT),
        ("group_left_by_us_other_name", InboundKind.LEFT),
        ("group_deleted", InboundKind.LEFT),
    ],
)
def test_groups_come_and_go(name: str, kind: InboundKind) -> None:
    assert understood(name) == Inbound(IN_GROUP, "", kind, group=True, sent_at=SENT_AT)


@pytest.mark.covers("E2.6")
@pytest.mark.parametrize("oa_id", [OA_ID, ""])
def test_in_a_group_the_account_is_named_and_its_name_is_not_part_of_what_was_said(oa_id: str) -> None:
    found = read("group_mention", oa_id)
    assert found is not None
    assert (found.address, found.sender, found.group, found.addressed) == (IN_GROUP, HOA, True, True)
    assert found.text == "xin chào hôm nay có gì?"


@pytest.mark.covers("E2.6")
def test_the_whole_traffic_of_a_group_arrives_and_most_of_it_is_not_for_us() -> None:
    assert not understood("group_text").addressed
    assert not understood("group_quote").addressed
    other = understood("group_mention_other")
    assert (other.addressed, other.text) == (False, f"[@{HOA}] ơi nộp chưa?")
    file = understood("group_file")
    assert (file.kind, file.addressed, file.files[0].name, file.files[0].size) == (
        InboundKind.FILE,
        False,
        "minh chứng.pdf",
        12,
    )
    image = understood("group_image")
    assert (image.kind, image.addressed, image.text) == (InboundKind.PHOTO, True, "đây ạ")


@pytest.mark.parametrize(
    ("text", "addressed"),
    [
        ("/thamgia", True),
        (" /thamgia MN Hoa Phượng", True),
        ("/hạn\nnộp", True),
        ("/-strong", False),
        ("/-heart cảm ơn cô", False),
        ("/5/12 nộp nhé", False),
        ("/home/tai-lieu", False),
        ("xem /han nhé", False),
    ],
)
def test_a_command_in_a_group_is_for_us_without_our_name(text: str, addressed: bool) -> None:
    event = json.loads(payload("group_text"))
    event["message"]["text"] = text
    found = inbound(event, Ours(OA_ID))
    assert found is not None
    assert (found.addressed, found.text) == (addressed, text.strip())


def test_an_answer_to_a_message_of_ours_is_for_us() -> None:
    event = json.loads(payload("group_quote"))
    found = inbound(event, Ours(OA_ID, ["0a1b2c3d4e5f60718293"]))
    assert found is not None
    assert found.addressed


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("permission_revoked", "thu quyền"),
        ("daily_quota", "mỗi ngày"),
        ("template_status", "mẫu tin"),
        ("text", None),
    ],
)
def test_what_the_operator_must_know(name: str, said: str | None) -> None:
    told = account().alert_of(payload(name))
    assert (told is None) if said is None else (told is not None and said in told)


@pytest.mark.parametrize(
    "name",
    "text press file group_mention group_file follow submit_info".split(),
)
def test_nothing_of_an_event_is_needed_so_much_that_its_absence_breaks_the_reading(name: str) -> None:
    """Without a part, or with another type in its place: understood, nothing, or unreadable; never a crash."""
    event: dict[str, Any] = json.loads(payload(name))
    for key in event:
        for odd in ODD:
            changed = json.dumps(event | {key: odd}).encode()
            try:
                found = account().read(changed)
            except Unreadable:
                continue
            assert found is None or found.address.chat


@pytest.mark.parametrize(
    "odd",
    [
        {"text": 7},
        {"text": None, "attachments": "x"},
        {"attachments": [None, "x", {"type": []}, {"type": "file", "payload": []}, {"type": {}, "payload": {}}]},
        {"msg_id": [1], "text": "x", "quote_msg_id": {"a": 1}},
        {"text": "half \ud800 pair"},
    ],
)
@pytest.mark.parametrize("name", ["text", "file", "group_file"])
def test_odd_messages_break_nothing(name: str, odd: dict[str, Any]) -> None:
    event: dict[str, Any] = json.loads(payload(name))
    try:
        found = account().read(json.dumps(event | {"message": event["message"] | odd}).encode())
    except Unreadable:
        return
    assert found is not None
    found.text.encode()


@pytest.mark.parametrize("text", ["a" * 100_000, "\u202eđảo\u202c", "👩‍🏫🇻🇳", "ộ" * 2000, "#" * 5000, "[@" * 3000])
def test_any_text_is_read(text: str) -> None:
    for name in ("text", "group_text"):
        event: dict[str, Any] = json.loads(payload(name))
        event["message"]["text"] = text
        found = account().read(json.dumps(event).encode())
        assert found is not None
        assert found.text == text


def test_a_name_of_200_characters_is_kept() -> None:
    event: dict[str, Any] = json.loads(payload("submit_info"))
    event["info"]["name"] = name = "\u202e👩‍🏫" + "ộ" * 200
    found = account().read(json.dumps(event).encode())
    assert found is not None
    assert found.sender_name == name


def test_every_sample_is_used_somewhere() -> None:
    """So that no payload is kept that nobody reads."""
    here = "".join(path.read_text() for path in DELIVERIES.parents[1].glob("bot/platforms/test_zalo_oa*.py"))
    assert [path.stem for path in DELIVERIES.glob("*.json") if path.stem not in here] == []
