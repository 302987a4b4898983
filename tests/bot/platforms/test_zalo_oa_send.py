"""An Official Account's messages out, to people and groups, and what each refusal means, over real HTTP."""

from datetime import timedelta
from typing import Any

import pytest

from bot.platforms.zalo_oa import ZaloOA
from core.errors import Act, SendFailed
from core.message import Address, Choice, Outbound
from tests.fakes.clock import StillClock
from tests.fakes.zalo_bot_faults import Fault
from tests.fakes.zalo_oa_people import Group, Person
from tests.fakes.zalo_oa_server import SECRET_KEY, OneGrant, ZaloOAServer
from tests.fakes.zalo_oa_world import APP_ID, OA_ID

CS = "/v3.0/oa/message/cs"
TO_GROUP = "/v3.0/oa/group/message"


def to(where: Person | Group, text: str = "Chào cô", **more: Any) -> Outbound:
    return Outbound(Address("zalo_oa", where.id), text, group=isinstance(where, Group), **more)


async def refused(oa: ZaloOA, message: Outbound) -> SendFailed:
    with pytest.raises(SendFailed) as failed:
        await oa.send(message)
    return failed.value


@pytest.mark.covers("E0.3")
async def test_a_message_arrives(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    sent = await oa.send(to(hoa, "Hạn nộp: 05/12"))
    assert oa_server.transcript(hoa) == ["Nhắc Việc: Hạn nộp: 05/12"]
    assert hoa.user.messages[sent]["text"] == "Hạn nộp: 05/12"
    [call] = oa_server.asked(CS)
    assert call.params == {"recipient": {"user_id": hoa.id}, "message": {"text": "Hạn nộp: 05/12"}}


@pytest.mark.covers("E2.3", "E2.5")
async def test_choices_are_buttons_and_a_tap_comes_back_as_their_mark(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person
) -> None:
    events: list[Any] = []
    oa_server.world.emit = events.append
    choices = tuple(Choice(f"Việc {number}", f"mk3f9q2ab:{number}") for number in range(1, 5))
    await oa.send(to(hoa, "Chọn việc:", choices=(*choices, Choice("ộ" * 150, "mk3f9q2ab:5"))))
    assert oa_server.transcript(hoa) == [f"Nhắc Việc: Chọn việc: [Việc 1] [Việc 2] [Việc 3] [Việc 4] [{'ộ' * 100}]"]
    hoa.taps("Việc 2")
    assert events[-1]["event_name"] == "user_send_text"
    assert events[-1]["message"]["text"] == "#mk3f9q2ab:2"
    assert len(oa_server.transcript(hoa)) == 1  # the mark itself is not shown


@pytest.mark.covers("E2.3")
async def test_an_answer_quotes_what_it_is_for_and_stands_alone_where_that_is_gone(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person
) -> None:
    asked = hoa.says("hạn?")
    answer = await oa.send(to(hoa, "Mai.", reply_to=asked))
    alone = await oa.send(to(hoa, "Mốt.", reply_to="gone"))
    assert hoa.user.messages[answer]["quote"] == asked
    assert hoa.user.messages[alone]["quote"] == ""


@pytest.mark.covers("E2.3")
async def test_long_texts_go_out_in_parts(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    await oa.send(to(hoa, "Việc cần nộp. " * 300))
    parts = [message["text"] for message in hoa.user.messages.values()]
    assert len(parts) == 3
    assert all(len(part) <= 2000 for part in parts)
    assert " ".join(parts) == ("Việc cần nộp. " * 300).strip()


@pytest.mark.covers("E2.6")
async def test_in_a_group_the_asker_is_named_and_nobody_else_can_be(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person
) -> None:
    group = oa_server.group("Tổ Lá", hoa)
    sent = await oa.send(to(group, f"Cô viết [@{group.id}] ạ", mention=hoa.id, choices=(Choice("1", "m:1"),)))
    assert oa_server.transcript(group) == [f"Nhắc Việc: @Hoa Cô viết [ @{group.id}] ạ"]
    assert oa.read(_quoting(oa_server, group, hoa, sent)).addressed  # type: ignore[union-attr]


def _quoting(server: ZaloOAServer, group: Group, person: Person, quoted: str) -> bytes:
    """Somebody answers that message; the event as it goes over the wire."""
    events: list[Any] = []
    server.world.emit = events.append
    person.says("rõ ạ", group, quote=quoted)
    return server.webhook.signed(events[-1])[0]


@pytest.mark.covers("E2.6")
async def test_groups_have_no_window(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, clock: StillClock) -> None:
    group = oa_server.group("Tổ Lá", hoa)
    clock.move(timedelta(days=30))
    await oa.send(to(group))
    assert oa_server.transcript(group) == ["Nhắc Việc: Chào cô"]


@pytest.mark.covers("E2.6")
async def test_a_group_that_is_off_and_one_that_we_are_not_in(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    group = oa_server.group("Tổ Lá", hoa)
    group.lapses()
    failed = await refused(oa, to(group))
    assert (failed.act, "-237: Group is disabled" in failed.reason) == (Act.OPERATOR, True)
    group.throws_oa_out()
    failed = await refused(oa, to(group))
    assert (failed.act, failed.retry_in) == (Act.GONE, None)
    assert "-403" in failed.reason


@pytest.mark.covers("E2.3")
async def test_after_seven_days_another_channel_must_do(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, clock: StillClock
) -> None:
    clock.move(timedelta(days=7))
    await oa.send(to(hoa))
    clock.move(timedelta(seconds=1))
    failed = await refused(oa, to(hoa))
    assert (failed.act, failed.retry_in, failed.unknown) == (Act.OTHER_CHANNEL, None, False)
    assert failed.reason.endswith("(-230: User has not interacted with the OA in the past 7 days)")
    hoa.says("tôi đây")
    await oa.send(to(hoa))


@pytest.mark.covers("E2.3")
async def test_somebody_unknown_cannot_be_written_to(oa_server: ZaloOAServer, oa: ZaloOA) -> None:
    for chat in (oa_server.person("Lạ").id, "1", ""):
        failed = await refused(oa, Outbound(Address("zalo_oa", chat), "Chào"))
        assert (failed.act, failed.retry_in) == (Act.OTHER_CHANNEL, None)


async def test_who_switched_it_off_is_left_alone(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    hoa.user.refuses = True
    assert (await refused(oa, to(hoa))).act is Act.GONE
    hoa.user.banned = True
    assert (await refused(oa, to(hoa))).act is Act.OTHER_CHANNEL


@pytest.mark.covers("E2.2")
async def test_too_many_calls_a_minute_wait_for_the_next(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, clock: StillClock
) -> None:
    oa_server.world.switches.a_minute = 2
    await oa.send(to(hoa))
    assert (oa.client.rate.limit, oa.client.rate.remain) == (2, 1)
    await oa.send(to(hoa))
    failed = await refused(oa, to(hoa))
    assert (failed.retry_in, failed.act) == (timedelta(minutes=1), Act.NOBODY)
    clock.move(timedelta(minutes=1))
    await oa.send(to(hoa))


@pytest.mark.covers("E2.1", "E2.2")
@pytest.mark.parametrize("code", [-216, -220, -401, 401, 216])
async def test_a_stale_token_is_renewed_once_and_the_message_sent_once(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, code: int
) -> None:
    oa_server.world.switches.expired = code
    grant = oa_server.grants
    assert isinstance(grant, OneGrant)
    grant.issue()
    await oa.send(to(hoa))
    assert [call.code for call in oa_server.asked(CS)] == [code, 0]
    assert grant.spent == 2
    assert oa_server.transcript(hoa) == ["Nhắc Việc: Chào cô"]


@pytest.mark.covers("E2.2")
async def test_a_new_token_that_is_refused_too_is_the_operator_s_matter(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person
) -> None:
    oa_server.fail(Fault(CS, code=-216, description="Access token is invalid", times=2))
    failed = await refused(oa, to(hoa))
    assert (failed.act, failed.unknown) == (Act.OPERATOR, False)
    assert "/zalo-oa/consent" in failed.reason
    assert len(oa_server.asked(CS)) == 2


async def test_no_grant_at_all_is_the_operator_s_matter(oa_server: ZaloOAServer, hoa: Person) -> None:
    class Lost(OneGrant):
        async def access(self) -> str:
            raise SendFailed("no grant", act=Act.OPERATOR)

    oa = ZaloOA.open(APP_ID, SECRET_KEY, Lost(), oa_server.url, oa_server.business_url, OA_ID)
    failed = await refused(oa, to(hoa))
    assert (failed.reason, failed.act) == ("no grant", Act.OPERATOR)
    assert oa_server.asked(CS) == []


async def test_what_failed_for_no_reason_is_tried_once_more(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    oa_server.fail(Fault(CS, code=-200, description="Send message failed"))
    await oa.send(to(hoa))
    oa_server.fail(Fault(CS, code=-200, description="Send message failed", times=2))
    failed = await refused(oa, to(hoa))
    assert (failed.retry_in, failed.act) == (None, Act.NOBODY)
    assert len(oa_server.asked(CS)) == 4


@pytest.mark.covers("E0.1")
@pytest.mark.parametrize(
    ("fault", "arrived"),
    [
        (Fault(CS, cut="before"), False),
        (Fault(CS, cut="after"), True),
        (Fault(CS, status=502), False),
        (Fault(CS, body=b"<html>"), True),
        (Fault(CS, body=b'{"error": 0}'), True),
        (Fault(CS, body=b'{"error": 0, "data": {}}'), True),
        (Fault(CS, body=b"[" * 100_000), True),
        (Fault(CS, body=b'{"error": null, "data": {"message_id": "1"}}'), True),
    ],
)
async def test_nobody_knows_whether_a_message_without_an_answer_arrived(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, fault: Fault, arrived: bool
) -> None:
    oa_server.fail(fault)
    failed = await refused(oa, to(hoa))
    assert failed.unknown
    assert failed.retry_in is not None
    assert (oa_server.transcript(hoa) != []) is arrived
    assert len(oa_server.asked(CS)) == 1


@pytest.mark.covers("E0.1")
async def test_an_answer_that_does_not_come_is_unknown_too(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.platforms.zalo_oa_client.CALL", timedelta(milliseconds=100))
    oa_server.fail(Fault(CS, silent="after"))
    assert (await refused(oa, to(hoa))).unknown


@pytest.mark.covers("E0.1")
async def test_a_message_that_never_left_is_tried_again_soon(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    await oa_server.stop()
    failed = await refused(oa, to(hoa))
    assert (failed.retry_in, failed.unknown) == (timedelta(seconds=5), False)
    await oa_server.start()
    await oa.send(to(hoa))
    assert oa_server.transcript(hoa) == ["Nhắc Việc: Chào cô"]


@pytest.mark.covers("E0.1")
async def test_a_slow_service_is_waited_for(
    oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, clock: StillClock
) -> None:
    before = clock()
    oa_server.fail(Fault(CS, delay=12))
    await oa.send(to(hoa))
    assert clock() - before == timedelta(seconds=12)


async def test_what_was_sent_in_part_is_not_repeated(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person) -> None:
    oa_server.fail(Fault(CS, text="phần hai", code=-32))
    failed = await refused(oa, to(hoa, "a " * 998 + "\n\nphần hai"))
    assert (failed.retry_in, failed.unknown) == (None, False)
    assert failed.reason.startswith("cut short")


async def test_nothing_secret_is_shown(oa: ZaloOA) -> None:
    assert SECRET_KEY not in repr(oa)
    assert "ZaloOA(" in repr(oa)


@pytest.mark.parametrize("text", ["\u202eđảo\u202c", "👩‍🏫" * 500, "ộ" * 100_000, "[@[@[@", "x" * 1999 + "👍"])
async def test_any_text_can_be_sent(oa_server: ZaloOAServer, oa: ZaloOA, hoa: Person, text: str) -> None:
    group = oa_server.group("Tổ Lá", hoa)
    oa_server.world.switches.a_minute = 1000
    oa_server.world.switches.free = 1000
    await oa.send(to(hoa, text))
    await oa.send(to(group, text))
    assert "".join(message["text"] for message in hoa.user.messages.values()) == text
    written = "".join(message["text"] for message in group.group.messages.values())
    assert written == text.replace("[@", "[ @")
    assert "[@" not in written


async def test_where_nobody_listens_it_is_tried_again_as_soon_as_somebody_does() -> None:
    oa = ZaloOA.open("1", SECRET_KEY, OneGrant(), "http://127.0.0.1:9")
    with pytest.raises(SendFailed) as failed:
        await oa.send(Outbound(Address("zalo_oa", "7"), "Chào"))
    await oa.close()
    assert (failed.value.reason, failed.value.retry_in, failed.value.unknown) == (
        "offline",
        timedelta(seconds=5),
        False,
    )
