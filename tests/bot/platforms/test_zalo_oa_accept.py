"""Which deliveries to an Official Account are genuine, and what names them."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from bot.platforms.zalo_oa import ZaloOA
from core.errors import Forged, Unreadable
from tests.fakes.zalo_oa_payloads import DELIVERIES, GROUP, HOA, payload
from tests.fakes.zalo_oa_server import OneGrant
from tests.fakes.zalo_oa_webhook import written
from tests.fakes.zalo_oa_world import APP_ID

KEY = "khoa-rieng-cua-oa"
STAMP = "1701388800123"
NOISE = "echo_text echo_human echo_list received seen reacted template_delivered tagged anonymous group_echo".split()
KEPT = sorted(path.stem for path in DELIVERIES.glob("*.json") if path.stem not in NOISE)


def account(key: str = KEY, app_id: str = APP_ID) -> ZaloOA:
    return ZaloOA.open(app_id, key, OneGrant())


def mac(body: bytes, stamp: str = STAMP, key: str = KEY, app_id: str = APP_ID) -> str:
    return hashlib.sha256(app_id.encode() + body + stamp.encode() + key.encode()).hexdigest()


def signed(body: bytes, **more: str) -> dict[str, str]:
    return {"X-ZEvent-Signature": f"mac={mac(body)}", **more}


def forged(headers: dict[str, str], body: bytes, key: str = KEY) -> None:
    with pytest.raises(Forged):
        account(key).accept(headers, body)


@pytest.mark.covers("E2.8")
@pytest.mark.parametrize("style", ["mac={}", "mac = {}", "{}", " mac ={} ", "MAC={}", "= {}"])
def test_the_signature_may_be_written_in_many_ways(style: str) -> None:
    body = payload("text")
    [delivery] = account().accept({"x-zevent-signature": style.format(mac(body))}, body)
    assert delivery.raw == body


def test_a_signature_worked_out_by_hand() -> None:
    """printf '3608465249409000000{"app_id":"3608465249409000000","timestamp":"1"…}1bi-mat' | sha256sum"""
    body = b'{"app_id":"3608465249409000000","timestamp":"1","event_name":"follow","follower":{"id":"7"}}'
    known = hashlib.sha256(b"3608465249409000000" + body + b"1" + b"bi-mat").hexdigest()
    assert known == "a9924061dc134d50615fe3aa06ea0e4da24a57d60e7b3a2b47a6defeff21318c"
    [delivery] = account("bi-mat").accept({"X-ZEvent-Signature": f"mac={known}"}, body)
    assert (delivery.id, delivery.lane) == ("follow:1:7", "7")


@pytest.mark.covers("E2.8")
def test_the_header_s_timestamp_comes_first_and_the_body_s_will_do() -> None:
    body = payload("text")
    later = {"X-ZEvent-Timestamp": "1701388899999"}
    assert account().accept(later | {"X-ZEvent-Signature": mac(body, "1701388899999")}, body)
    assert account().accept(later | {"X-ZEvent-Signature": mac(body)}, body)
    forged({"X-ZEvent-Signature": mac(body, "1701388899999")}, body)


@pytest.mark.covers("E2.8")
def test_the_bytes_are_signed_not_what_they_mean() -> None:
    body = written(json.loads(payload("text")))
    again = json.dumps(json.loads(body)).encode()
    assert json.loads(again) == json.loads(body)
    assert account().accept(signed(body), body)
    forged(signed(body), again)
    forged(signed(again), body)


def test_other_ways_of_signing_are_wrong() -> None:
    body = payload("text")
    keyed = hmac.new(KEY.encode(), APP_ID.encode() + body + STAMP.encode(), hashlib.sha256).hexdigest()
    for wrong in (
        keyed,
        mac(body, key="khoa-cua-ung-dung"),
        mac(body, app_id="1"),
        mac(body)[:-1],
        mac(body)[:-1] + "g",
        "",
        "mac=",
        "0" * 64,
        "ộ" * 64,
        "\udcff" * 64,
    ):
        forged({"X-ZEvent-Signature": f"mac={wrong}"}, body)
    forged({}, body)


def test_an_app_of_others_is_turned_away() -> None:
    body = payload("text").replace(APP_ID.encode(), b"999")
    forged({"X-ZEvent-Signature": mac(body)}, body)
    forged({"X-ZEvent-Signature": mac(body, app_id="999")}, body)


def test_without_a_key_nothing_is_genuine() -> None:
    body = payload("text")
    forged({"X-ZEvent-Signature": mac(body, key="")}, body, key="")


def test_the_end_of_the_body_cannot_be_moved_into_the_timestamp() -> None:
    body = payload("text")
    cut, rest = body[:-3], body[-3:].decode()
    forged({"X-ZEvent-Signature": mac(body), "X-ZEvent-Timestamp": rest + STAMP}, cut)


@pytest.mark.covers("E2.8")
@pytest.mark.parametrize("probe", [b"", b"{}", b" { } \n", b"\r\n"])
def test_a_probe_is_unsigned_and_welcome(probe: bytes) -> None:
    assert account().accept({}, probe) == []


@pytest.mark.parametrize(
    "body",
    [
        b"[]",
        b"null",
        b"7",
        b'"x"',
        b"{",
        b"\xff\xfe",
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"timestamp": "1701388800123"}',
        b'{"event_name": 7, "timestamp": "1701388800123"}',
        b'{"event_name": "", "timestamp": "1701388800123"}',
        b"{" + b" " * 40 + b"}",
    ],
)
def test_what_nobody_can_read_is_kept_where_it_is_signed_for_a_refusal_would_end_the_deliveries(body: bytes) -> None:
    [delivery] = account().accept(signed(body, **{"X-ZEvent-Timestamp": STAMP}), body)
    assert (delivery.id.startswith("unreadable:"), delivery.raw) == (True, body)
    with pytest.raises(Unreadable):
        account().read(delivery.raw)
    forged({}, body)


def test_a_huge_body_is_taken() -> None:
    event: dict[str, Any] = json.loads(payload("text"))
    event["message"]["text"] = "ộ" * 500_000
    body = json.dumps(event).encode()
    assert account().accept(signed(body), body)


@pytest.mark.parametrize("name", NOISE)
def test_echoes_and_receipts_are_not_even_stored(name: str) -> None:
    body = payload(name)
    assert account().accept(signed(body), body) == []
    forged({}, body)


@pytest.mark.parametrize("name", KEPT)
def test_everything_else_is_stored_as_it_came(name: str) -> None:
    body = payload(name)
    [delivery] = account().accept(signed(body), body)
    assert (delivery.platform, delivery.raw, delivery.id != "") == ("zalo_oa", body, True)


@pytest.mark.parametrize(
    ("name", "id", "lane"),
    [
        ("text", "96d3cdf3af15046090", HOA),
        ("follow", f"follow:{STAMP}:{HOA}", HOA),
        ("withdraw", f"user_withdraw:{STAMP}:{HOA}", HOA),
        ("submit_info", f"user_submit_info:{STAMP}:{HOA}", HOA),
        ("group_text", "705e1f2a3b4c5d6e7f80", GROUP),
        ("group_created", f"create_group:{STAMP}:{GROUP}", GROUP),
        ("permission_revoked", f"permission_revoked:{STAMP}:", ""),
    ],
)
def test_a_delivery_is_named_by_its_message_or_by_what_when_and_who(name: str, id: str, lane: str) -> None:
    body = payload(name)
    [delivery] = account().accept(signed(body), body)
    assert (delivery.id, delivery.lane) == (id, lane)


@pytest.mark.covers("E2.8")
def test_a_retry_has_the_name_of_the_first_attempt() -> None:
    body = payload("text")
    first = account().accept(signed(body), body)
    later = {"X-ZEvent-Timestamp": "1701388899999", "num_retry": "3"}
    again = account().accept(later | {"X-ZEvent-Signature": mac(body, "1701388899999")}, body)
    assert [one.id for one in first] == [one.id for one in again]


@pytest.mark.parametrize("odd", [None, [], {}, True, "x" * 10_000, 7, {"id": []}])
def test_odd_parts_break_no_name(odd: object) -> None:
    event: dict[str, Any] = json.loads(payload("text"))
    for key in ("sender", "recipient", "message", "oa_id", "user_id_by_app"):
        body = json.dumps(event | {key: odd}).encode()
        assert [delivery.id != "" for delivery in account().accept(signed(body), body)] == [True]
