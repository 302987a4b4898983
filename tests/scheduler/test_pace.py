"""How often a chat may be written to."""

from datetime import datetime, timedelta

import pytest

from core.message import Address, Urgency
from core.platform import Limits
from scheduler.pace import Pace
from tests.fakes.clock import START

LIMITS = Limits(text=4096, per_second=1.0, per_minute_group=20)
LAN = Address("fake", "lan")


def _send(pace: Pace, address: Address, now: datetime) -> None:
    """Sent and answered at once."""
    pace.note(address, now)
    pace.answered(address, now)


def _send_to_as_many_as_may(pace: Pace, now: datetime) -> int:
    """To how many chats that were not written to before."""
    chats = (Address("fake", f"{now.isoformat()} {number}") for number in range(100))
    sent = 0
    for chat in chats:
        if pace.wait(chat, LIMITS, False, now):
            break
        _send(pace, chat, now)
        sent += 1
    return sent


def _send_all_you_may(pace: Pace, seconds: int, group: bool) -> list[int]:
    """The seconds, of so many, in which something could be sent."""
    sent = []
    for second in range(seconds):
        now = START + timedelta(seconds=second)
        if not pace.wait(LAN, LIMITS, group, now):
            _send(pace, LAN, now)
            sent.append(second)
    return sent


def test_one_chat_gets_one_message_a_second() -> None:
    pace = Pace()
    _send(pace, LAN, START)
    assert pace.wait(LAN, LIMITS, False, START + timedelta(seconds=0.4)) == timedelta(seconds=0.6)
    assert _send_all_you_may(Pace(), 100, group=False) == list(range(100))


def test_other_chats_do_not_wait() -> None:
    pace = Pace()
    _send(pace, LAN, START)
    assert pace.wait(Address("fake", "mai"), LIMITS, False, START) == timedelta(0)
    assert pace.wait(Address("other", "lan"), LIMITS, False, START) == timedelta(0)


@pytest.mark.parametrize("start", range(0, 130, 7))
def test_a_group_gets_at_most_eighteen_in_any_minute(start: int) -> None:
    sent = _send_all_you_may(Pace(), 200, group=True)
    assert len([second for second in sent if start <= second < start + 60]) <= 18
    assert len(sent) >= 18 * 3


def test_topics_of_a_group_share_its_pace() -> None:
    pace = Pace()
    _send(pace, Address("fake", "lan", "topic 1"), START)
    assert pace.wait(Address("fake", "lan", "topic 2"), LIMITS, True, START) == timedelta(seconds=1)


def test_quiet_chats_are_forgotten() -> None:
    pace = Pace()
    for number in range(3000):
        _send(pace, Address("fake", str(number)), START + timedelta(seconds=number))
    assert len(pace._sent) < 1100


@pytest.mark.parametrize("start", [0.0, 0.35, 1.9])
def test_all_chats_together_get_no_more_than_the_service_takes_in_a_second(start: float) -> None:
    pace, sent = Pace(), []
    for tick in range(400):  # hundredths of a second; everybody waits for a message
        now = START + timedelta(milliseconds=10 * tick)
        for chat in range(tick * 5, tick * 5 + 5):
            address = Address("fake", str(chat))
            if not pace.wait(address, LIMITS, False, now):
                _send(pace, address, now)
                sent.append(now)
    first = START + timedelta(seconds=start)
    assert len([at for at in sent if first <= at < first + timedelta(seconds=1)]) == 30
    assert not pace.wait(Address("other", "1"), LIMITS, False, sent[-1])


def test_a_chat_that_the_service_wants_left_alone_is_left_alone_until_then() -> None:
    pace = Pace()
    pace.block(LAN, START + timedelta(seconds=37), START)
    assert pace.wait(LAN, LIMITS, False, START + timedelta(seconds=7)) == timedelta(seconds=30)
    assert pace.blocked_for(LAN, START + timedelta(seconds=7)) == timedelta(seconds=30)
    assert pace.wait(Address("fake", "mai"), LIMITS, False, START) == timedelta(0)
    assert pace.wait(LAN, LIMITS, False, START + timedelta(seconds=37)) == timedelta(0)


class Counting(datetime):
    """Counts how often it, or what is reckoned from it, is compared."""

    compared = 0

    def __le__(self, other: datetime) -> bool:  # type: ignore[override]
        Counting.compared += 1
        return super().__le__(other)

    def __ge__(self, other: datetime) -> bool:  # type: ignore[override]
        Counting.compared += 1
        return super().__ge__(other)

    def __gt__(self, other: datetime) -> bool:  # type: ignore[override]
        Counting.compared += 1
        return super().__gt__(other)

    def __lt__(self, other: datetime) -> bool:  # type: ignore[override]
        Counting.compared += 1
        return super().__lt__(other)


@pytest.mark.parametrize("chats", [10, 4000])
def test_a_turn_costs_the_same_however_many_chats_are_written_to(chats: int) -> None:
    pace, start = Pace(), Counting.combine(START.date(), START.timetz())
    for number in range(chats):  # all within the minute
        address = Address("fake", str(number))
        _send(pace, address, start)
        pace.block(address, start + timedelta(seconds=50), start)
        pace.slow(address, start, start)
    pace.wait(LAN, LIMITS, True, start + timedelta(seconds=2))  # the second's window is empty again
    Counting.compared, now = 0, start + timedelta(seconds=3)
    pace.wait(LAN, LIMITS, True, now)
    _send(pace, LAN, now)
    pace.block(LAN, now + timedelta(seconds=5), now)
    pace.slow(LAN, now, now)
    assert 0 < Counting.compared < 40


def test_blocks_that_have_ended_are_forgotten() -> None:
    pace = Pace()
    for number in range(3000):
        now = START + timedelta(seconds=number)
        pace.block(Address("fake", str(number)), now + timedelta(seconds=5), now)
    assert len(pace._blocked) < 10


def test_a_place_is_free_a_second_after_the_answer_however_long_that_took() -> None:
    pace, second = Pace(), timedelta(seconds=1)
    chats = [Address("fake", str(number)) for number in range(30)]
    for chat in chats:
        pace.note(chat, START)
    assert pace.wait(LAN, LIMITS, False, START + 3 * second)
    for chat in chats:
        pace.answered(chat, START + 3 * second)
    assert pace.wait(LAN, LIMITS, False, START + 3.25 * second) == 0.75 * second
    assert not pace.wait(LAN, LIMITS, False, START + 4 * second)


def test_what_is_urgent_and_waits_gets_the_next_place() -> None:
    pace, now = Pace(), START + timedelta(seconds=1)
    for number in range(30):
        at = START if number == 0 else START + timedelta(seconds=0.5)
        _send(pace, Address("fake", str(number)), at)  # one place will be free
    with pace.waiting(LAN, Urgency.ANSWER), pace.waiting(Address("fake", "mai"), Urgency.BULK):
        assert pace.wait(Address("fake", "mai"), LIMITS, True, now, Urgency.BULK) == timedelta(seconds=0.5)
        assert not pace.wait(LAN, LIMITS, False, now, Urgency.ANSWER)
    assert not pace.wait(Address("fake", "mai"), LIMITS, True, now, Urgency.BULK)


def test_after_a_refusal_all_chats_get_less_for_some_minutes() -> None:
    pace, until = Pace(), START + timedelta(seconds=5)
    for _ in range(2):
        pace.slow(LAN, until, START)
    found = [_send_to_as_many_as_may(pace, until + timedelta(seconds=second)) for second in (0, 59, 61, 121)]
    assert found == [19, 19, 24, 30]


def test_a_group_that_had_much_gets_less_and_the_others_do_not() -> None:
    pace = Pace()
    for second in range(10):
        _send(pace, LAN, START + timedelta(seconds=second))
    now = START + timedelta(seconds=10)
    pace.slow(LAN, now, now)
    assert pace.wait(LAN, LIMITS, True, now) == timedelta(seconds=0.25)  # 1.25 s from one to the next
    assert _send_to_as_many_as_may(pace, now + timedelta(seconds=1)) == 30


def test_a_service_that_wants_to_be_left_alone_is_left_alone_in_all_its_chats() -> None:
    pace = Pace()
    pace.block(LAN, START + timedelta(seconds=37), START, everywhere=True)
    assert pace.wait(Address("fake", "mai"), LIMITS, False, START) == timedelta(seconds=37)
    assert pace.rests_for("fake", START) == timedelta(seconds=37)
    assert not pace.rests_for("other", START)
