"""How often a chat may be written to."""

from datetime import timedelta

import pytest

from core.message import Address
from core.platform import Limits
from scheduler.pace import Pace
from tests.fakes.clock import START

LIMITS = Limits(text=4096, per_second=1.0, per_minute_group=20)
LAN = Address("fake", "lan")


def _send_all_you_may(pace: Pace, seconds: int, group: bool) -> list[int]:
    """The seconds, of so many, in which something could be sent."""
    sent = []
    for second in range(seconds):
        now = START + timedelta(seconds=second)
        if not pace.wait(LAN, LIMITS, group, now):
            pace.note(LAN, now)
            sent.append(second)
    return sent


def test_one_chat_gets_one_message_a_second() -> None:
    pace = Pace()
    pace.note(LAN, START)
    assert pace.wait(LAN, LIMITS, False, START + timedelta(seconds=0.4)) == timedelta(seconds=0.6)
    assert _send_all_you_may(Pace(), 100, group=False) == list(range(100))


def test_other_chats_do_not_wait() -> None:
    pace = Pace()
    pace.note(LAN, START)
    assert pace.wait(Address("fake", "mai"), LIMITS, False, START) == timedelta(0)
    assert pace.wait(Address("other", "lan"), LIMITS, False, START) == timedelta(0)


@pytest.mark.parametrize("start", range(0, 130, 7))
def test_a_group_gets_at_most_eighteen_in_any_minute(start: int) -> None:
    sent = _send_all_you_may(Pace(), 200, group=True)
    assert len([second for second in sent if start <= second < start + 60]) <= 18
    assert len(sent) >= 18 * 3


def test_topics_of_a_group_share_its_pace() -> None:
    pace = Pace()
    pace.note(Address("fake", "lan", "topic 1"), START)
    assert pace.wait(Address("fake", "lan", "topic 2"), LIMITS, True, START) == timedelta(seconds=1)


def test_quiet_chats_are_forgotten() -> None:
    pace = Pace()
    for number in range(3000):
        pace.note(Address("fake", str(number)), START + timedelta(seconds=number))
    assert len(pace._sent) < 1100


@pytest.mark.parametrize("start", [0.0, 0.35, 1.9])
def test_all_chats_together_get_no_more_than_the_service_takes_in_a_second(start: float) -> None:
    pace, sent = Pace(), []
    for tick in range(400):  # hundredths of a second; everybody waits for a message
        now = START + timedelta(milliseconds=10 * tick)
        for chat in range(tick * 5, tick * 5 + 5):
            address = Address("fake", str(chat))
            if not pace.wait(address, LIMITS, False, now):
                pace.note(address, now)
                sent.append(now)
    first = START + timedelta(seconds=start)
    assert len([at for at in sent if first <= at < first + timedelta(seconds=1)]) == 27
    assert not pace.wait(Address("other", "1"), LIMITS, False, sent[-1])


def test_a_chat_that_the_service_wants_left_alone_is_left_alone_until_then() -> None:
    pace = Pace()
    pace.block(LAN, START + timedelta(seconds=37), START)
    assert pace.wait(LAN, LIMITS, False, START + timedelta(seconds=7)) == timedelta(seconds=30)
    assert pace.blocked_for(LAN, START + timedelta(seconds=7)) == timedelta(seconds=30)
    assert pace.wait(Address("fake", "mai"), LIMITS, False, START) == timedelta(0)
    assert pace.wait(LAN, LIMITS, False, START + timedelta(seconds=37)) == timedelta(0)


def test_blocks_that_have_ended_are_forgotten() -> None:
    pace = Pace()
    for number in range(3000):
        now = START + timedelta(seconds=number)
        pace.block(Address("fake", str(number)), now + timedelta(seconds=5), now)
    assert len(pace._blocked) < 10
