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
